"""Keeps the last run of the checks in the ``quality`` schema of the build database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import duckdb

from orchestration.checks.outcome import CheckOutcome, Finding


def store_outcomes(
    connection: duckdb.DuckDBPyConnection, outcomes: Sequence[CheckOutcome], checked_at: datetime
) -> None:
    """Replace all rows of ``quality.finding`` and ``quality.check_result``, both or neither; ``checked_at`` in UTC."""
    findings = [_finding_row(finding) for outcome in outcomes for finding in outcome.findings]
    results = [_result_row(outcome, checked_at) for outcome in outcomes]
    connection.begin()
    try:
        _replace(connection, "quality.finding", findings)
        _replace(connection, "quality.check_result", results)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _replace(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[dict[str, object]]) -> None:
    connection.execute(f"delete from {table}")
    if rows:
        columns = {column: [row[column] for row in rows] for column in rows[0]}
        values = ", ".join(f"unnest(?) as {column}" for column in columns)
        connection.execute(f"insert into {table} by name select {values}", list(columns.values()))


def _finding_row(finding: Finding) -> dict[str, object]:
    acceptance = finding.acceptance
    return {
        "finding_key": finding.finding_key,
        "rule": finding.rule,
        "severity": finding.severity,
        "report_key": finding.report_key,
        "municipality_key": finding.municipality_key,
        "event_key": finding.event_key,
        "column_name": finding.column_name,
        "value": finding.value,
        "message_ru": finding.message_ru,
        "expectation_suite": finding.suite,
        "is_accepted": acceptance is not None,
        "accepted_reason": acceptance and acceptance.reason,
        "accepted_by": acceptance and acceptance.accepted_by,
        "accepted_until": acceptance and acceptance.until,
    }


def _result_row(outcome: CheckOutcome, checked_at: datetime) -> dict[str, object]:
    return {
        "check_name": outcome.rule,
        "relation": outcome.relation,
        "severity": outcome.severity,
        "is_passed": outcome.passed,
        "failed_rows": outcome.failed_rows,
        "checked_at": checked_at,
    }
