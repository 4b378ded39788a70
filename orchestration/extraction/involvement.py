"""Whether a toponym in running text takes part in the event or is only what is spoken of."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from orchestration.extraction.gazetteer import ToponymMatch, find_settlement
from orchestration.extraction.model import Column, PlaceFact
from orchestration.extraction.organisation_lexicon import adjective_readings
from orchestration.extraction.text import fold

_DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"[а-яa-z-]+")
_SENTENCE_END = re.compile(r"(?<!\b\w)(?<!\b\w\w)(?<!\b\w\w\w)[.!?;]\s+(?=[А-ЯЁ–-])")
_MEETING_WITH = re.compile(r"(?:[Вв]стреч[аиу]|[Бб]есед[аыу]|[Зз]накомств[оа])(?: [а-яё]+){0,2} со?(?: [а-яё]+)? $")
_ON_THE_WAY = re.compile(r"(?:прош|прое|пробе|пролег|следова|движ|двига)\w+ (?:\S+ ){0,2}?по маршруту")
_ABSENCE = re.compile(r"(?:участия не прин|не прин\w+ участи|не участвова|не приехал|не прибыл|отсутствова)\w*")
_LOOK_BACK = 160
_LOOK_AHEAD = 60
_STEM = 5


def involvement(column: Column, text: str, match: ToponymMatch, place_abroad: PlaceFact | None) -> str | None:
    """The rule by which a toponym outside names and titles takes part, None where it is only a subject.

    ``place_abroad`` is the event's place where that lies outside the home region.
    """
    is_country = match.kind.startswith("country")
    is_guest = _MEETING_WITH.search(text, 0, match.start) is not None
    if match.kind == "country_adjective" and not is_guest and _modifies_craft(text, match):
        return None
    if _stayed_away(text, match):
        return None
    if not is_country and place_abroad and _is_at_place(match, place_abroad):
        return "at_event_place"
    verdict = _verdict(text, match)
    if verdict == "subject" or (column is Column.NAME and not is_country and verdict != "participation"):
        return None
    return "participation" if verdict == "participation" else "mention"


def _is_at_place(match: ToponymMatch, place: PlaceFact) -> bool:
    """Whether the toponym is the event's place or lies around it («Дне освобождения Мстиславского района»)."""
    names = [name for name in (place.settlement, place.district, place.region) if name]
    if any(fold(match.name) == fold(name) for name in names):
        return True
    if match.kind != "territory" or match.country_code != place.country_code:
        return False
    town = find_settlement(place.settlement, country_code=place.country_code) if place.settlement else None
    regions = {place.region, town.region if town else None} - {None}
    if match.name in regions or (match.entity is not None and match.entity.region in regions):
        return True
    return place.settlement is not None and fold(match.name)[:_STEM] == fold(place.settlement)[:_STEM]


def _verdict(text: str, match: ToponymMatch) -> str | None:
    """What the nearest telling word before the toponym makes of it, within its sentence."""
    before = text[max(0, match.start - _LOOK_BACK) : match.start]
    sentence = _SENTENCE_END.split(before)[-1]
    if _ON_THE_WAY.search(fold(sentence)):
        return "participation"
    for word in reversed(_WORD.findall(fold(sentence))):
        if word == "из":
            return "participation"
        for stem, verdict in _stems():
            if word.startswith(stem):
                return verdict
    return None


def _stayed_away(text: str, match: ToponymMatch) -> bool:
    """Whether the sentence says that whom it speaks of did not take part."""
    end = _SENTENCE_END.search(text, match.end)
    start = max((stop.end() for stop in _SENTENCE_END.finditer(text, 0, match.start)), default=0)
    return _ABSENCE.search(fold(text[start : end.start() if end else len(text)])) is not None


def _modifies_craft(text: str, match: ToponymMatch) -> bool:
    """Whether a country adjective only tells a language, a dance, an army: «французского языка»."""
    for word in _WORD.findall(fold(text[match.end : match.end + _LOOK_AHEAD]))[:4]:
        if any(word.startswith(stem) for stem in _crafts()):
            return True
        if word != "и" and not adjective_readings(word):
            return False
    return False


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    with (_DATA / "history_words.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["stem"], row["verdict"]) for row in csv.DictReader(file))


@cache
def _stems() -> tuple[tuple[str, str], ...]:
    return tuple((stem, verdict) for stem, verdict in _rows() if verdict != "craft")


@cache
def _crafts() -> tuple[str, ...]:
    return tuple(stem for stem, verdict in _rows() if verdict == "craft")
