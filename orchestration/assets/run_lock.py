"""One writer at a time: the lock that a run holds on the build database, and who holds it."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

_locks: dict[Path, IO[str]] = {}


def hold_run_lock(database: Path) -> None:
    """Keep every other process from running on this build database until this one ends; waits for its turn.

    A run is one process, and the lock belongs to its open file: it goes with a killed process too.
    """
    if database in _locks:
        return
    _make_folders(database)
    file = (database.parent / "lock").open("a")
    fcntl.flock(file, fcntl.LOCK_EX)
    file.truncate(0)
    with suppress(OSError):  # on a full disk nobody learns who holds the lock
        os.write(file.fileno(), f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC".encode())
    _locks[database] = file


def _make_folders(database: Path) -> None:
    """The warehouse folder, which readers enter whatever the umask, and the build folder, where only we write."""
    warehouse = database.parent.parent
    if not warehouse.exists():
        warehouse.mkdir(parents=True)
        warehouse.chmod(0o755)
    database.parent.mkdir(mode=0o755, exist_ok=True)


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


def run_under_way(database: Path) -> str:
    """Which process holds the lock or held it last, and since when."""
    return (database.parent / "lock").read_text(encoding="utf-8")
