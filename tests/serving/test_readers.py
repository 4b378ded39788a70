"""Readers in a loop find one whole version at all times, whatever happens to the process that publishes."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from paths import GOLDEN, PROJECT_ROOT, REPORTS
from workshop import small_workshop

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("runs")]

HERE = Path(__file__).parent
PUBLICATIONS, KILLED, READERS = 20, (6, 13), ("database", "parquet", "held")


def start(warehouse: Path, program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(HERE / program), *arguments],
        env=os.environ | {"EVENTS_WAREHOUSE_DIR": str(warehouse), "PYTHONPATH": str(PROJECT_ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def start_readers(warehouse: Path, stop: Path) -> list[subprocess.Popen[str]]:
    return [start(warehouse, "served_readers.py", role, str(warehouse), str(stop)) for role in READERS]


def outcomes(readers: list[subprocess.Popen[str]], stop: Path) -> list[dict]:
    stop.touch()
    told = [reader.communicate(timeout=60) for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * len(readers), told
    return [json.loads(output) for output, _ in told]


def stamp(workshop, number: int) -> None:
    workshop.build(
        f"update marts.dim_event set edition = {number}",
        f"update marts.fct_event set duration_days = {number}",
        f"update marts.dim_report set event_count = {number}",
    )


def require_no_leftovers(workshop) -> None:
    settings = workshop.settings
    assert {path.name for path in settings.warehouse_dir.iterdir()} == {
        "build", "current", "manifest.json", "parquet", "versions", "warehouse.duckdb"
    }  # fmt: skip
    assert {path.name for path in settings.build_database.parent.iterdir()} <= {"warehouse.duckdb", "lock"}
    assert len(workshop.versions) <= settings.kept_versions


def test_readers_through_publications_two_of_which_are_killed(tmp_path):
    chance, workshop = random.Random(6), small_workshop(tmp_path)
    stamp(workshop, 0)
    workshop.publish()
    stop = tmp_path / "stop"
    readers, durations = start_readers(workshop.settings.warehouse_dir, stop), []
    try:
        for number in range(1, PUBLICATIONS + 1):
            before = workshop.require_complete().version
            stamp(workshop, number)
            if number in KILLED:
                publication = start(workshop.settings.warehouse_dir, "publishing.py")
                publication.stdout.readline()  # its first file operation
                time.sleep(chance.uniform(0, min(durations)))
                publication.kill()
                assert publication.wait(60) == -signal.SIGKILL
                assert workshop.require_complete().version >= before
            else:
                started = time.monotonic()
                assert workshop.publish().version > before
                durations.append(time.monotonic() - started)
                workshop.require_complete()
                assert workshop.query("select distinct edition from marts.dim_event") == [(number,)]
            time.sleep(0.2)  # let the readers see this version
    finally:
        read = outcomes(readers, stop)
    print(json.dumps([{**outcome, "versions": len(outcome["versions"])} for outcome in read]))  # noqa: T201
    for outcome in read:
        assert outcome["failed"] == []
        assert outcome["torn"] == []
        assert outcome["reads"] >= PUBLICATIONS
        assert len(outcome["versions"]) >= PUBLICATIONS // 2
    require_no_leftovers(workshop)


def test_a_death_before_any_file_operation_leaves_a_whole_version(tmp_path, monkeypatch):
    workshop = small_workshop(tmp_path)
    monkeypatch.setenv("EVENTS_KEPT_VERSIONS", "1")
    workshop.settings = workshop.settings.model_copy(update={"kept_versions": 1})
    workshop.publish()
    operations, errors = start(workshop.settings.warehouse_dir, "publishing.py").communicate(timeout=120)
    assert {"os.rename", "os.symlink", "os.chmod", "os.remove", "os.rmdir"} <= set(operations.split()), errors
    for number in first_and_last_of_each_run(operations.split()):
        before = workshop.require_complete().version
        publication = start(workshop.settings.warehouse_dir, "publishing.py", str(number))
        _, errors = publication.communicate(timeout=120)
        assert publication.returncode == -signal.SIGKILL, errors
        assert workshop.require_complete().version >= before
        assert workshop.publish().version == workshop.require_complete().version
        require_no_leftovers(workshop)


def first_and_last_of_each_run(operations: list[str]) -> list[int]:
    """Positions of the operations, without those amid a run of the same one."""
    return [
        position
        for position, operation in enumerate(operations)
        if not operations[max(position - 1, 0)] == operation == (operations[position + 1 :] or [""])[0]
    ]


def test_readers_through_real_runs_one_of_which_is_killed_while_it_publishes(pipeline, tmp_path):
    shutil.copy(REPORTS / "smolensk-oblast-2025-q4.docx", pipeline.reports_dir)
    assert pipeline.events("run").returncode == 0
    stop, staging = tmp_path / "stop", pipeline.warehouse_dir / "build" / "publish"
    reader = start(pipeline.warehouse_dir, "served_readers.py", "rows", str(pipeline.warehouse_dir), str(stop))
    try:
        shutil.copy(GOLDEN / "smolensk-oblast-2025-q3.docx", pipeline.reports_dir)
        run = subprocess.Popen(
            [sys.executable, "-m", "orchestration.cli", "run"],
            cwd=PROJECT_ROOT, stdout=subprocess.DEVNULL,
            env=os.environ
            | {"EVENTS_WAREHOUSE_DIR": str(pipeline.warehouse_dir), "EVENTS_REPORTS_DIR": str(pipeline.reports_dir)},
        )  # fmt: skip
        while not staging.exists() and run.poll() is None:
            time.sleep(0.01)
        time.sleep(0.2)
        run.kill()
        assert run.wait(60) == -signal.SIGKILL
        assert staging.exists(), "killed in the midst of the publication"
        assert pipeline.query("select count(*) from marts.fct_event") == [(61,)]
        result = pipeline.events("run")
        assert result.returncode == 0, result.stdout + result.stderr
    finally:
        (read,) = outcomes([reader], stop)
    assert (read["failed"], read["torn"], len(read["versions"])) == ([], [], 2)
    assert pipeline.query("select count(*) from marts.fct_event") == [(101,)]
    assert not staging.exists()
