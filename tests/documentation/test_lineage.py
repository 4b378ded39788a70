"""Lineage from column to column, over small queries and over the map of what the extraction reads."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from orchestration.documentation.lineage import Column, Lineage, report_columns
from orchestration.documentation.pages import REPORT_COLUMNS

from paths import PROJECT_ROOT

_EVENT = {
    "document_sha256": "VARCHAR", "row_number": "INTEGER", "name": "VARCHAR", "start_date": "DATE",
    "participants_total": "INTEGER", "role": "VARCHAR",
}  # fmt: skip
_LABELS = {"code": "VARCHAR", "name_ru": "VARCHAR"}
_STAGED = "select md5(document_sha256 || row_number) as event_key, * exclude (document_sha256) from parsed.event"
# A heading that only some reports have is kept, but no fact is read from it.
_UNREAD = {"other"}


def _lineage(query: str, columns: dict[str, str]) -> Lineage:
    tables = {
        "parsed.event": _EVENT,
        "reference.code_labels": _LABELS,
        "staging.stg_event": {"event_key": "VARCHAR", **_EVENT},
        "marts.answer": columns,
    }
    entries = {
        name: {
            "metadata": {"schema": name.split(".")[0], "name": name.split(".")[1]},
            "columns": {column: {"type": type_} for column, type_ in types.items()},
        }
        for name, types in tables.items()
    }
    nodes: dict[str, Any] = {
        name: {"resource_type": "model", "schema": schema, "alias": alias, "compiled_code": sql}
        for name, schema, alias, sql in (
            ("model.stg_event", "staging", "stg_event", _STAGED),
            ("model.answer", "marts", "answer", query),
        )
    }
    nodes["test.key"] = {
        "resource_type": "test", "test_metadata": {"name": "unique"}, "attached_node": "model.stg_event",
        "column_name": "event_key",
    }  # fmt: skip
    return Lineage({"nodes": nodes}, {"nodes": entries, "sources": {}})


@pytest.mark.parametrize(
    ("query", "column", "expected"),
    [
        ("select start_date as day from staging.stg_event", "day", {"dates"}),
        ("with e as (from staging.stg_event) select upper(name) as title from e", "title", {"name"}),
        ("select event_key from staging.stg_event", "event_key", {"file", "row"}),
        ("select role, count(*) as events from staging.stg_event group by all", "events", {"file", "row"}),
        (
            "with e as (from staging.stg_event) select count(*) filter (where role = 'organiser') as events from e",
            "events",
            {"name", "place", "description"},
        ),
        (
            "select role, (select label.name_ru from reference.code_labels as label where label.code = role) "
            "as role_name_ru from staging.stg_event",
            "role_name_ru",
            {"name", "place", "description"},
        ),
        (
            "select value from (unpivot (select event_key, name, start_date::varchar as dates from staging.stg_event) "
            "on name, dates into name fact value value)",
            "value",
            {"name", "dates"},
        ),
        ("select 1 as one from staging.stg_event", "one", set()),
    ],
)
def test_report_columns_of_a_column(query: str, column: str, expected: set[str]) -> None:
    lineage = _lineage(query, dict.fromkeys((column, "role", "value"), "VARCHAR"))
    assert lineage.report_columns(Column("marts.answer", column)) == expected


def test_a_query_that_cannot_be_followed_is_told() -> None:
    lineage = _lineage("select start_date from (", {"start_date": "DATE"})
    assert lineage.report_columns(Column("marts.answer", "start_date")) == set()
    assert lineage.not_followed == {"marts.answer"}


def test_every_column_that_python_writes_has_its_place_in_the_report() -> None:
    with duckdb.connect() as connection:
        connection.execute((PROJECT_ROOT / "orchestration" / "assets" / "schema.sql").read_text(encoding="utf-8"))
        written = connection.execute(
            "select schema_name || '.' || table_name, column_name from duckdb_columns() "
            "where schema_name = 'parsed' or table_name in ('source_file', 'document', 'report_row')"
        ).fetchall()
    assert {Column(*column) for column in written} == set(report_columns())
    assert {cell for cells in report_columns().values() for cell in cells} - _UNREAD == set(REPORT_COLUMNS)
