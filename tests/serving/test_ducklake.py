"""The warehouse as a DuckLake: many writers, readers pinned to a publication, the same marts as in the DuckDB file."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import psycopg
import pytest

from orchestration.assets import lake
from orchestration.assets.folder import scan
from orchestration.assets.quarters import utc_now
from orchestration.serving.ducklake import (
    DuckLakeError,
    attach_statement,
    connect,
    connect_published,
    publications,
    record_publication,
)
from orchestration.settings import Settings

from paths import GOLDEN, PROJECT_ROOT

REPORTS = ("smolensk-oblast-2025-q3", "smolensk-oblast-2026-q1", "orenburg-oblast-2025-q2", "pskov-oblast-2025-q2")

pytestmark = pytest.mark.xdist_group("postgres")


@pytest.fixture
def settings(tmp_path, postgres_url) -> Settings:
    (tmp_path / "reports").mkdir()
    return Settings(
        reports_dir=tmp_path / "reports", warehouse_dir=tmp_path / "warehouse", ducklake_catalog=postgres_url
    )


def events(settings: Settings, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "orchestration.cli", *arguments],
        cwd=PROJECT_ROOT,
        env={
            **os.environ,
            "EVENTS_REPORTS_DIR": str(settings.reports_dir),
            "EVENTS_WAREHOUSE_DIR": str(settings.warehouse_dir),
            "EVENTS_DUCKLAKE_CATALOG": settings.ducklake_catalog.get_secret_value(),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    output, _ = process.communicate(timeout=600)
    assert process.returncode == 0, output
    return output


def put(settings: Settings, *names: str) -> None:
    for name in names:
        shutil.copy(GOLDEN / f"{name}.docx", settings.reports_dir)


def ingest(settings: Settings) -> int:
    lake.prepare(settings)
    files = scan(settings.reports_dir)
    return sum(done.read for done in lake.ingest(settings, lake.news(settings, files), workers=1))


def query(settings: Settings, sql: str) -> list[tuple]:
    with connect(settings) as connection:
        return connection.execute(sql).fetchall()


def rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return sorted(map(repr, connection.execute(f"select columns(c -> c <> 'received_at') from {table}").fetchall()))


@pytest.mark.slow
def test_the_marts_are_the_same_as_in_the_file(settings):
    put(settings, *REPORTS)
    finish(events(settings, "run"))
    for process in [events(settings, "lake", "ingest", "--workers", "1") for _ in range(2)]:
        finish(process)
    assert query(settings, "select count(*), count(distinct document_sha256) from raw.document") == [(4, 4)]
    assert "Published snapshot" in finish(events(settings, "lake", "build"))
    with (
        duckdb.connect(str(settings.published_database), read_only=True) as file,
        connect_published(settings) as published,
    ):
        tables = [
            f"{schema}.{name}"
            for schema, name in file.execute(
                "select table_schema, table_name from information_schema.tables "
                "where table_schema in ('raw', 'parsed', 'marts') order by all"
            ).fetchall()
        ]
        assert len(tables) > 30
        for table in tables:
            assert rows(published, table) == rows(file, table), table
        types = "select column_name, column_type from (describe {})"
        for table in tables:
            assert published.execute(types.format(table)).fetchall() == file.execute(types.format(table)).fetchall()
        comments = (
            "select table_name, comment from duckdb_tables() where schema_name = 'marts' union all "
            "select view_name, comment from duckdb_views() where schema_name = 'marts' order by all"
        )
        assert published.execute(comments).fetchall() == file.execute(comments).fetchall()


@pytest.mark.slow
def test_a_killed_ingestion_leaves_nothing_half_read(settings):
    put(settings, *REPORTS)
    lake.prepare(settings)
    process = events(settings, "lake", "ingest", "--workers", "1")
    with psycopg.connect(settings.ducklake_catalog.get_secret_value(), autocommit=True) as catalog:
        while not catalog.execute("select 1 from pg_locks where locktype = 'advisory' and objsubid = 1").fetchone():
            assert process.poll() is None, process.stdout.read()
            time.sleep(0.02)
    process.kill()
    assert process.wait(30) == -signal.SIGKILL
    assert query(settings, "select count(*) from raw.document") == [(0,)]
    assert ingest(settings) == len(REPORTS)
    assert query(
        settings,
        "select count(*), sum(row_count) = (select count(*) from raw.report_row) "
        "and sum(row_count) = (select count(*) from parsed.event) from raw.document",
    ) == [(len(REPORTS), True)]


def test_what_is_known_is_not_read_again_and_what_changes_is_replaced(settings):
    put(settings, "orenburg-oblast-2025-q2")
    assert ingest(settings) == 1
    assert ingest(settings) == 0
    (arrived,) = query(settings, "select received_at from raw.document")
    report = settings.reports_dir / "orenburg-oblast-2025-q2.docx"
    moved = report.rename(report.with_name("moved.docx"))
    assert ingest(settings) == 1
    assert lake.forget_missing(settings, scan(settings.reports_dir)) == 1
    assert query(settings, "select source_file from raw.source_file where is_present") == [("moved.docx",)]
    assert query(settings, "select received_at from raw.document") == [arrived]
    shutil.copy(GOLDEN / "pskov-oblast-2025-q2.docx", moved)
    assert ingest(settings) == 1
    assert query(settings, "select count(*) from raw.source_file where is_present") == [(1,)]
    assert query(settings, "select count(*), count(distinct document_sha256) from raw.document") == [(2, 2)]


def test_a_reader_stays_with_its_publication(settings):
    lake.prepare(settings)
    with connect(settings) as writer:
        writer.execute("create schema marts; create table marts.dim_report as select true as is_current")
        writer.execute("create table marts.fct_event as select 1 as version")
        with pytest.raises(DuckLakeError, match="events lake build"):
            connect_published(settings)
        first = record_publication(writer, utc_now())
        with connect_published(settings) as reader:
            writer.execute("create or replace table marts.fct_event as select 2 as version")
            assert reader.execute("from marts.fct_event").fetchall() == [(1,)]
            with connect_published(settings) as another:
                assert another.execute("from marts.fct_event").fetchall() == [(1,)]
            second = record_publication(writer, utc_now())
            assert reader.execute("from marts.fct_event").fetchall() == [(1,)]
            with pytest.raises(duckdb.InvalidInputException, match="read-only"):
                reader.execute("delete from marts.fct_event")
        with connect_published(settings) as newest:
            assert newest.execute("from marts.fct_event").fetchall() == [(2,)]
        assert publications(writer) == [second, first]


def test_a_build_that_fails_publishes_nothing(settings, monkeypatch):
    lake.prepare(settings)

    def broken(_: Settings) -> None:
        raise lake.LakeBuildError("dbt failed")

    monkeypatch.setattr(lake, "_run_dbt", broken)
    with pytest.raises(lake.LakeBuildError):
        lake.build(settings, lambda _: None)
    with connect(settings) as connection:
        assert publications(connection) == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql://events:s3cret@127.0.0.1:1/events", "127.0.0.1.*refused"),
        ("postgresql:/events:s3cret@host/events", "EVENTS_DUCKLAKE_CATALOG is no PostgreSQL URL"),
        (None, "set EVENTS_DUCKLAKE_CATALOG="),
    ],
)
def test_a_catalog_that_is_not_there_is_told_without_the_password(tmp_path, url, message):
    settings = Settings(warehouse_dir=tmp_path, ducklake_catalog=url)
    with pytest.raises(DuckLakeError, match=message) as told:
        connect(settings)
    assert "s3cret" not in f"{told.value} {told.value.__cause__!r} {settings!r}"


def test_the_attach_statement_works_and_holds_no_password(settings, tmp_path: Path):
    lake.prepare(settings)
    statement = attach_statement(settings, 1)
    assert "s3cret" not in statement
    with connect(settings) as connection:
        connection.execute("use memory; detach warehouse")
        connection.execute(statement)
        assert connection.execute("select count(*) from warehouse.snapshots()").fetchone()[0] >= 1
