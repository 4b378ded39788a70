"""Readers of PostgreSQL through many publications, some loaders killed: every read finds one whole version."""

from __future__ import annotations

import json
import random
import signal
import time

import psycopg
import pytest

from small_publication import LOADER, READER, ROWS, TABLES, publish, settings_for, start

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("postgres")]

PUBLICATIONS, KILLED, READERS = 20, (7, 13), 3


def test_readers_find_one_whole_version_at_all_times(tmp_path, postgres_url):
    settings = settings_for(tmp_path, postgres_url)
    publish(settings, 0)
    environment = {"EVENTS_POSTGRES_URL": postgres_url, "EVENTS_WAREHOUSE_DIR": str(tmp_path)}

    def loader(number: int):
        return start(LOADER, str(number), **environment)

    first = loader(0)
    assert first.wait(60) == 0, first.stderr.read()
    stop = tmp_path / "stop"
    readers = [start(READER, postgres_url, str(stop), ",".join(TABLES), str(ROWS)) for _ in range(READERS)]
    try:
        for number in range(1, PUBLICATIONS + 1):
            publish(settings, number)
            process = loader(number)
            if number in KILLED:
                _await_load(postgres_url)
                time.sleep(random.uniform(0, 0.1))
                process.kill()
                assert process.wait(60) == -signal.SIGKILL
                process = loader(number)
            assert process.wait(120) == 0, process.stderr.read()
    finally:
        stop.touch()
        outcomes = [json.loads(reader.communicate(timeout=60)[0]) for reader in readers]
    assert all(outcome["reads"] > PUBLICATIONS for outcome in outcomes)
    assert [(outcome["failed"], outcome["torn"]) for outcome in outcomes] == [([], [])] * READERS
    assert all(outcome["versions"][-1] == PUBLICATIONS for outcome in outcomes)
    assert all(outcome["slowest"] < 5 for outcome in outcomes)


def _await_load(url: str) -> None:
    """Until the loader's transaction is under way."""
    with psycopg.connect(url, autocommit=True) as connection:
        while not connection.execute(
            "select 1 from pg_stat_activity where application_name = 'municipal events' and xact_start is not null"
        ).fetchone():
            time.sleep(0.005)
