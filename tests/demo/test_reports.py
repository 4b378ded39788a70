"""Made-up reports: the same for the same plan, marked as made up, read in every layout, and read right."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from demo_readings import read_back, shares

from orchestration.demo.faults import is_row_fault
from orchestration.demo.knowledge import fault_rules, layout_of, layouts, read_yaml, regions
from orchestration.demo.model import Count, ReportFile
from orchestration.demo.plan import DemoPlan, PlannedFault, demo_plan, plan_of, quarters_between
from orchestration.demo.reports import generate, write_reports
from orchestration.demo.word import MARK
from orchestration.documents.errors import DocumentError
from orchestration.documents.layout import read_report
from orchestration.documents.reader import read_document

PSKOV = "Псковская область"
SMALL = DemoPlan((PSKOV, "Амурская область"), ("2024-Q1", "2024-Q2", "2025-Q1"), seed=7)
LEAST_SHARE = 0.95
ROW_FAULTS = [kind for kind in fault_rules() if is_row_fault(kind)]


def one_of_each_layout() -> list[str]:
    return [next(region for region in regions() if layout_of(region) == layout) for layout in layouts()]


@pytest.fixture(scope="module")
def demo_files() -> list[ReportFile]:
    return list(generate(demo_plan()))


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert list(generate(SMALL)) == list(generate(SMALL))


def test_another_seed_gives_other_reports() -> None:
    data = {each.data for each in generate(SMALL)}
    assert data.isdisjoint(each.data for each in generate(replace(SMALL, seed=8)))


def test_a_report_does_not_depend_on_the_others() -> None:
    alone = list(generate(replace(SMALL, regions=(PSKOV,), quarters=SMALL.quarters[:1])))
    assert alone[0] in list(generate(SMALL))


def test_every_file_is_marked_as_made_up(demo_files: list[ReportFile]) -> None:
    for each in demo_files:
        assert Path(each.path).name.startswith("demo-")
        if zipfile.is_zipfile(BytesIO(each.data)):
            document = read_document(each.data, each.path)
            assert document.blocks[0].text == MARK
            with zipfile.ZipFile(BytesIO(each.data)) as package:
                assert MARK in package.read("docProps/core.xml").decode()
        else:
            assert MARK in each.data.decode()


def test_titles_say_that_the_report_is_made_up(demo_files: list[ReportFile]) -> None:
    titles = [read_report(read_document(each.data, each.path)).title for each in demo_files if each.events]
    assert all("вымышленн" in title for title in titles)


@pytest.mark.parametrize("region", one_of_each_layout())
def test_every_layout_is_read(region: str) -> None:
    (report,) = generate(DemoPlan((region,), ("2025-Q3",)))
    read = read_report(read_document(report.data, report.path))
    assert (read.region, read.period) == (region, "2025-Q3")
    assert [
        (row.sequence_number, row.municipality.lower(), row.name, row.description, row.participants)
        for row in read.rows
    ] == [
        (number, event.truth.municipality.lower(), event.name, event.description, event.participants)
        for number, event in enumerate(report.events, start=1)
    ]


def test_the_truth_is_read(demo_files: list[ReportFile]) -> None:
    reports = [each for each in demo_files if each.events][::6]
    measured = shares([reading for report in reports for reading in read_back(report)])
    assert {field: share for field, share in measured.items() if share < LEAST_SHARE} == {}


def test_yearly_events_come_again_with_the_next_edition() -> None:
    first, second = generate(DemoPlan((PSKOV,), ("2024-Q3", "2025-Q3"), events_per_report=(60, 60)))
    editions = [
        {each.truth.occurrence: each.truth.edition for each in report.events
         if each.truth.edition and each.truth.role == "organiser"}
        for report in (first, second)
    ]  # fmt: skip
    shared = editions[0].keys() & editions[1].keys()
    assert len(shared) >= 3
    assert all(editions[1][each] == editions[0][each] + 1 for each in shared)


def test_some_events_are_told_by_two_municipalities() -> None:
    (report,) = generate(DemoPlan((PSKOV,), ("2025-Q3",)))
    tellers: dict[str, set[str]] = {}
    for event in report.events:
        tellers.setdefault(event.truth.occurrence, set()).add(event.truth.municipality)
    assert sorted(len(each) for name, each in tellers.items() if name)[-2:] == [2, 2]


@pytest.mark.parametrize("kind", ROW_FAULTS)
def test_a_fault_changes_one_row_and_is_told(kind: str) -> None:
    plan = replace(SMALL, regions=(PSKOV,), quarters=("2025-Q1",))
    (clean,) = generate(plan)
    (faulty,) = generate(replace(plan, faults=(PlannedFault(kind, PSKOV, "2025-Q1"),)))
    (fault,) = faulty.faults
    assert (fault.kind, fault.rule) == (kind, fault_rules()[kind])
    if kind == "duplicate_row":
        assert faulty.events[fault.row - 1] == faulty.events[fault.row - 2]
        assert len(faulty.events) == len(clean.events) + 1
    else:
        pairs = zip(clean.events, faulty.events, strict=True)
        assert [row for row, (before, after) in enumerate(pairs, start=1) if before != after] == [fault.row]


@pytest.mark.parametrize("kind", ["file_without_period", "no_document"])
def test_files_that_are_no_reports_are_refused(kind: str) -> None:
    files = generate(replace(SMALL, regions=(PSKOV,), faults=(PlannedFault(kind, PSKOV, "2024-Q1"),)))
    (refused,) = (each for each in files if each.faults)
    with pytest.raises(DocumentError):
        read_report(read_document(refused.data, refused.path))


def test_deliveries_of_the_demonstration(demo_files: list[ReportFile]) -> None:
    by_path = {each.path: each for each in demo_files}
    assert by_path["2025-Q3/demo-ru-psk-2025-q3.docx"].arrives == 1
    assert by_path["2025-Q3/demo-ru-psk-2025-q3-v2.docx"].arrives == 2
    withdrawn = by_path["2025-Q2/demo-ru-ore-2025-q2-v2.docx"]
    assert (withdrawn.arrives, withdrawn.leaves) == (1, 2)
    assert "2025-Q4/demo-ru-amu-2025-q4.docx" not in by_path
    assert {each.arrives for each in demo_files if each.period == "2025-Q4"} == {2}
    assert len({each.data for each in demo_files}) == len(by_path) == len(demo_files)


def test_every_planned_fault_is_planted(demo_files: list[ReportFile]) -> None:
    planted = sorted((fault.kind, fault.region, fault.period) for each in demo_files for fault in each.faults)
    planned = sorted((f.kind, f.region, f.period) for f in demo_plan().faults if f.kind != "overdue")
    assert planted == planned


def test_fault_kinds_of_the_demonstration_are_known() -> None:
    assert {kind for kind, *_ in read_yaml("demo.yml")["faults"]} <= fault_rules().keys()


@pytest.mark.parametrize("count", [1, 10, 100, 1000, 10_000])
def test_plans_of_any_number(count: int) -> None:
    plan = plan_of(count)
    planned = len(plan.regions) * len(plan.quarters) + len(plan.faults)
    assert count <= planned < count + len(regions())
    assert len(set(plan.faults)) == len(plan.faults)


def test_plans_with_faults_in_turn() -> None:
    plan = plan_of(60, faults=("wrong_country", "missing_date"))
    assert [fault.kind for fault in plan.faults[:3]] == ["wrong_country", "missing_date", "wrong_country"]
    assert len(plan.faults) == len({(fault.region, fault.period) for fault in plan.faults}) >= 60


def test_reports_are_written(tmp_path: Path) -> None:
    faults = [PlannedFault("wrong_country", PSKOV, "2025-Q1")]
    (fault,) = write_reports(tmp_path, [PSKOV], ["2024-Q4", "2025-Q1"], 3, (20, 25), faults)
    assert fault.rule == "settlement_in_wrong_country"
    written = sorted(path.name for path in tmp_path.rglob("*.docx"))
    assert written == ["demo-ru-psk-2024-q4.docx", "demo-ru-psk-2025-q1.docx"]


def test_a_region_without_data_is_told() -> None:
    with pytest.raises(ValueError, match="Небывалая область"):
        DemoPlan(("Небывалая область",), ("2025-Q1",))


def test_quarters_between() -> None:
    assert quarters_between("2024-Q3", "2025-Q2") == ("2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2")


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "1 гость"), (2, "2 гостя"), (5, "5 гостей"), (11, "11 гостей"), (14, "14 гостей"), (21, "21 гость"),
     (112, "112 гостей"), (134, "134 гостя")],
)  # fmt: skip
def test_counted_nouns(number: int, expected: str) -> None:
    assert f"{Count(number):гость|гостя|гостей}" == expected
