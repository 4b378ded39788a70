"""Dagster's history in SQLite without a wait for the disk at every event: a run tells more than a thousand."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict

from sqlalchemy import event
from sqlalchemy.engine import Engine

_KEPT_OPEN = 4
_open: OrderedDict[str, sqlite3.Connection] = OrderedDict()


def spare_the_disk() -> None:
    """From now on this process waits for the disk when SQLite moves its write-ahead log, not at every commit.

    After a power cut the last events of a run may be missing from Dagster's history; nothing of it is damaged.
    """
    if not event.contains(Engine, "connect", _relax):
        event.listen(Engine, "connect", _relax)


def _relax(connection: object, _: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    if connection.execute("pragma journal_mode").fetchone() != ("wal",):
        return
    connection.execute("pragma synchronous = normal")
    path = connection.execute("pragma database_list").fetchone()[2]
    if path and path not in _open:
        # Dagster closes its connection after every event, and the last to close a database moves the whole log.
        kept = sqlite3.connect(path, check_same_thread=False)
        kept.execute("select count(*) from sqlite_master").fetchone()
        _open[path] = kept
        while len(_open) > _KEPT_OPEN:
            _open.popitem(last=False)[1].close()
