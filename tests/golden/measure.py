"""Scores registered reports in a published warehouse."""

from __future__ import annotations

from pathlib import Path

import duckdb

from .labels import read_labels, read_same_events
from .published import read_events
from .registry import GoldenReport
from .scorer import Mistake, ReportScore, score_report


def measure(database: Path, report: GoldenReport) -> tuple[ReportScore, list[Mistake]]:
    """Figures and mistakes of one report; LookupError where the warehouse lacks it."""
    with duckdb.connect(str(database), read_only=True) as connection:
        published = read_events(connection, report)
    return score_report(
        read_labels(report),
        published,
        is_partly_labelled=report.is_partly_labelled,
        same_events=read_same_events(report),
    )
