"""Layouts of one and the same report that differ in what is no event, by name: blocks of the document, issues told."""

from same_report import CONCERT, CUP, FAIR, FIRST, SECOND, body, six
from word_files import HEADINGS, below, event, paragraph, text_table, top, wide

SURROUNDINGS = {
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
