"""Dagster's history is written without a wait for the disk at every event, and stays whole."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from orchestration.history_storage import spare_the_disk

NORMAL = 1


def test_the_log_is_moved_neither_by_a_commit_nor_by_a_close(tmp_path: Path) -> None:
    database = tmp_path / "history.db"
    with sqlite3.connect(database) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("create table event (number integer)")
    connection.close()
    spare_the_disk()
    engine = create_engine(f"sqlite:///{database}", poolclass=NullPool)
    for number in range(3):
        with engine.begin() as connection:
            assert connection.execute(text("pragma synchronous")).scalar() == NORMAL
            connection.execute(text("insert into event values (:number)"), {"number": number})
    assert Path(f"{database}-wal").stat().st_size
    with sqlite3.connect(database) as reader:
        assert reader.execute("select count(*) from event").fetchone() == (3,)


def test_a_database_without_such_a_log_is_left_alone(tmp_path: Path) -> None:
    spare_the_disk()
    with create_engine(f"sqlite:///{tmp_path / 'other.db'}", poolclass=NullPool).begin() as connection:
        assert connection.execute(text("pragma synchronous")).scalar() > NORMAL
