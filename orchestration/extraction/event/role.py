"""Reads whether a municipality held an event or took part in somebody else's."""

from __future__ import annotations

import re
from typing import Literal

from orchestration.extraction.language.tables import pattern_rules
from orchestration.extraction.language.text import CellText, fold
from orchestration.extraction.model import Column, Evidence, Labelled, Municipality, PlaceFact, ReportContext
from orchestration.extraction.toponyms.gazetteer import find_settlement, find_territory
from orchestration.extraction.toponyms.home import HOME_COUNTRY

Whereabouts = Literal["home", "neighbour", "away", "remote", "unknown"]

_LARGE_EVENT = re.compile(r"международн|всероссийск|республиканск|евразийск|межгосударственн|интернациональн")
_OVERALL_COUNT = re.compile(r"общ\w+ (?:количеств|числ)|всего|итого|охват")
_ORGANISER = (
    r"(?<!\w)(?:организатор(?:ы|ом|ами)?(?!\w)|(?:организовал|провел)[аио]?(?!\w)|(?:организован|проведен)[аоы]?(?!\w))"
)
_ADJECTIVE_ENDING = re.compile(r"(?:(?:[яае]н|ь)?ск|ц?к)(?:ий|ой|ая|ое)$|[аеоьы]$")
_MUNICIPAL_WORD = re.compile(r"(?:муниципал|городск|округ|район|город$|поселок|село$|зато)")
_CONTESTS = ("competition", "festival", "tournament")
_LEAST_CITY = 30_000
_STEM = 3
_CITY = (None, "город")


def whereabouts(
    place: PlaceFact | None, event_format: str, municipality: Municipality, context: ReportContext
) -> Whereabouts:
    """Where an event took place as seen from the reporting municipality.

    «home»: in it or not told otherwise within the region; «neighbour»: in a city of the region that is not its own;
    «away»: in another region or country; «remote»: online without a place; «unknown»: nowhere that is known.
    """
    if place is None or place.country_code is None:
        return "remote" if event_format == "online" else "unknown"
    if place.country_code != HOME_COUNTRY:
        return "away"
    if place.region:
        return _within_region(place, municipality, context) if fold(place.region) == fold(context.region) else "away"
    if place.district:
        district = find_territory(place.district, home_region=context.region)
        is_away = district is not None and district.region is not None and fold(district.region) != fold(context.region)
        return "unknown" if is_away else "home"
    settlement = find_settlement(place.settlement, home_region=context.region) if place.settlement else None
    if settlement and settlement.country_code == HOME_COUNTRY and settlement.region:
        if fold(settlement.region) == fold(context.region):
            return _within_region(place, municipality, context)
        if place.settlement_type in _CITY and settlement.population >= _LEAST_CITY:
            return "away"
    return "remote" if event_format == "online" else "unknown"


def _within_region(place: PlaceFact, municipality: Municipality, context: ReportContext) -> Whereabouts:
    city = find_settlement(place.settlement, region=context.region) if place.settlement else None
    if city is None or city.population < _LEAST_CITY or place.settlement_type not in _CITY:
        return "home"
    return "home" if fold(city.name)[:_STEM] in fold(municipality.name) else "neighbour"


def _home_organiser(description: str, municipality: Municipality | None) -> tuple[int, int] | None:
    """Range of «Организатор: МБУДО «Рославльская ДХШ»»: an organiser named after the municipality."""
    words = (fold(word) for word in municipality.name.split()) if municipality else ()
    stem = next((_ADJECTIVE_ENDING.sub("", word) for word in words if not _MUNICIPAL_WORD.match(word)), "")
    if len(stem) < _STEM:
        return None
    organiser = re.search(
        rf"{_ORGANISER}(?:[^.;]|(?<=\sг)\.){{0,80}}?(?<!\w){re.escape(stem)}[а-я-]*\b(?!\s(?:обл|кра[йя]|респ))",
        description,
    )
    return organiser.span() if organiser else None


def read_role(
    texts: dict[Column, CellText],
    where: Whereabouts,
    event_type: str,
    event_format: str,
    municipality: Municipality | None = None,
) -> Labelled[str]:
    """«participant» where the municipality's people joined somebody else's event, else «organiser»."""
    is_elsewhere = where in ("remote", "unknown")
    home = _home_organiser(texts[Column.DESCRIPTION].folded, municipality) if is_elsewhere else None
    for rule, pattern in pattern_rules("role_words.csv"):
        column = Column(rule["column"])
        if rule["place"] == "any" or where in rule["place"].split():
            match = pattern.search(texts[column].folded)
            if match and not (column is Column.DESCRIPTION and home):
                return Labelled(rule["role"], Evidence(column, *match.span(), f"role.{column}"))
    if where in ("away", "neighbour") and (where == "away" or event_type in _CONTESTS):
        confidence = 0.8 if where == "away" else 0.6
        place = Evidence(Column.PLACE, 0, len(texts[Column.PLACE].text), f"role.{where}", confidence)
        return Labelled("participant", place)
    if home:
        return Labelled("organiser", Evidence(Column.DESCRIPTION, *home, "role.home_organiser", 0.8))
    large = _LARGE_EVENT.search(texts[Column.NAME].folded)
    if (
        large
        and is_elsewhere
        and event_format == "online"
        and event_type in _CONTESTS
        and not _OVERALL_COUNT.search(texts[Column.PARTICIPANTS].folded)
    ):
        return Labelled("participant", Evidence(Column.NAME, *large.span(), "role.remote_entry", 0.6))
    return Labelled("organiser", None)
