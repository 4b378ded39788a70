"""Splits a cell into sentences and list items, each with the phrase that introduces it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from orchestration.extraction.language.morphology import parses
from orchestration.extraction.language.quotes import quoted_spans
from orchestration.extraction.language.tables import read_table
from orchestration.extraction.language.text import CellText

_STOP = re.compile(r"[.!?…]+[»”\")]*(?=\s|$)|;(?=\s|$)")
_MARKER = re.compile(r"(?:[-–—•·*▪●]|\d{1,2}[.)](?!\d)|[а-я]\))\s*")
_DASH_AFTER_STOP = re.compile(r"(?<=[;:])\s[-–—•·▪●]\s")
_NUMBER_BEFORE = re.compile(r"\b\d{1,2}$")
_LAST_WORD = re.compile(r"([\w-]+)\.$")
_WORD = re.compile(r"[^\W\d_][\w-]*")
# A capitalised word of these classes opens a sentence rather than being a name inside one.
_OPENING_CLASSES = {"PRTS", "VERB", "PREP", "ADVB", "NPRO", "CONJ", "GRND", "PRED"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or list item ``[start, end)``; ``lead`` is the range of the phrase before its list's colon."""

    start: int
    end: int
    lead: tuple[int, int] | None = None


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["abbreviation"] for row in read_table("sentence_abbreviations.csv"))


def split_sentences(cell: CellText) -> list[Sentence]:
    """Sentences and list items of the cell in order, without list markers and surrounding spaces.

    A line break ends a sentence only where the next line opens one; a list begins after a colon and its items,
    marked by dashes or numbers or parted by semicolons, each keep the range of the introducing phrase.
    """
    sentences: list[Sentence] = []
    lead: tuple[int, int] | None = None
    is_marked_list = False
    for start, end in _pieces(cell):
        marker = _MARKER.match(cell.text, start, end)
        item_start = marker.end() if marker else start
        if lead and ((is_marked_list and not marker) or (sentences[-1].lead and _ends_list(cell, sentences[-1]))):
            lead = None
        if cell.text[end - 1] == ":":
            lead, is_marked_list = (item_start, end), bool(_MARKER.match(cell.text, min(end + 1, len(cell.text))))
            sentences.append(Sentence(item_start, end))
            continue
        colon = _inner_colon(cell.text, item_start, end) if lead is None and cell.text[end - 1] == ";" else None
        if colon:
            lead, is_marked_list = (item_start, colon), False
            sentences.append(Sentence(item_start, colon))
            item_start = colon + 1
        if item_start < end:
            sentences.append(Sentence(item_start, end, lead))
    return sentences


def _ends_list(cell: CellText, sentence: Sentence) -> bool:
    return cell.text[sentence.end - 1] in ".!?…"


def _inner_colon(text: str, start: int, end: int) -> int | None:
    colon = text.find(": ", start, end)
    return colon + 1 if colon >= 0 else None


def _pieces(cell: CellText) -> Iterator[tuple[int, int]]:
    edges = sorted({0, len(cell.text), *_ends_of_sentences(cell), *_ends_of_lines(cell)})
    for start, end in itertools.pairwise(edges):
        piece = cell.text[start:end]
        if stripped := piece.strip():
            offset = start + len(piece) - len(piece.lstrip())
            yield offset, offset + len(stripped)


def _ends_of_sentences(cell: CellText) -> Iterator[int]:
    text = cell.text
    quoted = quoted_spans(text)
    for stop in _STOP.finditer(text):
        if any(start < stop.start() and stop.end() < end for start, end in quoted):
            continue
        if stop.group().startswith(".") and (
            _is_abbreviation(text, stop.start() + 1) or _is_list_number(cell, stop.start())
        ):
            continue
        yield stop.end()
    for dash in _DASH_AFTER_STOP.finditer(text):
        yield dash.start()


def _is_list_number(cell: CellText, stop: int) -> bool:
    """Whether the full stop closes a list number at the head of a line or after a colon or semicolon."""
    number = _NUMBER_BEFORE.search(cell.text, 0, stop)
    if number is None:
        return False
    return number.start() - 1 in cell.breaks or cell.text[: number.start()].rstrip()[-1:] in {":", ";", ""}


def _is_abbreviation(text: str, end: int) -> bool:
    """Whether the full stop before ``end`` belongs to an abbreviation or an initial and the sentence goes on."""
    last = _LAST_WORD.search(text, max(0, end - 40), end)
    following = _WORD.match(text, end + 1) if end + 1 < len(text) else None
    if last is None or not (last[1].lower() in _abbreviations() or (len(last[1]) == 1 and last[1].isupper())):
        return last is not None and following is not None and following.group()[0].islower()
    if end + 1 >= len(text):
        return True
    if last[1].isupper() and len(last[1]) == 1:
        return True
    if following is None:
        return text[end + 1] not in "-–—•"
    if len(following.group()) == 1 and text[following.end() : following.end() + 1] == ".":
        return True
    return not (following.group()[0].isupper() and opens_sentence(following.group()))


def _ends_of_lines(cell: CellText) -> Iterator[int]:
    text = cell.text
    quoted = quoted_spans(text)
    for gap in sorted(cell.breaks):
        before = text[gap - 1]
        if any(start < gap < end for start, end in quoted):
            continue
        following = _WORD.match(text, gap + 1)
        marker = _MARKER.match(text, gap + 1)
        previous = text[:gap].rpartition(" ")[2]
        if before in ":;!?" or (marker and (before in ".," or marker.group()[0].isdigit())):
            yield gap
        elif before == "." and following and following.group()[0].isupper():
            if opens_sentence(following.group()) or not _is_abbreviation(text, gap):
                yield gap
        elif before not in ",-–—(«" and following and opens_sentence(following.group()) and not _leads_on(previous):
            yield gap


def opens_sentence(word: str) -> bool:
    """Whether a capitalised word is rather the first of a sentence than a name inside one."""
    if not word[0].isupper() or (word.isupper() and len(word) > 1):
        return False
    return parses(word.lower())[0].tag.POS in _OPENING_CLASSES


def _leads_on(word: str) -> bool:
    """Whether a preposition or conjunction ends the line, so that the sentence goes on."""
    return word.isalpha() and parses(word.lower())[0].tag.POS in {"PREP", "CONJ"}
