"""What no rule has read is told."""

import pytest

from orchestration.extraction.language.text import CellText
from orchestration.extraction.leftovers import find_leftovers
from orchestration.extraction.model import Column, Evidence


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
        ({"description": "Победителям вручено 22 диплома. Сыграно 28 игр. Выпито 3 сока."}, []),
        ({"description": "Проведено 3 рабочие встречи и 5 рабочих встреч"}, []),
        ({"description": "Были 20 рабочих завода"}, [("number", "20 рабочих")]),
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


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"participants": "Округ – 14, гости из Бреста – 6"}, ["14", "6"]),
        ({"participants": "Поступило 87 работ: Тула – 58, Брест – 8"}, []),
        ({"participants": "Учащиеся 5 класса, школа № 12, 2013 г.р."}, []),
        ({"description": "Показано 40, отобрано 12"}, []),
    ],
)
def test_bare_numbers(cells: dict[str, str], told: list[str]) -> None:
    assert [leftover.text for leftover in find_leftovers(texts(**cells), []) if leftover.kind == "number"] == told


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"description": "С докладом выступил представитель ОАО «Витязь»"}, ["«Витязь»"]),
        ({"participants": "Компания «Цзянсу Юнда», музей «Изба»"}, ["«Цзянсу Юнда»", "«Изба»"]),
        ({"description": "Состоялся показ мюзикла «Книга сказок», выступили в номинации «Вокал»"}, []),
        ({"participants": "Ансамбль танца «Росинка», хор «Криница»"}, []),
        ({"participants": "Глава муниципального образования «Краснинский муниципальный округ»"}, []),
        ({"name": "День открытых дверей в школе «Исток»", "description": "Гостей принимала школа «Исток»"}, []),
        ({"place": "МБУК «Дворец культуры»"}, []),
    ],
)
def test_names_left_unread(cells: dict[str, str], told: list[str]) -> None:
    assert [leftover.text for leftover in find_leftovers(texts(**cells), []) if leftover.kind == "quote"] == told


def test_a_name_that_a_fact_has_in_another_case_is_not_told() -> None:
    row = texts(
        name="Праздник", description="Завод «Белая Русь» принял гостей", participants="Работники завода «Белой Руси»"
    )
    used = [Evidence(Column.DESCRIPTION, 0, 20, "organisation")]
    assert find_leftovers(row, used) == ()


@pytest.mark.parametrize(
    ("description", "documents", "told"),
    [
        ("Действие договора продлено", ["договора о дружбе"], []),
        ("Действие договора продлено. Подписан протокол", ["договора о дружбе"], ["Подписан протокол"]),
        ("Соглашения и договоры не заключались", [], []),
        ("Протокол не подписан", [], []),
    ],
)
def test_documents_named_again_or_denied(description: str, documents: list[str], told: list[str]) -> None:
    leftovers = find_leftovers(texts(description=description), [], documents)
    assert [leftover.text for leftover in leftovers] == told


def test_a_broken_year_is_told() -> None:
    row = texts(dates="5 октября 20025")
    assert [leftover.text for leftover in find_leftovers(row, [Evidence(Column.DATES, 0, 9, "dates.day")])] == ["20025"]


def test_a_blank_dates_cell_is_no_leftover_where_the_name_has_the_date() -> None:
    row = texts(name="Форум 7 октября 2025 года", dates="–")
    assert find_leftovers(row, [Evidence(Column.NAME, 6, 25, "dates.name")]) == ()
