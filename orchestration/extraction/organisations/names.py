"""Canonical names of organisations: the nominative inside quotes, and no region that only tells where they are."""

from __future__ import annotations

import re

from orchestration.extraction.organisations.lexicon import (
    adjective_readings,
    agrees,
    gender_of,
    nominative_words,
    noun_of,
    noun_readings,
)
from orchestration.extraction.organisations.tokens import tokenise
from orchestration.extraction.toponyms.gazetteer_index import find_country, find_territory

_LAST_WORDS = re.compile(r",?\s+((?:[А-ЯЁ][а-яё-]+\s+){0,3}(?:[А-ЯЁ][А-ЯЁа-яё-]+|области|края))$")
_OPENING_QUOTE = re.compile(r"[«\"“„]")
_KEEPS_COUNTRY = re.compile(r"(?:посольств|консульств|представительств|правительств|парламент|наук)\w*$", re.IGNORECASE)
_NAME_SIGN = re.compile(r"[»”\"№\d]|\sг\.|район|[А-ЯЁ]\w+ск(?:ий|ого|ая|ой|ому|им)\b")


def without_region(name: str) -> str:
    """The name without the region and country that only tell where it is, as long as it stays a name."""
    if "муниципального образования" in name or "муниципального округа" in name:
        return name
    while tail := _LAST_WORDS.search(name):
        words = tail[1].split()
        area = next((" ".join(words[at:]) for at in range(len(words)) if _is_region(" ".join(words[at:]))), None)
        shorter = name[: -len(area)].rstrip(" ,") if area else ""
        if not _NAME_SIGN.search(shorter) or shorter.endswith(" в") or _KEEPS_COUNTRY.search(shorter):
            return name
        name = shorter
    return name


def _is_region(name: str) -> bool:
    """Whether a name in any case is a country's or, of two words or more, a first-level division's."""
    if find_country(name):
        return True
    territory = find_territory(name) if " " in name else None
    return territory is not None and territory.kind == "region"


def inner_nominative(name: str) -> str:
    """«Белорусского государственного колледжа …» inside quotes back to the nominative."""
    opening = _OPENING_QUOTE.search(name)
    if not opening:
        return name
    inner = name[opening.end() :]
    tokens = tokenise(inner)
    head = next(
        (i for i, token in enumerate(tokens) if noun_of(token.text) or not adjective_readings(token.text)), None
    )
    if not head or any(reading.case == "nomn" for reading, _ in adjective_readings(tokens[0].text)):
        return name
    noun = noun_of(tokens[head].text)
    readings = {reading for reading in noun_readings(tokens[head].text) if reading.number == "sing"}
    if not all(agrees(token.text, readings) for token in tokens[:head]):
        return name
    gender = noun.gender if noun else gender_of(tokens[head].text)
    words = nominative_words([token.text for token in tokens[:head]], tokens[head].text, gender)
    return name[: opening.end()] + words + inner[tokens[head].end :]
