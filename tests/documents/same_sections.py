"""Layouts of one and the same report that differ in its sections, by name: blocks of the document, issues told."""

from same_report import BY_MUNICIPALITY, CONCERT, CUP, EMPTY, FAIR, FIRST, SECOND, body, numbered, plain_row, six
from word_files import HEADINGS, TITLE, below, paragraph, row, table, text_table, top, wide

SECTIONS = {
    "a section's name in the first cell": (
        [six(HEADINGS, [FIRST, *[""] * 5], FAIR, CONCERT, [SECOND, *[""] * 5], CUP)],
        {},
    ),
    "a section's name in the second cell": (
        [six(HEADINGS, ["", FIRST, *[""] * 4], FAIR, CONCERT, ["", SECOND, *[""] * 4], CUP)],
        {},
    ),
    "a section's name in the second cell, numbered": (
        [six(HEADINGS, ["1.", FIRST, *[""] * 4], FAIR, CONCERT, ["2.", SECOND, *[""] * 4], CUP)],
        {},
    ),
    "a section's name over two columns": (
        [six(HEADINGS, [wide(FIRST, 2), wide("", 4)], FAIR, CONCERT, [wide(SECOND, 2), wide("", 4)], CUP)],
        {},
    ),
    "a section's name beside its number": (
        [six(HEADINGS, ["I.", wide(FIRST, 5)], FAIR, CONCERT, ["II.", wide(SECOND, 5)], CUP)],
        {},
    ),
    "a section's number, name and merged rest": (
        [six(HEADINGS, ["1", FIRST, wide("", 4)], FAIR, CONCERT, ["2", SECOND, wide("", 4)], CUP)],
        {},
    ),
    "a section's name over all columns but the last": (
        [six(HEADINGS, [wide(FIRST, 5), ""], FAIR, CONCERT, [wide(SECOND, 5), ""], CUP)],
        {},
    ),
    "a section's name behind a skipped grid column": (
        [
            table(
                [
                    plain_row(HEADINGS),
                    row([wide(FIRST, 5)], '<w:gridBefore w:val="1"/>'),
                    *map(plain_row, (FAIR, CONCERT)),
                    row([wide(SECOND, 5)], '<w:gridBefore w:val="1"/>'),
                    plain_row(CUP),
                ],
                6,
            )
        ],
        {},
    ),
    "lettered sections": ([six(HEADINGS, f"а) {FIRST}", FAIR, CONCERT, f"2 – {SECOND}", CUP)], {}),
    "a row without its number": (
        [six(HEADINGS, FIRST, FAIR, ("", *CONCERT[1:]), SECOND, CUP)],
        {"missing_number": 1},
    ),
    "a row with a wrong number": (
        [six(HEADINGS, FIRST, FAIR, ("второй", *CONCERT[1:]), SECOND, CUP)],
        {"unreadable_number": 1},
    ),
    "lines under the headings": (
        [
            *(paragraph(FIRST), paragraph("(ответственный – отдел культуры)"), six(HEADINGS, FAIR, CONCERT)),
            *(paragraph(SECOND), paragraph("контактное лицо: Петрова А.А., тел. 2-22-22"), six(HEADINGS, CUP)),
        ],
        {},
    ),
    "the title repeated over each table": (
        [
            paragraph(FIRST),
            six(HEADINGS, FAIR, CONCERT),
            paragraph(TITLE),
            paragraph(SECOND),
            six(TITLE, HEADINGS, CUP),
        ],
        {},
    ),
    "numbered sections": ([six(HEADINGS, f"1. {FIRST}", FAIR, CONCERT, f"Раздел II. {SECOND}", CUP)], {}),
    "how many events a section has": (
        [six(HEADINGS, f"{FIRST} – 2 мероприятия", FAIR, CONCERT, f"{SECOND} (мероприятий: 1):", CUP)],
        {},
    ),
    "a section that goes on": (
        [six(HEADINGS, FIRST, FAIR, HEADINGS, f"{FIRST} (продолжение)", CONCERT, SECOND, CUP)],
        {},
    ),
    "sections over the header": ([six(FIRST, HEADINGS, FAIR, CONCERT, SECOND, HEADINGS, CUP)], {}),
    "a table a municipality, its name over the header": (
        [six(FIRST, HEADINGS, FAIR, CONCERT), six(SECOND, HEADINGS, CUP)],
        {},
    ),
    "a table a municipality, its name in a heading": (
        [paragraph(f"1. {FIRST}"), six(HEADINGS, FAIR, CONCERT), paragraph(f"II. {SECOND}"), six(HEADINGS, CUP)],
        {},
    ),
    "a table a municipality, the header only once": (
        [paragraph(FIRST), six(HEADINGS, FAIR, CONCERT), paragraph(SECOND), six(CUP)],
        {},
    ),
    "captions of tables": (
        [
            paragraph(f"Таблица 1. {FIRST}"),
            six(HEADINGS, FAIR, CONCERT),
            paragraph(f"Таблица 2 – {SECOND}"),
            six(HEADINGS, CUP),
        ],
        {},
    ),
    "prose between the tables": (
        [
            paragraph(FIRST),
            paragraph("В отчетном периоде в Гдовском районе проведено 2 мероприятия."),
            six(HEADINGS, FAIR, CONCERT),
            paragraph("В I квартале 2026 года планируется проведение фестиваля."),
            paragraph("И.о. главы Гдовского района                 П.П. Петров"),
            paragraph(SECOND),
            paragraph("Мероприятия:"),
            six(HEADINGS, CUP),
        ],
        {},
    ),
    "a municipality column, repeated": (
        [
            text_table(
                [
                    BY_MUNICIPALITY,
                    numbered("1", FIRST, "Ярмарка"),
                    numbered("2", FIRST, "Концерт"),
                    numbered("3", SECOND, "Турнир"),
                ],
                5,
            )
        ],
        {"missing_column": 1},
    ),
    "a municipality column, filled once": (
        [
            text_table(
                [
                    BY_MUNICIPALITY,
                    numbered("1", FIRST, "Ярмарка"),
                    numbered("2", "", "Концерт"),
                    numbered("3", SECOND, "Турнир"),
                ],
                5,
            )
        ],
        {"missing_column": 1},
    ),
    "a municipality column, merged": (
        [
            text_table(
                [
                    BY_MUNICIPALITY,
                    numbered("1", top(FIRST), "Ярмарка"),
                    numbered("2", below(), "Концерт"),
                    numbered("3", SECOND, "Турнир"),
                ],
                5,
            )
        ],
        {"missing_column": 1},
    ),
    "a municipality column, merged together with its number": (
        [
            text_table(
                [
                    BY_MUNICIPALITY,
                    numbered(top("1"), top(FIRST), "Ярмарка"),
                    numbered(below(), below(), "Концерт"),
                    numbered("2", SECOND, "Турнир"),
                ],
                5,
            )
        ],
        {"missing_column": 1, "numbers_of_sections": 1},
    ),
    "a municipality column without a heading": (
        [
            text_table(
                [
                    ["", "Мероприятие", "Дата", "Место", "Участники"],
                    [top(FIRST), "Ярмарка", "1 октября", "Псков", "3"],
                    [below(), "Концерт", "1 октября", "Псков", "3"],
                    [SECOND, "Турнир", "2 октября", "Остров", "8"],
                ],
                5,
            )
        ],
        {},
    ),
    "number and municipality in one column": (
        [
            text_table(
                [
                    ["№, муниципальное образование", "Мероприятие", "Дата", "Место", "Участники"],
                    [f"1. {FIRST}", "Ярмарка", "1 октября", "Псков", "3"],
                    ["", "Концерт", "1 октября", "Псков", "3"],
                    [f"2. {SECOND}", "Турнир", "2 октября", "Остров", "8"],
                ],
                5,
            )
        ],
        {},
    ),
    # Sections without events.
    "no events: a merged row": ([body(EMPTY, "Мероприятия не проводились")], {"no_events": 1}),
    "no events: after the name": ([body(f"{EMPTY} (мероприятия не проводились)")], {"no_events": 1}),
    "no events: in a row's cell": (
        [body(EMPTY, ["-", "Международных мероприятий не проводилось", "-", "-", "-", "-"])],
        {"no_events": 1},
    ),
    "no events: dashes": ([body(EMPTY, ["-"] * 6)], {"no_events": 1}),
    "no events: beside a number": ([body(EMPTY, ["", wide("информация отсутствует", 5)])], {"no_events": 1}),
    "no events: in the municipality column": (
        [
            text_table(
                [
                    BY_MUNICIPALITY,
                    numbered("1", FIRST, "Ярмарка"),
                    numbered("2", FIRST, "Концерт"),
                    ["3", EMPTY, wide("мероприятия не проводились", 3)],
                    ["", "Опочецкий район (не проводились)", *([""] * 3)],
                    ["5", "Невельский район", "-", "-", "-"],
                    numbered("6", SECOND, "Турнир"),
                ],
                5,
            )
        ],
        {"missing_column": 1, "no_events": 3},
    ),
    "no events: paragraphs": (
        [
            body(),
            paragraph(EMPTY),
            paragraph("В отчётном периоде международных мероприятий не было."),
            paragraph("В Невельском, Опочецком районах мероприятия не проводились."),
        ],
        {"no_events": 2},
    ),
    "nothing under a heading": ([body(EMPTY)], {"empty_section": 1}),
}
