"""When Dagster's daemon gave its last sign of life, read from Dagster's storage without loading Dagster."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime

from orchestration.settings import Settings

_BEAT = "select body from daemon_heartbeats where daemon_type = 'SENSOR'"


class StorageUnreachableError(RuntimeError):
    """The database that holds Dagster's history does not answer."""


def last_heartbeat(settings: Settings) -> datetime | None:
    """When the daemon told last that it lives (UTC); None where it never did. Raises StorageUnreachableError."""
    if settings.dagster_postgres_url is not None:
        return _in_postgres(settings.dagster_postgres_url.get_secret_value())
    file = settings.dagster_home / "history" / "runs.db"
    if not file.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
            return _time(connection.execute(_BEAT).fetchall())
    except sqlite3.OperationalError:
        return None  # not begun yet, or not for this user to read


def _in_postgres(url: str) -> datetime | None:
    import psycopg

    address = url.replace("postgresql+psycopg2://", "postgresql://", 1)
    try:
        with psycopg.connect(address, connect_timeout=5) as connection:
            return _time(connection.execute(_BEAT).fetchall())
    except psycopg.errors.UndefinedTable:
        return None
    except psycopg.OperationalError as error:
        raise StorageUnreachableError("PostgreSQL с историей Dagster не отвечает.") from error


def _time(rows: Sequence[tuple[str]]) -> datetime | None:
    """Of Dagster's own record, for the column beside it is in the time zone of the database's session."""
    if not rows:
        return None
    return datetime.fromtimestamp(json.loads(rows[0][0])["timestamp"], UTC).replace(tzinfo=None)
