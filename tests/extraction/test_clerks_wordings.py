"""Tables of wordings as clerks of many regions shorten and inflect them, read through the whole of a row."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from orchestration.extraction import extract_event
from orchestration.extraction.model import EventFacts, ReportContext, RowText
from orchestration.extraction.municipality import read_municipality
from orchestration.extraction.organisations.mentions import find_organisations
from orchestration.extraction.toponyms.gazetteer import scan

CONTEXT = ReportContext("Амурская область", date(2026, 1, 1), date(2026, 3, 31))


def _cases(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _event(description: str, *, name: str = "Встреча с делегацией", place: str = "г. Зея") -> EventFacts:
    return extract_event(RowText("город Зея", name, place, "12.02.2026", description, ""), CONTEXT)


@pytest.mark.parametrize("case", _cases("municipality_cases.tsv"), ids=lambda case: case["heading"])
def test_municipality_headings(case: dict[str, str]) -> None:
    assert read_municipality(case["heading"], case["region"]).name == case["name"]


@pytest.mark.parametrize("case", _cases("format_cases.tsv"), ids=lambda case: "/".join(case.values()))
def test_format_and_place(case: dict[str, str]) -> None:
    event = _event(case["description"], name=case["name"] or "Встреча", place=case["place"])
    settlement = event.place.settlement if event.place else None
    assert (event.format.value, settlement or "-") == (case["format"], case["settlement"])


@pytest.mark.parametrize("case", _cases("party_cases.tsv"), ids=lambda case: case["description"])
def test_agreements_and_their_parties(case: dict[str, str]) -> None:
    event = _event(case["description"])
    told = [
        f"{a.kind} {a.status}"
        + (f" {a.valid_from_year}-{a.valid_to_year}" if a.valid_from_year or a.valid_to_year else "")
        for a in event.agreements
    ]
    parties = [event.partners[position].name for agreement in event.agreements for position in agreement.parties]
    assert ("; ".join(told), ";".join(parties)) == (case["agreements"], case["parties"])


@pytest.mark.parametrize("case", _cases("organisation_side_cases.tsv"), ids=lambda case: case["description"])
def test_sides_of_organisations(case: dict[str, str]) -> None:
    row = RowText("г. Благовещенск", "Форум", "г. Благовещенск", "12.02.2026", case["description"], "")
    partners = extract_event(row, CONTEXT).partners
    assert ";".join(f"{p.side}:{p.name}" for p in partners if p.kind == "organisation") == case["organisations"]


@pytest.mark.parametrize("case", _cases("organisation_name_cases.tsv"), ids=lambda case: case["text"])
def test_names_of_organisations(case: dict[str, str]) -> None:
    assert ";".join(span.name for span in find_organisations(case["text"])) == case["names"]


@pytest.mark.parametrize("case", _cases("toponym_cases.tsv"), ids=lambda case: case["text"])
def test_toponyms(case: dict[str, str]) -> None:
    matches = scan(case["text"], home_region=CONTEXT.region)
    assert ",".join(f"{match.kind}:{match.name}" for match in matches) == case["toponyms"]


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ("Документы по итогам визита не подписывались.", []),
        ("Соглашение планируется подписать в мае.", []),
        ("Договор о сотрудничестве утратил силу.", []),
        ("Подписание протокола перенесено на осень.", []),
    ],
)
def test_what_is_denied_or_planned_is_no_leftover(description: str, words: list[str]) -> None:
    event = _event(description)
    assert (event.agreements, [left.text for left in event.leftovers if left.kind == "agreement"]) == ((), words)


def test_latin_letters_in_cyrillic_words() -> None:
    event = _event("Приехали артисты из г. Пoлoцкa.")
    town = next(partner for partner in event.partners if partner.kind == "settlement")
    assert town.name == "Полоцк"
    cell = event.texts[town.evidence.column]
    assert "Пoлoцкa" in cell
    assert town.mention == cell[town.evidence.start : town.evidence.end]


@pytest.mark.parametrize("district", ["Зейского округа", "Ивановского округа", "Тамбовского муниципального округа"])
def test_a_namesake_district_elsewhere_does_not_make_a_home_district_a_partner(district: str) -> None:
    assert not [p for p in _event(f"Участвовала делегация {district}.").partners if p.kind == "territory"]


@pytest.mark.parametrize(
    "description", ["Концерт у памятника «Звезда».", "Возложение цветов на Кургане Дружбы.", "Переводы из Пушкина."]
)
def test_things_and_people_called_like_towns(description: str) -> None:
    assert not [p for p in _event(description).partners if p.kind == "settlement"]


def test_a_country_that_stayed_away_is_no_partner() -> None:
    event = _event("Прошёл турнир. В этом году команда Латвии участия не принимала.")
    assert not [partner for partner in event.partners if partner.country_code == "LV"]
