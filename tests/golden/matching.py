"""When a name in the warehouse is the name in the label, and which of several found things is which labelled one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from rapidfuzz import fuzz

T = TypeVar("T")

_PUNCTUATION = re.compile(r"""[«»"'“”„().,:;–—-]""")
_TYPES_OF_PLACES = re.compile(
    r"\b(?:г|гп|п|пос|д|город|города|городской|поселок|деревня|агрогородок|республика|республики|рб|рф)\b"
)
_SHORTEST_COMPARED_AS_A_WHOLE = 13


def normalise(name: str | None) -> str:
    """Lower case without punctuation and words for kinds of places: what two spellings of a name share."""
    text = (name or "").lower().replace("ё", "е").replace("\xa0", " ")
    return " ".join(_TYPES_OF_PLACES.sub(" ", _PUNCTUATION.sub(" ", text)).split())


def is_same_name(expected: str | None, found: str | None, least_similarity: int) -> bool:
    """Equal once normalised, or similar enough (0-100) by words in any order or, if long, letter by letter."""
    expected, found = normalise(expected), normalise(found)
    if expected == found:
        return True
    if not expected or not found:
        return False
    if fuzz.token_sort_ratio(expected, found) >= least_similarity:
        return True
    is_long = min(len(expected), len(found)) >= _SHORTEST_COMPARED_AS_A_WHOLE
    return is_long and fuzz.ratio(expected, found) >= least_similarity


def pair_up(expected: Iterable[T], found: Iterable[T], is_same: Callable[[T, T], bool]) -> tuple[int, list[T], list[T]]:
    """Pair each expected thing with the first found one that is the same: pairs, missed things, extra things."""
    missed: list[T] = []
    extra = list(found)
    pairs = 0
    for thing in expected:
        position = next((position for position, other in enumerate(extra) if is_same(thing, other)), None)
        if position is None:
            missed.append(thing)
        else:
            pairs += 1
            del extra[position]
    return pairs, missed, extra
