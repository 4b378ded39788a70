"""The build database: one writer at a time, the tables that Python writes, bulk replacement of rows."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import duckdb
import pyarrow

from orchestration.assets.versions import schema_version

_SCHEMA = Path(__file__).with_name("schema.sql")
_locks: dict[Path, IO[str]] = {}


def hold_run_lock(database: Path) -> None:
    """Keep every other process from running on this build database until this one ends; waits for its turn.

    A run is one process, and the lock belongs to its open file: it goes with a killed process too.
    """
    if database not in _locks:
        database.parent.mkdir(parents=True, exist_ok=True)
        file = (database.parent / "lock").open("a")
        fcntl.flock(file, fcntl.LOCK_EX)
        _locks[database] = file


def another_run_is_under_way(database: Path) -> bool:
    """Whether a run of another process holds the lock."""
    lock = database.parent / "lock"
    if database in _locks or not lock.exists():
        return False
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


@contextmanager
def build_database(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the build database for writing, with every table of ``schema.sql`` in place.

    Holds the run lock. What an earlier version of the tables holds of ``raw`` is kept, every version of a report too.
    """
    hold_run_lock(database)
    with duckdb.connect(str(database)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        create_tables(connection)
        yield connection


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
