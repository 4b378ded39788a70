"""Shared fixtures: a warehouse of its own for every test that runs the pipeline."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from paths import PROJECT_ROOT, REPORTS


@dataclass(frozen=True)
class Pipeline:
    """The ``events`` command on folders of its own, run as a user runs it: in a process of its own."""

    reports_dir: Path
    warehouse_dir: Path

    def events(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "orchestration.cli", *arguments],
            cwd=PROJECT_ROOT,
            env={
                **os.environ,
                "EVENTS_REPORTS_DIR": str(self.reports_dir),
                "EVENTS_WAREHOUSE_DIR": str(self.warehouse_dir),
                "COLUMNS": "160",
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def database(self) -> Path:
        return self.warehouse_dir / "warehouse.duckdb"

    def query(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    """Empty folders for reports and warehouse."""
    (tmp_path / "reports").mkdir()
    return Pipeline(tmp_path / "reports", tmp_path / "warehouse")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """A warehouse published once from the real report; tests only read it."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "reports").mkdir()
    shutil.copy(REPORTS / "smolensk-oblast-2025-q4.docx", folder / "reports")
    pipeline = Pipeline(folder / "reports", folder / "warehouse")
    result = pipeline.events("run")
    assert result.returncode == 0, result.stdout + result.stderr
    return pipeline
