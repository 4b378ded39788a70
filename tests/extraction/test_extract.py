"""A whole row at once."""

from __future__ import annotations

from datetime import date

import pytest

from orchestration.extraction import extract_event
from orchestration.extraction.model import Column, ReportContext, RowText

CONTEXT = ReportContext("Псковская область", date(2025, 10, 1), date(2025, 12, 31))
SPRING = ReportContext("Псковская область", date(2025, 4, 1), date(2025, 6, 30))
ROW = {
    "municipality": "Муниципальное образование «Гдовский муниципальный округ» Псковской области",
    "name": "Фестиваль «Чудское озеро»",
    "place": "г. Гдов",
    "dates": "3 октября 2025 года",
    "description": "",
    "participants": "Всего 40 человек",
}


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({}, "in_person"),
        ({"Форма проведения": "онлайн"}, "online"),
        ({"Формат": "очно, с трансляцией для дистанционных участников"}, "hybrid"),
        ({"Форма проведения мероприятия": "конкурс"}, "in_person"),
        ({"Примечание": "онлайн"}, "in_person"),
    ],
)
def test_a_column_of_its_own_tells_the_format(extra, expected):
    assert extract_event(RowText(**ROW, extra=extra), CONTEXT).format.value == expected


def test_an_empty_row_is_no_error():
    facts = extract_event(RowText("", "", "", "", "", ""), CONTEXT)
    assert (facts.dates, facts.place, facts.participants, facts.partners, facts.agreements) == (
        None,
        None,
        None,
        (),
        (),
    )


def test_offsets_refer_to_the_normalised_cells():
    facts = extract_event(
        RowText(**{**ROW, "participants": "Гости из\u00a0г.\nПолоцка\u00a0– 12\u00a0человек"}), CONTEXT
    )
    assert facts.texts[Column.PARTICIPANTS] == "Гости из г. Полоцка – 12 человек"
    for partner in facts.partners:
        evidence = partner.evidence
        assert facts.texts[evidence.column][evidence.start : evidence.end] == partner.mention


@pytest.mark.parametrize(
    ("cell", "settlement", "venue", "start", "end"),
    [
        ("16–18 апреля 2025 г.\nг. Псков, Конгресс-холл «Кремль»", "Псков", "Конгресс-холл «Кремль»", "0416", "0418"),
        ("г. Псков, ул. 9 Мая, д. 5, 12.05.2025", "Псков", "ул. 9 Мая, д. 5", "0512", "0512"),
        ("с 29 апреля по 3 мая, Дворец культуры, г. Остров", "Остров", "Дворец культуры", "0429", "0503"),
        ("г. Гродно с 28.05.2025 по 02.06.2025", "Гродно", None, "0528", "0602"),
        ("7 апреля 2025г. в 15.00, г. Опочка", "Опочка", None, "0407", "0407"),
        ("12, 14 и 15 мая, онлайн (Zoom)", None, None, "0512", "0515"),
        ("20 июня 2025 года, начало в 12:00 ч., площадь Ленина, г. Дно", "Дно", "площадь Ленина", "0620", "0620"),
    ],
)
def test_place_and_dates_of_one_column_are_told_apart(
    cell: str, settlement: str | None, venue: str | None, start: str, end: str
) -> None:
    facts = extract_event(RowText("Город Псков", "Фестиваль", cell, cell, "", "50 человек"), SPRING)
    assert facts.dates is not None and facts.dates.end is not None
    assert (f"{facts.dates.start:%m%d}", f"{facts.dates.end:%m%d}") == (start, end)
    assert (facts.place and facts.place.settlement, facts.place and facts.place.venue) == (settlement, venue)
    assert facts.texts[Column.PLACE] == " ".join(cell.split())


@pytest.mark.parametrize(
    ("participants", "total"),
    [
        ("15 человек, тел. 89107654321", 15),
        ("25 участников (89107654321)", 25),
        ("ИНН 6730000000 человек", None),
        ("1" * 400 + " человек", None),
        ("1" + " 000" * 200 + " человек", None),
        ("1500000 человек", 1_500_000),
    ],
)
def test_what_identifies_counts_nobody(participants: str, total: int | None) -> None:
    facts = extract_event(RowText(**{**ROW, "participants": participants}), CONTEXT)
    assert (facts.participants and facts.participants.headcount) == total
    assert all(group.headcount < 10_000_000 for group in facts.groups)


def test_of_an_endless_cell_the_beginning_is_read_and_the_rest_told() -> None:
    facts = extract_event(RowText(**{**ROW, "participants": "20 человек. " + "слово " * 20_000}), CONTEXT)
    assert facts.participants is not None and facts.participants.headcount == 20
    rest = next(leftover for leftover in facts.leftovers if leftover.kind == "rest")
    assert facts.texts[Column.PARTICIPANTS][rest.start : rest.end] == rest.text
    assert rest.end == len(facts.texts[Column.PARTICIPANTS])
