"""Organisations by their bare acronyms («ПсковГУ», «ИТА ЮФУ», «ЦГПБ имени …») and where they sit."""

from __future__ import annotations

import re
from functools import cache

from orchestration.extraction.language.tables import read_table
from orchestration.extraction.organisations.lexicon import noun_of, seat_of, words_of

# The letters of a place before the capitals: no legal form is written so.
_PLACE_AND_CAPITALS = re.compile(r"(?P<place>[А-ЯЁ][а-яё]{1,6})(?:ГУ|ГТУ|ГПУ|ГМУ|ГАУ|ГАТУ|ГСХА|ГМА|ГИК|ГУКИ)")

# Capitals alone may be a university's, and several may share them: «БГУ», «КГТУ».
_CAPITALS = re.compile(
    r"(?:СПб)?[А-ЯЁ]{1,4}(?:[ГПТМАФЭЛ]У|ГПУ|ГТУ|ГМУ|ГАУ|ГАТУ|ГУКИ|ГИК|ГМА|ГСХА|ГАСУ|ГЛУ|ГЭУ|НИУ|ГУПС)(?:а|у|ом|е)?"
)
# «КарНЦ», «УдмФИЦ»: a place's beginning before the capitals.
_CENTRE = re.compile(r"[А-ЯЁ][а-яё]{2,5}(?:НЦ|ФИЦ)")
_PART = re.compile(r"[А-ЯЁ][А-ЯЁа-яё]{0,6}[А-ЯЁ]")


@cache
def seats_of_universities() -> dict[str, tuple[str, str]]:
    """Settlement and country (alpha-2) by acronym; acronyms that several universities share are left out."""
    return {row["acronym"]: (row["settlement"], row["country_code"]) for row in read_table("university_acronyms.csv")}


def is_university(word: str) -> bool:
    """Whether a bare word is a university's acronym beyond doubt."""
    return word in seats_of_universities() or _PLACE_AND_CAPITALS.fullmatch(word) is not None


def place_of(acronym: str) -> str | None:
    """The beginning of the place's name that an acronym opens with («Псков» of «ПсковГУ»)."""
    match = _PLACE_AND_CAPITALS.fullmatch(acronym)
    return match["place"] if match else None


def may_be_university(word: str) -> bool:
    """Whether capitals look like a university's and are no legal form; what stands around them has to confirm it."""
    return _CAPITALS.fullmatch(word) is not None and seat_of(word) is None and noun_of(word) is None


def is_part(word: str) -> bool:
    """Whether a word may be the acronym of a university's part: «ИТА», «ИСОиП»."""
    return _PART.fullmatch(word) is not None and seat_of(word) is None and noun_of(word) is None


def is_academy(word: str) -> bool:
    """Whether capitals are those of an academy of sciences or of its centre («РАН», «КарНЦ»), which own institutes."""
    return word.lower() in words_of("academy") or _CENTRE.fullmatch(word) is not None
