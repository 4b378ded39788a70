"""No figure of a golden report falls below the committed baseline, and the README tells the baseline."""

from __future__ import annotations

from collections import Counter

import pytest

from .baseline import compare, read_baseline
from .measure import measure
from .readme import accuracy_section, section_in_readme
from .registry import HOW_TO_ADD, GoldenReport, golden_reports
from paths import GOLDEN

UPDATE = "`make accuracy ARGS=--update`"
_LABEL_ENDINGS = (".partial.jsonl", ".same_events.json", ".jsonl")
_NO_REPORTS = {".py", ".md", ".csv"}


@pytest.mark.parametrize("report", golden_reports(), ids=lambda report: report.name)
@pytest.mark.xdist_group("golden")
def test_no_figure_falls(golden_database, report: GoldenReport) -> None:
    baseline = read_baseline()
    assert report.name in baseline, f"{report.name} has no baseline yet: {UPDATE}"
    score, _ = measure(golden_database, report)
    falls = [str(change) for change in compare(report.name, baseline[report.name], score) if change.is_fall]
    listing = (
        f'see what is wrong with `make accuracy ARGS="--errors --report {report.name}"`; where it is meant, {UPDATE}'
    )
    assert not falls, "\n".join([*falls, listing])


@pytest.mark.parametrize("report", golden_reports(), ids=lambda report: report.name)
def test_every_registered_report_is_complete(report: GoldenReport) -> None:
    assert report.path.exists(), f"{report.file} lies neither in tests/golden nor in raw_reports: {HOW_TO_ADD}"
    assert report.labels_path.exists(), f"{report.file} has no labels: {HOW_TO_ADD}"
    assert report.kind in ("tuned", "blind")


def test_every_golden_file_is_registered() -> None:
    registered = {report.name for report in golden_reports()}
    files = [path.name for path in GOLDEN.iterdir() if path.is_file() and path.suffix not in _NO_REPORTS]
    strangers = sorted(file for file in files if file != "baseline.json" and _report_name(file) not in registered)
    assert not strangers, f"{', '.join(strangers)} belong to no report of tests/golden/reports.csv: {HOW_TO_ADD}"


def _report_name(file: str) -> str:
    ending = next((ending for ending in _LABEL_ENDINGS if file.endswith(ending)), None)
    return file.removesuffix(ending) if ending else file.rpartition(".")[0]


def test_each_region_and_period_is_one_report() -> None:
    doubled = [key for key, count in Counter((r.region, r.period) for r in golden_reports()).items() if count > 1]
    assert not doubled, f"{doubled}: two reports of one region and period are versions, only the newest is published"


def test_the_baseline_holds_the_registered_reports() -> None:
    assert set(read_baseline()) == {report.name for report in golden_reports()}, UPDATE


def test_the_readme_tells_the_baseline() -> None:
    assert section_in_readme() == accuracy_section(golden_reports(), read_baseline()), UPDATE
