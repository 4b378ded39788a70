"""A cell's text, normalised once so that every rule and every offset speaks of the same characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_WHITESPACE = re.compile(r"\s+")
_FOLD = str.maketrans("ёЁ", "еЕ")


@dataclass(frozen=True)
class CellText:
    """Text with every run of whitespace (NBSP and line breaks too) as one space, and none at either end.

    ``breaks`` are the offsets in ``text`` of the spaces that stand for a line break in the file.
    """

    text: str
    breaks: frozenset[int] = frozenset()

    @classmethod
    def from_raw(cls, raw: str) -> CellText:
        parts: list[str] = []
        breaks: set[int] = set()
        length = 0
        position = 0
        stripped = raw.strip()
        for gap in _WHITESPACE.finditer(stripped):
            word = stripped[position : gap.start()]
            parts += (word, " ")
            length += len(word)
            if "\n" in gap.group():
                breaks.add(length)
            length += 1
            position = gap.end()
        parts.append(stripped[position:])
        return cls("".join(parts), frozenset(breaks))

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Half-open ranges of the lines of the file's cell, in order."""
        edges = [-1, *sorted(self.breaks), len(self.text)]
        return [(start + 1, end) for start, end in zip(edges, edges[1:], strict=False)]

    @cached_property
    def folded(self) -> str:
        """``text`` in lower case with «ё» as «е»; the same length, so offsets hold."""
        return fold(self.text)


def fold(text: str) -> str:
    """Lower case with «ё» as «е», length kept."""
    folded = text.translate(_FOLD).lower()
    return folded if len(folded) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
