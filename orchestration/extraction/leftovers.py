"""Tells what of a row no rule has read: counts of people, dates of the dates cell, words of agreements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from orchestration.extraction.dates import find_dates
from orchestration.extraction.headcounts import find_headcounts
from orchestration.extraction.model import Column, Evidence, Leftover
from orchestration.extraction.text import CellText

_AGREEMENT = re.compile(
    r"(?<!\w)(?:соглашени\w+|договор(?:а|у|е|ом|ы|ов|ам|ах)?(?!\w)|договоренност\w+|договорил\w+|меморандум\w*|протокол\w*|подписан[аоыи]?\w*|подписал\w*)"
)
_NEAR = 80
# A sum spans everything between its first and last group; what was read is the groups themselves.
_SUM = "participants.sum_of_groups"


def find_leftovers(texts: dict[Column, CellText], used: Iterable[Evidence]) -> tuple[Leftover, ...]:
    """What nobody has read, in order of columns and characters.

    Numbers with a word for people, dates of the dates cell (the whole cell where nothing of it was read) and words
    of agreements that no evidence range touches; neighbouring words of one sentence are told once.
    """
    ranges: dict[Column, list[tuple[int, int]]] = {}
    for evidence in used:
        if evidence.rule == _SUM:
            continue
        ranges.setdefault(evidence.column, []).append((evidence.start, evidence.end))
    return tuple(
        Leftover(kind, texts[column].text[start:end], column, start, end)
        for column, kind, start, end in _candidates(texts, ranges)
        if not any(start < used_end and used_start < end for used_start, used_end in ranges.get(column, ()))
    )


def _candidates(
    texts: dict[Column, CellText], ranges: dict[Column, list[tuple[int, int]]]
) -> Iterator[tuple[Column, str, int, int]]:
    for column, cell in texts.items():
        if column is Column.DATES:
            if cell.text and not ranges.get(column):
                yield column, "date", 0, len(cell.text)
            else:
                yield from ((column, "date", start, end) for start, end in find_dates(cell))
        if column in (Column.DESCRIPTION, Column.PARTICIPANTS):
            for headcount in find_headcounts(cell.folded):
                if headcount.noun in ("generic", "person"):
                    yield column, "number", headcount.start, headcount.end
        if column in (Column.NAME, Column.DESCRIPTION, Column.PARTICIPANTS):
            yield from (
                (column, "agreement", start, end) for start, end in _agreement_words(cell, ranges.get(column, []))
            )


def _agreement_words(cell: CellText, used: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ranges of agreement words that stand close together, a word already read apart."""
    merged: list[tuple[int, int]] = []
    for match in _AGREEMENT.finditer(cell.folded):
        if any(match.start() < end and start < match.end() for start, end in used):
            continue
        if (
            merged
            and match.start() - merged[-1][1] < _NEAR
            and not re.search(r"[.;]\s", cell.text[merged[-1][1] : match.start()])
        ):
            between = (merged[-1][1], match.start())
            if not any(between[0] < end and start < between[1] for start, end in used):
                merged[-1] = (merged[-1][0], match.end())
                continue
        merged.append(match.span())
    yield from merged
