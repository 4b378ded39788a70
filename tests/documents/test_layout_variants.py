"""Reports laid out in many ways that tell the same: each must give the same events under the same municipalities."""

from collections import Counter

import pytest

from same_headers import HEADERS
from same_report import CONCERT, CUP, EVENTS, FAIR, FIRST, SECOND, renumbered, six
from same_sections import SECTIONS
from same_surroundings import SURROUNDINGS
from word_files import HEADINGS, TITLE, below, paragraph, report_of, text_table, top


def codes(report):
    return dict(Counter(issue.code for issue in report.issues))


SAME_EVENTS = HEADERS | SECTIONS | SURROUNDINGS


@pytest.mark.parametrize("name", SAME_EVENTS)
def test_same_events(name: str) -> None:
    blocks, expected = SAME_EVENTS[name]
    report = report_of(paragraph(TITLE), *blocks)
    assert [(one.municipality, one.name) for one in report.rows] == EVENTS
    assert expected is None or codes(report) == expected
    assert (report.period, report.region) == ("2025-Q4", "Псковская область")
    for issue in report.issues:
        assert issue.remedy
        assert issue.row is None or f"Таблица {issue.table}, строка {issue.row}" in issue.message


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("1.", "2.", "3."), [1, 2, 3]),
        (("1)", "2)", "3)"), [1, 2, 3]),
        (("№1", "№ 2", "№3."), [1, 2, 3]),
        (("I", "II.", "III)"), [1, 2, 3]),
        (("ІV", "V", "VІ"), [4, 5, 6]),
        (("1.1", "1.2", "2.1"), [1, 2, 1]),
        (("1.1.", "1.2.", "2.1."), [1, 2, 1]),
        (("1.", "2.", "1."), [1, 2, 1]),
    ],
)
def test_numbers_are_kept_as_written(numbers: tuple[str, ...], expected: list[int]) -> None:
    report = report_of(paragraph(TITLE), *renumbered(*numbers))
    assert [one.sequence_number for one in report.rows] == expected
    assert not report.issues


def test_column_of_numbers_without_numbers_is_told_once() -> None:
    report = report_of(paragraph(TITLE), *renumbered("", "", ""))
    assert [one.sequence_number for one in report.rows] == [None] * 3
    (issue,) = report.issues
    assert issue.message == "Таблица 1, строка 3 и далее: столбец номеров не заполнен (3 строк)."


@pytest.mark.parametrize(
    ("texts", "municipalities"),
    [
        (("Порхов", "Великие Луки"), ["Порхов", "Великие Луки"]),
        (("ГОРОД ПОРХОВ", "ГДОВСКИЙ РАЙОН"), ["ГОРОД ПОРХОВ", "ГДОВСКИЙ РАЙОН"]),
        (("МО «Гдовский район»", "«Островский»"), ["МО «Гдовский район»", "«Островский»"]),
        (("Гдовский м.о.", "Островский р-н"), ["Гдовский м.о.", "Островский р-н"]),
        (
            ("Гдовский муниципальный округ Псковской области", "ЗАТО Видяево"),
            ["Гдовский муниципальный округ Псковской области", "ЗАТО Видяево"],
        ),
        (("Администрация Гдовского района", "г.о. Псков"), ["Администрация Гдовского района", "г.о. Псков"]),
    ],
)
@pytest.mark.parametrize("is_merged", [True, False])
def test_names_of_sections(texts: tuple[str, str], municipalities: list[str], is_merged: bool) -> None:
    first, second = texts if is_merged else ([text, *[""] * 5] for text in texts)
    report = report_of(paragraph(TITLE), six(HEADINGS, first, FAIR, second, CONCERT))
    assert [one.municipality for one in report.rows] == municipalities


@pytest.mark.parametrize(
    "name", ["Ярмарка «Город мастеров»", "День города Гдова", "Районный фестиваль", "Псковский район: день поэзии"]
)
@pytest.mark.parametrize("number", ["2.", ""])
def test_events_told_by_their_name_only_are_no_sections(name: str, number: str) -> None:
    report = report_of(paragraph(TITLE), six(HEADINGS, FIRST, FAIR, [number, name, *[""] * 4], SECOND, CUP))
    assert [(one.municipality, one.name) for one in report.rows] == [EVENTS[0], (FIRST, name), EVENTS[2]]


def test_row_that_may_be_a_section_is_told() -> None:
    report = report_of(paragraph(TITLE), six(HEADINGS, "Славянские встречи", FAIR))
    assert report.rows[0].municipality == "Славянские встречи"
    assert codes(report) == {"doubtful_section": 1}


def test_prose_names_no_section() -> None:
    lines = [
        "Информация представлена администрацией Гдовского района и города Пскова.",
        "Мероприятия проводились в городе Пскове, Гдовском районе.",
    ]
    for line in lines:
        report = report_of(paragraph(TITLE), paragraph(line), six(HEADINGS, FAIR))
        assert report.rows[0].municipality == ""


def test_participants_of_one_event_in_two_rows_are_joined() -> None:
    report = report_of(
        paragraph(TITLE),
        six(HEADINGS, FIRST, [*map(top, FAIR[:5]), "Псков – 10 человек"], [*[below()] * 5, "Витебск – 5 человек"]),
    )
    assert report.rows[0].participants == "Псков – 10 человек\nВитебск – 5 человек"
    assert report.rows[0].place == FAIR[2]


def test_country_beside_a_place_is_the_partners() -> None:
    headings = ["№", "Мероприятие", "Страна", "Место проведения", "Дата", "Участники"]
    report = report_of(
        paragraph(TITLE), six(headings, FIRST, ["1", "Ярмарка", "Беларусь", "Псков", "5 октября", "20 человек"])
    )
    assert (report.rows[0].place, report.rows[0].participants) == ("Псков", "Беларусь\n20 человек")


def test_content_names_the_event_where_no_column_does() -> None:
    rows = [["№", "Дата", "Место", "Содержание мероприятия"], FIRST, ["1", "5 октября", "Псков", "Ярмарка"]]
    (only,) = report_of(paragraph(TITLE), text_table(rows, 4)).rows
    assert (only.name, only.description) == ("Ярмарка", "Ярмарка")


@pytest.mark.parametrize(
    "lines",
    [
        [TITLE, "Международные мероприятия не проводились."],
        ["В IV квартале 2025 года муниципалитетами Псковской области международные мероприятия не проводились."],
        [TITLE, "Гдовский район: мероприятия не проводились", "Порховский район: не проводились"],
    ],
)
def test_report_of_a_quarter_without_events_needs_no_table(lines: list[str]) -> None:
    report = report_of(*map(paragraph, lines))
    assert (report.period, report.region, report.rows) == ("2025-Q4", "Псковская область", ())


def test_titles_of_municipalities_in_capitals() -> None:
    def part(of: str, *events: tuple[str, ...]) -> str:
        title = f"ОТЧЕТ АДМИНИСТРАЦИИ {of} ПСКОВСКОЙ ОБЛАСТИ ЗА IV КВАРТАЛ 2025 ГОДА"
        return paragraph(title) + six(HEADINGS, *events)

    report = report_of(part("ГДОВСКОГО РАЙОНА", FAIR), part("ОСТРОВСКОГО МУНИЦИПАЛЬНОГО ОКРУГА", CUP))
    municipalities = [one.municipality for one in report.rows]
    assert municipalities == ["Гдовского района", "Островского муниципального округа"]


def test_repeated_title_that_speaks_of_plans_too() -> None:
    title = "Отчет о запланированных и проведенных мероприятиях Псковской области в IV квартале 2025 года"
    report = report_of(paragraph(title), six(HEADINGS, FIRST, FAIR), paragraph(title), six(HEADINGS, SECOND, CUP))
    assert [one.name for one in report.rows] == ["Ярмарка", "Турнир"]
