"""Tells where a text puts a town into a country or a region that has no such town."""

from __future__ import annotations

import re
from itertools import pairwise

from orchestration.extraction.language.text import CellText
from orchestration.extraction.model import Column, Leftover
from orchestration.extraction.toponyms.gazetteer import Territory, ToponymMatch, scan

_REACH = 80
_BESIDE = re.compile(r"\.? ?\(| ")


def find_contradictions(texts: dict[Column, CellText], home_region: str) -> tuple[Leftover, ...]:
    """A leftover for every town whose written country or region is not the gazetteer's, from the town to that name."""
    found = []
    for column, cell in texts.items():
        toponyms = scan(cell.text, home_region=home_region)
        for match in toponyms:
            if match.contradicts:
                start, end = _range(match, toponyms)
                found.append(Leftover("contradiction", cell.written[start:end], column, start, end))
        for match, region in pairwise(toponyms):
            if _is_told_together(match, region, cell.text, column):
                text = cell.written[match.start : region.end]
                found.append(Leftover("region_contradiction", text, column, match.start, region.end))
    return tuple(found)


def _is_told_together(match: ToponymMatch, region: ToponymMatch, text: str, column: Column) -> bool:
    """Whether a wrong region is written right beside its town; outside the place «г. …, … область» may be a list."""
    between = text[match.end : region.start]
    return (
        match.written_region is not None
        and isinstance(region.entity, Territory)
        and region.entity.name == match.written_region
        and (_BESIDE.fullmatch(between) is not None or (column == "place" and between == ", "))
    )


def _range(match: ToponymMatch, toponyms: list[ToponymMatch]) -> tuple[int, int]:
    """The town and the nearest toponym that states the country, in half-open offsets."""
    stating = [
        other
        for other in toponyms
        if other.kind != "settlement"
        and other.country_code == match.written_country_code
        and max(other.start - match.end, match.start - other.end) <= _REACH
    ]
    if not stating:
        return match.start, match.end
    nearest = min(stating, key=lambda other: max(other.start - match.end, match.start - other.end))
    return min(match.start, nearest.start), max(match.end, nearest.end)
