"""The build database: the tables that Python writes, bulk replacement of rows, a damaged file set aside."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow

from orchestration.assets.run_lock import hold_run_lock
from orchestration.assets.versions import schema_version

_SCHEMA = Path(__file__).with_name("schema.sql")
_DAMAGED = (
    "not a valid DuckDB database file",
    "Corrupt database file",
    "Could not read enough bytes",
    "while replaying WAL",
    "Serialization Error",
)
_logger = logging.getLogger(__name__)


@contextmanager
def build_database(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the build database for writing, with every table of ``schema.sql`` in place.

    Holds the run lock. What an earlier version of the tables holds of ``raw`` is kept, every version of a report too.
    A damaged file is set aside and begun anew from the published one.
    """
    hold_run_lock(database)
    try:
        connection = duckdb.connect(str(database))
    except duckdb.Error as error:
        if not is_damage(str(error)):
            raise
        _logger.warning("%s The file is set aside as %s.", error, set_aside(database))
        connection = duckdb.connect(str(database))
    with connection:
        connection.execute("set TimeZone = 'UTC'")
        create_tables(connection)
        yield connection


def is_damage(message: str) -> bool:
    """Whether DuckDB says that the file itself is broken."""
    return any(sign in message for sign in _DAMAGED)


def set_aside(database: Path) -> Path:
    """Rename a damaged build database and put what is published in its place; returns where the damaged one is.

    The published file holds every layer, so that only what came after it is read again.
    """
    broken = database.with_name(f"{database.name}.broken")
    log = database.with_name(f"{database.name}.wal")
    fresh = database.with_name("restored") / database.name
    published = database.parent.parent / database.name
    shutil.rmtree(fresh.parent, ignore_errors=True)
    database.replace(broken)
    log.unlink(missing_ok=True)
    if published.exists():
        fresh.parent.mkdir()
        try:
            shutil.copyfile(published, fresh)
            with duckdb.connect(str(fresh)) as connection:
                connection.execute("drop schema published cascade")
            fresh.replace(database)
        except duckdb.Error as error:
            _logger.warning("%s cannot be read either: %s", published, error)
        shutil.rmtree(fresh.parent)
    return broken


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what is missing; a change of ``schema.sql`` carries ``raw`` over and begins the rest anew."""
    before = dict(
        connection.execute("select table_name, comment from duckdb_tables() where schema_name = 'raw'").fetchall()
    )
    is_changed = bool(before) and before.get("source_file") != schema_version()
    connection.begin()
    try:
        if is_changed:
            connection.execute("drop schema parsed cascade; drop schema quality cascade")
            for table in before:
                connection.execute(f"alter table raw.{table} rename to before_{table}")
        connection.execute(_SCHEMA.read_text(encoding="utf-8"))
        if is_changed:
            for table in before:
                connection.execute(f"insert into raw.{table} by name select {_kept_columns(connection, table)}")
                connection.execute(f"drop table raw.before_{table}")
        connection.execute(f"comment on table raw.source_file is '{schema_version()}'")
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _kept_columns(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    columns = connection.execute(
        "select column_name from duckdb_columns() where schema_name = 'raw' and table_name in (?, ?) "
        "group by all having count(*) = 2",
        [table, f"before_{table}"],
    ).fetchall()
    return f"{', '.join(name for (name,) in columns)} from raw.before_{table}"


def forget_checks(connection: duckdb.DuckDBPyConnection) -> None:
    """Void the last checks, for what they judged is about to change."""
    connection.execute("delete from quality.check_result")


def replace_rows(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    document_sha256s: Sequence[str],
    rows: Sequence[pyarrow.Table],
) -> None:
    """Replace what ``table`` holds of the given documents by ``rows``, columns matched by name."""
    connection.execute(f"delete from {table} where document_sha256 in (select unnest(?))", [list(document_sha256s)])
    insert_rows(connection, table, rows)


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[pyarrow.Table]) -> None:
    """Append ``rows`` to ``table``, columns matched by name; a column without a value in one of them is NULL there."""
    if filled := [batch for batch in rows if batch.num_rows]:
        batch = pyarrow.concat_tables(filled, promote_options="permissive")  # noqa: F841 - DuckDB reads it by its name
        connection.execute(f"insert into {table} by name select * from batch")
