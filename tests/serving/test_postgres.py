"""The marts in PostgreSQL: the same rows, documented, read-only for readers, and there whatever fails."""

from __future__ import annotations

import duckdb
import psycopg
import pytest

from orchestration.serving.postgres import is_served, load
from orchestration.serving.postgres_session import PostgresBusyError, PostgresError, PostgresUnreachableError
from orchestration.settings import Settings

from small_publication import TABLES, publish, settings_for

pytestmark = pytest.mark.xdist_group("published")


@pytest.fixture
def settings(tmp_path, postgres_url) -> Settings:
    found = settings_for(tmp_path, postgres_url)
    publish(found, 1)
    return found


def rows(url: str, query: str) -> list[tuple]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def versions(url: str) -> set[int]:
    return {version for table in TABLES for (version,) in rows(url, f"select distinct version from marts.{table}")}


def test_every_published_mart_arrives_with_its_rows_and_types(published, postgres_url):
    settings = settings_for(published.warehouse_dir, postgres_url)
    loaded = load(settings, "first")
    with duckdb.connect(str(settings.published_database), read_only=True) as served:
        marts = [name for (name,) in served.execute("select table_name from information_schema.tables "
                                                    "where table_schema = 'marts' order by 1").fetchall()]  # fmt: skip
        assert sorted(loaded.row_counts) == marts
        for mart in marts:
            expected = served.execute(f"from marts.{mart}").fetchall()
            assert sorted(map(repr, rows(postgres_url, f"select * from marts.{mart}"))) == sorted(map(repr, expected))
        comments = dict(served.execute("select table_name || '.' || column_name, comment from duckdb_columns() "
                                       "where schema_name = 'marts'").fetchall())  # fmt: skip
    found = rows(
        postgres_url,
        "select table_name || '.' || column_name, col_description((table_schema || '.' || table_name)::regclass, "
        "ordinal_position) from information_schema.columns where table_schema = 'marts'",
    )
    assert dict(found) == comments
    types = dict(
        rows(
            postgres_url,
            "select column_name, data_type from information_schema.columns "
            "where table_schema = 'marts' and table_name in ('fct_event', 'dim_place', 'dim_report')",
        )
    )
    assert {name: types[name] for name in ("start_date", "is_ongoing", "latitude", "received_at", "venue")} == {
        "start_date": "date",
        "is_ongoing": "boolean",
        "latitude": "double precision",
        "received_at": "timestamp without time zone",
        "venue": "text",
    }
    keys = dict(rows(postgres_url, "select contype::text, count(*) from pg_constraint where connamespace = "
                     "'marts'::regnamespace and contype in ('p', 'f') group by 1"))  # fmt: skip
    assert keys["p"] >= 15 and keys["f"] >= 30


def test_a_second_load_takes_the_place_of_the_first(settings, postgres_url):
    load(settings, "first")
    publish(settings, 2)
    assert not is_served(settings, "second")
    load(settings, "second")
    assert is_served(settings, "second")
    assert versions(postgres_url) == {2}
    schemas = rows(postgres_url, "select nspname from pg_namespace where nspname like 'marts%'")
    assert schemas == [("marts",)]


def test_comments_keys_and_joins_are_there(settings, postgres_url):
    load(settings, "first")
    assert rows(postgres_url, "select obj_description('marts.dim_event'::regclass)") == [
        ("Мероприятия\nEvents; don't edit",)
    ]
    assert rows(postgres_url, "select obj_description('marts.fct_report_quality'::regclass)") == [("Качество",)]
    definitions = rows(
        postgres_url,
        "select pg_get_constraintdef(oid) from pg_constraint "
        "where connamespace = 'marts'::regnamespace and contype in ('p', 'f') order by 1",
    )
    assert [definition for (definition,) in definitions] == [
        "FOREIGN KEY (event_key) REFERENCES marts.dim_event(event_key) NOT VALID",
        "PRIMARY KEY (event_key)",
        "PRIMARY KEY (event_key)",
    ]


def test_the_reader_role_reads_and_does_nothing_else(settings, postgres_url):
    load(settings, "first")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("set role events_reader")
        assert connection.execute("select count(*) from marts.dim_event").fetchone() == (5_000,)
        for statement in (
            "delete from marts.dim_event",
            "update marts.dim_event set version = 0",
            "insert into marts.dim_event values ('x', 1)",
            r"drop table marts.dim_event",
            "create table marts.mine (id int)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_a_role_that_may_not_be_created_is_told(settings, postgres_url):
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("create role clerk login; grant create on database events to clerk")
    try:
        with pytest.raises(PostgresError, match=r'create role "events_reader" nologin'):
            load(settings_for(settings.warehouse_dir, postgres_url.replace("postgres:s3", "clerk:s3")), "first")
    finally:
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute("drop owned by clerk; drop role clerk")


def test_a_failed_load_leaves_the_old_marts(settings, postgres_url):
    load(settings, "first")
    publish(settings, 2)
    with duckdb.connect(str(settings.published_database)) as connection:
        connection.execute("insert into marts.dim_event from marts.dim_event limit 1")
    with pytest.raises(PostgresError, match="dim_event_pkey"):
        load(settings, "second")
    assert versions(postgres_url) == {1}
    assert is_served(settings, "first")


def test_a_schema_of_somebody_else_is_left_alone(settings, postgres_url):
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("create schema marts; create table marts.payroll (id int)")
    with pytest.raises(PostgresError, match="EVENTS_POSTGRES_SCHEMA"):
        load(settings, "first")
    assert rows(postgres_url, "select count(*) from marts.payroll") == [(0,)]
    load(settings_for(settings.warehouse_dir, postgres_url, postgres_schema="events"), "first")
    assert rows(postgres_url, "select count(*) from events.dim_event") == [(5_000,)]


def test_a_view_of_somebody_else_on_the_marts_is_not_dropped(settings, postgres_url):
    load(settings, "first")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("create view own_view as select * from marts.dim_event")
    with pytest.raises(PostgresError, match=r"view own_view depends on table marts\.dim_event"):
        load(settings, "second")
    assert rows(postgres_url, "select count(*) from own_view") == [(5_000,)]


def test_a_reader_who_never_ends_is_named_and_not_disturbed(settings, postgres_url):
    load(settings, "first")
    publish(settings, 2)
    patient = settings_for(settings.warehouse_dir, postgres_url, postgres_patience_seconds=1)
    with psycopg.connect(postgres_url, application_name="DBeaver") as reader:
        assert reader.execute("select min(version) from marts.fct_event").fetchone() == (1,)
        with pytest.raises(PostgresBusyError, match=r"DBeaver .*idle in transaction"):
            load(patient, "second")
        assert reader.execute("select min(version) from marts.dim_event").fetchone() == (1,)
    load(patient, "second")
    assert versions(postgres_url) == {2}


@pytest.mark.parametrize(
    ("url", "error", "message"),
    [
        ("postgresql://events:s3cret@127.0.0.1:1/events", PostgresUnreachableError, "127.0.0.1:1/events.*refused"),
        ("postgresql://events:s3cret@nowhere.invalid/events", PostgresUnreachableError, "nowhere.invalid"),
        ("postgresql:/events:s3cret@host/events", PostgresError, "EVENTS_POSTGRES_URL is no PostgreSQL URL"),
        ("postgresql://events:s3cret@host/events?colour=red", PostgresError, "EVENTS_POSTGRES_URL is no"),
    ],
)
def test_a_server_that_is_not_there_is_told_without_the_password(settings, url, error, message):
    wrong = settings_for(settings.warehouse_dir, url)
    with pytest.raises(error, match=message) as told:
        load(wrong, "first")
    assert "s3cret" not in f"{told.value} {told.value.__cause__!r} {wrong!r} {wrong.model_dump_json()}"


def test_nothing_is_asked_of_postgres_where_it_is_not_set(tmp_path):
    assert is_served(Settings(warehouse_dir=tmp_path, postgres_url=None), "any")
