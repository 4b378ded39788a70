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


def regions(facts: EventFacts) -> list[str]:
    return [leftover.text for leftover in facts.leftovers if leftover.kind == "region_contradiction"]


@pytest.mark.parametrize(
    ("participants", "told"),
    [
        ("Команда г. Ржева (Смоленская область) – 5 человек", ["г. Ржева (Смоленская область"]),
        ("Школьники города Невеля Смоленской области", ["города Невеля Смоленской области"]),
        ("Ансамбль г. Орша (Могилевская область, Республика Беларусь)", ["г. Орша (Могилевская область"]),
        ("Команда г. Ржева (Тверская область), хор г. Невеля (Псковская область)", []),
    ],
)
def test_a_town_in_another_region_is_told(participants: str, told: list[str]) -> None:
    assert regions(event(participants)) == told


@pytest.mark.parametrize(
    "participants",
    [
        pytest.param("Гости из г. Тверь, Псковская область, Республика Беларусь", id="a list of towns and regions"),
        pytest.param("г. Ржев (гости из Смоленской области)", id="a bracket about others"),
        pytest.param("д. Ржевка (Смоленская область), д. Невель (Брянская область)", id="villages"),
        pytest.param("п. Советский (Псковская область), г. Кировск (Могилевская область)", id="namesakes"),
        pytest.param("г. Сургут (Тюменская область), г. Зеленоград (Московская область)", id="nested regions"),
        pytest.param("г. Заболотинск (Смоленская область)", id="a town that no gazetteer knows"),
        pytest.param("г. Семей (Восточно-Казахстанская область)", id="regions that have changed"),
        pytest.param("г. Витебск и г. Псков (Псковская область)", id="a list before one region"),
        pytest.param("Команды г. Ржева, Смоленской и Псковской областей", id="a list of two regions"),
    ],
)
def test_no_town_in_another_region(participants: str) -> None:
    assert regions(event(participants)) == []


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("г. Великие Луки, Смоленская область", ["г. Великие Луки, Смоленская область"]),
        ("Дом культуры, г. Ржев, Псковская область", ["г. Ржев, Псковская область"]),
        ("г. Великие Луки, Псковская область", []),
        ("п. Красный, Смоленская область", []),
        ("г. Нарьян-Мар, Архангельская область", []),
    ],
)
def test_a_place_in_another_region_is_told(place: str, told: list[str]) -> None:
    assert regions(event(place=place)) == told


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
