"""`events demo`: two deliveries through the real pipeline, the planted faults found, little else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestration.demo.build import FolderTakenError, build

from pipelines import Pipeline

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demonstration")]

MOST_OTHER_FINDINGS = 6
FOUND = """
select rule, region_name, period, sequence_number
from marts.fct_quality_finding
left join marts.dim_report using (report_key)
left join marts.dim_event using (event_key)
"""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """The demonstration, built once; its folders are what `events demo` names."""
    warehouse = tmp_path_factory.mktemp("warehouse")
    outcome = Pipeline(warehouse, warehouse).events("demo")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    folder = warehouse / "demo"
    assert f"EVENTS_WAREHOUSE_DIR={folder}" in outcome.stdout
    return Pipeline(folder / "raw_reports", folder)


def plan_of(demonstration: Pipeline) -> dict:
    return json.loads((demonstration.warehouse_dir / "plan.json").read_text(encoding="utf-8"))


def test_planted_faults_are_found(demonstration: Pipeline) -> None:
    plan = plan_of(demonstration)
    present = sorted((file for file in plan["files"] if file["leaves"] is None), key=lambda file: file["version"])
    current = {(file["region"], file["period"]): file["path"] for file in present if file["events"]}
    planted = {
        (fault["rule"], fault["region"], fault["period"], fault["row"])
        for fault in plan["faults"]
        if fault["path"] in current.values()
    }
    found = set(demonstration.query(FOUND))
    assert planted - found == set()
    assert len(found - planted) <= MOST_OTHER_FINDINGS


def test_a_correction_and_a_withdrawal_leave_their_versions(demonstration: Pipeline) -> None:
    versions = demonstration.query(
        "select region_name, period, version from marts.dim_report "
        "where is_current and period in ('2025-Q2', '2025-Q3') and region_name <> 'Амурская область' order by all"
    )
    assert versions == [
        ("Оренбургская область", "2025-Q2", 1),
        ("Оренбургская область", "2025-Q3", 1),
        ("Псковская область", "2025-Q2", 1),
        ("Псковская область", "2025-Q3", 2),
    ]


def test_an_overdue_report_is_missing(demonstration: Pipeline) -> None:
    ((count,),) = demonstration.query("select count(*) from marts.dim_report where is_current")
    assert count == 3 * 8 - 1


def test_every_report_says_that_it_is_made_up(demonstration: Pipeline) -> None:
    ((unmarked,),) = demonstration.query(
        "select count(*) from marts.obt_event "
        "where report_title not like '%вымышленн%' or source_file not like '%demo-%'"
    )
    assert unmarked == 0
    assert "Вымышленные" in (demonstration.warehouse_dir / "README.md").read_text(encoding="utf-8")


def test_events_of_two_municipalities_are_one(demonstration: Pipeline) -> None:
    ((pairs,),) = demonstration.query(
        "select count(*) from (select occurrence_key from marts.obt_event group by 1 having count(*) = 2)"
    )
    assert pairs >= 40


def test_a_second_time_changes_nothing(demonstration: Pipeline) -> None:
    before = demonstration.database.stat().st_mtime_ns
    again = Pipeline(demonstration.reports_dir, demonstration.warehouse_dir.parent).events("demo")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "Nothing is new" in again.stdout
    assert demonstration.database.stat().st_mtime_ns == before


def test_another_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderTakenError):
        build(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
