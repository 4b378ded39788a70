"""Makes the planned reports, one after another: events of lasting and of passing kinds, faults, versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from orchestration.demo import faults as row_faults
from orchestration.demo.knowledge import fault_rules, layout_of, regions
from orchestration.demo.model import Event, PlantedFault, Region, ReportFile
from orchestration.demo.plan import DemoPlan, PlannedFault
from orchestration.demo.programme import events_of, quarter_bounds
from orchestration.demo.word import MARK, day_written, word_file

_ROMAN_QUARTERS = {"1": "I", "2": "II", "3": "III", "4": "IV"}


def generate(plan: DemoPlan) -> Iterator[ReportFile]:
    """Every file of the plan, by quarter and region; one at a time in memory."""
    kinds: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fault in plan.faults:
        kinds[fault.region, fault.period].append(fault.kind)
    for period in plan.quarters:
        for region in plan.regions:
            yield from _files(plan, regions()[region], period, kinds[region, period])


def write_reports(
    folder: Path,
    regions: Sequence[str],
    quarters: Sequence[str],
    seed: int = 1,
    events_per_report: tuple[int, int] = (61, 61),
    faults: Sequence[PlannedFault] = (),
) -> list[PlantedFault]:
    """Write the reports, all deliveries, into ``folder`` and return the faults that stand in them."""
    plan = DemoPlan(tuple(regions), tuple(quarters), seed, events_per_report, tuple(faults))
    return [fault for report in generate(plan) for fault in write(folder, report).faults]


def write(folder: Path, report: ReportFile) -> ReportFile:
    """Write the file into ``folder`` and return it."""
    path = folder / report.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(report.data)
    return report


def _files(plan: DemoPlan, region: Region, period: str, kinds: Sequence[str]) -> Iterator[ReportFile]:
    """The files of a region and period, with these kinds of faults."""
    random = Random(f"{plan.seed}/{region.name}/{period}")
    if "overdue" in kinds:
        return
    events = events_of(plan, region, period, random)
    planted, taken = [], set()
    for kind in sorted(filter(row_faults.is_row_fault, kinds), key=lambda kind: kind != "duplicate_row"):
        row = row_faults.plant(random, kind, events, quarter_bounds(period)[0], taken) + 1
        planted.append(PlantedFault(kind, fault_rules()[kind], region.name, period, row))
    delivery = 2 if period in plan.quarters[1:][-1:] else 1
    if "corrected_version" in kinds:
        yield _faulty_file(region, period, events, "corrected_version", 1, delivery)
        yield _file(region, period, events, planted, 2, 2)
    else:
        yield _file(region, period, events, planted, delivery, 1)
    if "withdrawn_version" in kinds:
        yield replace(_faulty_file(region, period, events, "withdrawn_version", 2, delivery), leaves=2)
    for kind in ("file_without_period", "no_document"):
        if kind in kinds:
            yield _other_file(region, period, kind, events)


def _faulty_file(
    region: Region, period: str, events: Sequence[Event], kind: str, version: int, delivery: int
) -> ReportFile:
    """A version that lacks the last event, one of the others with a wrong total."""
    wrong = list(events[:-1])
    row = row_faults.plant(Random(len(events)), "total_below_group", wrong, date.min, set()) + 1
    fault = PlantedFault(kind, fault_rules()[kind], region.name, period, row)
    return _file(region, period, wrong, [fault], delivery, version)


def _file(
    region: Region,
    period: str,
    events: Sequence[Event],
    faults: Sequence[PlantedFault],
    delivery: int,
    version: int,
) -> ReportFile:
    layout = layout_of(region.name)
    title = layout.title.format(region_of=region.genitive, quarter=_ROMAN_QUARTERS[period[-1]], year=period[:4])
    data = word_file(layout, title, events, day_written(quarter_bounds(period)[1], version))
    suffix = f"-v{version}" if version > 1 else ""
    path = f"{period}/demo-{_slug(region)}-{period.lower()}{suffix}.docx"
    return ReportFile(path, region.name, period, version, data, tuple(events), tuple(faults), delivery)


def _other_file(region: Region, period: str, kind: str, events: Sequence[Event]) -> ReportFile:
    """A file that is refused: no Word document, or a report that does not tell its quarter."""
    if kind == "no_document":
        data = f"{MARK}: это не документ Word, а обрывок текста.".encode()
    else:
        title = f"Отчет (вымышленный) о международных мероприятиях муниципальных образований {region.genitive}"
        data = word_file(layout_of(region.name), title, events, day_written(quarter_bounds(period)[1], 1))
    path = f"{period}/demo-{_slug(region)}-{kind.replace('_', '-')}.docx"
    planted = PlantedFault(kind, fault_rules()[kind], region.name, period)
    return ReportFile(path, region.name, period, 1, data, faults=(planted,))


def _slug(region: Region) -> str:
    return region.code.lower()
