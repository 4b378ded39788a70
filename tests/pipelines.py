"""The product as its users have it: the command in a process of its own, on folders of its own."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

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
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "EVENTS_REPORTS_DIR": str(self.reports_dir),
            "EVENTS_WAREHOUSE_DIR": str(self.warehouse_dir),
            "COLUMNS": "160",
        }

    @property
    def database(self) -> Path:
        return self.warehouse_dir / "warehouse.duckdb"

    def query(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(sql).fetchall()


class Project:
    """A copy of the project, so that its seeds may be written, with a report and a warehouse of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.published = folder / "served" / "warehouse.duckdb"
        self.report = folder / "reports" / "renamed.docx"
        for name in ("orchestration", "dbt_project"):
            shutil.copytree(PROJECT_ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "target"))
        for name in ("pyproject.toml", "requirements.lock"):
            shutil.copy(PROJECT_ROOT / name, folder)
        self.report.parent.mkdir()
        shutil.copy(REPORTS / "smolensk-oblast-2025-q4.docx", self.report)

    def write_seed(self, name: str, *lines: Sequence[object]) -> None:
        """Replace all lines of ``<name>.csv`` but its header."""
        path = self.folder / "dbt_project" / "seeds" / f"{name}.csv"
        header = path.read_text(encoding="utf-8").splitlines()[0]
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(f"{header}\n")
            csv.writer(file, lineterminator="\n").writerows(lines)

    def run(self) -> subprocess.CompletedProcess[str]:
        environment = {
            "EVENTS_REPORTS_DIR": str(self.report.parent),
            "EVENTS_WAREHOUSE_DIR": str(self.published.parent),
            "PYTHONPATH": str(self.folder),
            "COLUMNS": "160",
        }
        return subprocess.run(
            [sys.executable, "-m", "orchestration.cli", "run"],
            cwd=self.folder, env=os.environ | environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def query(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.published), read_only=True) as connection:
            return connection.execute(sql).fetchall()
