"""The last run's outcomes replace those of the run before, or nothing changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import duckdb
import pytest

from orchestration.checks.acceptance import Acceptance
from orchestration.checks.outcome import CheckOutcome, Finding
from orchestration.checks.store import store_outcomes

from warehouse import Warehouse

CHECKED_AT = datetime(2025, 7, 1, 12, 30)


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return Warehouse().connection


def finding(key: str, message: str | None = "Нет даты.") -> Finding:
    return Finding(key, "date_missing", "warning", "r1", None, "e1", "dates", None, message, "marts_fct_event")  # type: ignore[arg-type]


def outcome(*findings: Finding) -> CheckOutcome:
    return CheckOutcome(
        "date_missing", "marts_fct_event", "marts.fct_event", "Every event has a date.", "warning", not findings,
        len(findings), None, findings, (),
    )  # fmt: skip


def test_outcomes_are_stored(connection: duckdb.DuckDBPyConnection) -> None:
    store_outcomes(connection, [outcome(finding("f1"), finding("f2"))], CHECKED_AT)
    assert connection.execute("from quality.finding order by all").fetchall() == [
        (
            key,
            "date_missing",
            "warning",
            "r1",
            None,
            "e1",
            "dates",
            None,
            "Нет даты.",
            "marts_fct_event",
            False,
            None,
            None,
            None,
        )
        for key in ("f1", "f2")
    ]
    assert connection.execute("from quality.check_result").fetchall() == [
        ("date_missing", "marts.fct_event", "warning", False, 2, CHECKED_AT)
    ]


def test_an_accepted_finding_is_stored_with_its_judgement(connection: duckdb.DuckDBPyConnection) -> None:
    acceptance = Acceptance("Письмо", "Иванова", date(2026, 12, 31))
    store_outcomes(connection, [outcome(replace(finding("f1"), acceptance=acceptance))], CHECKED_AT)
    assert connection.execute(
        "select is_accepted, accepted_reason, accepted_by, accepted_until from quality.finding"
    ).fetchall() == [(True, "Письмо", "Иванова", date(2026, 12, 31))]


def test_earlier_outcomes_are_replaced(connection: duckdb.DuckDBPyConnection) -> None:
    store_outcomes(connection, [outcome(finding("f1"))], CHECKED_AT)
    store_outcomes(connection, [outcome()], CHECKED_AT)
    assert connection.execute("from quality.finding").fetchall() == []
    assert connection.execute("select is_passed, failed_rows from quality.check_result").fetchall() == [(True, 0)]


def test_nothing_changes_where_storing_fails(connection: duckdb.DuckDBPyConnection) -> None:
    store_outcomes(connection, [outcome(finding("f1"))], CHECKED_AT)
    with pytest.raises(duckdb.ConstraintException):
        store_outcomes(connection, [outcome(finding("f2", message=None))], CHECKED_AT)
    assert connection.execute("select finding_key from quality.finding").fetchall() == [("f1",)]
    assert connection.execute("select failed_rows from quality.check_result").fetchall() == [(1,)]
