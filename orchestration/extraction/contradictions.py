"""Tells where a text puts a town into a country that has no such town."""

from __future__ import annotations

from orchestration.extraction.language.text import CellText
from orchestration.extraction.model import Column, Leftover
from orchestration.extraction.toponyms.gazetteer import ToponymMatch, scan

_REACH = 80


def find_contradictions(texts: dict[Column, CellText], home_region: str) -> tuple[Leftover, ...]:
    """A leftover for every town whose written country is not the gazetteer's, from the town to the country's name."""
    found = []
    for column, cell in texts.items():
        toponyms = scan(cell.text, home_region=home_region)
        for match in toponyms:
            if match.contradicts:
                start, end = _range(match, toponyms)
                found.append(Leftover("contradiction", cell.written[start:end], column, start, end))
    return tuple(found)


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
