"""Layouts of one and the same report, by name: blocks of the document, and the issues that its reader tells."""

from word_files import HEADINGS, TITLE, below, cell, event, paragraph, row, table, text_table, top, wide

FIRST, SECOND, EMPTY = "Гдовский район", "Островский муниципальный округ", "Себежский район"
FAIR, CONCERT, CUP = event("1.", "Ярмарка"), event("2.", "Концерт"), event("3.", "Турнир")
EVENTS = [(FIRST, "Ярмарка"), (FIRST, "Концерт"), (SECOND, "Турнир")]
BY_MUNICIPALITY = ["№", "Муниципальное образование", "Наименование мероприятия", "Дата", "Участники"]


def six(*rows):
    return text_table(rows, 6)


def body(*after):
    """The plain report, and what comes after its rows."""
    return six(HEADINGS, FIRST, FAIR, CONCERT, SECOND, CUP, *after)


def numbered(number, municipality, name):
    return [number, municipality, name, "5 октября 2025", "20"]


def plain_row(texts):
    return row(map(cell, texts))


def renumbered(*numbers):
    rows = [(number, *one[1:]) for number, one in zip(numbers, (FAIR, CONCERT, CUP), strict=True)]
    return [six(HEADINGS, FIRST, rows[0], rows[1], SECOND, rows[2])]


def columns(order):
    rows = [HEADINGS, FIRST, FAIR, CONCERT, SECOND, CUP]
    return [six(*(one if isinstance(one, str) else [one[index] for index in order] for one in rows))]


SAME_EVENTS = {
    "sections merged over the row": ([body()], {}),
    "report within a table of a single cell": (
        [table([row([f"<w:tc><w:tcPr/>{body()}<w:p/></w:tc>"])], 1)],
        {},
    ),
    # Headers.
    "header of three rows": (
        [
            six(
                [top("№"), wide("Сведения о международных мероприятиях", 5)],
                [below(), wide("Мероприятие", 3), top("Содержание"), top("Участники")],
                [below(), "наименование", "место", "срок", below(), below()],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "header of three rows without vertical merges": (
        [
            six(
                ["№", wide("Сведения о международных мероприятиях", 5)],
                ["", wide("Мероприятие", 3), "Содержание", "Участники"],
                ["", "наименование", "место", "срок", "", ""],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "header of two rows, one group in the middle": (
        [
            six(
                ["№ п/п", "Наименование мероприятия", wide("Проведение", 2), "Цель, содержание", "Участники"],
                ["", "", "место", "сроки", "", ""],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "group heading over the header": (
        [six("Международные мероприятия в отчетном периоде", HEADINGS, FIRST, FAIR, CONCERT, SECOND, CUP)],
        {},
    ),
    "numbers of columns on each page": (
        [six(HEADINGS, list("123456"), FIRST, FAIR, CONCERT, HEADINGS, list("123456"), SECOND, CUP)],
        {},
    ),
    "letters of columns": ([six(HEADINGS, list("АБВГДЕ"), FIRST, FAIR, CONCERT, SECOND, CUP)], {}),
    "a letter and numbers of columns": ([six(HEADINGS, list("А12345"), FIRST, FAIR, CONCERT, SECOND, CUP)], {}),
    "column numbers instead of the header on the next page": (
        [
            six(HEADINGS, list("123456"), FIRST, FAIR),
            paragraph("Продолжение таблицы"),
            six(list("123456"), CONCERT, SECOND, CUP),
        ],
        {},
    ),
    "header in a table of its own": ([six(HEADINGS), six(FIRST, FAIR, CONCERT, SECOND, CUP)], {}),
    "columns in any order": (columns([5, 3, 1, 4, 2, 0]), {}),
    "columns in another order on the second page": (
        [
            six(HEADINGS, FIRST, FAIR, CONCERT, SECOND),
            six([HEADINGS[index] for index in (1, 0, 3, 2, 5, 4)], [CUP[index] for index in (1, 0, 3, 2, 5, 4)]),
        ],
        {},
    ),
    "no column of numbers": (
        [text_table([HEADINGS[1:], FIRST, FAIR[1:], CONCERT[1:], SECOND, CUP[1:]], 5)],
        {},
    ),
    "a column that nobody knows": (
        [text_table([[*HEADINGS, "Код"], FIRST, [*FAIR, "а"], [*CONCERT, "б"], SECOND, [*CUP, "в"]], 7)],
        {"unknown_column": 1},
    ),
    "an empty column at the end": (
        [text_table([HEADINGS, FIRST, FAIR, (*CONCERT, ""), SECOND, CUP], 7)],
        {},
    ),
    "rows without their last cell": ([six(HEADINGS, FIRST, FAIR, CONCERT[:5], SECOND, CUP)], {}),
    "four columns": (
        [
            text_table(
                [
                    ["Дата проведения", "Мероприятие", "Участники (количество)", "Краткое описание, итоги"],
                    *(FIRST, [FAIR[3], FAIR[1], FAIR[5], FAIR[4]], [CONCERT[3], CONCERT[1], CONCERT[5], CONCERT[4]]),
                    *(SECOND, [CUP[3], CUP[1], CUP[5], CUP[4]]),
                ],
                4,
            )
        ],
        {"missing_column": 1},
    ),
    "eight columns": (
        [
            text_table(
                [
                    ["№", "МО", "Форма проведения", "Срок", "Мероприятие", "Участники", "Краткое описание", "Место"],
                    *(
                        [one[0], municipality, "очно", one[3], one[1], one[5], one[4], one[2]]
                        for one, municipality in ((FAIR, FIRST), (CONCERT, FIRST), (CUP, SECOND))
                    ),
                ],
                8,
            )
        ],
        {},
    ),
    "headings with slips of the keyboard": (
        [
            six(
                [
                    "№ п\\п",
                    "Наимено-вание меропри-ятия",
                    "МЕСТО  ПРОВЕДЕНИЯ",
                    "Cроки прове-\nдения",
                    "Цель,содержание и результат",
                    "Учаcтники (общее кол -во)",
                ],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "headings with missing spaces": (
        [
            six(
                [
                    "NN",
                    "НАИМЕНОВАНИЕМЕРОПРИЯТИЯ",
                    "Meсто пpоведения",
                    "Срокипроведения",
                    "Цель / содержание / результат",
                    "Участник и",
                ],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "misspelt headings": (
        [
            six(
                ["№", "Наиминование меропреятия", "Место проведние", "Сраки провидения", "Садержание", "Учасники"],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "abbreviated headings": (
        [
            six(
                ["№", "Наим. мероприятия", "Место пров.", "Дата пров.", "Кр. содержание", "Уч-ки"],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "headings with explanations": (
        [
            six(
                [
                    "№ п/п",
                    "Наименование мероприятия (указывается полное наименование в соответствии с положением о нём)",
                    "Место проведения (населённый пункт, учреждение, страна)",
                    "Дата проведения (число, месяц, год; для длительных – период)",
                    "Цель, содержание и результат (не более 5 предложений)",
                    "Участники (всего, в том числе иностранных)",
                ],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    # Sections.
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
    # Rows that are no events.
    "totals": (
        [
            six(
                *(HEADINGS, FIRST, FAIR, CONCERT, ["Итого:", "2", *[""] * 4], SECOND, CUP),
                *(["", "ИТОГО по округу", "", "октябрь – декабрь", "", "20"], [wide("Всего", 5), "60"]),
                ["", "Всего мероприятий: 3", "", "", "", ""],
            )
        ],
        {"totals_row": 4},
    ),
    "notes and signatures in the table": (
        [
            body(
                "Примечание: сведения уточняются.",
                ["* проведено онлайн", *[""] * 5],
                "Глава района                     И.И. Иванов",
            )
        ],
        {"note_skipped": 3},
    ),
    "an empty row and a row with its number only": (
        [six(HEADINGS, FIRST, FAIR, [""] * 6, CONCERT, ["", "", "–", "", "", ""], SECOND, CUP, ["4.", *[""] * 5])],
        {"empty_row": 3},
    ),
    "fields of activity": (
        [six(HEADINGS, "Муниципальные районы", FIRST, "Культура", FAIR, CONCERT, "Муниципальные округа:", SECOND, CUP)],
        {"subheading_skipped": 3},
    ),
    "the region over the sections": ([six(HEADINGS, "Псковская область", FIRST, FAIR, CONCERT, SECOND, CUP)], None),
    "planned events under a subheading": (
        [
            six(
                *(HEADINGS, FIRST, "Проведенные мероприятия", FAIR, CONCERT),
                *("Мероприятия, запланированные на I квартал 2026 года", event("1.", "Будущее"), SECOND, CUP),
            )
        ],
        {"subheading_skipped": 1, "planned_event": 1},
    ),
    "planned events in a second part": (
        [
            body(),
            paragraph("План мероприятий на I квартал 2026 года"),
            six(HEADINGS, FIRST, event("1.", "Будущее"), SECOND, event("2.", "Далёкое")),
        ],
        {"planned_event": 2},
    ),
    "one event over two rows of participants": (
        [
            six(
                *(HEADINGS, FIRST, [*map(top, FAIR[:5]), "Псков – 10 человек"], [*[below()] * 5, "Витебск – 5"]),
                *(CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "date and place merged over two events": (
        [
            six(
                *(HEADINGS, FIRST, [*FAIR[:2], top(FAIR[2]), top(FAIR[3]), *FAIR[4:]]),
                *([*CONCERT[:2], below(), below(), *CONCERT[4:]], SECOND, CUP),
            )
        ],
        {},
    ),
    "an event of which only the name is told": (
        [six(HEADINGS, FIRST, FAIR, ("2.", "Концерт", *[""] * 4), SECOND, CUP)],
        {},
    ),
    # Around the report.
    "stamps and letters before the title": (
        [
            paragraph("Приложение № 1 к письму от 12.01.2026 № 15"),
            paragraph("УТВЕРЖДАЮ"),
            paragraph("Глава администрации Псковского района ____________ И.И. Иванов"),
            paragraph("«12» января 2026 г."),
            paragraph("Псков\n2026"),
            body(),
        ],
        None,
    ),
    "a stamp in a table": (
        [text_table([["", "УТВЕРЖДАЮ\nГлава Гдовского района\n________ И.И. Иванов\n12 января 2026 г."]], 2), body()],
        {},
    ),
    "a table of contents": (
        [paragraph("Содержание"), paragraph(f"{FIRST} ........ 1"), paragraph(f"{SECOND}\t2"), body()],
        {},
    ),
    "a table of numbers before the report": (
        [
            text_table(
                [
                    ["№", "Муниципальное образование", "Количество мероприятий", "Количество участников"],
                    ["1", FIRST, "2", "100"],
                    ["2", SECOND, "1", "50"],
                    ["", "Итого", "3", "150"],
                ],
                4,
            ),
            body(),
        ],
        {"table_skipped": 1},
    ),
    "a table of numbers after the report, as wide": (
        [
            body(),
            six(
                ["№", "Муниципалитет", "Количество мероприятий", "Количество участников", "Страны", "Соглашения"],
                *(["1", FIRST, "2", "100", "2", "1"], ["2", SECOND, "1", "50", "1", "0"]),
            ),
        ],
        {"table_skipped": 1},
    ),
    "signatures and executors after the report": (
        [
            body(),
            paragraph("Глава района                И.И. Иванов"),
            six(["Начальник отдела", "", "", "", "", "П.П. Петрова"]),
            paragraph("Исполнители:"),
            text_table([["№", "ФИО", "Должность", "Телефон"], ["1", "Сидорова А.А.", "специалист", "8-900"]], 4),
        ],
        {"table_skipped": 2},
    ),
}
