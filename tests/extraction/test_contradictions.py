"""Towns that a text puts into a country without such a town."""

from datetime import date

import pytest

from orchestration.extraction import extract_event
from orchestration.extraction.model import EventFacts, ReportContext, RowText

CONTEXT = ReportContext("Смоленская область", date(2026, 1, 1), date(2026, 3, 31))


def event(participants: str = "", place: str = "г. Смоленск") -> EventFacts:
    return extract_event(RowText("город Смоленск", "Турнир", place, "12.02.2026", "", participants), CONTEXT)


@pytest.mark.parametrize(
    ("participants", "told"),
    [
        ("Команды г. Витебска, г. Нелидово (Республика Беларусь)", ["г. Нелидово (Республика Беларусь"]),
        ("Команда г. Ржева (Беларусь) – 5 человек", ["г. Ржева (Беларусь"]),
        ("Гости из г. Ярцево, Республика Казахстан", ["г. Ярцево, Республика Казахстан"]),
        ("Команды г. Ржева и г. Орши (Беларусь)", []),
        ("г. Витебск (Республика Беларусь), г. Ржев", []),
        ("г. Дзержинск (Беларусь), г. Заславль (Беларусь)", []),
        ("д. Заболотье (Беларусь)", []),
    ],
)
def test_contradictions_are_told_with_their_span(participants: str, told: list[str]) -> None:
    facts = event(participants)
    found = [leftover for leftover in facts.leftovers if leftover.kind == "contradiction"]
    assert [leftover.text for leftover in found] == told
    assert all(participants[leftover.start : leftover.end] == leftover.text for leftover in found)


def test_both_countries_are_kept() -> None:
    facts = event("Команда г. Нелидово (Республика Беларусь)", place="г. Нелидово (Республика Беларусь)")
    assert facts.place is not None
    assert (facts.place.country_code, facts.place.written_country_code) == ("RU", "BY")
    town = next(partner for partner in facts.partners if partner.name == "Нелидово")
    assert (town.country_code, town.written_country_code) == ("RU", "BY")


def test_a_region_decides_between_namesakes() -> None:
    facts = event(place="агрогородок Ленино, Могилевская область")
    assert facts.place is not None
    assert (facts.place.country_code, facts.place.written_country_code) == ("BY", None)
