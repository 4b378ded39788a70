"""What no rule has read is told."""

import pytest

from orchestration.extraction.leftovers import find_leftovers
from orchestration.extraction.model import Column, Evidence
from orchestration.extraction.text import CellText


def texts(**cells: str) -> dict[Column, CellText]:
    return {column: CellText.from_raw(cells.get(column.value, "")) for column in Column}


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"participants": "Состав команды 12 игроков, 1 тренер"}, [("number", "12 игроков"), ("number", "1 тренер")]),
        ({"participants": "Восемь команд из 5 городов"}, []),
        ({"description": "Показано 40 работ, 20 школьников получили дипломы"}, [("number", "20 школьников")]),
        ({"dates": "31 июня 2025 года"}, [("date", "31 июня 2025 года")]),
        ({"dates": "дата уточняется"}, [("date", "дата уточняется")]),
        (
            {"description": "Подписано новое соглашение о дружбе. Работает школа."},
            [("agreement", "Подписано новое соглашение")],
        ),
        (
            {"description": "Составлен протокол. Стороны договорились о встрече"},
            [("agreement", "протокол"), ("agreement", "договорились")],
        ),
        ({"description": "Договорные отношения, подписчики канала"}, []),
        ({"name": "Подписание меморандума"}, [("agreement", "Подписание меморандума")]),
        ({}, []),
    ],
)
def test_leftovers(cells: dict[str, str], told: list[tuple[str, str]]) -> None:
    assert [(leftover.kind, leftover.text) for leftover in find_leftovers(texts(**cells), [])] == told


def test_what_evidence_touches_is_not_told() -> None:
    row = texts(dates="24 октября 2025 года", participants="15 человек, 3 педагога", description="Подписано соглашение")
    used = [
        Evidence(Column.DATES, 0, 20, "dates.day"),
        Evidence(Column.PARTICIPANTS, 0, 10, "participants.group"),
        Evidence(Column.DESCRIPTION, 0, 20, "agreement"),
    ]
    assert [leftover.text for leftover in find_leftovers(row, used)] == ["3 педагога"]


def test_a_second_date_left_unread_is_told() -> None:
    row = texts(dates="24 октября 2025 года (перенос с 12 сентября 2025 года)")
    assert [leftover.text for leftover in find_leftovers(row, [Evidence(Column.DATES, 0, 20, "dates.day")])] == [
        "12 сентября 2025 года"
    ]
