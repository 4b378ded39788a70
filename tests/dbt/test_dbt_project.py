"""The dbt project over small databases: the contract's columns, versions, and builds that repeat themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from contract import CONTRACT
from paths import PROJECT_ROOT

DBT_PROJECT = PROJECT_ROOT / "dbt_project"
_METRICS = yaml.safe_load((DBT_PROJECT / "models" / "metrics.yml").read_text(encoding="utf-8"))["metrics"]
_QUARTER_METRICS = [metric for metric in _METRICS if metric["type"] == "simple"]

# A report, its corrected version, and the report of another region: the last two tell of one festival.
REPORTS = [
    {"document_sha256": "first", "region_name": "Псковская область", "received_at": "2026-01-12 09:00:00"},
    {"document_sha256": "corrected", "region_name": "Псковская область", "received_at": "2026-02-03 09:00:00"},
    {"document_sha256": "neighbour", "region_name": "Смоленская область", "received_at": "2026-01-12 09:00:00"},
]
EVENTS = [
    ("first", "Псковский район", "Ярмарка «Льняной край»", "organiser", "2025-11-03"),
    ("corrected", "Псковский район", "Ярмарка «Льняной край»", "organiser", "2025-11-04"),
    ("neighbour", "город Смоленск", "Участие в ярмарке «Льняной край»", "participant", "2025-11-04"),
]


def _insert(connection: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    placeholders = ", ".join("?" * len(values))
    connection.execute(f"insert into {table} ({', '.join(values)}) values ({placeholders})", list(values.values()))


def _fill(connection: duckdb.DuckDBPyConnection) -> None:
    for report in REPORTS:
        sha256, received_at = report["document_sha256"], report["received_at"]
        path = {"source_file": f"{sha256}.docx", "document_sha256": sha256, "received_at": received_at, "override": ""}
        _insert(connection, "raw.source_file", **path, size_bytes=1, is_present=True)
        period = {"year": 2025, "quarter": 4, "period": "2025-Q4", "region_name": report["region_name"]}
        _insert(connection, "raw.document", **path, **period, status="read", row_count=1, reader_version="1")
    for sha256, municipality, name, role, day in EVENTS:
        row = {"document_sha256": sha256, "row_number": 1}
        cells = dict.fromkeys(("municipality_text", "name_text", "dates_text", "description_text"), "")
        _insert(
            connection, "raw.report_row", **row, **cells, table_number=1, table_row=2, place_text="",
            participants_text="", extra_text="{}",
        )  # fmt: skip
        _insert(
            connection, "parsed.event", **row, municipality_name=municipality, municipality_kind="municipal_okrug",
            name=name, event_type="exhibition", role=role, format="in_person", participants_text="Гости из Полоцка",
            start_date=day, end_date=day, is_ongoing=False, date_precision="day", settlement="Псков",
            country_code="RU", participants_is_approximate=False, extraction_version="1",
        )  # fmt: skip
        _insert(
            connection, "parsed.partner_mention", **row, mention_number=1, name="Полоцк", kind="settlement",
            side="foreign", country_code="BY", settlement="Полоцк", identity="полоцк", mention="Полоцка",
            source_column="participants", char_start=9, char_end=16, rule="settlement", confidence=1.0,
        )  # fmt: skip


def _build(database: Path, *arguments: str) -> None:
    folders = ["--target-path", str(database.parent / "target"), "--log-path", str(database.parent / "logs")]
    completed = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "--warn-error", "build", *arguments, *folders],
        cwd=DBT_PROJECT,
        env={**os.environ, "EVENTS_BUILD_DATABASE": str(database), "DBT_PROFILES_DIR": str(DBT_PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 0, completed.stdout


def _database(folder: Path) -> Path:
    path = folder / "warehouse.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute((PROJECT_ROOT / "orchestration" / "assets" / "schema.sql").read_text(encoding="utf-8"))
    return path


def _rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(database, read_only=True) as connection:
        return {table: sorted(connection.execute(f"from marts.{table}").fetchall(), key=repr) for table in CONTRACT}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = _database(tmp_path_factory.mktemp("filled"))
    with duckdb.connect(database) as connection:
        _fill(connection)
    _build(database)
    return database


@pytest.fixture
def query(filled: Path):
    with duckdb.connect(filled, read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


@pytest.mark.parametrize("table", CONTRACT)
def test_contract_columns_come_first(query, table: str) -> None:
    expected = list(CONTRACT[table].items())
    found = query(
        "select column_name, data_type from duckdb_columns() "
        f"where schema_name = 'marts' and table_name = '{table}' order by column_index"
    )
    assert found[: len(expected)] == expected


def test_every_table_and_column_of_marts_is_described(query) -> None:
    assert not query(
        "select name from (select schema_name, table_name as name, comment from duckdb_tables() "
        "union all select schema_name, view_name, comment from duckdb_views()) "
        "where schema_name = 'marts' and coalesce(comment, '') not like 'Each row is %' "
        "union all select table_name || '.' || column_name from duckdb_columns() "
        "where schema_name = 'marts' and coalesce(comment, '') = ''"
    )


def test_only_the_corrected_report_counts(query) -> None:
    assert query(
        "select source_file, version, is_current from marts.dim_report "
        "where region_name = 'Псковская область' order by version"
    ) == [("first.docx", 1, False), ("corrected.docx", 2, True)]
    assert query("select source_file from marts.obt_event order by 1") == [("corrected.docx",), ("neighbour.docx",)]


def test_two_regions_tell_of_one_event(query) -> None:
    assert query("select count(*), count(distinct occurrence_key) from marts.dim_event") == [(2, 1)]
    assert query("select municipality_name from marts.obt_event where is_occurrence_main") == [("Псковский район",)]


@pytest.mark.parametrize("metric", _QUARTER_METRICS, ids=lambda metric: metric["name"])
def test_a_metric_computes_what_the_mart_holds(query, metric: dict[str, Any]) -> None:
    computed = query(metric["config"]["meta"]["sql"])
    assert sorted(computed) == query(
        f"select region_name, period, {metric['name']} from marts.fct_region_quarter order by all"
    )
    assert len(computed) == 2


def test_municipalities_add_up_to_their_region(query) -> None:
    assert not query(
        "select region_name, period, sum(event_count) from marts.fct_municipality_quarter group by all "
        "except select region_name, period, event_count from marts.fct_region_quarter"
    )


def test_findings_show_without_a_rebuild(filled: Path, tmp_path: Path) -> None:
    database = shutil.copy(filled, tmp_path)
    finding = {"finding_key": "1", "rule": "r", "severity": "error", "message_ru": "Нет даты", "expectation_suite": "s"}
    with duckdb.connect(database) as connection:
        _insert(connection, "quality.finding", **finding, report_key="gone")
        found = connection.execute("select finding_key, report_key, severity_name_ru from marts.fct_quality_finding")
        assert found.fetchall() == [("1", None, "ошибка")]


@pytest.mark.slow
def test_a_rebuild_gives_the_same_rows(filled: Path, tmp_path: Path) -> None:
    database = Path(shutil.copy(filled, tmp_path))
    _build(database, "--exclude-resource-type", "test", "unit_test")
    assert _rows(database) == _rows(filled)


@pytest.mark.slow
def test_a_database_without_reports_builds(tmp_path: Path) -> None:
    database = _database(tmp_path)
    _build(database, "--exclude-resource-type", "unit_test")
    rows = _rows(database)
    assert {table for table in rows if rows[table]} == {"dim_country", "dim_event_type"}
