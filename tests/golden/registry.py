"""The golden reports, one line of ``reports.csv`` each, and where their files lie."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from paths import GOLDEN, REPORTS

REGISTRY = GOLDEN / "reports.csv"
HOW_TO_ADD = (
    "a golden report is three files in tests/golden (<name>.docx, <name>.jsonl or <name>.partial.jsonl, and "
    "<name>.same_events.json where rows report one event), one line in tests/golden/reports.csv, "
    "and its figures: `make accuracy ARGS=--update`"
)


@dataclass(frozen=True, slots=True)
class GoldenReport:
    """A labelled report; the rules may have been made with it (``tuned``) or not (``blind``).

    ``first_blind`` is the mean score of the first reading, before any rule had learnt from the report.
    """

    file: str
    title: str
    period: str
    region: str
    kind: Literal["tuned", "blind"]
    first_blind: float | None
    note: str

    @property
    def name(self) -> str:
        return Path(self.file).stem

    @property
    def heading(self) -> str:
        return f"{self.title}, {self.period}"

    @property
    def path(self) -> Path:
        """The report itself: a golden file, or a real one in the reports folder."""
        golden = GOLDEN / self.file
        return golden if golden.exists() else REPORTS / self.file

    @property
    def is_partly_labelled(self) -> bool:
        return self._partial_labels.exists()

    @property
    def labels_path(self) -> Path:
        return self._partial_labels if self.is_partly_labelled else GOLDEN / f"{self.name}.jsonl"

    @property
    def same_events_path(self) -> Path:
        return GOLDEN / f"{self.name}.same_events.json"

    @property
    def _partial_labels(self) -> Path:
        return GOLDEN / f"{self.name}.partial.jsonl"


@cache
def golden_reports() -> tuple[GoldenReport, ...]:
    """Every registered report, in the order of the registry."""
    with REGISTRY.open(encoding="utf-8", newline="") as file:
        return tuple(
            GoldenReport(**{**row, "first_blind": float(row["first_blind"]) if row["first_blind"] else None})
            for row in csv.DictReader(file)
        )
