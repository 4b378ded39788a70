"""What the letters tell of a small warehouse: who is addressed, what is asked, in which order."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from checks.warehouse import REGION, Warehouse

from orchestration.checks.suites import load_suites
from orchestration.letters.contents import Findings, find_reports, matter_cells, read_findings
from orchestration.letters.template import TemplateError
from orchestration.letters.writing import TEMPLATES_DIR, Writer, file_names, slug

PECHORY, PSKOV = "Печорский муниципальный округ", "город Псков"
PUBLISHED_AT = datetime(2025, 7, 15, 9, 30)
OPERATORS_RULES = {
    "accepted_finding_idle", "agreement_parties_left_unread", "alias_of_unknown_partner", "cell_left_unread",
    "decision_on_unknown_partner",
    "mention_side_agrees_with_country", "partner_likely_duplicate", "reader_note",
}  # fmt: skip
"""Rules that concern the operator or the reading, so that no letter tells of them."""


class Marts(Warehouse):
    """The tests' warehouse with findings in its marts."""

    def __init__(self) -> None:
        super().__init__()
        self.connection.execute(
            "create table marts.fct_quality_finding (finding_key varchar, rule varchar, severity varchar, "
            "report_key varchar, municipality_key varchar, event_key varchar, column_name varchar, value varchar, "
            "message_ru varchar, expectation_suite varchar, is_accepted boolean)"
        )
        self.add_report()

    def find(self, rule: str, event: str | None = None, municipality: str | None = PECHORY, **changes: object) -> None:
        finding = {
            "finding_key": f"{rule} {event}", "rule": rule, "severity": "warning", "report_key": "report-a1",
            "municipality_key": municipality, "event_key": event, "message_ru": f"Замечание {rule}.",
            "is_accepted": False,
        }  # fmt: skip
        self.insert("marts.fct_quality_finding", **(finding | changes))

    def findings(self) -> Findings:
        (report,) = find_reports(self.connection, None, None)
        return read_findings(self.connection, report)


@pytest.fixture
def marts() -> Marts:
    return Marts()


def writer(with_info: bool = False) -> Writer:
    return Writer.of(TEMPLATES_DIR, PUBLISHED_AT, 10, with_info)


def whole_text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).replace("\u00a0", " ")


def test_every_rule_that_may_be_told_asks_for_something() -> None:
    rules = [rule for suite in load_suites(with_disabled=True) for rule in suite.expectations]
    silent = {rule.rule for rule in rules if rule.severity != "error" and rule.ask_ru is None}
    assert silent <= OPERATORS_RULES
    assert all(rule.ask_ru.endswith((".", "».")) for rule in rules if rule.ask_ru)


def test_findings_stand_by_municipality_in_the_order_of_the_report(marts: Marts) -> None:
    marts.add_event("e1")
    marts.add_event("e2", municipality=PSKOV)
    marts.add_event("e3")
    marts.find("date_outside_period", "e3", column_name="dates", value="3 июля")
    marts.find("place_missing", "e1", column_name="place")
    marts.find("participants_missing", "e2", PSKOV, severity="info")
    pechory, pskov = marts.findings().municipalities
    assert [each["number"] for each in matter_cells(pechory.findings)] == ["1", "3"]
    assert (pechory.name, pechory.event_count, pechory.notes) == (PECHORY, 2, ())
    assert (pskov.findings, len(pskov.notes)) == ((), 1)
    assert matter_cells(pechory.findings)[1] == {
        "number": "3",
        "event": "Международный фестиваль «e3»",
        "column": "Сроки проведения",
        "value": "3 июля",
        "message": "Замечание date_outside_period.",
        "request": "Исправьте сроки или перенесите мероприятие в отчёт за тот квартал, когда оно прошло.",
    }


def test_one_matter_of_several_events_is_told_once(marts: Marts) -> None:
    for key in ("e1", "e2", "e3", "e4", "e5"):
        marts.add_event(key)
        marts.find("participants_missing", key, value=f"гости {key}")
    marts.find("place_missing", "e1", value="—")
    marts.find("place_missing", "e2", value="не указано")
    few, many = sorted(matter_cells(marts.findings().municipalities[0].findings), key=lambda cells: cells["number"])
    assert (few["number"], few["event"], few["value"]) == ("1, 2", "", "№ 1: —\n№ 2: не указано")
    assert (many["number"], many["value"]) == ("1–5", "см. эти строки отчёта")


def test_an_event_without_a_number_is_told_by_its_place(marts: Marts) -> None:
    marts.add_event("e1", sequence_number=None)
    marts.find("sequence_number_missing", "e1")
    (cells,) = matter_cells(marts.findings().municipalities[0].findings)
    assert (cells["number"], cells["value"], cells["column"]) == ("строка 3 таблицы 1", "—", "—")


def test_what_is_accepted_or_the_operators_is_not_told(marts: Marts) -> None:
    marts.add_event("e1")
    marts.find("date_outside_period", "e1", is_accepted=True)
    marts.find("reader_note", "e1", severity="info")
    (municipality,) = marts.findings().municipalities
    assert (municipality.findings, municipality.notes) == ((), ())


def test_the_region_is_told_of_silence_refusals_and_the_whole_report(marts: Marts) -> None:
    marts.add_report("a0", 2025, 1)
    marts.add_event("old", "a0", municipality="Островский муниципальный округ")
    marts.add_event("e1")
    marts.find("municipality_silent", municipality="Островский муниципальный округ", severity="info")
    marts.find("report_suspiciously_small", municipality=None, message_ru="В предыдущем (2025-Q1) – 61.")
    marts.find("document_refused", municipality=None, report_key=None, value="скан.docx", message_ru="Файл не принят.")
    findings = marts.findings()
    assert [(each["municipality"], each["last_period"]) for each in findings.silent] == [
        ("Островский муниципальный округ", "I квартал 2025 года")
    ]
    assert [each["message"] for each in matter_cells(findings.general)] == [
        "В предыдущем (за I квартал 2025 года) – 61."
    ]
    assert findings.refused == ({"file": "скан.docx", "message": "Файл не принят."},)


def test_a_refused_file_of_an_unknown_region_is_told_to_none_of_several(marts: Marts) -> None:
    marts.add_event("e1")
    marts.add_report("b1", region="Рязанская область")
    marts.find("document_refused", municipality=None, report_key=None, value="скан.docx")
    report = find_reports(marts.connection, None, "псков")[0]
    assert read_findings(marts.connection, report).refused == ()


def test_an_event_told_differently_is_told_with_all_its_tellings(marts: Marts) -> None:
    marts.add_event("e1", occurrence_key="fair", dates_text="1 мая")
    marts.add_event("e2", occurrence_key="fair", dates_text="9 мая", municipality=PSKOV, participants_total=None)
    marts.find("dates_differ_between_municipalities", "e2", PSKOV)
    assert marts.findings().shared == (
        {
            "event": "Международный фестиваль «e1»",
            "tellings": f"{PECHORY}, № 1: 1 мая; участников: 40\n{PSKOV}, № 2: 9 мая",
        },
    )


def test_reports_are_the_newest_current_ones_unless_asked_for(marts: Marts) -> None:
    marts.add_report("a0", 2025, 1)
    marts.add_report("a2", 2025, 2, version=2, is_current=False)
    marts.add_report("b1", 2024, 4, region="Рязанская область")
    found = {
        (period, region): [(each.region, each.period) for each in find_reports(marts.connection, period, region)]
        for period, region in ((None, None), ("2025-q1", None), (None, "ряз"), ("2025-Q1", "ряз"))
    }
    assert found == {
        (None, None): [(REGION, "2025-Q2"), ("Рязанская область", "2024-Q4")],
        ("2025-q1", None): [(REGION, "2025-Q1")],
        (None, "ряз"): [("Рязанская область", "2024-Q4")],
        ("2025-Q1", "ряз"): [],
    }


def test_letters_go_to_those_who_have_something_to_put_right(marts: Marts, tmp_path: Path) -> None:
    marts.add_event("e1")
    marts.add_event("e2", municipality=PSKOV)
    marts.find("date_outside_period", "e1")
    marts.find("participants_missing", "e2", PSKOV, severity="info")
    folder = tmp_path / "2025-Q2" / "Псковская-область"
    pechory, pskov, region = (
        folder / name
        for name in ("Письмо-Печорский-муниципальный-округ.docx", "Письмо-город-Псков.docx", "Сводное-письмо.docx")
    )
    written = writer().write(marts.findings(), tmp_path)
    assert (set(written.written), written.kept) == ({pechory, region}, ())
    assert set(writer(with_info=True).write(marts.findings(), tmp_path).written) == {pechory, pskov, region}
    assert "Просим дополнить" in whole_text(pskov)
    letter = whole_text(pechory)
    assert "Администрация муниципального образования «Печорский муниципальный округ»" in letter
    assert "в течение 10 рабочих дней" in letter
    assert "получен 1 июля 2025 года" in letter
    assert "{" not in letter
    assert "Просим дополнить" not in letter
    assert "замечаний нет" not in whole_text(region)
    writer().write(marts.findings(), tmp_path)
    assert not pskov.exists(), "a letter that is no longer due must not be sent by mistake"


def test_the_same_findings_give_the_same_bytes(marts: Marts, tmp_path: Path) -> None:
    marts.add_event("e1")
    marts.find("date_outside_period", "e1")
    first, second = (writer().write(marts.findings(), tmp_path / name) for name in ("a", "b"))
    assert [path.read_bytes() for path in first.written] == [path.read_bytes() for path in second.written]
    properties = docx.Document(str(first.written[0])).core_properties
    assert properties.created == properties.modified == PUBLISHED_AT.replace(tzinfo=UTC)


@pytest.mark.parametrize("edited_in_word", [True, False])
def test_a_file_that_a_person_has_saved_is_kept(marts: Marts, tmp_path: Path, edited_in_word: bool) -> None:
    marts.add_event("e1")
    marts.find("date_outside_period", "e1")
    letter = writer().write(marts.findings(), tmp_path).written[0]
    if edited_in_word:
        document = docx.Document(str(letter))
        document.core_properties.last_modified_by = "Иванова"
        document.save(str(letter))
    else:
        letter.write_text("заметки")
    content = letter.read_bytes()
    assert writer().write(marts.findings(), tmp_path).kept == (letter,)
    assert letter.read_bytes() == content


HOSTILE = "\x00\x1b\u202e=cmd|' /C calc'!A0 {period} <w:t>&amp;</w:t> ]]> \ufffe «Дружба» "


def test_hostile_text_changes_nothing_but_its_own_words(marts: Marts, tmp_path: Path) -> None:
    municipality = "../../etc/../" + HOSTILE
    for key in ("e1", "e2"):
        marts.add_event(key, municipality=municipality, name=HOSTILE * 50, dates_text=HOSTILE, occurrence_key="one")
        marts.find("dates_differ_between_municipalities", key, municipality, column_name=HOSTILE, value=HOSTILE * 900,
                   message_ru=HOSTILE * 900)  # fmt: skip
    marts.find("document_refused", municipality=None, report_key=None, value=HOSTILE, message_ru=HOSTILE)
    written = writer(with_info=True).write(marts.findings(), tmp_path)
    assert {path.parent for path in written.written} == {tmp_path / "2025-Q2" / "Псковская-область"}
    for path in written.written:
        text = whole_text(path)
        assert "=cmd|' /C calc'!A0 {period} <w:t>&amp;</w:t> ]]>" in text
        assert not set("\x00\x1b\u202e\ufffe") & set(text)
        assert max(map(len, text.splitlines())) < 500


def test_names_of_files_are_safe_and_apart() -> None:
    assert slug("город  Ростов-на-Дону / «центр»..") == "город-Ростов-на-Дону-центр"
    assert len(slug("о" * 300)) == 80
    assert file_names(["Письмо А", "Письмо: А", "письмо а", "Письмо Б"]) == [
        "Письмо-А.docx", "Письмо-А-2.docx", "письмо-а-3.docx", "Письмо-Б.docx",
    ]  # fmt: skip


def test_a_folder_without_templates_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"municipality\.docx"):
        Writer.of(tmp_path, PUBLISHED_AT, 10, False)
