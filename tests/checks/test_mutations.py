"""A fault in a copy of a clean report, read as any report is, is found by its rule alone, in its row."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import duckdb
import pytest

from mutated_reports import HARMLESS, MUTATIONS, region_of, write_reports
from paths import PROJECT_ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("mutations")]

Findings = dict[str, list[tuple[str, str, int | None]]]

_FINDINGS = """
select report.region_name, report.period, finding.rule, event.sequence_number
from quality.finding as finding
left join marts.dim_report as report using (report_key)
left join marts.dim_event as event using (event_key)
order by all
"""


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """Region -> period, rule and № of its findings after one run over all reports; "" holds those about no report."""
    reports, warehouse = tmp_path_factory.mktemp("reports"), tmp_path_factory.mktemp("warehouse")
    write_reports(reports)
    folders = {"EVENTS_REPORTS_DIR": str(reports), "EVENTS_WAREHOUSE_DIR": str(warehouse)}
    run = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "run"],
        cwd=PROJECT_ROOT, env=os.environ | folders, capture_output=True, text=True, check=False,
    )  # fmt: skip
    database = warehouse / "build" / "warehouse.duckdb"
    assert database.exists(), run.stdout + run.stderr
    found: Findings = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        for region, period, rule, number in connection.execute(_FINDINGS).fetchall():
            found.setdefault(region or "", []).append((period, rule, number))
    return found


@pytest.mark.parametrize("clean", [-2, -1], ids=["a report", "two quarters"])
def test_clean_copies_have_no_findings(clean: int, findings: Findings) -> None:
    assert findings.get(region_of(clean), []) == []


@pytest.mark.parametrize(
    ("position", "mutation"),
    [pytest.param(position, each, id=f"{position}-{each['rule']}") for position, each in enumerate(MUTATIONS)],
)
def test_fault_is_found_by_its_rule_alone(position: int, mutation: dict[str, Any], findings: Findings) -> None:
    assert findings.get(region_of(position), []) == [("2025-Q2", mutation["rule"], mutation.get("row"))]


@pytest.mark.parametrize(
    "position", [pytest.param(len(MUTATIONS) + number, id=each["harmless"]) for number, each in enumerate(HARMLESS)]
)
def test_what_looks_like_a_fault_and_is_none(position: int, findings: Findings) -> None:
    assert findings.get(region_of(position), []) == []


def test_no_findings_about_no_report(findings: Findings) -> None:
    assert findings.get("", []) == []
