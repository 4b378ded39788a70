"""Quoted segments of Russian text, nested quotes and forgotten closing quotes included."""

from __future__ import annotations

import re
from functools import lru_cache

from orchestration.extraction.language.text import CellText

_QUOTE = re.compile(r"[«»„“”‟\"]")
_FORGOTTEN_END = re.compile(r"[,;)]|\.\s|$")
# A legal form after a comma starts another name: the quote before it was never closed.
_NEXT_ORGANISATION = re.compile(r"[,;]\s*[А-ЯЁ]{2,}\s*$")
_LONGEST_TITLE = 200


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Outermost quoted segments as half-open ranges that include the quotes, in order.

    «МБОУ «Школа № 1»» closed once or twice is one segment; a quote never closed ends at the next comma,
    semicolon, bracket or sentence end.
    """
    return list(_quoted_spans(text))


@lru_cache(maxsize=64)
def _quoted_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The segments; many rules read the same cell, one after another."""
    marks = _marks(text)
    spans: list[tuple[int, int]] = []
    start = depth = 0
    for index, (offset, is_opening) in enumerate(marks):
        if is_opening:
            start = start if depth else offset
            depth += 1
        elif depth:
            depth -= 1
            if depth and not _closes_later(marks, index + 1, offset):
                depth = 0
                inner = max(opening for opening, opens in marks[:index] if opens)
                if forgotten := _NEXT_ORGANISATION.search(text[:inner], start):
                    spans.append((start, forgotten.start()))
                    start = inner
            if not depth:
                spans.append((start, offset + 1))
    if depth:
        end = _FORGOTTEN_END.search(text, marks[-1][0] + 1)
        spans.append((start, end.start() if end else len(text)))
    return tuple(spans)


def blank_quotes(cell: CellText) -> str:
    """The folded text with what stands in quotation marks blanked by «_», the same length."""
    folded = cell.folded
    for start, end in quoted_spans(cell.text):
        folded = folded[:start] + "«" + "_" * (end - start - 1) + folded[end:]
    return folded


def _marks(text: str) -> list[tuple[int, bool]]:
    """Every quote with whether it opens; straight and German quotes are told apart by their neighbours."""
    marks: list[tuple[int, bool]] = []
    for match in _QUOTE.finditer(text):
        offset, mark = match.start(), match.group()
        if mark in "«„":
            marks.append((offset, True))
        elif mark in "»”":
            marks.append((offset, False))
        else:
            before = text[offset - 1] if offset else " "
            after = text[offset + 1] if offset + 1 < len(text) else " "
            marks.append((offset, (before.isspace() or before in '(«„“"-–—/') and not after.isspace()))
    return marks


def _closes_later(marks: list[tuple[int, bool]], index: int, offset: int) -> bool:
    """Whether the rest of the text holds the closing quote of a segment still open at ``offset``."""
    depth = 0
    for later, is_opening in marks[index:]:
        if later - offset > _LONGEST_TITLE:
            return False
        depth += 1 if is_opening else -1
        if depth < 0:
            return True
    return False
