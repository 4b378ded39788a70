"""A finding that a person has judged is silent until the row, what is told of it or the day changes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from orchestration.checks.acceptance import Acceptance, count_of_expired, read_acceptances
from orchestration.checks.identity import ReportTexts, Subject, finding_keys, read_report_texts
from orchestration.checks.outcome import CheckOutcome, Finding
from orchestration.checks.runner import run_suites
from orchestration.checks.suites import load_suites

from paths import PROJECT_ROOT
from warehouse import Warehouse

SUITES = [suite for suite in load_suites() if suite.name in {"marts_fct_event", "marts_fct_quality_finding"}]
RULE = "date_outside_period"
OUTSIDE = {"start_date": date(2025, 7, 16), "dates_text": "16 июля 2025 года"}
DAY = date(2026, 6, 30)


def reported(sha: str = "a1", *, before: Iterable[str] = (), **changes: object) -> Warehouse:
    """A report in the file ``<sha>.docx`` with one event out of its quarter behind faultless ones."""
    warehouse = Warehouse()
    warehouse.add_report(sha)
    for key in before:
        warehouse.add_event(key, sha)
    warehouse.add_event(f"{sha}-odd", sha, **({"name": "Ярмарка", "description_text": "Торговля"} | OUTSIDE | changes))
    return warehouse


def accept(warehouse: Warehouse, finding_key: str, until: date | None = None) -> None:
    (line,) = warehouse.connection.execute("select count(*) + 2 from intermediate.int_accepted_finding").fetchone()
    warehouse.insert(
        "intermediate.int_accepted_finding", line_number=line, finding_key=finding_key, reason="Итоги подведены позже",
        accepted_by="Иванова", accepted_until=until,
    )  # fmt: skip


def outcomes(warehouse: Warehouse) -> dict[str, CheckOutcome]:
    acceptances = read_acceptances(warehouse.connection, DAY)
    return {outcome.rule: outcome for outcome in run_suites(warehouse.connection, SUITES, acceptances=acceptances)}


def finding(warehouse: Warehouse) -> Finding:
    (found,) = outcomes(warehouse)[RULE].findings
    return found


def test_an_accepted_finding_is_silent_and_stays_visible() -> None:
    warehouse = reported()
    accept(warehouse, finding(warehouse).finding_key, DAY)
    outcome = outcomes(warehouse)[RULE]
    assert (outcome.passed, outcome.failed_rows, outcome.accepted_rows, outcome.preview) == (True, 0, 1, ())
    assert [each.acceptance for each in outcome.findings] == [Acceptance("Итоги подведены позже", "Иванова", DAY)]
    assert outcomes(warehouse)["accepted_finding_idle"].passed


def test_the_other_findings_of_the_rule_are_told() -> None:
    warehouse = reported()
    accept(warehouse, finding(warehouse).finding_key)
    warehouse.add_event("another", **OUTSIDE)
    outcome = outcomes(warehouse)[RULE]
    assert (outcome.passed, outcome.failed_rows, outcome.accepted_rows) == (False, 1, 1)
    assert [row["event_key"] for row in outcome.preview] == ["another"]


@pytest.mark.parametrize(
    "again",
    [
        lambda: reported("renamed"),
        lambda: reported(before=("one", "two")),
        lambda: reported(sequence_number=17, source_table=3, source_row=40),
        lambda: reported(participants_total=41, participants_text="Общее количество: 40 человек"),
    ],
    ids=["file renamed", "rows put in above", "moved to another table", "another fact of the row read otherwise"],
)
def test_the_key_outlives(again: Callable[[], Warehouse]) -> None:
    assert finding(again()).finding_key == finding(reported()).finding_key


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Ярмарка-выставка"},
        {"place_text": "г. Остров"},
        {"dates_text": "17 июля 2025 года", "start_date": date(2025, 7, 17)},
        {"description_text": "Торговля и концерт"},
        {"participants_text": "Общее количество: 50 человек"},
        {"municipality": "город Псков"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_changed_row_brings_its_finding_back(changes: dict[str, object]) -> None:
    warehouse = reported(**changes)
    accept(warehouse, finding(reported()).finding_key)
    told = outcomes(warehouse)
    assert [each.acceptance for each in told[RULE].findings] == [None]
    key = finding(reported()).finding_key
    assert [each.message_ru for each in told["accepted_finding_idle"].findings] == [
        f"accepted_findings.csv, строка 2 ({key}, «Итоги подведены позже») больше ничего не скрывает: "
        "такого замечания больше нет: строка отчёта изменилась или исправлена. Удалите или исправьте её."
    ]


@pytest.mark.parametrize("report", [{"year": 2024}, {"quarter": 3}, {"region": "Амурская область"}], ids=str)
def test_another_report_is_judged_anew(report: dict[str, object]) -> None:
    texts = ReportTexts({"r": ("Псковская область", "2025-Q2")}, {"e": "digest"})
    period = f"{report.get('year', 2025)}-Q{report.get('quarter', 2)}"
    others = ReportTexts({"r": (str(report.get("region", "Псковская область")), period)}, texts.rows)
    subjects = [Subject("r", None, "e", {}, ())]
    assert finding_keys("rule", texts, subjects) != finding_keys("rule", others, subjects)


def test_an_acceptance_that_has_run_out_is_told_with_its_finding() -> None:
    warehouse = reported()
    accept(warehouse, finding(warehouse).finding_key, date(2026, 6, 29))
    told = outcomes(warehouse)
    assert not told[RULE].passed
    (idle,) = told["accepted_finding_idle"].findings
    assert "срок истёк 29.06.2026" in idle.message_ru


def test_an_error_is_not_accepted() -> None:
    warehouse = reported()
    warehouse.connection.execute("update marts.fct_event set foreign_country_count = 9")
    errors = [each for outcome in outcomes(warehouse).values() for each in outcome.findings if each.severity == "error"]
    assert errors
    accept(warehouse, errors[0].finding_key)
    told = outcomes(warehouse)
    assert told[errors[0].rule].blocks_publication
    (idle,) = told["accepted_finding_idle"].findings
    assert "её нельзя принять" in idle.message_ru


def test_what_is_told_of_other_rows_counts_but_not_where_they_stand() -> None:
    texts = ReportTexts({"r": ("Псковская область", "2025-Q2")}, {"e": "digest"})

    def key(**told: str | None) -> str:
        (only,) = finding_keys("rule", texts, [Subject("r", "m", "e", told, ())])
        return only

    told = {"other_dates": "3 мая", "other_number": "4", "table_row": "5", "message": "Таблица 1, строка 5: пусто."}
    moved = {"other_dates": "3 мая", "other_number": "7", "table_row": "8", "message": "Таблица 2, строка 8: пусто."}
    assert key(**told) == key(**moved)
    assert key(**told) != key(**told | {"other_dates": "4 мая"})


def test_without_a_report_the_file_tells_findings_apart() -> None:
    subjects = [Subject(None, None, None, {"source_file": file}, ()) for file in ("a.docx", "b.docx")]
    assert len(set(finding_keys("document_refused", ReportTexts({}, {}), subjects))) == 2


def test_like_findings_have_keys_by_their_order_in_the_report() -> None:
    subjects = [Subject(None, None, None, {"text": "15"}, (position,)) for position in ("2", "1")]
    backwards = finding_keys("rule", ReportTexts({}, {}), subjects[::-1])
    assert finding_keys("rule", ReportTexts({}, {}), subjects) == backwards[::-1]
    assert len(set(backwards)) == 2


def test_rows_and_reports_are_told_apart_by_what_they_say() -> None:
    texts = read_report_texts(reported(before=("one", "two")).connection)
    assert len(set(texts.rows.values())) == len(texts.rows) == 3
    assert texts.reports == {"report-a1": ("Псковская область", "2025-Q2")}


@pytest.mark.parametrize(
    ("until", "expired"),
    [("", 0), ("  ", 0), ("2026-06-29", 1), (" 2026-06-29 ", 1), ("2026-06-30", 0), ("2027-01-01", 0)],
)
def test_expired_lines_are_counted(tmp_path: Path, until: str, expired: int) -> None:
    file = tmp_path / "accepted_findings.csv"
    file.write_text(f"finding,reason,by,until\nabc,Письмо,Иванова,{until}\n", encoding="utf-8")
    assert count_of_expired(DAY, file) == expired


def test_data_docs_give_the_key_to_accept_by(tmp_path: Path) -> None:
    warehouse = reported()
    accept(warehouse, finding(warehouse).finding_key)
    warehouse.add_event("another", **OUTSIDE)
    run_suites(warehouse.connection, SUITES, tmp_path / "docs", read_acceptances(warehouse.connection, DAY))
    index = (tmp_path / "docs" / "index.html").read_text(encoding="utf-8")
    for each in outcomes(warehouse)[RULE].findings:
        assert f"<code>{each.finding_key}</code>" in index
    assert "failed rows: 1, accepted: 1" in index
    assert "accepted by Иванова: Итоги подведены позже" in index


def test_points_are_given_for_rules_that_exist_and_none_for_what_no_letter_asks() -> None:
    with (PROJECT_ROOT / "dbt_project" / "seeds" / "finding_points.csv").open(encoding="utf-8") as file:
        points = {(line["scope"], line["code"]): int(line["points"]) for line in csv.DictReader(file)}
    rules = {each.rule: each for suite in load_suites() for each in suite.expectations}
    assert {code for scope, code in points if scope == "rule"} <= rules.keys()
    assert {code for scope, code in points if scope == "severity"} == {"error", "warning", "info"}
    unasked = {rule for rule, each in rules.items() if each.severity != "error" and each.ask_ru is None}
    assert {rule for rule in unasked if points.get(("rule", rule)) != 0} == set()
