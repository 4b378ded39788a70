"""How two versions differ: tables, columns, rows by key, whatever their order."""

from __future__ import annotations

import duckdb
import pytest

from orchestration.serving.difference import TableDifference, compare, markdown, mart_keys, read_contents

EVENTS = "(values ('a', 1), ('b', 2), ('c', 3)) as event(event_key, people)"


def difference(tmp_path, before: dict[str, str], after: dict[str, str]) -> dict[str, TableDifference]:
    with duckdb.connect() as connection:
        versions = []
        for name, marts in (("before", before), ("after", after)):
            (tmp_path / name).mkdir()
            for mart, query in marts.items():
                connection.execute(f"copy ({query}) to '{tmp_path / name / mart}.parquet'")
            versions.append(read_contents(connection, tmp_path / name))
        return compare(connection, *versions, {"event": ["event_key"]})


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (f"select * from {EVENTS}", None),
        (f"select * from {EVENTS} order by people desc", None),
        (f"select people, event_key from {EVENTS}", None),
        (f"select * from {EVENTS} where people < 3", TableDifference(3, 2, removed=1)),
        (f"select * from {EVENTS} union all select 'd', 4", TableDifference(3, 4, added=1)),
        (f"select event_key, people * people as people from {EVENTS}", TableDifference(3, 3, changed=2)),
        (
            f"select if(people = 1, 'z', event_key) as event_key, people from {EVENTS}",
            TableDifference(3, 3, added=1, removed=1),
        ),
        (f"select *, 1 as days from {EVENTS}", TableDifference(3, 3, columns_added=("days INTEGER",))),
        (f"select event_key from {EVENTS}", TableDifference(3, 3, columns_removed=("people INTEGER",))),
        (
            f"select event_key, people::varchar as people from {EVENTS}",
            TableDifference(3, 3, columns_added=("people VARCHAR",), columns_removed=("people INTEGER",)),
        ),
        (f"select * from {EVENTS} where false", TableDifference(3, 0, removed=3)),
    ],
)
def test_rows_and_columns(tmp_path, after, expected):
    found = difference(tmp_path, {"event": f"select * from {EVENTS}"}, {"event": after})
    assert found == ({"event": expected} if expected else {})


def test_a_mart_without_a_key_has_rows_added_and_removed(tmp_path):
    before = {"mention": "select unnest(['a', 'a', 'b']) as mention"}
    after = {"mention": "select unnest(['a', 'c', 'b']) as mention"}
    assert difference(tmp_path, before, after) == {"mention": TableDifference(3, 3, added=1, removed=1)}


def test_marts_come_and_go(tmp_path):
    assert difference(tmp_path, {"old": "select 1 as n"}, {"new": "select 1 as n union all select 2"}) == {
        "new": TableDifference(None, 2, added=2),
        "old": TableDifference(1, None, removed=1),
    }


def test_when_a_report_was_received_is_no_difference(tmp_path):
    assert difference(
        tmp_path,
        {"report": "select 1 as report_key, timestamp '2026-01-01' as received_at"},
        {"report": "select 1 as report_key, timestamp '2026-02-02' as received_at"},
    ) == {}  # fmt: skip


def test_texts_nulls_and_lists_are_told_apart(tmp_path):
    before = {"event": "select 'a' as event_key, null::varchar as place, ['x', 'y'] as names"}
    for number, after in enumerate(
        (
            "select 'a' as event_key, '' as place, ['x', 'y'] as names",
            "select 'a' as event_key, null::varchar as place, ['y', 'x'] as names",
            "select 'a' as event_key, null::varchar as place, ['xy'] as names",
        )
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert difference(folder, before, {"event": after}) == {"event": TableDifference(1, 1, changed=1)}


def test_keys_are_those_that_dbt_tests():
    def test(name, model, **arguments):
        return {"test_metadata": {"name": name, "kwargs": arguments}, "attached_node": f"model.events.{model}"}

    nodes = [
        test("unique_combination", "report", columns=["region", "period"]),
        test("unique", "report", column_name="report_key"),
        test("not_null", "report", column_name="title"),
        test("unique_combination", "day", columns=["event_key", "day"]),
        {"resource_type": "model"},
    ]
    assert mart_keys({"nodes": dict(enumerate(nodes))}) == {"report": ["report_key"], "day": ["event_key", "day"]}


def test_markdown():
    table = TableDifference(3, 4, added=1, columns_added=("days INTEGER",), columns_removed=("old VARCHAR",))
    lines = markdown({"event": table, "gone": TableDifference(2, None, removed=2)}).splitlines()
    assert lines[2:] == [
        "| event | 3 | 4 | 1 | 0 | 0 | + days INTEGER, - old VARCHAR |",
        "| gone | 2 |  | 0 | 2 | 0 |  |",
    ]
    assert markdown(None) != markdown({})
