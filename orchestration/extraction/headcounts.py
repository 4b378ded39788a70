"""Finds numbers that count people in Russian text and tells them from numbers of works, teams or towns."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from orchestration.extraction.numerals import Quantity, find_quantities

NounKind = Literal["generic", "person", "thing", "none"]

_DATA = files("orchestration.extraction") / "data"
_WORD = re.compile(r"\s?([а-яa-z]+(?:-[а-я]+)*)")
_ADJECTIVE = re.compile(r".{2,}(?:ых|их|ые|ие|ый|ий|ой|ая|ого|его|ым|им|ыми|ими|ому|ему)$")
_RELATIONAL = re.compile(r".{2,}ск(?:их|ий|ие|ими|им|ой|ая|ого|ому|ую)")
_FUNCTION_WORD = re.compile(
    r"(?:из|от|со?|и|или|во?|на|по|а|до|для|очно|заочно|дистанционно|онлайн|офлайн|где|которые)"
)
_SUBSTANTIVE = re.compile(r"(?:иностранн|зарубежн|приезж|приглашенн|очн|заочн|дистанционн)")
_INVERTED = re.compile(r"(?<!количество )(?<!число )(?<!всего )\b(?:человек|участников|гостей|зрителей)\s$")
_MAX_WORDS = 4


@dataclass(frozen=True, slots=True)
class Headcount:
    """A quantity with what it counts.

    ``noun`` is «generic» (человек, участники), «person» (a role: дети, педагоги), «thing», or «none» where
    the number stands alone; ``[start, end)`` covers number and noun, ``noun_start`` is where its wording begins.
    """

    value: int
    is_approximate: bool
    noun: NounKind
    start: int
    end: int
    noun_start: int


@cache
def _stems() -> dict[str, str]:
    with (_DATA / "headcount_words.csv").open(encoding="utf-8", newline="") as file:
        return {row["stem"]: row["kind"] for row in csv.DictReader(file)}


@cache
def noun_kind(word: str) -> str:
    """What a folded word counts, by its longest known stem: generic, person, thing, adjective or «» (unknown)."""
    if _RELATIONAL.fullmatch(word):
        return "adjective"
    stems = _stems()
    for length in range(len(word), 1, -1):
        kind = stems.get(word[:length])
        if kind is not None:
            return kind if len(word) - length <= 7 else ""
    return ""


def find_headcounts(folded: str) -> list[Headcount]:
    """Every quantity of lower-case text (ё as е) with the kind of noun it counts, in order."""
    return [_with_noun(quantity, folded) for quantity in find_quantities(folded)]


def _with_noun(quantity: Quantity, folded: str) -> Headcount:
    position, noun, noun_start = quantity.end, "none", quantity.end
    end = quantity.end
    for index in range(_MAX_WORDS):
        match = _WORD.match(folded, position)
        if match is None:
            break
        word = match[1]
        if index == 0:
            noun_start = match.start(1)
        kind = noun_kind(word)
        if kind in ("generic", "person"):
            noun, end = kind, match.end()
            if word == "чел" and folded[end : end + 1] == ".":
                end += 1
            break
        if kind == "thing":
            noun = "thing"
            break
        if kind == "adjective" or _ADJECTIVE.fullmatch(word):
            if _SUBSTANTIVE.match(word):
                noun, end = "person", match.end()
        elif noun == "none" and index == 0 and not _FUNCTION_WORD.fullmatch(word):
            noun = "thing"
            break
        else:
            if noun == "none" and not _FUNCTION_WORD.fullmatch(word):
                noun = "thing"
            break
        position = match.end()
    if noun == "none" and (inverted := _INVERTED.search(folded, 0, quantity.start)):
        return Headcount(quantity.value, True, "generic", inverted.start(), quantity.end, inverted.start())
    return Headcount(quantity.value, quantity.is_approximate, noun, quantity.start, end, noun_start)  # type: ignore[arg-type]
