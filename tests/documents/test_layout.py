from collections import Counter
from pathlib import Path

import pytest

from orchestration.documents import errors
from orchestration.documents.layout import read_report
from orchestration.documents.model import Report, ReportOverride
from orchestration.documents.reader import read_document

from word_files import HEADINGS, TITLE, body_bytes, cell, event, merged, paragraph, report_of, row, table, text_table

ROOT = Path(__file__).parents[2]


def codes(report: Report) -> Counter[str]:
    return Counter(issue.code for issue in report.issues)


def read_file(*path: str) -> Report:
    file = ROOT.joinpath(*path)
    return read_report(read_document(file.read_bytes(), file.name))


def test_real_report() -> None:
    report = read_file("raw_reports", "smolensk-oblast-2025-q4.docx")
    assert (report.period, report.region, report.issues) == ("2025-Q4", "Смоленская область", ())
    assert [one.sequence_number for one in report.rows] == list(range(1, 62))
    municipalities = list(dict.fromkeys(one.municipality for one in report.rows))
    assert len(municipalities) == 10
    assert municipalities[:2] == [
        "Город Смоленск",
        "Муниципальное образование «Велижский муниципальный округ» Смоленской области",
    ]
    first = report.rows[0]
    assert (first.table, first.row, first.dates, first.extra) == (1, 3, "19 сентября\n2025 года", {})
    assert first.place == "в дистанционном формате"
    assert report.title.startswith("Отчет о мероприятиях в международной сфере, проведенных органами")
    assert report.title.endswith("Смоленской области в IV квартале 2025 года")


def test_made_up_report() -> None:
    report = read_file("tests", "golden", "smolensk-oblast-2025-q3.docx")
    assert (report.period, report.region, report.issues) == ("2025-Q3", "Смоленская область", ())
    assert [one.sequence_number for one in report.rows] == list(range(1, 41))
    assert len({one.municipality for one in report.rows}) == 12


def test_municipality_column_shuffled_columns_and_two_header_rows() -> None:
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    header = row(
        [
            cell("№", restart),
            cell("Муниципальное образование", restart),
            cell("Участники", '<w:gridSpan w:val="2"/>'),
            cell("Мероприятие", '<w:gridSpan w:val="3"/>'),
            cell("Форма проведения", restart),
        ]
    )
    below = row(
        [
            cell("", goes_on),
            cell("", goes_on),
            cell("всего"),
            cell("в том числе иностранных"),
            cell("Дата"),
            cell("Название"),
            cell("Место"),
            cell("", goes_on),
        ]
    )
    numbers = row(map(cell, map(str, range(1, 9))))
    rows = [
        row(map(cell, ["1", "Городской округ Казань", "120", "15", "3 июня 2026 г.", "Сабантуй", "Казань", "очно"])),
        row(map(cell, ["2", "", "30", "", "5-6 мая 2026 г.", "Форум", "Уфа", "онлайн"])),
        row(map(cell, ["3", "Арский район", "8", "8", "1 апреля 2026 г.", "Встреча", "Арск", ""])),
    ]
    report = report_of(
        paragraph("Сведения о международных связях муниципалитетов Республики Татарстан"),
        paragraph("за 2-й квартал 2026 года"),
        table([header, below, numbers, *rows], 8),
    )
    assert (report.period, report.region) == ("2026-Q2", "Республика Татарстан")
    assert [one.municipality for one in report.rows] == ["Городской округ Казань"] * 2 + ["Арский район"]
    first = report.rows[0]
    assert (first.name, first.dates, first.place) == ("Сабантуй", "3 июня 2026 г.", "Казань")
    assert first.participants == "всего: 120\nв том числе иностранных: 15"
    assert first.extra == {"Форма проведения": "очно"}
    assert first.row == 4
    assert not report.issues


def test_table_of_each_municipality_under_a_heading() -> None:
    headings = [
        "Дата и место проведения",
        "Наименование мероприятия",
        "Краткое описание, итоги",
        "Количество участников",
    ]

    def one(*events: list[str]) -> str:
        return text_table([headings, *events], 4)

    report = report_of(
        paragraph("ИНФОРМАЦИЯ о международных мероприятиях в Приморском крае в III квартале 2025 г."),
        paragraph("1. Находкинский городской округ"),
        one(["1 июля, г. Находка", "Регата", "Гонка яхт", "50"], ["2 июля, г. Находка", "Прием", "Беседа", "9"]),
        paragraph("2. Хасанский муниципальный округ"),
        paragraph("Мероприятия не проводились."),
        paragraph("Дальнегорск"),
        one(["9 сентября, г. Дальнегорск", "Чтения", "Доклады", "40"]),
        paragraph("В Яковлевском муниципальном округе международные мероприятия не проводились."),
        paragraph("Исполнитель: Иванов И.И."),
    )
    assert (report.period, report.region) == ("2025-Q3", "Приморский край")
    assert [(one.municipality, one.name, one.table, one.row) for one in report.rows] == [
        ("Находкинский городской округ", "Регата", 1, 2),
        ("Находкинский городской округ", "Прием", 1, 3),
        ("Дальнегорск", "Чтения", 2, 2),
    ]
    assert report.rows[0].dates == report.rows[0].place == "1 июля, г. Находка"
    assert report.rows[0].participants == "50"
    assert codes(report) == {"combined_column": 1, "no_events": 2}
    assert [issue.severity for issue in report.issues] == ["info"] * 3


def test_rows_that_are_no_events() -> None:
    report = report_of(
        paragraph(TITLE),
        text_table(
            [
                HEADINGS,
                list("123456"),
                "Великолукский район",
                event("1.", "Ярмарка"),
                ["", "", "", "", "", ""],
                event("2.", "Концерт"),
                HEADINGS,
                "Гдовский район",
                "Мероприятия не проводились",
                "Город Псков",
                ["3.", "Мероприятия не проводились", "–", "-", "", ""],
                event("3.", "Турнир"),
                ["", "Итого", "", "", "", "60 человек"],
                "Всего мероприятий: 3",
            ],
            6,
        ),
    )
    assert [(one.municipality, one.name) for one in report.rows] == [
        ("Великолукский район", "Ярмарка"),
        ("Великолукский район", "Концерт"),
        ("Город Псков", "Турнир"),
    ]
    assert codes(report) == {"empty_row": 1, "no_events": 2, "totals_row": 2}
    assert report.issues[0].message == "Таблица 1, строка 5: пустая строка пропущена."


def test_sections_that_are_not_merged_over_the_whole_row() -> None:
    number_and_rest = row([cell("I."), cell("Город Псков", '<w:gridSpan w:val="5"/>')])
    lone = row(map(cell, ["", "Островский муниципальный округ", "", "", "", ""]))
    events = [row(map(cell, event(str(number), "Встреча"))) for number in (1, 2)]
    rows = [row(map(cell, HEADINGS)), number_and_rest, events[0], lone, events[1]]
    report = report_of(paragraph(TITLE), table(rows, 6))
    assert [one.municipality for one in report.rows] == ["Город Псков", "Островский муниципальный округ"]


def test_subheadings_keep_the_section() -> None:
    report = report_of(
        paragraph(TITLE),
        text_table([HEADINGS, "Город Псков", "Культура", event("1", "Выставка"), "Спорт", event("2", "Турнир")], 6),
    )
    assert {one.municipality for one in report.rows} == {"Город Псков"}
    assert codes(report) == {"subheading_skipped": 2}


def test_vertically_merged_cells_tell_of_every_row() -> None:
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    first = row([cell("1"), cell("Ярмарка", restart), *map(cell, ["Псков", "1 октября 2025", "Торговля", "10"])])
    second = row([cell("2"), cell("", goes_on), *map(cell, ["Остров", "2 октября 2025", "Торговля", "12"])])
    report = report_of(paragraph(TITLE), table([row(map(cell, HEADINGS)), merged("Город Псков", 6), first, second], 6))
    assert [(one.name, one.place) for one in report.rows] == [("Ярмарка", "Псков"), ("Ярмарка", "Остров")]


@pytest.mark.parametrize(
    ("numbers", "read", "expected"),
    [
        (["1", "2."], [1, 2], {}),
        (["1)", "№ 2"], [1, 2], {}),
        (["1", ""], [1, None], {"missing_number": 1}),
        (["1", "б/н"], [1, None], {"unreadable_number": 1}),
        (["1", "1"], [1, 1], {"repeated_number": 1}),
        (["1", "3"], [1, 3], {"number_out_of_order": 1}),
        (["7", "8"], [7, 8], {}),
    ],
)
def test_row_numbers(numbers: list[str], read: list[int | None], expected: dict[str, int]) -> None:
    events = [event(number, f"Встреча {index}") for index, number in enumerate(numbers)]
    report = report_of(paragraph(TITLE), text_table([HEADINGS, "Город Псков", *events], 6))
    assert [one.sequence_number for one in report.rows] == read
    assert codes(report) == expected


def test_numbers_may_begin_anew_in_every_section() -> None:
    rows = [
        HEADINGS,
        "Город Псков",
        event("1", "а"),
        event("2", "б"),
        "Гдовский район",
        event("1", "в"),
        event("2", "г"),
    ]
    assert not report_of(paragraph(TITLE), text_table(rows, 6)).issues


def test_table_goes_on_without_a_header() -> None:
    report = report_of(
        paragraph(TITLE),
        text_table([HEADINGS, "Город Псков", event("1", "Ярмарка")], 6),
        paragraph(""),
        text_table([event("2", "Концерт")], 6),
        text_table([["Исполнитель", "Петрова А.А."]], 2),
    )
    assert [(one.name, one.municipality, one.table, one.row) for one in report.rows] == [
        ("Ярмарка", "Город Псков", 1, 3),
        ("Концерт", "Город Псков", 2, 1),
    ]
    assert codes(report) == {"table_skipped": 1}


def test_row_torn_by_a_page_break() -> None:
    rows = [
        HEADINGS,
        "Город Псков",
        event("1", "Ярмарка"),
        ["", "", "", "", "Подписан план на 2026 год", ""],
        event("2", "а"),
    ]
    report = report_of(paragraph(TITLE), text_table(rows, 6))
    assert report.rows[0].description == "Обмен опытом\nПодписан план на 2026 год"
    assert codes(report) == {"row_continued": 1}


def test_unknown_columns_are_kept() -> None:
    report = report_of(
        paragraph(TITLE),
        text_table([[*HEADINGS, "Цвет папки"], "Город Псков", [*event("1", "Ярмарка"), "синий"]], 7),
    )
    assert report.rows[0].extra == {"Цвет папки": "синий"}
    assert [(issue.code, issue.severity, issue.column) for issue in report.issues] == [
        ("unknown_column", "info", "Цвет папки")
    ]


def test_several_columns_of_one_field() -> None:
    headings = ["№", "Мероприятие", "Дата начала", "Дата окончания", "Страна", "Город", "Цель", "Результат"]
    rows = [
        headings,
        "Город Псков",
        ["1", "Ярмарка", "1 октября 2025", "3 октября 2025", "Беларусь", "Витебск", "Торговля", "Договор"],
        ["2", "Концерт", "5 октября 2025", "5 октября 2025", "Россия", "Псков", "Досуг", ""],
    ]
    first, second = report_of(paragraph(TITLE), text_table(rows, 8)).rows
    assert (first.dates, first.place) == ("1 октября 2025 – 3 октября 2025", "Беларусь, Витебск")
    assert first.description == "Торговля\nДоговор"
    assert (second.dates, second.description) == ("5 октября 2025", "Досуг")


def test_day_and_hour_in_two_columns() -> None:
    rows = [["№", "Мероприятие", "Дата", "Время"], "Город Псков", ["1", "Ярмарка", "1 октября 2025", "10:00"]]
    assert report_of(paragraph(TITLE), text_table(rows, 4)).rows[0].dates == "1 октября 2025, 10:00"


def test_cells_go_by_order_where_borders_are_dragged_aside() -> None:
    header = row([cell("№"), cell("Мероприятие", '<w:gridSpan w:val="2"/>'), cell("Место"), cell("Срок")])
    shifted = row([cell("1"), cell("Ярмарка"), cell("Псков", '<w:gridSpan w:val="2"/>'), cell("1 октября")])
    report = report_of(paragraph(TITLE), table([header, merged("Город Псков", 5), shifted], 5))
    assert (report.rows[0].name, report.rows[0].place, report.rows[0].dates) == ("Ярмарка", "Псков", "1 октября")


def test_title_in_the_table() -> None:
    report = report_of(text_table([TITLE, HEADINGS, "Город Псков", event("1", "Ярмарка")], 6))
    assert (report.title, report.period, report.region) == (TITLE, "2025-Q4", "Псковская область")
    assert len(report.rows) == 1


def test_repeated_title_is_no_section() -> None:
    part = text_table([HEADINGS, "Город Псков", event("1", "Ярмарка")], 6)
    report = report_of(
        paragraph(TITLE), part, paragraph(TITLE), text_table([TITLE, HEADINGS, event("2", "Концерт")], 6)
    )
    assert {one.municipality for one in report.rows} == {"Город Псков"}


SECTION_TABLE = text_table([HEADINGS, "Город Псков", event("1", "Ярмарка")], 6)


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([paragraph(TITLE)], errors.NoReportTable),
        ([paragraph(TITLE), text_table([["Имя", "Телефон", "Адрес"]], 3)], errors.NoReportTable),
        ([SECTION_TABLE], errors.NoPeriod),
        ([paragraph("Отчет Псковской области за 2025 год"), SECTION_TABLE], errors.NoPeriod),
        ([paragraph("Отчет за IV квартал 2025 года"), SECTION_TABLE], errors.NoRegion),
        (
            [paragraph(TITLE), SECTION_TABLE, paragraph(TITLE.replace("IV", "III")), SECTION_TABLE],
            errors.SeveralReports,
        ),
        (
            [paragraph(TITLE), SECTION_TABLE, paragraph(TITLE.replace("Псков", "Новгород")), SECTION_TABLE],
            errors.SeveralReports,
        ),
        (
            [paragraph(TITLE), text_table([HEADINGS, event("1", "а"), TITLE.replace("IV", "I")], 6)],
            errors.SeveralReports,
        ),
    ],
)
def test_reports_that_are_refused(blocks: list[str], expected: type[errors.DocumentError]) -> None:
    with pytest.raises(expected) as caught:
        report_of(*blocks)
    assert "проба.docx" in caught.value.message


def test_refusals_say_what_to_write_beside_the_file() -> None:
    assert "«проба.docx.yml» со строкой вида «period: 2025-Q4»" in errors.NoPeriod("проба.docx").remedy
    assert "«проба.docx.yml» со строкой «region: Смоленская область»" in errors.NoRegion("проба.docx").remedy


def test_override() -> None:
    report = report_of(SECTION_TABLE, override=ReportOverride(2025, 4, "Псковской обл."))
    assert (report.period, report.region, report.title) == ("2025-Q4", "Псковская область", "")
    report = report_of(paragraph(TITLE), SECTION_TABLE, override=ReportOverride(2026, 1))
    assert (report.period, report.region, codes(report)) == ("2026-Q1", "Псковская область", {"period_overridden": 1})


def test_overridden_region() -> None:
    report = report_of(paragraph(TITLE), SECTION_TABLE, override=ReportOverride(region="Тверская область"))
    assert (report.region, codes(report)) == ("Тверская область", {"region_overridden": 1})
    with pytest.raises(errors.OverrideInvalid, match="нет субъекта Российской Федерации «Тверска область»"):
        report_of(paragraph(TITLE), SECTION_TABLE, override=ReportOverride(region="Тверска область"))


def test_region_of_the_sections() -> None:
    section = "Муниципальное образование «Гдовский муниципальный округ» Псковской области"
    rows = [HEADINGS, section, event("1", "Ярмарка")]
    report = report_of(paragraph("Отчет за IV квартал 2025 года"), text_table(rows, 6))
    assert (report.region, report.rows[0].municipality) == ("Псковская область", section)


def test_rows_without_a_municipality_are_told() -> None:
    report = report_of(paragraph(TITLE), text_table([HEADINGS, event("1", "Ярмарка")], 6))
    assert report.rows[0].municipality == ""
    assert codes(report) == {"missing_municipality": 1}


def test_same_bytes_give_the_same_report() -> None:
    data = body_bytes(paragraph(TITLE) + SECTION_TABLE)
    assert read_report(read_document(data, "a.docx")) == read_report(read_document(data, "a.docx"))


def test_report_of_one_municipality() -> None:
    title = "Отчет администрации Гдовского района Псковской области за IV квартал 2025 года"
    report = report_of(paragraph(title), text_table([HEADINGS, event("1", "Ярмарка")], 6))
    assert (report.rows[0].municipality, report.issues) == ("Гдовского района", ())


def test_titles_of_several_municipalities() -> None:
    def part(of: str) -> str:
        title = f"Отчет {of} Псковской области за IV квартал 2025 года"
        return paragraph(title) + text_table([HEADINGS, event("1", "Ярмарка")], 6)

    report = report_of(part("Гдовского района"), part("города Порхова"), part("города Порхова"))
    assert [one.municipality for one in report.rows] == ["Гдовского района", "города Порхова", "города Порхова"]


def test_titles_of_municipalities_in_the_tables() -> None:
    def part(of: str) -> str:
        return text_table([f"Отчет {of} Псковской области за IV квартал 2025 года", HEADINGS, event("1", "Ярмарка")], 6)

    report = report_of(part("Гдовского района"), part("города Порхова"))
    assert [one.municipality for one in report.rows] == ["Гдовского района", "города Порхова"]


def test_event_whose_name_begins_as_a_total() -> None:
    rows = [HEADINGS, "Город Псков", event("1", "Всего один день вместе"), ["", "Всего", "", "", "", "20 человек"]]
    report = report_of(paragraph(TITLE), text_table(rows, 6))
    assert [one.name for one in report.rows] == ["Всего один день вместе"]
    assert codes(report) == {"totals_row": 1}


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("Гдовский район – не проводились", "Гдовский район"),
        ("Гдовский район: мероприятия отсутствуют", "Гдовский район"),
        ("В Гдовском районе международных мероприятий не проводилось", "Гдовском районе"),
        ("За отчетный период мероприятия не проводились", "Город Псков"),
        ("Гдовский район: нет", "Гдовский район"),
        ("Нет", "Город Псков"),
    ],
)
def test_sections_without_events(text: str, municipality: str) -> None:
    report = report_of(paragraph(TITLE), text_table([HEADINGS, "Город Псков", event("1", "Ярмарка"), text], 6))
    (issue,) = report.issues
    assert (issue.code, issue.severity, issue.table, issue.row) == ("no_events", "info", 1, 4)
    assert f"({municipality})" in issue.message


@pytest.mark.parametrize(
    "text",
    [
        "Ответственный: Петрова А.А., тел. 8-800",
        "(по состоянию на 12.01.2026)",
        "В соответствии с запросом администрации города направляем сведения.",
        "Приложение 1",
        "тыс. человек",
    ],
)
def test_lines_between_title_and_table_that_are_no_sections(text: str) -> None:
    report = report_of(paragraph(TITLE), paragraph(text), text_table([HEADINGS, event("1", "Ярмарка")], 6))
    assert report.rows[0].municipality == ""
