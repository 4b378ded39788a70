"""Geographic coordinates written into a cell, in degrees or in degrees, minutes and seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LABEL = r"(?:(?:гео)?координаты|gps|широта|долгота|lat|lon|n|e|с\.? ?ш\.?|в\.? ?д\.?)?[:. ]{0,2}"
_DECIMAL = r"\d{1,3}[.,]\d{2,}°?"
_SEXAGESIMAL = r"\d{1,3}° ?\d{1,2}(?:[.,]\d+)?['′’] ?(?:\d{1,2}(?:[.,]\d+)?(?:\"|″|”|''))?"
_NORTH, _EAST = r"(?: ?(?:с\.? ?ш\.?|северной широты|n))?", r"(?: ?(?:в\.? ?д\.?|восточной долготы|e))?"
_PAIR = re.compile(
    rf"\(?{_LABEL}(?P<latitude>{_SEXAGESIMAL}|{_DECIMAL}){_NORTH}(?:[,;] ?| ){_LABEL}"
    rf"(?P<longitude>{_SEXAGESIMAL}|{_DECIMAL}){_EAST}(?![\d.,]\d)\)?",
    re.IGNORECASE,
)
_HOURS = 24
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point in degrees (WGS 84, north and east) and its half-open range in the text."""

    latitude: float
    longitude: float
    start: int
    end: int


def find_coordinates(text: str) -> Coordinates | None:
    """The first pair of latitude and longitude of the text, None where there is none on the globe."""
    for pair in _PAIR.finditer(text):
        latitude, longitude = _degrees(pair["latitude"]), _degrees(pair["longitude"])
        is_time = latitude < _HOURS and "°" not in pair.group() and len(re.split("[.,]", pair["latitude"])[1]) < 3
        if latitude <= 90 and longitude <= 180 and not is_time:
            return Coordinates(latitude, longitude, *pair.span())
    return None


def _degrees(written: str) -> float:
    parts = [float(part.replace(",", ".")) for part in _NUMBER.findall(written)]
    return round(sum(part / 60**power for power, part in enumerate(parts)), 6)
