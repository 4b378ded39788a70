"""What a column heading means, in whatever wording, hyphenation or spelling it came."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from orchestration.documents.wording import fold, read_table

_WORD = re.compile(r"[а-я]+(?:-\s?[а-я]+)*")
_LONGEST_ENDING = 6
_SHORTEST_MISSPELT = 5


@lru_cache(maxsize=2000)
def recognise(heading: str) -> tuple[str, ...]:
    """The fields that a column of this heading tells, () if it is not known as written."""
    return _look_up(fold(heading))


@lru_cache(maxsize=200)
def recognise_misspelt(heading: str) -> tuple[str, ...]:
    """The fields of a heading once its words are put right: hyphens of line breaks, words run together, small slips."""
    folded = fold(heading)
    return _look_up(_WORD.sub(lambda word: _corrected(word.group()), folded)) or _look_up(folded)


def _look_up(folded: str) -> tuple[str, ...]:
    return next((fields for fields, pattern in _aliases() if pattern.search(folded)), ())


def _corrected(word: str) -> str:
    if _stem_of(word):
        return word
    joined = re.sub(r"-\s?", "", word)
    if joined != word and _stem_of(joined):
        return joined
    pieces = _pieces(joined)
    if pieces:
        return pieces
    if len(joined) < _SHORTEST_MISSPELT:
        return word
    for stem in _stems():
        slips = _slips_at_start(joined, stem)
        if slips is not None:
            return stem + joined[slips:]
    return word


def _pieces(word: str) -> str:
    """The words of the headings that were run together, '' if it is none."""
    for stem in _stems():
        if not word.startswith(stem):
            continue
        for end in range(len(stem), min(len(stem) + _LONGEST_ENDING, len(word))):
            rest = word[end:]
            if _stem_of(rest):
                return f"{word[:end]} {rest}"
    return ""


def _stem_of(word: str) -> str:
    """The stem of the headings' vocabulary that the word is a form of, '' if there is none."""
    return next((one for one in _stems() if word.startswith(one) and len(word) <= len(one) + _LONGEST_ENDING), "")


def _slips_at_start(word: str, stem: str) -> int | None:
    """How many letters of the word are its misspelt stem: one slip, two in a long one; None if it is another word."""
    allowed = 1 if len(stem) < 8 else 2
    if abs(len(word) - len(stem)) > _LONGEST_ENDING or word[0] != stem[0]:
        return None
    ends = [end for end in range(len(stem) - allowed, len(stem) + allowed + 1) if end <= len(word)]
    near = [(_distance(word[:end], stem), abs(end - len(stem)), end) for end in ends]
    best = min(near, default=None)
    return best[2] if best and best[0] <= allowed else None


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance."""
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, target in enumerate(other, 1):
            line.append(min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != target)))
        above = line
    return above[-1]


@cache
def _aliases() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    rows = read_table("header_aliases.csv")
    return tuple((tuple(row["field"].split()), re.compile(row["pattern"])) for row in rows)


@cache
def _stems() -> tuple[str, ...]:
    return tuple(sorted((row["stem"] for row in read_table("header_stems.csv")), key=len, reverse=True))
