"""Seats told by words made of a place's name («Харбинский», «Брестоблавтотранс») and by kinds of one country."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from orchestration.extraction.language.tables import read_table
from orchestration.extraction.language.text import fold
from orchestration.extraction.organisations.lexicon import noun_of, place_adjectives, seat_of, words_of
from orchestration.extraction.organisations.parts import OrganisationSpan
from orchestration.extraction.partners.discourse import Seat
from orchestration.extraction.toponyms.gazetteer import Settlement, Territory, find_settlement, find_territory
from orchestration.extraction.toponyms.home import HOME_COUNTRY, Home, side_of

_TOWN_ENDINGS = ("", "а", "о", "ы", "и", "ь")
_VILLAGE_ENDINGS = (*_TOWN_ENDINGS, "ка", "ое", "ее", "ский", "ская", "ское", "ово", "ево", "ино", "овка", "евка")
_LOCAL = frozenset(("школа", "сад", "библиотека", "дом", "клуб", "больница", "интернат"))
_BIG_TOWN = 50_000
_LEAST_TOWN = 10_000
_LEAST_PREFIX = 4
_REGION_ENDING = re.compile(r"ск(?:ая|ий)$")
_COMPOUND = re.compile(r"[«\"“„]\s*(?P<word>[А-ЯЁ][а-яё]{5,})")


def seat_of_place_word(span: OrganisationSpan, home: Home, countries: frozenset[str]) -> Seat | None:
    """The seat by the place adjectives of a name, else by a compound in its quotes.

    ``countries`` are the foreign ones of the row: of several places of one adjective the one there is likelier.
    """
    form = seat_of(span.legal_form) if span.legal_form else None
    country = (form[0] if form else None) or country_of_kind(span.name, home.region)
    for adjective in place_adjectives(span.name):
        if seat := _seat_of_adjective(adjective, span, home, country, countries):
            return seat
    compound = _COMPOUND.search(span.name)
    return _seat_of_compound(fold(compound["word"]), home, country) if compound else None


def country_of_kind(name: str, home_region: str) -> str | None:
    """The country (alpha-2) that alone has authorities of this kind: «исполнительный комитет», «акимат»."""
    folded = fold(name)
    for row in read_table("organisation_countries.csv"):
        if row["words"] in folded and home_region not in row["except_regions"].split(";"):
            return row["country_code"]
    return None


def _seat_of_adjective(
    adjective: str, span: OrganisationSpan, home: Home, country: str | None, countries: frozenset[str]
) -> Seat | None:
    if country in (None, HOME_COUNTRY) and home.gave(adjective):
        rule = "municipality_adjective" if home.is_of_municipality(adjective) else "region_adjective"
        return Seat(HOME_COUNTRY, "home", rule, 0.9)
    if adjective in words_of("macro") and country in (None, HOME_COUNTRY):
        found = (_entity_of_adjective(adjective, home.region, code) for code in sorted(countries))
        entity = next(filter(None, found), None)
        return _seat_of_entity(entity, home, 0.6) if entity and country is None else None
    entity = _entity_of_adjective(adjective, home.region, country)
    is_known = entity is not None and (home.has(entity) or _is_big(entity))
    if not is_known and country in (None, HOME_COUNTRY):
        abroad = next((e for c in sorted(countries) if (e := _entity_of_adjective(adjective, home.region, c))), None)
        village = _home_village(adjective, home.region)
        if abroad is not None and country is None and village is None:
            entity = abroad
        elif village is not None:
            return Seat(HOME_COUNTRY, "home", "village_adjective", 0.7, settlement=village)
        elif entity is not None and entity.country_code == HOME_COUNTRY and _is_local(span, country):
            return Seat(HOME_COUNTRY, "home", "local_institution", 0.5)
    return _seat_of_entity(entity, home, 0.8) if entity else None


def _seat_of_entity(entity: Settlement | Territory, home: Home, confidence: float) -> Seat:
    side = "home" if home.has(entity) else side_of(entity.country_code)
    if isinstance(entity, Settlement):
        return Seat(entity.country_code, side, "adjective", confidence, settlement=entity)
    return Seat(entity.country_code, side, "adjective", confidence, territory=entity)


def _is_big(entity: Settlement | Territory) -> bool:
    """A region or a city that is known beyond its own surroundings."""
    return entity.kind == "region" if isinstance(entity, Territory) else entity.population >= _BIG_TOWN


def _is_local(span: OrganisationSpan, country: str | None) -> bool:
    """A school or a municipal institution, which seldom comes from a village of another region."""
    noun = noun_of(span.head) if span.head else None
    is_small = noun is not None and (noun.naming == "number" or noun.noun.isupper() or noun.noun in _LOCAL)
    return country == HOME_COUNTRY or is_small


@lru_cache(maxsize=5_000)
def _entity_of_adjective(adjective: str, home_region: str, country: str | None) -> Settlement | Territory | None:
    """The place that an adjective lemma is made of: «могилевский» → Могилевская область, «харбинский» → Харбин."""
    listed = _irregular().get(adjective)
    if listed and country in (None, listed[1]) and (town := find_settlement(listed[0], country_code=listed[1])):
        return town
    stem = adjective[:-2]
    names = (f"{stem}ая область", f"{stem}ий край", f"{adjective} район", f"{adjective} муниципальный округ")
    found = (find_territory(name, country_code=country, home_region=home_region) for name in names)
    territories = [territory for territory in found if territory]
    if territories:
        return next((found for found in territories if home_region in (found.region, found.name)), territories[0])
    bare = stem.removesuffix("ск")
    for name in (stem, *(bare + ending for ending in _TOWN_ENDINGS), bare.removesuffix("й")):
        if len(name) < 3:
            continue
        if town := find_settlement(name, country_code=country, home_region=home_region, allow_inflected=False):
            return town
        if len(name) > 3 and (territory := find_territory(name, country_code=country, home_region=home_region)):
            return territory
    return None


@cache
def _irregular() -> dict[str, tuple[str, str]]:
    """Settlement and country by adjectives that do not simply add -ский («бакинский»)."""
    return {row["adjective"]: (row["settlement"], row["country_code"]) for row in read_table("toponym_adjectives.csv")}


@lru_cache(maxsize=5_000)
def _home_village(adjective: str, home_region: str) -> Settlement | None:
    """The settlement of the home region that an adjective lemma may be made of: «успенский» → Успенка."""
    bare = adjective[:-2].removesuffix("ск")
    for name in (bare + ending for ending in _VILLAGE_ENDINGS):
        town = find_settlement(name, country_code=HOME_COUNTRY, home_region=home_region, allow_inflected=False)
        if len(name) > 3 and town is not None and town.region == home_region:
            return town
    return None


@cache
def _elements() -> tuple[str, ...]:
    return tuple(row["element"] for row in read_table("compound_elements.csv"))


@cache
def _country_prefixes() -> dict[str, str]:
    return {row["prefix"]: row["country_code"] for row in read_table("compound_countries.csv")}


def _seat_of_compound(word: str, home: Home, country: str | None) -> Seat | None:
    """«Брестоблавтотранс», «Гомельстекло», «Белэнерго»: a town or a country before what the enterprise deals in."""
    for end in range(len(word) - 2, _LEAST_PREFIX - 1, -1):
        rest = word[end:].removeprefix("о").removeprefix("-")
        if not rest.startswith(_elements()):
            continue
        if home.has_name(word[:end].capitalize()) or _REGION_ENDING.sub("", fold(home.region).split()[0]) == word[:end]:
            return Seat(HOME_COUNTRY, "home", "compound", 0.8)
        town = find_settlement(word[:end], country_code=country, home_region=home.region, allow_inflected=False)
        if town is not None and (town.population >= _LEAST_TOWN or home.has(town)):
            side = "home" if home.has(town) else side_of(town.country_code)
            return Seat(town.country_code, side, "compound", 0.7, settlement=town)
    for prefix, code in _country_prefixes().items():
        if word.startswith(prefix) and word.removeprefix(prefix).startswith(_elements()) and country in (None, code):
            return Seat(code, "foreign", "compound", 0.6)
    return None
