"""What a person has judged: lines of ``accepted_findings.csv`` that keep a finding from being told again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from orchestration.checks.decisions import DecisionFileError, read_decisions


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why a finding is no longer told, who says so and the last day of it; None is for ever."""

    reason: str
    accepted_by: str
    until: date | None


Acceptances = Mapping[str, Acceptance]


def read_acceptances(connection: duckdb.DuckDBPyConnection, day: date) -> dict[str, Acceptance]:
    """The lines in force on ``day`` by the key of the finding that they accept."""
    lines = connection.execute(
        "select finding_key, reason, accepted_by, accepted_until from intermediate.int_accepted_finding "
        "where problem is null and (accepted_until is null or accepted_until >= ?)",
        [day],
    ).fetchall()
    return {finding_key: Acceptance(reason, accepted_by, until) for finding_key, reason, accepted_by, until in lines}


def count_of_expired(day: date, file: Path) -> int:
    """Number of lines of ``file`` whose last day is before ``day``: it grows when findings come back.

    An unfit file has none: the run that it brings about tells what is wrong with it.
    """
    try:
        return sum("" < line["until"].strip() < day.isoformat() for line in read_decisions(file))
    except DecisionFileError:
        return 0
