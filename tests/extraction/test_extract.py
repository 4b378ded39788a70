"""A whole row at once."""

from __future__ import annotations

from datetime import date

import pytest

from orchestration.extraction import extract_event
from orchestration.extraction.model import Column, ReportContext, RowText

CONTEXT = ReportContext("Псковская область", date(2025, 10, 1), date(2025, 12, 31))
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
