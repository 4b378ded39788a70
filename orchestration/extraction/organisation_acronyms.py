"""Universities by their bare acronyms («ПсковГУ», «ДВФУ») and where they sit."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

_DATA = files("orchestration.extraction") / "data"
# The letters of a place before the capitals: no legal form is written so.
_PLACE_AND_CAPITALS = re.compile(r"(?P<place>[А-ЯЁ][а-яё]{1,6})(?:ГУ|ГТУ|ГПУ|ГМУ|ГАУ|ГАТУ|ГСХА|ГМА|ГИК|ГУКИ)")


@cache
def seats_of_universities() -> dict[str, tuple[str, str]]:
    """Settlement and country (alpha-2) by acronym; acronyms that several universities share are left out."""
    with (_DATA / "university_acronyms.csv").open(encoding="utf-8", newline="") as file:
        return {row["acronym"]: (row["settlement"], row["country_code"]) for row in csv.DictReader(file)}


def is_university(word: str) -> bool:
    """Whether a bare word is a university's acronym beyond doubt."""
    return word in seats_of_universities() or _PLACE_AND_CAPITALS.fullmatch(word) is not None


def place_of(acronym: str) -> str | None:
    """The beginning of the place's name that an acronym opens with («Псков» of «ПсковГУ»)."""
    match = _PLACE_AND_CAPITALS.fullmatch(acronym)
    return match["place"] if match else None
