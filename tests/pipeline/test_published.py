"""What a user finds after ``events run`` on the real report."""

from __future__ import annotations

import duckdb
import pytest

from contract import CONTRACT, FOREIGN_KEYS

pytestmark = pytest.mark.xdist_group("published")

TEXT_COLUMNS = {
    "name": "name_text",
    "place": "place_text",
    "dates": "dates_text",
    "description": "description_text",
    "participants": "participants_text",
}


def test_the_real_report_is_there(published):
    assert published.query("select period, region_name, event_count, version, is_current from marts.dim_report") == [
        ("2025-Q4", "Смоленская область", 61, 1, True)
    ]
    assert published.query("select count(*), count(distinct municipality_key) from marts.fct_event") == [(61, 10)]
    numbers = published.query("select sequence_number from marts.dim_event order by all")
    assert [number for (number,) in numbers] == list(range(1, 62))


@pytest.mark.parametrize("table", CONTRACT)
def test_contract(published, table):
    found = dict(
        published.query(
            "select column_name, data_type from information_schema.columns "
            f"where table_schema = 'marts' and table_name = '{table}'"
        )
    )
    assert {column: found.get(column) for column in CONTRACT[table]} == CONTRACT[table]


@pytest.mark.parametrize(("table", "column", "dimension"), FOREIGN_KEYS)
def test_foreign_keys_resolve(published, table, column, dimension):
    orphans = published.query(
        f"select count(*) from marts.{table} where {column} is not null "
        f"and {column} not in (select {column} from marts.{dimension})"
    )
    assert orphans == [(0,)]


def test_every_table_and_column_says_what_it_is(published):
    assert (
        published.query(
            "select table_name from duckdb_tables() where schema_name = 'marts' and comment is null "
            "union all select view_name from duckdb_views() where schema_name = 'marts' and comment is null"
        )
        == []
    )
    assert (
        published.query(
            "select table_name, column_name from duckdb_columns() where schema_name = 'marts' and comment is null"
        )
        == []
    )


@pytest.mark.parametrize("source_column", TEXT_COLUMNS)
def test_mentions_stand_where_their_offsets_say(published, source_column):
    wrong = published.query(
        f"select mention, substring({TEXT_COLUMNS[source_column]}, char_start + 1, char_end - char_start) as found "
        "from marts.fct_event_partner join marts.dim_event using (event_key) "
        f"where source_column = '{source_column}' and mention is distinct from found"
    )
    assert wrong == []


def test_parquet_holds_the_same_rows(published):
    for table in CONTRACT:
        file = published.warehouse_dir / "parquet" / f"{table}.parquet"
        served = sorted(map(str, published.query(f"select * from marts.{table}")))
        assert sorted(map(str, duckdb.sql(f"select * from '{file}'").fetchall())) == served


def test_findings_speak_russian_and_lead_to_their_row(published):
    findings = published.query("select message_ru, severity, report_key from marts.fct_quality_finding")
    assert findings
    assert all(any("а" <= letter <= "я" for letter in message) for message, _, _ in findings)
    assert all(report_key for _, _, report_key in findings)


def test_nothing_under_the_default_folders_is_needed(published):
    assert {path.name for path in published.warehouse_dir.iterdir()} >= {"warehouse.duckdb", "parquet", "manifest.json"}
