"""Made-up reports to measure with: 61 events each, all regions, as many quarters as it takes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from orchestration.demo.model import ReportFile
from orchestration.demo.plan import plan_of
from orchestration.demo.reports import generate, write


class Folder:
    """``reports`` and ``warehouse`` below ``place``, and reports that come one after another."""

    def __init__(self, place: Path, most: int) -> None:
        shutil.rmtree(place, ignore_errors=True)
        self.place = place
        self._coming: Iterator[ReportFile] = generate(plan_of(most))

    def put(self, reports: int = 1) -> list[Path]:
        """Lay the next reports into the folder."""
        folder = self.place / "reports"
        return [folder / write(folder, next(self._coming)).path for _ in range(reports)]
