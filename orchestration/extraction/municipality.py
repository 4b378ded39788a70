"""The reporting municipality from the heading of its section."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from orchestration.extraction.gazetteer_index import (
    Settlement,
    find_seat,
    find_settlement,
    find_territories,
    find_territory,
    read_data,
)
from orchestration.extraction.model import Municipality
from orchestration.extraction.morphology import nominative, nominative_toponym
from orchestration.extraction.spellings import key_of

_Kind = Literal["urban_okrug", "municipal_okrug", "municipal_district"]

_LEAD = re.compile(
    r"^(?:[\dIVXLC]+[.)]\s*|администраци\w+\s+|муниципальн\w+\s+образовани\w+\s*|мо\s+(?!г)|[-–—:«»\"„“”]\s*)+",
    re.IGNORECASE,
)
_URBAN = re.compile(
    r"^(?:(?:муниципальн\w+\s+образовани\w+\s+)?(?:городск\w+\s+округ\w*|г\.\s?о\.|(?:мо\s+)?го\b)\s*[-–—«\"]*\s*)?"
    r"(?P<closed>зато\s*[-–—«\"]*\s*)?(?P<city>(?:город(?:а|е|у|ом)?(?:-\w+)?|гор\.|г\.)\s*(?=\W*[А-ЯЁ]))?[«\"]?(?P<name>[А-ЯЁ].*)$",
    re.IGNORECASE,
)
_TYPED = re.compile(
    r"(?P<adjective>[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*)\s+(?P<middle>муниципальн\w+|городск\w+)?\s*(?P<type>(?:округ|район)\w*)",
    re.IGNORECASE,
)
_DISTRICT_WORD = re.compile(r"(?:муниципальн|городск|округ|район)", re.IGNORECASE)
_INVERTED = re.compile(
    r"^(?P<kind>(?:муниципальн|городск)\w+\s+(?:округ|район)\w*)\s+(?P<adjective>[А-ЯЁ][а-яё-]+(?:ий|ой|ый|ого))$"
)
_ABBREVIATED = (
    (r"\bм\.\s?о\.", "муниципальный округ"),
    (r"\bм\.\s?р\.", "муниципальный район"),
    (r"\bр-на?\b", "район"),
)


@lru_cache(maxsize=1000)
def read_municipality(section_text: str, region: str) -> Municipality:
    """The municipality that a section heading names, in the nominative, with its seat's coordinates where known.

    ``region`` is the report's canonical region; a heading of no known shape is taken as the name of a district.
    """
    heading = " ".join(section_text.split())
    for pattern, full in _ABBREVIATED:
        heading = re.sub(pattern, full, heading, flags=re.IGNORECASE)
    core = _without_region(_LEAD.sub("", heading), region).strip(' «»"„“”.,:;–—-')
    if core.isupper() and not core.startswith("ЗАТО"):
        core = " ".join(_capitalised(word) for word in core.split())
    core = _INVERTED.sub(r"\g<adjective> \g<kind>", core)
    typed = _TYPED.search(core)
    if typed and not re.match(r"городск|муниципальн", typed["adjective"], re.IGNORECASE):
        return _district(typed, region)
    urban = _URBAN.match(core)
    is_urban = urban and (urban["closed"] or urban["city"] or not core.startswith(urban["name"]))
    if is_urban:
        return _city(urban["name"], bool(urban["closed"]), region)
    settlement = find_settlement(core, region=region) if core else None
    if settlement:
        return _city(core, False, region)
    name = canonical_district(nominative(core), region)
    return Municipality(name, _kind_of(name), *_coordinates(name.split()[0] if name else "", region))


@cache
def _aliases() -> dict[tuple[str, str], str]:
    return {(key_of(row["region"]), key_of(row["alias"])): row["name"] for row in read_data("municipality_aliases.csv")}


def canonical_district(name: str, region: str | None) -> str:
    """A district's present name for a former or short one («Велижский район»), as written if none is listed."""
    return _aliases().get((key_of(region or ""), key_of(name)), name)


def _without_region(text: str, region: str) -> str:
    """The heading up to the genitive of a region's name at its end."""
    words = text.split()
    for first in range(1, len(words)):
        tail = " ".join(words[first:]).strip(' «»"().,')
        if _DISTRICT_WORD.match(words[first]):
            continue
        territory = find_territory(tail)
        if territory and territory.kind == "region" and (territory.name == region or " " in territory.name):
            return " ".join(words[:first])
    return text


def _capitalised(word: str) -> str:
    is_common = re.match(r"(?:МУНИЦИПАЛЬН|ГОРОДСК|ОКРУГ|РАЙОН|ГОРОД)", word)
    return word.lower() if is_common else word.title()


def _district(typed: re.Match[str], region: str) -> Municipality:
    words = (typed["adjective"], (typed["middle"] or "").lower(), typed["type"].lower())
    name = canonical_district(nominative(" ".join(filter(None, words))), region)
    return Municipality(name, _kind_of(name), *_coordinates(name.split()[0], region))


def _kind_of(name: str) -> _Kind:
    if "городской округ" in name or name.startswith("город "):
        return "urban_okrug"
    return "municipal_okrug" if "округ" in name else "municipal_district"


def _city(name: str, is_closed: bool, region: str) -> Municipality:
    name = name.strip(' «»"„“”.,')
    settlement = find_settlement(name, region=region) or find_settlement(name, country_code="RU")
    spelled = settlement.name if settlement else nominative_toponym(name)
    coordinates = (settlement.latitude, settlement.longitude) if settlement else (None, None)
    return Municipality(f"{'ЗАТО' if is_closed else 'город'} {spelled}", "urban_okrug", *coordinates)


def _coordinates(adjective: str, region: str) -> tuple[float | None, float | None]:
    """Degrees of the district's seat, found by the listed district or by the stem of its adjective."""
    district = next((t for t in find_territories(f"{adjective} район") if t.region == region), None)
    if district and district.latitude is not None:
        return district.latitude, district.longitude
    seat: Settlement | None = find_seat(adjective, region)
    return (seat.latitude, seat.longitude) if seat else (None, None)
