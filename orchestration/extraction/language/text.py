"""A cell's text, normalised once so that every rule and every offset speaks of the same characters."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from functools import cached_property

_WHITESPACE = re.compile(r"\s+")
_LATIN = "ABCEHKMOPTXaceopxy"
_LOOKALIKES = str.maketrans(_LATIN, "АВСЕНКМОРТХасеорху")
_ANY_LATIN = re.compile("[A-Za-z]")
_MIXED_WORD = re.compile(rf"(?=[А-Яа-яЁё]*[{_LATIN}])(?=[{_LATIN}]*[А-Яа-яЁё])[А-Яа-яЁё{_LATIN}]+(?![A-Za-z])")


@dataclass(frozen=True)
class CellText:
    """Text with every run of whitespace (NBSP and line breaks too) as one space, and none at either end.

    Latin letters typed into Cyrillic words («Пoлoцк») are Cyrillic ones; ``mixed_script`` is the text with them where
    there are any.

    ``breaks`` are the offsets in ``text`` of the spaces that stand for a line break in the file.
    """

    text: str
    breaks: frozenset[int] = frozenset()
    mixed_script: str = ""

    @property
    def written(self) -> str:
        """``text`` with its letters as they stand in the file; the same length."""
        return self.mixed_script or self.text

    def blanked(self, start: int, end: int) -> CellText:
        """The text without the characters ``[start, end)``, spaces in their place so that offsets hold."""
        return replace(self, text=self.text[:start] + " " * (end - start) + self.text[end:])

    def beginning(self, length: int) -> CellText:
        """The first ``length`` characters at most."""
        if len(self.text) <= length:
            return self
        text = self.text[:length].rstrip()
        breaks = frozenset(offset for offset in self.breaks if offset < len(text))
        return CellText(text, breaks, self.mixed_script[: len(text)])

    @classmethod
    def from_raw(cls, raw: str) -> CellText:
        """The text of a cell as it stands in the file."""
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
        written = "".join(parts)
        text = _in_one_script(written)
        return cls(text, frozenset(breaks), "" if text == written else written)

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Half-open ranges of the lines of the file's cell, in order."""
        edges = [-1, *sorted(self.breaks), len(self.text)]
        return [(start + 1, end) for start, end in itertools.pairwise(edges)]

    @cached_property
    def folded(self) -> str:
        """``text`` in lower case with «ё» as «е»; the same length, so offsets hold."""
        return fold(self.text)


def _in_one_script(text: str) -> str:
    """Latin letters that look like Cyrillic ones put right within Cyrillic words; the length is kept."""
    if text.isascii() or not _ANY_LATIN.search(text):
        return text
    return _MIXED_WORD.sub(lambda word: word.group().translate(_LOOKALIKES), text)


def fold(text: str) -> str:
    """Lower case with «ё» as «е», length kept."""
    folded = text.lower().replace("ё", "е")
    return folded if len(folded) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
