"""The fault table: what goes wrong, what the command must say of it, and how the warehouse gets over it.

A story is a row of faults that befall one warehouse, one after the other. A report that is not yet published lies in
the folder all the time; after each fault what is published must be whole, and at the end one run publishes the report.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipelines import Pipeline

_HEADER_BYTES, _BLOCK_BYTES = 3 * 4_096, 256 * 1_024  # of a DuckDB file
KILLED = -signal.SIGKILL
_KILL = """
import os, signal, time
def kill(*arguments, **options):
    os.kill(os.getpid(), signal.SIGKILL)
def killed_after(function):
    def wrapper(*arguments, **options):
        function(*arguments, **options)
        kill()
    return wrapper
"""


def nothing(_: Pipeline) -> None:
    """No harm is done to the files."""


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong.

    ``harm`` is done to the warehouse before the run, ``code`` runs in the process of the command before it starts;
    ``says`` are the words that must be among what it prints, ``status`` its exit status. ``publishes`` is set where
    this run gets over the fault or has done its work before.
    """

    name: str
    code: str = ""
    harm: Callable[[Pipeline], None] = nothing
    says: tuple[str, ...] = ()
    status: int = 1
    environment: dict[str, str] = field(default_factory=dict)
    publishes: bool = False


def _killed(where: str, code: str, publishes: bool = False) -> Fault:
    return Fault(f"SIGKILL {where}", _KILL + code, status=KILLED, publishes=publishes)


KILLS = (
    _killed(
        "in the transaction that stores a report",
        "from orchestration.assets import intake; intake.replace_rows = killed_after(intake.replace_rows)",
    ),
    _killed(
        "in the transaction that stores facts",
        "from orchestration.assets import facts; facts.replace_rows = killed_after(facts.replace_rows)",
    ),
    _killed(
        "while dbt works, which goes on alone and holds the build database",
        """
from dagster_dbt import DbtCliResource
command = DbtCliResource.cli
def cli(*arguments, **options):
    if arguments[1][0] != "build":
        return command(*arguments, **options)
    invocation = command(*arguments, **options)
    time.sleep(3)
    kill()
DbtCliResource.cli = cli
""",
    ),
    _killed("in the checks", "from orchestration.checks import runner; runner.run_suites = kill"),
    _killed(
        "with half of the version written",
        "from orchestration.serving import publish; publish._write_parquet = killed_after(publish._write_parquet)",
    ),
    _killed(
        "before the rename that serves the version", "from orchestration.serving import publish; publish.serve = kill"
    ),
    _killed(
        "right after the rename that serves the version",
        "from orchestration.serving import history; history._point = killed_after(history._point)",
        publishes=True,
    ),
)


def _build_database(pipeline: Pipeline) -> Path:
    return pipeline.warehouse_dir / "build" / "warehouse.duckdb"


def _truncate(pipeline: Pipeline) -> None:
    os.truncate(_build_database(pipeline), 100_000)


def _empty(pipeline: Pipeline) -> None:
    os.truncate(_build_database(pipeline), 0)


def _garbage(pipeline: Pipeline) -> None:
    _build_database(pipeline).write_bytes(os.urandom(500_000))


def _garbage_within(pipeline: Pipeline) -> None:
    """Overwrite the blocks in which the files' digests lie; opening the database does not read them."""
    with duckdb.connect(str(_build_database(pipeline))) as connection:
        blocks = connection.execute(
            "select distinct block_id from pragma_storage_info('raw.document') where persistent and block_id >= 0"
        ).fetchall()
    with _build_database(pipeline).open("r+b") as file:
        for (block,) in blocks:
            file.seek(_HEADER_BYTES + block * _BLOCK_BYTES + 1_000)
            file.write(os.urandom(_BLOCK_BYTES - 1_000))


def _stale_log(pipeline: Pipeline) -> None:
    log = _build_database(pipeline).with_name("warehouse.duckdb.wal")
    log.write_bytes(os.urandom(5_000))


# What comes after reading is left out: it costs time and is not what these are about.
_STOP = """
from orchestration.assets import facts
def stop(*arguments):
    raise RuntimeError("the reports were read")
facts.pending_documents = stop
"""


def _damaged(name: str, harm: Callable[[Pipeline], None]) -> Fault:
    return Fault(f"build file {name}", _STOP, harm, says=("read the reports", "the reports were read"))


DAMAGES = (
    _damaged("truncated", _truncate),
    _damaged("empty", _empty),
    _damaged("overwritten", _garbage),
    _damaged("with the log of a crash that is garbage", _stale_log),
    Fault(
        "build file damaged where the header does not tell",
        harm=_garbage_within,
        says=("was damaged and is set aside as", "warehouse.duckdb.broken", "`events run`", "stays as it was"),
    ),
)

_HELD = """
import atexit, subprocess, sys
from orchestration.assets import reports
from orchestration.settings import settings
scan = reports.scan
def hold():
    holder = subprocess.Popen([sys.executable, "-c", '''
import duckdb, sys, time
with duckdb.connect(sys.argv[1]):
    print(flush=True)
    time.sleep(float(sys.argv[2]))
''', str(settings().build_database), "{seconds}"], stdout=subprocess.PIPE)
    holder.stdout.readline()
    atexit.register(holder.kill)
def scan_and_be_shut_out(folder):
    reports.scan = scan
    hold()
    return scan(folder)
reports.scan = scan_and_be_shut_out
"""

_NO_SPACE_LATER = """
import errno
from orchestration.assets import facts
def full(*arguments):
    raise OSError(errno.ENOSPC, "No space left on device")
facts.pending_documents = full
"""

_DBT_DIES = """
import os, pathlib, sys
import orchestration.assets.marts as marts
from orchestration.settings import settings
folder = settings().warehouse_dir / "programs"
folder.mkdir(exist_ok=True)
real = pathlib.Path(sys.executable).with_name("dbt")
(folder / "dbt").write_text(f'#!/bin/sh\\n[ "$1" = --version ] && exec "{real}" "$@"\\nexit 2\\n')
(folder / "dbt").chmod(0o755)
os.environ["PATH"] = f"{folder}:{os.environ['PATH']}"
"""

_MODEL_FAILS = """
from orchestration.assets import marts
forget = marts.forget_checks
def drop(connection):
    forget(connection)
    connection.execute("drop table parsed.event")
marts.forget_checks = drop
"""

_CHECKS_RAISE = """
from orchestration.checks import runner
def broken(*arguments, **options):
    raise RuntimeError("Great Expectations is out of order")
runner.run_suites = broken
"""

FAILURES = (
    Fault(
        "build database held by another process for long",
        _HELD.format(seconds=600),
        says=("read the reports", "again in", "is held by process", "end that process", "stays as it was"),
        environment={"EVENTS_RETRY_SECONDS": "0.1"},
    ),
    Fault(
        "disk full in a step",
        _NO_SPACE_LATER,
        says=("extract the facts", "again in", "disk of", "is full", "Make room", "stays as it was"),
        environment={"EVENTS_RETRY_SECONDS": "0.1"},
    ),
    Fault("dbt dies", _DBT_DIES, says=("build the marts with dbt", "exit code `2`", "stays as it was")),
    Fault(
        "a model fails",
        _MODEL_FAILS,
        says=(
            "build the marts with dbt",
            "stg_event: Runtime Error in model stg_event",
            "Table with name event does not exist",
            "stays as it was",
        ),
    ),
    Fault(
        "Great Expectations raises",
        _CHECKS_RAISE,
        says=("quality_checks", "Great Expectations is out of order", "`events run` tries again", "stays as it was"),
    ),
    Fault(
        "build database held by another process for seconds",
        _HELD.format(seconds=8),
        says=("again in 3 s", "is held by process", "✓ publish"),
        status=0,
        environment={"EVENTS_RETRY_SECONDS": "3"},
        publishes=True,
    ),
)

STORIES = {"killed": KILLS, "damaged": DAMAGES, "failed": FAILURES}
