"""Runs the command with a fault in it and looks whether what is published is whole."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys

import duckdb
from dagster import DagsterInstance
from faults import Fault

from orchestration import dead_runs
from orchestration.serving.difference import read_contents

from paths import PROJECT_ROOT
from pipelines import Pipeline


def run_with(pipeline: Pipeline, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``events run`` in a process in which ``code`` has run before."""
    return subprocess.run(
        [sys.executable, "-c", f"{code}\nfrom orchestration.cli import app\napp(['run'])"],
        cwd=PROJECT_ROOT,
        env=pipeline.environment | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def served_version(pipeline: Pipeline) -> str:
    """The served version, after a look at all of it: database, Parquet files and manifest tell the same."""
    manifest = json.loads((pipeline.warehouse_dir / "manifest.json").read_text(encoding="utf-8"))
    assert not pipeline.database.with_name("warehouse.duckdb.wal").exists()
    with duckdb.connect(str(pipeline.database), read_only=True) as connection:
        assert connection.execute("select version from published.version").fetchall() == [(manifest["version"],)]
        contents = read_contents(connection, pipeline.warehouse_dir / "parquet")
        for mart, count in manifest["row_counts"].items():
            assert connection.execute(f"select count(*) from marts.{mart}").fetchone() == (count,)
    assert dict(contents.row_counts) == manifest["row_counts"]
    assert dict(contents.hashes) == manifest["content_hashes"]
    return manifest["version"]


def runs_under_way(pipeline: Pipeline) -> int:
    """Runs that Dagster counts as under way: each would hold a place in the queue."""
    with sqlite3.connect(pipeline.warehouse_dir / "dagster" / "history" / "runs.db") as connection:
        query = "select count(*) from runs where status in ('STARTING', 'STARTED', 'CANCELING')"
        return connection.execute(query).fetchone()[0]


def end_dead_runs(pipeline: Pipeline) -> None:
    """What the sensor does at each tick: a run that was killed after all its work is noticed by no other run."""
    with DagsterInstance.from_config(str(pipeline.warehouse_dir / "dagster")) as instance:
        dead_runs.end_dead_runs(instance)


def befall(pipeline: Pipeline, fault: Fault) -> None:
    """Let one fault happen; what is published must be whole and the message right."""
    before = served_version(pipeline)
    fault.harm(pipeline)
    result = run_with(pipeline, fault.code, **fault.environment)
    told = " ".join(result.stdout.split())
    assert result.returncode == fault.status, f"{fault.name}: {result.stdout}{result.stderr}"
    missing = [words for words in fault.says if words not in told]
    assert not missing, f"{fault.name}: {missing} not in {result.stdout}"
    assert "Traceback" not in result.stdout + result.stderr, fault.name
    after = served_version(pipeline)
    assert fault.publishes or after == before, fault.name
