"""Where an organisation sits, by the strongest sign that its mention gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from orchestration.extraction.gazetteer import Settlement, Territory, ToponymMatch, find_settlement, find_territory
from orchestration.extraction.home import HOME_COUNTRY, Home, side_of
from orchestration.extraction.model import PartnerSide, PlaceFact
from orchestration.extraction.organisation_acronyms import is_university, place_of, seats_of_universities
from orchestration.extraction.organisation_lexicon import place_adjectives, seat_of
from orchestration.extraction.organisations import OrganisationSpan
from orchestration.extraction.text import fold

_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_NAMESAKE = re.compile(r"\b(?:им\.|имени)\s+(?:(?!\b(?:г|город\w*)\b).)*", re.IGNORECASE)
_HOST_PREPOSITION = re.compile(r"\b(?:в|во|на|на базе|на сцене|на площадке)\s+$", re.IGNORECASE)
_CITY_PART = re.compile(r"\s+(?:г\.|города)\s*[А-ЯЁ]")
_MISSION = re.compile(r"посольств|консульств", re.IGNORECASE)
_TOWN_ENDINGS = ("", "а", "о", "ы", "и", "ь")


@dataclass(frozen=True, slots=True)
class Seat:
    """An organisation's country and side, its settlement or territory where known, and the rule that told."""

    country_code: str | None
    side: PartnerSide
    rule: str
    confidence: float
    settlement: Settlement | None = None
    territory: Territory | None = None


def read_seat(
    span: OrganisationSpan, text: str, toponyms: list[ToponymMatch], home: Home, event_place: PlaceFact | None
) -> Seat:
    """The organisation's seat by bracket, own name, words after it, place adjective, legal form, event; else home.

    ``event_place`` is where the event took place if that may stand for the seat (a host abroad), else None.
    """
    own = [
        match
        for match in toponyms
        if span.start <= match.start < span.place_end
        and match.kind != "country_adjective"
        and locates(match, span, text)
    ]
    if bracket := _BRACKET.match(text, span.end):
        named = [match for match in toponyms if bracket.start() < match.start and match.end <= bracket.end()]
        if named and (seat := _seat_of_matches([*named, *own], home, "bracket", 0.95)):
            return seat
    sender = next((match.country_code for match in own if match.kind == "country"), None)
    if sender and sender != HOME_COUNTRY and _MISSION.search(span.name):
        return Seat(sender, "foreign", "mission", 0.95)
    if seat := _seat_of_matches(own, home, "own_name", 0.95):
        return seat
    form = seat_of(span.legal_form) if span.legal_form else None
    after = [match for match in toponyms if _follows(match, span, text, form is not None)]
    return (
        _seat_of_matches(after, home, "words_after", 0.85)
        or _seat_of_acronym(span, home)
        or _seat_of_adjective(span, home)
        or _seat_of_country_adjective(span, toponyms)
        or _seat_of_form(form)
        or _seat_of_host(span, text, None if form else event_place)
        or Seat(HOME_COUNTRY, "home", "reporting_municipality", 0.5)
    )


def locates(match: ToponymMatch, span: OrganisationSpan, text: str) -> bool:
    """Whether a toponym inside an organisation's name says where it sits (a namesake or a city's district does not)."""
    if match.kind == "country_adjective":
        return True
    namesake = _NAMESAKE.search(text, span.start, span.end)
    if namesake and namesake.start() < match.start < namesake.end():
        return False
    return not (match.kind == "territory" and _CITY_PART.match(text, match.end))


def _follows(match: ToponymMatch, span: OrganisationSpan, text: str, has_form: bool) -> bool:
    """Whether the toponym stands right after the name: «… района» Могилевской области, «театре … в Витебске»."""
    if match.start < span.end or match.kind == "country_adjective":
        return False
    between = text[span.end : match.start]
    return between in (" ", " в ", " из ", " во ") or (not has_form and match.is_marked and between == ", ")


def _seat_of_matches(matches: list[ToponymMatch], home: Home, rule: str, confidence: float) -> Seat | None:
    settlement = next((match.entity for match in matches if isinstance(match.entity, Settlement)), None)
    territory = next((match.entity for match in matches if isinstance(match.entity, Territory)), None)
    if any(home.has_match(match) and match.kind != "country" for match in matches):
        return Seat(HOME_COUNTRY, "home", rule, confidence, settlement, territory)
    country = next((match.country_code for match in matches if match.country_code), None)
    if country is None or (country == HOME_COUNTRY and settlement is None and territory is None):
        return None
    return Seat(country, side_of(country), rule, confidence, settlement, territory)


def _seat_of_acronym(span: OrganisationSpan, home: Home) -> Seat | None:
    """A university's seat by its acronym: listed, or at home where it begins like the home region or municipality."""
    if span.head is None or not is_university(span.head):
        return None
    listed = seats_of_universities().get(span.head)
    town = find_settlement(listed[0], country_code=listed[1]) if listed else None
    if town is not None:
        side = "home" if home.has(town) else side_of(town.country_code)
        return Seat(town.country_code, side, "acronym", 0.9, settlement=town)
    place = fold(place_of(span.head) or span.head)
    is_home = any(fold(name).startswith(place) for name in (home.region, home.municipality.removeprefix("город ")))
    return Seat(HOME_COUNTRY, "home" if is_home else "domestic", "acronym", 0.8 if is_home else 0.5)


def _seat_of_adjective(span: OrganisationSpan, home: Home) -> Seat | None:
    for adjective in place_adjectives(span.name):
        if home.gave(adjective):
            rule = "municipality_adjective" if home.is_of_municipality(adjective) else "region_adjective"
            return Seat(HOME_COUNTRY, "home", rule, 0.9)
        if entity := _entity_of_adjective(adjective, home.region):
            side = "home" if home.has(entity) else side_of(entity.country_code)
            if isinstance(entity, Settlement):
                return Seat(entity.country_code, side, "adjective", 0.8, settlement=entity)
            return Seat(entity.country_code, side, "adjective", 0.8, territory=entity)
    return None


@lru_cache(maxsize=5_000)
def _entity_of_adjective(adjective: str, home_region: str) -> Settlement | Territory | None:
    """The place that an adjective lemma is made of: «могилевский» → Могилевская область, «харбинский» → Харбин."""
    stem = adjective[:-2]
    names = (f"{stem}ая область", f"{stem}ий край", f"{adjective} район", f"{adjective} муниципальный округ")
    territories = [found for name in names if (found := find_territory(name, home_region=home_region))]
    if territories:
        return next((found for found in territories if home_region in (found.region, found.name)), territories[0])
    bare = stem.removesuffix("ск")
    for name in (stem, *(bare + ending for ending in _TOWN_ENDINGS), bare.removesuffix("й")):
        if len(name) < 3:
            continue
        if town := find_settlement(name, home_region=home_region, allow_inflected=False):
            return town
        if len(name) > 3 and (territory := find_territory(name, home_region=home_region)):
            return territory
    return None


def _seat_of_country_adjective(span: OrganisationSpan, toponyms: list[ToponymMatch]) -> Seat | None:
    for match in toponyms:
        if match.kind == "country_adjective" and span.start <= match.start < span.end and match.country_code:
            return Seat(match.country_code, side_of(match.country_code), "country_adjective", 0.7)
    return None


def _seat_of_form(form: tuple[str | None, str] | None) -> Seat | None:
    if form is None or form[1] not in ("domestic", "foreign"):
        return None
    return Seat(form[0], "domestic" if form[1] == "domestic" else "foreign", "legal_form", 0.7)


def _seat_of_host(span: OrganisationSpan, text: str, event_place: PlaceFact | None) -> Seat | None:
    """An institution abroad where the event took place: «в Доме дружбы», «на сцене Дворца культуры»."""
    if event_place is None or not _HOST_PREPOSITION.search(text, max(0, span.start - 15), span.start):
        return None
    code, name = event_place.country_code, event_place.settlement
    settlement = find_settlement(name, country_code=code) if name else None
    return Seat(code, side_of(code), "event_place", 0.6, settlement=settlement)
