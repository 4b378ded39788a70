"""One small report, and the parts of which its layouts are put together."""

from word_files import HEADINGS, cell, event, row, text_table

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
