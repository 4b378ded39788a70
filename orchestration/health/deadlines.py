"""When a region's report of a quarter is due, and which have not come."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from orchestration.assets.quarters import quarter_bounds, quarter_of, quarters_between

_DEADLINES = Path(__file__).with_name("deadlines.csv")
_ANY_REGION = "*"


@dataclass(frozen=True, slots=True)
class MissingReport:
    """A report that has not come: of which region and quarter, and the last day for it."""

    region: str
    period: str
    due_on: date


def missing_reports(reports: Iterable[tuple[str, str]], today: date) -> list[MissingReport]:
    """What is missing of the quarters that have ended by ``today``, from each region's first report on.

    ``reports`` are the regions and periods, such as ``2025-Q4``, of which a report has come.
    """
    periods: dict[str, set[str]] = {}
    for region, period in reports:
        periods.setdefault(region, set()).add(period)
    last_ended = quarter_of(quarter_bounds(quarter_of(today))[0] - timedelta(days=1))
    return [
        MissingReport(region, period, quarter_bounds(period)[1] + timedelta(days=due_days(region)))
        for region, known in sorted(periods.items())
        for period in quarters_between(min(known), last_ended)
        if period not in known
    ]


def due_days(region: str) -> int:
    """Days after a quarter's end that a region has for its report."""
    deadlines = _deadlines()
    return deadlines.get(region, deadlines[_ANY_REGION])


@cache
def _deadlines() -> dict[str, int]:
    with _DEADLINES.open(encoding="utf-8", newline="") as file:
        return {row["region"]: int(row["due_days"]) for row in csv.DictReader(file)}
