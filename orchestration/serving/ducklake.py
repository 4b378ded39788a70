"""The warehouse as a DuckLake: a PostgreSQL catalog, Parquet files in a folder or bucket, many writers and readers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import duckdb
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from orchestration.serving.extensions import load_extension
from orchestration.settings import Settings

CATALOG = "warehouse"
_SECRET_PARAMETERS = {"host": "host", "port": "port", "user": "user", "password": "password", "dbname": "database"}
# Writers whose commits meet take turns; with ten of them the last one's turn comes late.
_COMMIT_ATTEMPTS = 100


class DuckLakeError(RuntimeError):
    """The lake is not set up or does not answer; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A snapshot in which all marts are built from the same reports and have passed the checks; UTC."""

    snapshot_id: int
    published_at: datetime
    reports: int
    events: int


def connect(settings: Settings, snapshot: int | None = None) -> duckdb.DuckDBPyConnection:
    """Open the lake as the current catalog, ``warehouse``; with ``snapshot`` read-only and as it was then."""
    connection = duckdb.connect()
    try:
        attach(connection, settings, snapshot)
        connection.execute(f"use {CATALOG}")
    except BaseException:
        connection.close()
        raise
    return connection


def attach(connection: duckdb.DuckDBPyConnection, settings: Settings, snapshot: int | None = None) -> None:
    """Attach the lake as ``warehouse``; raises DuckLakeError, whose message never holds the password."""
    found = _parameters(settings)
    for extension in ("postgres_scanner", "ducklake"):
        load_extension(connection, extension)
    _prepare_data_path(connection, settings)
    secret = [f"{name} {_quoted(found.pop(key))}" for key, name in _SECRET_PARAMETERS.items() if key in found]
    options = [
        f"data_path {_quoted(settings.ducklake_data_path)}",
        f"metadata_schema {_quoted(settings.ducklake_schema)}",
    ]
    options += ["meta_secret 'catalog'"] if secret else []
    options += [f"snapshot_version {snapshot}"] if snapshot is not None else []
    connection.execute("set TimeZone = 'UTC'")
    connection.execute(f"set ducklake_max_retry_count = {_COMMIT_ATTEMPTS}")
    if secret:
        connection.execute(f"create or replace temporary secret catalog (type postgres, {', '.join(secret)})")
    try:
        connection.execute(
            f"attach {_quoted('ducklake:postgres:' + make_conninfo(**found))} as {CATALOG} ({', '.join(options)})"
        )
    except duckdb.Error as error:
        # DuckDB quotes the whole connection string, password and all.
        raise DuckLakeError(f"DuckLake's catalog does not answer: {_reason(settings, error)}") from None


def attach_statement(settings: Settings, snapshot: int) -> str:
    """What a reader with DuckDB of its own runs; the password is left for libpq (PGPASSWORD, ~/.pgpass)."""
    shown = {key: value for key, value in _parameters(settings).items() if key != "password"}
    return (
        f"attach {_quoted('ducklake:postgres:' + make_conninfo(**shown))} as {CATALOG} "
        f"(metadata_schema {_quoted(settings.ducklake_schema)}, snapshot_version {snapshot})"
    )


def _parameters(settings: Settings) -> dict[str, str]:
    if settings.ducklake_catalog is None:
        raise DuckLakeError(
            "No DuckLake is configured: set EVENTS_DUCKLAKE_CATALOG=postgresql://user:password@host:5432/database"
        )
    try:
        return conninfo_to_dict(settings.ducklake_catalog.get_secret_value())
    except psycopg.ProgrammingError:
        message = "EVENTS_DUCKLAKE_CATALOG is no PostgreSQL URL: postgresql://user:password@host:5432/database"
        raise DuckLakeError(message) from None


def _reason(settings: Settings, error: Exception) -> str:
    """The error without the connection string: what libpq itself says where PostgreSQL is at fault."""
    try:
        psycopg.connect(**{"connect_timeout": "10"} | _parameters(settings)).close()
    except psycopg.OperationalError as refusal:
        return str(refusal).splitlines()[0]
    password = _parameters(settings).get("password")
    return str(error).replace(password, "***") if password else str(error)


def _prepare_data_path(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Let DuckDB write to a bucket with the credentials that AWS's own tools would find."""
    if not settings.ducklake_data_path.startswith("s3://"):
        return
    for extension in ("httpfs", "aws"):
        load_extension(connection, extension)
    options = ["type s3", "provider credential_chain"]
    if settings.ducklake_endpoint:
        scheme, _, host = settings.ducklake_endpoint.rpartition("://")
        options += [f"endpoint {_quoted(host)}", "url_style 'path'", f"use_ssl {scheme != 'http'}"]
    connection.execute(f"create or replace temporary secret bucket ({', '.join(options)})")


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"


@contextmanager
def catalog_session(settings: Settings) -> Iterator[psycopg.Connection]:
    """A connection to the catalog's PostgreSQL, whose advisory locks end with it, however it ends."""
    try:
        connection = psycopg.connect(**{"connect_timeout": "10"} | _parameters(settings), autocommit=True)
    except psycopg.OperationalError as error:
        raise DuckLakeError(f"DuckLake's catalog does not answer: {str(error).splitlines()[0]}") from None
    with connection:
        yield connection


def claim(session: psycopg.Connection, settings: Settings, names: Sequence[str]) -> set[str]:
    """Those of ``names`` that no other session holds; they are this one's until it ends."""
    return {
        name
        for name in names
        if session.execute("select pg_try_advisory_lock(%s)", [_lock_number(settings, name)]).fetchone()[0]
    }


@contextmanager
def build_lock(session: psycopg.Connection, settings: Settings, shared: bool) -> Iterator[None]:
    """Writers of raw and parsed share the lock while they commit; a build, which reads them, holds it alone."""
    suffix, number = "_shared" if shared else "", _lock_number(settings, "build")
    session.execute(f"select pg_advisory_lock{suffix}(%s)", [number])
    try:
        yield
    finally:
        session.execute(f"select pg_advisory_unlock{suffix}(%s)", [number])


def _lock_number(settings: Settings, name: str) -> int:
    digest = hashlib.sha256(f"{settings.ducklake_schema}\n{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def record_publication(connection: duckdb.DuckDBPyConnection, published_at: datetime) -> Publication:
    """Note that the lake as it is now is fit to be read; the caller holds the build lock."""
    connection.execute(
        "create table if not exists main.publication "
        "(snapshot_id bigint, published_at timestamp, reports integer, events integer)"
    )
    (snapshot,) = connection.execute(f"select max(snapshot_id) from {CATALOG}.snapshots()").fetchone()
    (reports,) = connection.execute("select count(*) from marts.dim_report where is_current").fetchone()
    (events,) = connection.execute("select count(*) from marts.fct_event").fetchone()
    publication = Publication(snapshot, published_at, reports, events)
    connection.execute("insert into main.publication values (?, ?, ?, ?)", [snapshot, published_at, reports, events])
    return publication


def publications(connection: duckdb.DuckDBPyConnection) -> list[Publication]:
    """Every publication, the newest first."""
    try:
        rows = connection.execute("select * from main.publication order by snapshot_id desc").fetchall()
    except duckdb.CatalogException:
        return []
    return [Publication(*row) for row in rows]


def connect_published(settings: Settings) -> duckdb.DuckDBPyConnection:
    """Open the newest publication read-only; it stays the same for as long as the connection is held."""
    with connect(settings) as connection:
        newest = next(iter(publications(connection)), None)
    if newest is None:
        raise DuckLakeError("The lake holds no publication yet: `events lake build`.")
    return connect(settings, newest.snapshot_id)
