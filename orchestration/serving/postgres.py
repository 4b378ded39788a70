"""The published marts in PostgreSQL: loaded beside those served there, whose place they take in one transaction."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass

import duckdb
import psycopg
import pyarrow
import pyarrow.csv
from psycopg import sql

from orchestration.serving.postgres_session import PostgresBusyError, PostgresError, session, target_of
from orchestration.serving.relations import Mart, published_marts
from orchestration.settings import Settings

_TYPES = {
    "VARCHAR": "text",
    "DOUBLE": "double precision",
    "FLOAT": "real",
    "TINYINT": "smallint",
    "HUGEINT": "numeric",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
}
_BATCH_ROWS = 20_000
# Shorter than PostgreSQL's deadlock_timeout (1 s), for all tables together: it is never a reader who has to give way.
_LOCK_TIMEOUT = "700ms"
_MARK = "Municipal international events, replaced as a whole by every publication."
_CSV = pyarrow.csv.WriteOptions(include_header=False, quoting_style="all_valid")


@dataclass(frozen=True, slots=True)
class Load:
    """What PostgreSQL serves: which publication, where, rows a mart, seconds of loading and of the exchange."""

    fingerprint: str
    target: str
    row_counts: dict[str, int]
    load_seconds: float
    swap_seconds: float


def is_served(settings: Settings, fingerprint: str) -> bool:
    """Whether the database of ``postgres_url`` was given this publication; true where there is none."""
    if settings.postgres_url is None:
        return True
    last = last_load(settings)
    try:
        return last is not None and (last.fingerprint, last.target) == (fingerprint, target_of(settings))
    except PostgresError:  # the load itself will say what is wrong with the URL
        return False


def last_load(settings: Settings) -> Load | None:
    """The last load that succeeded, from whichever database it went to."""
    try:
        return Load(**json.loads(settings.postgres_state.read_text(encoding="utf-8")))
    except (FileNotFoundError, json.JSONDecodeError, TypeError):
        return None


def load(settings: Settings, fingerprint: str) -> Load:
    """Bring the published file, known by ``fingerprint``, to PostgreSQL; raises PostgresError, else serves it there.

    All is one transaction: a loader that dies leaves nothing behind, and one that fails leaves what was.
    """
    schema, target = settings.postgres_schema, target_of(settings)
    with (
        duckdb.connect(str(settings.published_database), read_only=True) as source,
        session(settings) as connection,
        connection.transaction(),
    ):
        marts = published_marts(source, settings.dbt_target_dir / "manifest.json")
        _guard(connection, schema)
        started = time.monotonic()
        row_counts = _load_beside(connection, source, marts, f"{schema}_new")
        _describe(connection, marts, f"{schema}_new")
        _grant(connection, f"{schema}_new", settings.postgres_reader_role)
        loaded = time.monotonic()
        swap_started = _swap(connection, schema, settings.postgres_patience_seconds)
    swap_seconds = time.monotonic() - swap_started
    outcome = Load(fingerprint, target, row_counts, round(loaded - started, 3), round(swap_seconds, 3))
    settings.postgres_state.write_text(json.dumps(asdict(outcome), indent=2), encoding="utf-8")
    return outcome


def _guard(connection: psycopg.Connection, schema: str) -> None:
    """One loader at a time, and only over a schema of our own."""
    connection.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"municipal events {schema}"])
    found = connection.execute(
        "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = %s", [schema]
    ).fetchone()
    if found and found[0] != _MARK:
        raise PostgresError(
            f"The schema {schema!r} was not made by this program and is left alone: "
            "name another one in EVENTS_POSTGRES_SCHEMA, or drop it."
        )


def _load_beside(
    connection: psycopg.Connection, source: duckdb.DuckDBPyConnection, marts: list[Mart], schema: str
) -> dict[str, int]:
    """Create the marts in a new schema with rows, keys and indexes; returns rows a mart."""
    connection.execute("set local maintenance_work_mem = '256MB'")
    connection.execute(sql.SQL("create schema {}").format(sql.Identifier(schema)))
    row_counts = {mart.name: _copy(connection, source, mart, sql.Identifier(schema, mart.name)) for mart in marts}
    for mart in marts:
        table = sql.Identifier(schema, mart.name)
        if mart.primary_key:
            connection.execute(sql.SQL("alter table {} add primary key ({})").format(table, _columns(mart.primary_key)))
        for column in mart.indexed:
            connection.execute(sql.SQL("create index on {} ({})").format(table, sql.Identifier(column)))
    for mart in marts:
        for column, dimension, key in mart.references:
            connection.execute(
                # dbt has tested it: `not valid` spares the second look, tools find the join all the same.
                sql.SQL("alter table {} add foreign key ({}) references {} ({}) not valid").format(
                    sql.Identifier(schema, mart.name),
                    sql.Identifier(column),
                    sql.Identifier(schema, dimension),
                    sql.Identifier(key),
                )
            )
        connection.execute(sql.SQL("analyze {}").format(sql.Identifier(schema, mart.name)))
    return row_counts


def _copy(connection: psycopg.Connection, source: duckdb.DuckDBPyConnection, mart: Mart, table: sql.Identifier) -> int:
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(_TYPES.get(column.type, column.type)))
        for column in mart.columns
    )
    connection.execute(sql.SQL("create table {} ({})").format(table, columns))
    # Frozen rows are there for every snapshot: a transaction older than the load finds rows, not an empty table.
    with connection.cursor() as cursor:
        with cursor.copy(sql.SQL("copy {} from stdin (format csv, freeze)").format(table)) as copy:
            for batch in source.execute(f'from marts."{mart.name}"').to_arrow_reader(_BATCH_ROWS):
                buffer = pyarrow.BufferOutputStream()
                pyarrow.csv.write_csv(batch, buffer, _CSV)
                copy.write(memoryview(buffer.getvalue()))
        return cursor.rowcount


def _describe(connection: psycopg.Connection, marts: list[Mart], schema: str) -> None:
    connection.execute(_comment("schema", sql.Identifier(schema), _MARK))
    for mart in marts:
        if mart.comment:
            connection.execute(_comment("table", sql.Identifier(schema, mart.name), mart.comment))
        for column in mart.columns:
            if column.comment:
                name = sql.Identifier(schema, mart.name, column.name)
                connection.execute(_comment("column", name, column.comment))


def _comment(kind: str, name: sql.Identifier, text: str) -> sql.Composed:
    return sql.SQL("comment on {} {} is {}").format(sql.SQL(kind), name, sql.Literal(text))


def _grant(connection: psycopg.Connection, schema: str, role: str) -> None:
    """Let the role read the marts and nothing else; creates it if it is missing and we may."""
    if not connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
        try:
            with connection.transaction():
                connection.execute(sql.SQL("create role {} nologin").format(sql.Identifier(role)))
        except psycopg.errors.InsufficientPrivilege:
            raise PostgresError(
                f"The role {role!r} is missing and this user may not create it. Let an administrator run "
                f'`create role "{role}" nologin`, or name an existing role in EVENTS_POSTGRES_READER_ROLE.'
            ) from None
    for grant in ("grant usage on schema {} to {}", "grant select on all tables in schema {} to {}"):
        connection.execute(sql.SQL(grant).format(sql.Identifier(schema), sql.Identifier(role)))


def _swap(connection: psycopg.Connection, schema: str, patience_seconds: float) -> float:
    """Put the new schema in the old one's place; returns when (monotonic) the attempt that succeeded began.

    Every old table is locked first, so a reader's statement or transaction finds all marts of one publication. While
    a reader has one open the attempt is given up at once and made again later: nobody waits behind it for long.
    """
    deadline, pause = time.monotonic() + patience_seconds, 0.2
    while True:
        started = time.monotonic()
        try:
            with connection.transaction():
                _replace_schema(connection, schema)
        except psycopg.errors.QueryCanceled:
            if time.monotonic() + pause > deadline:
                raise PostgresBusyError(_who_reads(connection, schema, patience_seconds)) from None
            time.sleep(pause)
            pause = min(pause * 2, 5)
        except psycopg.errors.DependentObjectsStillExist as error:
            raise PostgresError(
                f"Something outside the schema {schema!r} is built on its tables, which are replaced: "
                f"{' '.join((error.diag.message_detail or '').split())}. Drop it, or build it on a copy."
            ) from None
        else:
            return started


def _replace_schema(connection: psycopg.Connection, schema: str) -> None:
    old = [
        sql.Identifier(schema, name)
        for (name,) in connection.execute("select tablename from pg_tables where schemaname = %s order by 1", [schema])
    ]
    if old:
        tables = sql.SQL(", ").join(old)
        connection.execute(sql.SQL("set local statement_timeout = {}").format(sql.Literal(_LOCK_TIMEOUT)))
        connection.execute(sql.SQL("lock table {} in access exclusive mode").format(tables))
        connection.execute("set local statement_timeout = 0")
        connection.execute(sql.SQL("drop table {}").format(tables))
    connection.execute(sql.SQL("drop schema if exists {}").format(sql.Identifier(schema)))
    connection.execute(
        sql.SQL("alter schema {} rename to {}").format(sql.Identifier(f"{schema}_new"), sql.Identifier(schema))
    )


def _who_reads(connection: psycopg.Connection, schema: str, patience_seconds: float) -> str:
    readers = connection.execute(
        """
        select distinct format('%%s (process %%s, %%s since %%s UTC)', coalesce(nullif(application_name, ''), usename),
            pid, state, to_char(state_change at time zone 'UTC', 'HH24:MI:SS'))
        from pg_locks
        join pg_stat_activity using (pid)
        join pg_class on pg_class.oid = pg_locks.relation
        where relnamespace = %s::regnamespace and pid <> pg_backend_pid()
        """,
        [schema],
    ).fetchall()
    return (
        f"A transaction has held the marts open for {patience_seconds:g} s: "
        f"{', '.join(name for (name,) in readers) or 'it has just ended'}. "
        "The marts stay as they were; end that session or set idle_in_transaction_session_timeout for its user, "
        "then `events run`."
    )


def _columns(names: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
