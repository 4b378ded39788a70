"""Finds numbers that count people in Russian text and tells them from numbers of works, teams or towns."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from orchestration.extraction.morphology import parses
from orchestration.extraction.numerals import Quantity, find_quantities

NounKind = Literal["generic", "person", "thing", "none"]

_DATA = files("orchestration.extraction") / "data"
_WORD = re.compile(r"\s?([а-яa-z]+(?:-[а-я]+)*)")
_HOUR = re.compile(r"(?:^|\W)(?:в|во|с|со|до|к|на|за|после|начало:?)\s$")
_ADJECTIVE = re.compile(r".{2,}(?:ых|их|ые|ие|ый|ий|ой|ая|ого|его|ым|им|ыми|ими|ому|ему)$")
_RELATIONAL = re.compile(r".{2,}ск(?:их|ий|ие|ими|им|ой|ая|ого|ому|ую)")
_FUNCTION_WORD = re.compile(
    r"(?:из|от|со?|и|или|во?|на|по|а|до|для|очно|заочно|дистанционно|онлайн|офлайн|где|которые)"
)
_SUBSTANTIVE = re.compile(r"(?:иностранн|зарубежн|приезж|приглашенн|очн|заочн|дистанционн|подопечн|местн)")
_INVERTED = re.compile(r"(?<!количество )(?<!число )(?<!всего )\bчеловек\s$")
# «12 китайских и 20 российских школьников»: the first number counts the noun of the second.
_ELIDED = re.compile(r"\s(?P<adjectives>[а-я-]+[иы]х(?:\s[а-я-]+[иы]х)*)(?:,|\sи|,\sа\sтакже)\s")
_MAX_WORDS = 4
_LIKELY = 0.3
_NAMES = frozenset(("Surn", "Name", "Patr", "Geox"))


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
        if kind is not None and len(word) - length <= 7:
            return kind
    first, _, rest = word.partition("-")
    if rest and noun_kind(first) == "thing":
        return "thing"
    return "person" if _is_animate(first) or (rest and _is_animate(rest)) else ""


def _is_animate(word: str) -> bool:
    """Whether a word likely is a common noun for people; animals are listed among the things."""
    return len(word) > 2 and any(
        p.tag.POS == "NOUN" and "anim" in p.tag and p.score >= _LIKELY and not _NAMES & p.tag.grammemes
        for p in parses(word)
    )


@cache
def abbreviations() -> dict[str, tuple[str, str]]:
    """What clerks shorten people to («уч-ся», «сотр.»): kind and the full word in the nominative, by abbreviation."""
    with (_DATA / "headcount_abbreviations.csv").open(encoding="utf-8", newline="") as file:
        return {row["abbreviation"]: (row["kind"], row["expansion"]) for row in csv.DictReader(file)}


def _abbreviated_kind(folded: str, start: int, end: int, number_start: int) -> str:
    """The kind of an abbreviated noun; «ч.» after «в», «с», «до» are hours, and a dot must follow but after «чел»."""
    word = folded[start:end]
    kind, _ = abbreviations().get(word, ("", ""))
    if word == "ч":
        is_end = re.match(r"\.|\s?(?:$|[,;)(])", folded[end:]) is not None
        return kind if is_end and not _HOUR.search(folded, 0, number_start) else ""
    is_marked = "-" in word or word == "чел" or folded[end : end + 1] == "."
    return kind if is_marked else ""


def find_headcounts(folded: str, breaks: frozenset[int] = frozenset()) -> list[Headcount]:
    """Every quantity of lower-case text (ё as е) with the kind of noun it counts, in order.

    ``breaks`` are the offsets of line breaks: no number counts what the next line names.
    """
    headcounts = [_with_noun(quantity, folded, breaks) for quantity in find_quantities(folded)]
    for position in range(len(headcounts) - 2, -1, -1):
        count, following = headcounts[position : position + 2]
        elided = _ELIDED.fullmatch(folded, count.end, following.start) if count.noun == "none" else None
        if elided and following.noun == "person":
            headcounts[position] = replace(count, noun="person", end=elided.end("adjectives"))
    return headcounts


def _with_noun(quantity: Quantity, folded: str, breaks: frozenset[int]) -> Headcount:
    position, noun, noun_start = quantity.end, "none", quantity.end
    end = quantity.end
    for index in range(_MAX_WORDS):
        match = _WORD.match(folded, position)
        if match is None or position in breaks:
            break
        word = match[1]
        if index == 0:
            noun_start = match.start(1)
        abbreviated = _abbreviated_kind(folded, match.start(1), match.end(), quantity.start)
        kind = abbreviated or noun_kind(word)
        if kind in ("generic", "person"):
            noun, end = kind, match.end()
            end += bool(abbreviated) and folded[end : end + 1] == "."
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
