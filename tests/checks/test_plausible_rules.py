"""Every rule about the report finds a planted fault, once, and is silent on everything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from orchestration.checks.outcome import CheckOutcome, Finding
from orchestration.checks.runner import run_suites
from orchestration.checks.suites import load_suites
from orchestration.documents.issues import Issues
from orchestration.documents.numbers import RowNumbers

from mutated_reports import MUTATIONS
from warehouse import Warehouse, faultless

LONG_TEXT = "Укрепление добрососедских отношений, обмен опытом между коллективами художественной самодеятельности. " * 2

Plant = Callable[[Warehouse, str], object]


def event(**changes: object) -> Plant:
    return lambda warehouse, key: warehouse.add_event(key, **changes)


def event_with_groups(*headcounts: int, **changes: object) -> Plant:
    def plant(warehouse: Warehouse, key: str) -> None:
        warehouse.add_event(key, **changes)
        for number, headcount in enumerate(headcounts, start=1):
            warehouse.add_group(key, headcount, number)

    return plant


def event_with_agreement(*parties: str, **changes: object) -> Plant:
    def plant(warehouse: Warehouse, key: str) -> None:
        warehouse.add_event(key)
        warehouse.add_agreement(key, parties, **changes)

    return plant


def leftover(kind: str, text: str) -> Plant:
    def plant(warehouse: Warehouse, key: str) -> None:
        warehouse.add_event(key, description_text=f"Состоялся концерт: {text}.")
        warehouse.insert(
            "parsed.leftover", document_sha256="a1", row_number=warehouse.row_counts["a1"], kind=kind, text=text,
            source_column="description", char_start=19, char_end=19 + len(text),
        )  # fmt: skip

    return plant


def unread_date(warehouse: Warehouse, key: str) -> None:
    warehouse.add_event(key, dates_text="10 мая 2025 года (перенос с 31 апреля)")
    warehouse.insert(
        "parsed.leftover", document_sha256="a1", row_number=warehouse.row_counts["a1"], kind="date", text="31 апреля",
        source_column="dates", char_start=28, char_end=37,
    )  # fmt: skip


def reader_issue(severity: str) -> Plant:
    def plant(warehouse: Warehouse, key: str) -> None:
        warehouse.add_event(key)
        warehouse.insert(
            "raw.report_issue", document_sha256="a1", source_file="a1.docx", issue_number=len(key), code="merged",
            severity=severity, table_number=1, table_row=warehouse.row_counts["a1"] + 2, column_name="place",
            message_ru="Ячейка объединена.", remedy_ru="Разъедините её.",
        )  # fmt: skip

    return plant


def partner_abroad_at_home(warehouse: Warehouse, key: str) -> None:
    warehouse.add_event(key, place_text="г. Полоцк")
    warehouse.insert(
        "parsed.partner_mention", document_sha256="a1", row_number=warehouse.row_counts["a1"], mention_number=1,
        name="Полоцк", kind="settlement", side="home", country_code="BY", identity="полоцк", mention="г. Полоцк",
        source_column="place", char_start=0, char_end=9, rule="typed", confidence=1.0,
    )  # fmt: skip


def empty_group(warehouse: Warehouse, key: str) -> None:
    warehouse.add_event(key)
    warehouse.insert(
        "parsed.participant_group", document_sha256="a1", row_number=warehouse.row_counts["a1"], group_number=1,
        label="гости", headcount=0, is_approximate=False, source_column="participants", char_start=0, char_end=5,
        rule="counted", confidence=1.0,
    )  # fmt: skip


def repeated_headcount(warehouse: Warehouse, key: str) -> None:
    school = warehouse.add_partner("Школа № 8")
    for each in (key, f"{key}-2", f"{key}-3"):
        warehouse.add_event(each, participants_total=137)
        warehouse.add_group(each, 137, partner=school)
    warehouse.connection.execute("update marts.dim_partner set event_count = 0 where partner_key = ?", [school])


def told_twice(warehouse: Warehouse, key: str) -> None:
    for each in (f"{key}-first", key):
        warehouse.add_event(each, name="Турнир по самбо", dates_text="11 мая 2025 года")


def copied_description(warehouse: Warehouse, key: str) -> None:
    for each in (f"{key}-first", key):
        warehouse.add_event(each, description_text=LONG_TEXT)


def told_with_other_dates(warehouse: Warehouse, key: str) -> None:
    warehouse.add_event(f"{key}-host", occurrence_key=key, start_date=date(2025, 6, 3), dates_text="3 июня 2025 года")
    warehouse.add_event(key, municipality="город Псков", role="participant", occurrence_key=key,
                        start_date=date(2025, 6, 5), dates_text="5 июня 2025 года")  # fmt: skip


def told_in_earlier_quarter(warehouse: Warehouse, key: str) -> None:
    for sha, quarter, each in (("b1", 1, f"{key}-first"), ("b2", 2, key)):
        warehouse.add_report(sha, 2025, quarter, region="Тверская область")
        warehouse.add_event(each, sha, municipality="город Тверь", occurrence_key=key, is_ongoing=True, end_date=None,
                            start_date=date(2025, 3, 20))  # fmt: skip


EVENT_FAULTS: dict[str, Plant] = {
    "date_not_stated": event(start_date=None, dates_text=None),
    "date_unreadable": event(start_date=None, dates_text="по согласованию"),
    "date_year_unlikely": event(start_date=date(2024, 5, 10), dates_text="10 мая 2024 года"),
    "date_outside_period": event(start_date=date(2025, 3, 15), dates_text="15 марта 2025 года"),
    "end_before_start": event(start_date=date(2025, 5, 20), end_date=date(2025, 5, 12)),
    "event_lasts_over_a_year": event(start_date=date(2024, 4, 1), end_date=date(2025, 5, 1)),
    "participants_missing": event(participants_total=None),
    "participants_not_positive": event(participants_total=0),
    "participants_implausibly_many": event(participants_total=250_317),
    "total_below_group": event_with_groups(46, participants_total=40),
    "total_differs_from_sum": event_with_groups(30, 20, 4, participants_total=64),
    "foreign_country_missing": event(countries=()),
    "place_missing": event(settlement=None, place_text=None),
    "online_event_has_settlement": event(format="online"),
    "event_name_missing": event(name=""),
    "description_missing": event(description_text=None),
    "signed_agreement_without_parties": event_with_agreement(),
    "agreement_expired": event_with_agreement(status="in_force", valid_from_year=2022, valid_to_year=2024),
    "agreement_term_reversed": event_with_agreement(status="drafted", valid_from_year=2027, valid_to_year=2026),
    "date_left_unread": unread_date,
    "number_left_unread": leftover("number", "310 гостей"),
    "agreement_left_unread": leftover("agreement", "соглашение"),
    "rest_left_unread": leftover("rest", "310 гостей"),
    "cell_left_unread": leftover("failure", "310 гостей"),
    "reader_warning": reader_issue("warning"),
    "reader_note": reader_issue("info"),
    "mention_side_agrees_with_country": partner_abroad_at_home,
    "group_headcount_positive": empty_group,
    "headcount_repeated": repeated_headcount,
    "event_reported_twice": told_twice,
    "description_copied": copied_description,
    "dates_differ_between_municipalities": told_with_other_dates,
    "event_reported_in_earlier_report": told_in_earlier_quarter,
}

FAULTLESS_EVENTS: dict[str, Plant] = {
    "lead": event(start_date=date(2025, 3, 16)),
    "last day": event(start_date=date(2025, 6, 30)),
    "began in an earlier quarter": event(start_date=date(2025, 2, 1), end_date=date(2025, 4, 2)),
    "goes on after the quarter": event(start_date=date(2025, 6, 1), end_date=date(2026, 5, 31)),
    "ongoing for years": event(start_date=date(2020, 9, 1), end_date=None, is_ongoing=True),
    "groups are the total": event_with_groups(28, 12),
    "a group is part of the total": event_with_groups(6),
    "groups are examples": event_with_groups(6, 4),
    "groups overlap": event_with_groups(35, 25, 15),
    "a group is the total and another part of it": event_with_groups(40, 6),
    "the total is approximate": event_with_groups(30, 20, participants_total=45, participants_is_approximate=True),
    "online without a place": event(format="online", settlement=None, place_text="в дистанционном формате"),
    "arranged without parties": event_with_agreement(kind="arrangement", status="arranged"),
    "signed for years": event_with_agreement(
        "Ансамбль «Зорька»", "Дом культуры «Нева»", valid_from_year=2020, valid_to_year=2025
    ),
}


def plant_reports(warehouse: Warehouse) -> None:
    """A region whose report shrank, and one whose municipality fell silent."""
    for sha, quarter, count in (("s1", 1, 10), ("s2", 2, 3)):
        warehouse.add_report(sha, 2025, quarter, region="Брянская область")
        for number in range(count):
            day = date(2025, quarter * 3 - 1, number + 1)
            warehouse.add_event(f"{sha}-{number}", sha, municipality="город Брянск", start_date=day)
    for sha, quarter, municipalities in (("m1", 3, ("город Орёл", "город Ливны")), ("m2", 4, ("город Орёл",))):
        warehouse.add_report(sha, 2025, quarter, region="Орловская область")
        for municipality in municipalities:
            day = date(2025, quarter * 3 - 1, 1)
            warehouse.add_event(f"{sha}-{municipality}", sha, municipality=municipality, start_date=day)


@pytest.fixture(scope="module")
def outcomes() -> list[CheckOutcome]:
    warehouse = faultless()
    for rule, plant in (EVENT_FAULTS | FAULTLESS_EVENTS).items():
        plant(warehouse, rule)
    plant_reports(warehouse)
    return run_suites(warehouse.connection, load_suites())


@pytest.fixture(scope="module")
def findings(outcomes: list[CheckOutcome]) -> list[Finding]:
    return [finding for outcome in outcomes for finding in outcome.findings]


def test_faultless_warehouse_has_no_findings() -> None:
    outcomes = run_suites(faultless().connection, load_suites())
    assert [outcome.rule for outcome in outcomes if not outcome.passed] == []


@pytest.mark.parametrize("rule", EVENT_FAULTS)
def test_fault_of_an_event_is_one_finding(rule: str, findings: list[Finding]) -> None:
    assert [finding.rule for finding in findings if finding.event_key == rule] == [rule]


@pytest.mark.parametrize("key", FAULTLESS_EVENTS)
def test_plausible_event_has_no_finding(key: str, findings: list[Finding]) -> None:
    assert [finding.rule for finding in findings if finding.event_key == key] == []


def test_no_other_findings_than_the_planted(findings: list[Finding]) -> None:
    others = {finding.rule for finding in findings if finding.event_key not in EVENT_FAULTS}
    assert others == {"report_suspiciously_small", "municipality_silent"}
    assert len(findings) == len(EVENT_FAULTS) + 2
    assert len({finding.finding_key for finding in findings}) == len(findings)


def test_nothing_in_a_report_blocks_publication(outcomes: list[CheckOutcome]) -> None:
    assert not [outcome.rule for outcome in outcomes if outcome.blocks_publication]


def test_every_rule_about_the_report_is_tested() -> None:
    told = {each.rule for suite in load_suites() for each in suite.expectations if each.severity != "error"}
    elsewhere = {"report_suspiciously_small", "municipality_silent", "document_refused", "read_document_has_rows"}
    numbering = {"sequence_number_missing", "sequence_number_out_of_order"}
    decisions = {"partner_likely_duplicate", "alias_of_unknown_partner", "decision_on_unknown_partner"}
    decisions |= {"accepted_finding_idle"}
    mutations = {each["rule"] for each in MUTATIONS}
    assert told == set(EVENT_FAULTS) | elsewhere | numbering | decisions | mutations


def test_a_disabled_rule_is_judged_only_on_request() -> None:
    warehouse = faultless()
    warehouse.add_event("sunday", start_date=date(2025, 5, 11), participants_text="Учащиеся гимназии, 40 человек")
    enabled, every = load_suites(), load_suites(with_disabled=True)
    assert [finding for outcome in run_suites(warehouse.connection, enabled) for finding in outcome.findings] == []
    (found,) = (finding for outcome in run_suites(warehouse.connection, every) for finding in outcome.findings)
    assert (found.rule, found.event_key) == ("school_event_on_sunday", "sunday")


def test_finding_says_what_and_where(findings: list[Finding]) -> None:
    found = next(finding for finding in findings if finding.rule == "date_year_unlikely")
    assert (found.report_key, found.municipality_key) == ("report-a1", "Печорский муниципальный округ")
    assert (found.column_name, found.value, found.severity) == ("dates", "10 мая 2024 года", "warning")
    assert found.message_ru == (
        "Сроки «10 мая 2024 года» не относятся к периоду отчёта (01.04.2025 – 30.06.2025): вероятно, опечатка в годе."
    )
    assert found.suite == "marts_fct_event"


def test_repeated_headcount_names_all_rows(findings: list[Finding]) -> None:
    found = next(finding for finding in findings if finding.rule == "headcount_repeated")
    assert found.value == "137"
    assert found.message_ru.startswith("Школа № 8: одно и то же число участников (137) указано в строках № ")


def test_report_and_municipality_findings_have_keys(findings: list[Finding]) -> None:
    small = next(finding for finding in findings if finding.rule == "report_suspiciously_small")
    silent = next(finding for finding in findings if finding.rule == "municipality_silent")
    assert (small.report_key, small.event_key) == ("report-s2", None)
    assert (silent.report_key, silent.municipality_key) == ("report-m2", "город Ливны")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1 2 3 4", []),
        ("- - - -", [("reader_warning", None)]),
        ("1 2 4 5", [("sequence_number_out_of_order", "4")]),
        ("1 2 2 3", [("sequence_number_out_of_order", "2")]),
        ("1 22 3 4", [("sequence_number_out_of_order", "22")]),
        ("2 3 4 5", [("sequence_number_out_of_order", "2")]),
        ("1 - 3 4", [("sequence_number_missing", None)]),
        ("1 два 3 4", [("reader_warning", "два")]),
        ("1.1 1.2 2.1 2.2", []),
    ],
)
def test_a_fault_of_numbering_is_told_once(numbers: str, expected: list[tuple[str, str | None]]) -> None:
    texts = numbers.replace("-", "").split(" ")
    assert _number_findings([(text, "город Псков") for text in texts]) == expected


def test_numbering_may_start_anew_with_a_municipality() -> None:
    rows = [("1", "город Псков"), ("2", "город Псков"), ("1", "город Остров"), ("2", "город Остров")]
    assert _number_findings(rows) == []


def _number_findings(rows: list[tuple[str, str]]) -> list[tuple[str, str | None]]:
    warehouse = Warehouse()
    warehouse.add_report()
    issues = Issues()
    numbers = RowNumbers(issues)
    for position, (text, municipality) in enumerate(rows):
        number = numbers.read(text, municipality, (1, position + 3))
        warehouse.add_event(f"e{position}", municipality=municipality, sequence_number=number)
    numbers.close()
    for issue_number, issue in enumerate(issues, start=1):
        warehouse.insert(
            "raw.report_issue", document_sha256="a1", source_file="a1.docx", issue_number=issue_number,
            code=issue.code, severity=issue.severity, table_number=issue.table, table_row=issue.row, value=issue.value,
            message_ru=issue.message, remedy_ru=issue.remedy,
        )  # fmt: skip
    suites = [suite for suite in load_suites() if suite.name in {"raw_report_row", "raw_report_issue"}]
    return [
        (finding.rule, finding.value)
        for outcome in run_suites(warehouse.connection, suites)
        for finding in outcome.findings
    ]


def test_refused_document_is_told_with_its_reason() -> None:
    warehouse = faultless()
    file = {"document_sha256": "c1", "source_file": "сканы/c1.docx"}
    warehouse.add_report("c1")
    warehouse.connection.execute("delete from marts.dim_report where source_sha256 = 'c1'")
    warehouse.connection.execute(
        "update raw.document set status = 'refused', period = null where document_sha256 = 'c1'"
    )
    warehouse.insert(
        "raw.report_issue", **file, issue_number=1, code="no_table", severity="error",
        message_ru="В файле нет таблицы.", remedy_ru="Пришлите отчёт таблицей.",
    )  # fmt: skip
    findings = [finding for outcome in run_suites(warehouse.connection, load_suites()) for finding in outcome.findings]
    assert [(finding.rule, finding.message_ru) for finding in findings] == [
        ("document_refused", "Файл c1.docx не принят. В файле нет таблицы. Пришлите отчёт таблицей.")
    ]


def test_report_without_events_is_told_and_published() -> None:
    warehouse = faultless()
    warehouse.connection.execute(
        "update raw.document set row_count = 0 where document_sha256 = 'a1';"
        "delete from raw.report_row where document_sha256 = 'a1'"
    )
    told = [o for o in run_suites(warehouse.connection, load_suites()) if o.rule == "read_document_has_rows"]
    assert [(outcome.passed, outcome.blocks_publication) for outcome in told] == [(False, False)]


def test_a_likely_duplicate_is_told_with_the_line_that_decides_on_it() -> None:
    warehouse = faultless()
    warehouse.add_event("seen")
    warehouse.insert(
        "marts.fct_partner_likeness", partner_key="one", other_partner_key="other", name="ДК «Юность»",
        other_name="Дом культуры «Юность» г. Орши", event_key="seen", rule="same_words",
        proposed_line="organisation,дом культура юность,,дом культура юность орша,Орша,BY,same,,",
    )  # fmt: skip
    (found,) = (finding for outcome in run_suites(warehouse.connection, load_suites()) for finding in outcome.findings)
    assert (found.rule, found.severity, found.event_key, found.report_key) == (
        "partner_likely_duplicate", "info", "seen", "report-a1",
    )  # fmt: skip
    assert found.message_ru == (
        "Похоже, это один партнёр: ДК «Юность» / Дом культуры «Юность» г. Орши. Если так, добавьте строку в "
        "partner_aliases.csv: organisation,дом культура юность,,дом культура юность орша,Орша,BY,same,, – а если нет: "
        "organisation,дом культура юность,,дом культура юность орша,Орша,BY,different,,."
    )


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ((True, True), []),
        ((False, True), ["alias_of_unknown_partner"]),
        ((True, False), ["decision_on_unknown_partner"]),
    ],
)
def test_a_decision_on_a_partner_that_no_report_names(known: tuple[bool, bool], expected: list[str]) -> None:
    warehouse = faultless()
    warehouse.insert(
        "marts.fct_partner_decision", line_number=2, decision="same", kind="organisation", alias_identity="дк юность",
        identity="дом культура юность", is_alias_known=known[0], is_partner_known=known[1],
    )  # fmt: skip
    found = [finding for outcome in run_suites(warehouse.connection, load_suites()) for finding in outcome.findings]
    assert [finding.rule for finding in found] == expected
