"""Settlements, territories and countries by any inflected Russian form of their name."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile
from math import log10
from typing import Literal

from orchestration.extraction.language.spellings import LONGEST_ACRONYM, first_word, key_of, keys_of_form, may_begin
from orchestration.extraction.language.tables import DATA, read_table

# How likely a bare name of that country is meant in a Russian report, in decades of population.
_NEARNESS = {"RU": 1.6, "BY": 1.5} | dict.fromkeys(
    ["KZ", "KG", "UZ", "TJ", "TM", "AM", "AZ", "GE-AB", "GE-OS", "MD", "RS"], 0.5
)
_HOME = 1.5
_EXACT = 0.7
_ALIAS = 0.7
_TOWN_ADJECTIVE = re.compile(r"(?P<stem>.{2,}?)(?P<suffix>ск|цк)(?:ий|ой|ая|ое|ого|ому|им|ом|ую|ие|их|ими)")
_DISTRICT_KIND = re.compile(r" (?:муниципальн|городск)\w+ (?:район|округ)(?P<ending>а|у|ом|е)?\b", re.IGNORECASE)
_LEAST_POPULATION = 1000
_HYPHENATED_POPULATION = 20_000
_SHORTEST_STEM = 3
_ADJECTIVE_POPULATION = 20_000
_STEM_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Settlement:
    """A populated place; ``region`` and ``district`` are canonical names, degrees WGS 84, population 0 if unknown."""

    name: str
    country_code: str
    region: str | None
    district: str | None
    population: int
    latitude: float | None
    longitude: float | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class Territory:
    """A first-level division of a country (``region``) or a part of one (``district``); degrees where known."""

    name: str
    kind: Literal["region", "district"]
    country_code: str
    region: str | None
    latitude: float | None
    longitude: float | None


@cache
def _settlement_rows() -> list[tuple[str, ...]]:
    """Name, aliases, country, region, population, latitude, longitude, district, kind; hand-made rows last."""
    exonyms = {(row["country_code"], row["gazetteer_name"]): row["name"] for row in read_table("exonyms.csv")}
    rows: list[tuple[str, ...]] = []
    with gzip.open(DATA / "gazetteer.tsv.gz", "rt", encoding="utf-8", newline="\n") as stream:
        for line in stream:
            name, aliases, country, *rest = line.rstrip("\n").split("\t")
            if usual := exonyms.get((country, name)):
                name, aliases = usual, f"{aliases}|{name}" if aliases else name
            rows.append((name, aliases, country, *rest, "", ""))
    for row in read_table("settlements_extra.csv"):
        columns = "name aliases country_code region population latitude longitude district kind"
        rows.append(tuple(row[column] for column in columns.split()))
    return rows


@cache
def _settlement_index() -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for position, (name, aliases, *_) in enumerate(_settlement_rows()):
        index[key_of(name)].append(position)
        if aliases:
            for alias in aliases.split("|"):
                index[key_of(alias)].append(position)
    for key, positions in list(index.items()):
        for respelt in _respelt(key):
            if respelt not in index:
                index[respelt] = [p for p in positions if int(_settlement_rows()[p][4] or 0) >= _HYPHENATED_POPULATION]
    for row in read_table("settlement_abbreviations.csv"):
        known = [p for p in index[key_of(row["name"])] if _settlement_rows()[p][2] == row["country_code"]]
        for abbreviation in (row["abbreviation"], row["abbreviation"].replace(". ", ".")):
            index[key_of(abbreviation)] = known
    return dict(index)


@cache
def name_abbreviations() -> frozenset[str]:
    """Folded words with a full stop that a settlement's name may begin with: «н.», «вел.»."""
    words = (first_word(key_of(row["abbreviation"])) for row in read_table("settlement_abbreviations.csv"))
    return frozenset(word for word in words if word.endswith("."))


def _respelt(key: str) -> set[str]:
    """A name of several words with blanks for its hyphens and the other way round: «улан удэ», «куала-лумпур»."""
    return {key.replace("-", " "), key.replace(" ", "-")} - {key}


@cache
def _first_words_of_settlements() -> frozenset[str]:
    return frozenset(map(first_word, _settlement_index()))


@lru_cache(maxsize=10_000)
def _settlement(position: int) -> Settlement:
    name, _, country, region, population, latitude, longitude, district, kind = _settlement_rows()[position]
    return Settlement(
        name=name,
        country_code=country,
        region=region or None,
        district=district or None,
        population=int(population or 0),
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
        kind=kind or None,
    )


@lru_cache(maxsize=20_000)
def _candidates(text_form: str, allow_inflected: bool) -> tuple[tuple[Settlement, float], ...]:
    """Settlements that the form may name, with how well it fits their name in decades of population."""
    index = _settlement_index()
    if not may_begin(text_form, _first_words_of_settlements()):
        return ()
    keys = keys_of_form(text_form) if allow_inflected else [key_of(text_form)]
    found: dict[int, float] = {}
    for number, key in enumerate(keys):
        for position in index.get(key, ()):
            is_alias = key_of(_settlement_rows()[position][0]) != key
            found.setdefault(position, _EXACT * (number == 0) - _ALIAS * is_alias)
    return tuple((_settlement(position), bonus) for position, bonus in found.items())


@lru_cache(maxsize=20_000)
def find_settlements(text_form: str) -> tuple[Settlement, ...]:
    """All settlements that a name in any case may stand for, the likeliest first."""
    ranked = sorted(_candidates(text_form, True), key=lambda found: _likelihood(*found, None), reverse=True)
    return tuple(settlement for settlement, _ in ranked)


def find_settlement(
    text_form: str,
    *,
    country_code: str | None = None,
    region: str | None = None,
    home_region: str | None = None,
    allow_inflected: bool = True,
) -> Settlement | None:
    """The likeliest settlement for a name in any case, None if there is none in that country and region.

    ``country_code`` and ``region`` (canonical) narrow; otherwise the nominative, population, nearness of the
    country and ``home_region`` decide.
    """
    found = [
        (settlement, fit)
        for settlement, fit in _candidates(text_form, allow_inflected)
        if (country_code is None or settlement.country_code == country_code)
        and (region is None or (settlement.region is not None and key_of(settlement.region) == key_of(region)))
    ]
    return max(found, key=lambda pair: _likelihood(*pair, home_region), default=(None, 0.0))[0]


def _likelihood(settlement: Settlement, fit: float, home_region: str | None) -> float:
    is_home = home_region is not None and settlement.region == home_region
    return (
        log10(max(settlement.population, _LEAST_POPULATION))
        + _NEARNESS.get(settlement.country_code, 0.0)
        + fit
        + _HOME * is_home
    )


@cache
def _nested_regions() -> frozenset[tuple[str, str]]:
    return frozenset((row["region"], row["around"]) for row in read_table("nested_regions.csv"))


def is_within(region: str | None, other: str) -> bool:
    """Whether a region (canonical) is the other, or lies within it as Moscow does in Moscow oblast, or around it."""
    return region == other or not _nested_regions().isdisjoint({(region, other), (other, region)})


@cache
def _territory_index() -> dict[str, list[Territory]]:
    index: dict[str, list[Territory]] = defaultdict(list)
    with gzip.open(DATA / "subdivisions.tsv.gz", "rt", encoding="utf-8", newline="\n") as stream:
        rows = [line.rstrip("\n").split("\t") for line in stream]
    columns = ["name", "country_code", "kind", "region", "aliases", "latitude", "longitude"]
    rows += [[row[c] for c in columns] for row in read_table("territories.csv") if not row["geonames_code"]]
    known: dict[tuple[str, str, str], Territory] = {}
    for name, country, kind, region, aliases, latitude, longitude in rows:
        territory = Territory(
            name=name,
            kind="district" if kind == "district" else "region",
            country_code=country,
            region=region or None,
            latitude=float(latitude) if latitude else None,
            longitude=float(longitude) if longitude else None,
        )
        territory = known.setdefault((name, country, region), territory)
        for alias in dict.fromkeys([name, *filter(None, aliases.split("|"))]):
            if territory not in index[key_of(alias)]:
                index[key_of(alias)].append(territory)
    for row in read_table("municipality_aliases.csv"):
        adjective = row["name"].split()[0]
        own = known.get((f"{adjective} район", "RU", row["region"])) or _home_district(row["name"], row["region"])
        for alias in (row["name"], row["alias"]):
            if own not in index[key_of(alias)]:
                index[key_of(alias)].append(own)
    return dict(index)


@cache
def _home_district(name: str, region: str) -> Territory:
    """A listed municipality that the sources lack, at its seat."""
    seat = find_seat(name.split()[0], region)
    latitude, longitude = (seat.latitude, seat.longitude) if seat else (None, None)
    return Territory(name, "district", "RU", region, latitude, longitude)


@cache
def type_words() -> dict[str, dict[str, str]]:
    """Folded form of a type word («г.», «районов») -> its row: type, level, number."""
    return {row["form"]: row for row in read_table("toponym_types.csv")}


def _territory_keys(text_form: str) -> list[str]:
    """Keys of a territory's form with its type word spelt out, put in front, put behind, and left out."""
    if len(text_form) <= LONGEST_ACRONYM and text_form.isupper():
        return [key_of(text_form)]
    words = []
    for word in key_of(text_form).split():
        known = type_words().get(word)
        is_short = known and known["level"] != "settlement" and (word.endswith(".") or "-" in word)
        words.append(known["type"] if is_short else word)
    form = " ".join(words)
    keys = keys_of_form(form)
    known = type_words().get(words[0]) if words else None
    if known and known["level"] != "settlement" and len(words) > 1:
        bare = " ".join(words[1:])
        keys += [f"{known['type']} {key}" for key in keys_of_form(bare)] + keys_of_form(bare)
    return keys


def find_territory(
    text_form: str,
    *,
    country_code: str | None = None,
    region: str | None = None,
    home_region: str | None = None,
) -> Territory | None:
    """The territory that a name in any case stands for («Гродненской обл.», «штата Махараштра», «ДНР»).

    Of several of the same name the one in ``region``, in ``home_region``, in Russia, in Belarus is taken.
    """
    found = [
        territory
        for territory in _territories(text_form)
        if country_code is None or territory.country_code == country_code
    ]
    if region is not None:
        found = [territory for territory in found if territory.region == region] or found
    order = {"RU": 2, "BY": 1}
    return max(
        found,
        key=lambda t: (
            home_region is not None and t.region == home_region,
            t.kind == "region",
            order.get(t.country_code, 0),
        ),
        default=None,
    )


@cache
def _first_words_of_territories() -> frozenset[str]:
    """The words that a territory's form may begin with in the nominative: its own, or a type word before or after."""
    return frozenset([*map(first_word, _territory_index()), *map(first_word, type_words())])


@lru_cache(maxsize=20_000)
def _territories(text_form: str) -> tuple[Territory, ...]:
    index = _territory_index()
    if not may_begin(text_form, _first_words_of_territories()):
        return ()
    as_district = _DISTRICT_KIND.sub(lambda kind: f" район{kind['ending'] or ''}", text_form)
    for form in dict.fromkeys((text_form, as_district)):
        for key in _territory_keys(form):
            if key in index:
                found = index[key]
                return tuple(territory for territory in found if key_of(territory.name) == key) or tuple(found)
    return ()


def find_territories(text_form: str) -> tuple[Territory, ...]:
    """All territories of that name; several countries may have a «Дзержинский район»."""
    return _territories(text_form)


@lru_cache(maxsize=5_000)
def find_seat(adjective: str, region: str) -> Settlement | None:
    """The settlement of the region that a district's name (an adjective in the nominative) most likely comes from."""
    best, best_score = None, 0.0
    for position in _settlements_of_regions().get(region, ()):
        row = _settlement_rows()[position]
        score = seat_likeness(adjective, row[0], int(row[4] or 0))
        if score > best_score:
            best, best_score = position, score
    return None if best is None else _settlement(best)


@cache
def _settlements_of_regions() -> dict[str, list[int]]:
    positions: dict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(_settlement_rows()):
        positions[row[3]].append(position)
    return dict(positions)


def seat_likeness(adjective: str, name: str, population: int) -> float:
    """How well a district's adjective may come from a settlement's name, 0 where it cannot."""
    whole = re.sub(r"(?:ий|ой|ый)$", "", key_of(adjective))
    best = 0.0
    for stem in (whole, re.sub(r"(?:ск|цк)$", "", whole)):
        common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(stem, key_of(name), strict=False)))
        if common >= _SHORTEST_STEM and common >= _STEM_SHARE * len(stem):
            score = 2 * common - (len(stem) - common) - 0.7 * (len(name) - common) + 0.3 * log10(population + 1)
            best = max(best, score)
    return best


@lru_cache(maxsize=10_000)
def find_by_adjective(word: str, home_region: str | None = None) -> Settlement | Territory | None:
    """The town or territory whose adjective opens an organisation's name («Харбинской», «Лиозненская»), or None."""
    stem = _TOWN_ADJECTIVE.fullmatch(key_of(word))
    if not stem:
        return None
    bare = stem["stem"]
    names = [f"{bare}{ending}" for ending in (stem["suffix"], "", "а", "о", "ь", "ы", "и", "е", "я")]
    names += [bare[:-1], bare[:-1] + "ь"] if bare.endswith("н") else []
    towns = [_settlement(position) for name in names for position in _settlement_index().get(name, ())]
    towns = [town for town in towns if town.population >= _ADJECTIVE_POPULATION or town.region == home_region]
    if towns:
        return max(towns, key=lambda town: _likelihood(town, 0.0, home_region))
    districts = find_territories(f"{word} район") or find_territories(f"{bare}{stem['suffix']}ий район")
    return max(districts, key=lambda t: (t.region == home_region, t.country_code == "BY"), default=None)


@cache
def country_names() -> dict[str, str]:
    """Index key of every country name and alias in the nominative -> country code."""
    names = {}
    for row in read_table("countries.csv"):
        for name in [row["name"], *filter(None, row["aliases"].split("|"))]:
            names[key_of(name)] = row["country_code"]
    return names


@cache
def country_adjectives() -> dict[str, str]:
    """Folded country adjective («белорусский») -> country code."""
    rows = read_table("countries.csv")
    return {key_of(word): row["country_code"] for row in rows for word in filter(None, row["adjectives"].split("|"))}


@cache
def country_title(country_code: str) -> str | None:
    """The country's short Russian name, None for an unknown code."""
    return next((row["name"] for row in read_table("countries.csv") if row["country_code"] == country_code), None)


@lru_cache(maxsize=10_000)
def find_country(text_form: str) -> str | None:
    """Country code (ISO 3166-1 alpha-2, «GE-AB» for Abkhazia) of a country's name in any case, or None."""
    names = country_names()
    form = re.sub(r"(?i)\bресп\.", "Республика", text_form)
    is_acronym = sum(letter.isupper() for letter in form) > 1
    return next((names[k] for k in keys_of_form(form) if k in names and (is_acronym or k not in _acronyms())), None)


@cache
def _acronyms() -> frozenset[str]:
    """Index keys of the countries' acronyms, which no inflected word stands for («Руза» is not «РУз»)."""
    aliases = (alias for row in read_table("countries.csv") for alias in row["aliases"].split("|"))
    return frozenset(key_of(alias) for alias in aliases if " " not in alias and sum(map(str.isupper, alias)) > 1)
