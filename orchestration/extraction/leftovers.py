"""Tells what of a row no rule has read: dates, counts of people, words of agreements, named organisations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from orchestration.extraction.dates.reader import find_dates
from orchestration.extraction.language.quotes import quoted_spans
from orchestration.extraction.language.tables import read_table
from orchestration.extraction.language.text import CellText, fold
from orchestration.extraction.model import Column, Evidence, Leftover, LeftoverKind
from orchestration.extraction.organisations.lexicon import noun_of
from orchestration.extraction.participants.headcounts import find_headcounts

_AGREEMENT = re.compile(
    r"(?<!\w)(?:соглашени\w+|договор(?:а|у|е|ом|ы|ов|ам|ах)?(?!\w)|договоренност\w+|договорил\w+|меморандум\w*|протокол\w*|подписан[аоыи]?\w*|подписал\w*)"
)
_DOCUMENT = re.compile(r"(?<!\w)(?:соглашени|договор(?!ен|ил)|меморандум|протокол|контракт|план)")
_DENIED = re.compile(r"(?<!\w)не (?:был\w* |планир\w+ )?(?:заключ|подпис|достиг|предусм)")
_CLAUSE_END = re.compile(r"[.;]\s")
_NEAR = 80
# A sum spans everything between its first and last group; what was read is the groups themselves.
_SUM = "participants.sum_of_groups"
_LONG_NUMBER = re.compile(r"(?<![\d.:/-])\d{3,}(?![\d.:/-])")
_NO_COUNT = re.compile(r"(?:№|кл\b|лет\b|год\w*|г\.|место|мест\b|тур\b|этап\w*)")
_WORD = re.compile(r"[\w.-]+")
_STEM = 4
_SHORT = 5
_WORDS_BEFORE = 3

_Span = tuple[int, int]


def find_leftovers(
    texts: dict[Column, CellText], used: Iterable[Evidence], documents: Iterable[str] = ()
) -> tuple[Leftover, ...]:
    """What nobody has read, in order of columns and characters.

    Dates of the dates cell (the whole cell where nothing of it was read), numbers with a word for people, bare numbers
    of the participants cell, words of agreements, and quoted names after a word for an organisation that no fact
    of the row names, where no evidence range touches them; neighbouring words of one sentence are told once.
    ``documents`` are the titles of the agreements read: a clause that names one of them again is read too.
    """
    nouns = {noun for title in documents for noun in _DOCUMENT.findall(fold(title))}
    evidence = [item for item in used if item.rule != _SUM]
    ranges: dict[Column, list[_Span]] = {}
    for item in evidence:
        ranges.setdefault(item.column, []).append((item.start, item.end))
    return tuple(
        Leftover(kind, texts[column].written[start:end], column, start, end)
        for column in texts
        for kind, (start, end) in _candidates(texts, column, evidence, ranges, nouns)
        if not _touches((start, end), ranges.get(column, ()))
    )


def _touches(span: _Span, ranges: Iterable[_Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in ranges)


def _candidates(
    texts: dict[Column, CellText],
    column: Column,
    evidence: list[Evidence],
    ranges: dict[Column, list[_Span]],
    documents: set[str],
) -> Iterator[tuple[LeftoverKind, _Span]]:
    cell = texts[column]
    if column is Column.DATES:
        yield from (("date", span) for span in _dates(cell, evidence))
    if column in (Column.DESCRIPTION, Column.PARTICIPANTS):
        yield from (("number", span) for span in _numbers(cell, column))
        yield from (("quote", span) for span in _names(texts, column, evidence))
    if column in (Column.NAME, Column.DESCRIPTION, Column.PARTICIPANTS):
        yield from (("agreement", span) for span in _agreement_words(cell, ranges.get(column, []), documents))


def _dates(cell: CellText, evidence: list[Evidence]) -> Iterator[_Span]:
    read = [item for item in evidence if item.rule.startswith("dates")]
    if not read and cell.text:
        yield 0, len(cell.text)
        return
    dates = find_dates(cell)
    yield from dates
    if any(item.column is Column.DATES for item in read):
        numbers = (match.span() for match in _LONG_NUMBER.finditer(cell.text))
        yield from (number for number in numbers if not _touches(number, dates))


def _numbers(cell: CellText, column: Column) -> Iterator[_Span]:
    """Counts of people; in the participants cell bare numbers too, up to a count of works or teams."""
    may_be_bare = column is Column.PARTICIPANTS
    for count in find_headcounts(cell.folded, cell.breaks):
        may_be_bare = may_be_bare and count.noun != "thing"
        is_bare = count.noun == "none" and may_be_bare
        if count.noun in ("generic", "person") or (is_bare and not _NO_COUNT.match(cell.folded[count.end :].lstrip())):
            yield count.start, count.end


def _names(texts: dict[Column, CellText], column: Column, evidence: list[Evidence]) -> Iterator[_Span]:
    """Quoted names after a word for an organisation, but for those that a fact or the event's name repeats."""
    cell = texts[column]
    spans = [span for span in quoted_spans(cell.text) if _names_organisation(cell.text[: span[0]])]
    if not spans:
        return
    told = {stem for item in evidence for stem in _stems(texts[item.column].folded[item.start : item.end])}
    told |= _stems(texts[Column.NAME].folded)
    yield from (span for span in spans if not _stems(cell.folded[slice(*span)]) <= told)


def _stems(folded: str) -> set[str]:
    return {word[: _STEM if len(word) > _SHORT else _STEM - 1] for word in _WORD.findall(folded)}


def _names_organisation(before: str) -> bool:
    """Whether the words right before a quote are an organisation's noun or legal form."""
    phrase = re.split(r"[,;:()«»]|\.\s", before)[-1]
    words = _WORD.findall(phrase)[-_WORDS_BEFORE:]
    if words and fold(words[-1]) in _legal_forms():
        return words[-1].isupper()
    nouns = [noun for word in words if (noun := noun_of(word))]
    return bool(nouns) and nouns[-1].naming != "none"


@cache
def _legal_forms() -> frozenset[str]:
    return frozenset(fold(row["form"]) for row in read_table("legal_forms.csv")) - {"мо", "рф", "рб"}


def _agreement_words(cell: CellText, used: list[_Span], documents: set[str]) -> Iterator[_Span]:
    """Ranges of agreement words that stand close together, without those read or denied."""
    merged: list[_Span] = []
    for match in _AGREEMENT.finditer(cell.folded):
        clause = _clause(cell.folded, match.start())
        if _touches(match.span(), used) or _DENIED.search(clause) or documents & set(_DOCUMENT.findall(clause)):
            continue
        if (
            merged
            and match.start() - merged[-1][1] < _NEAR
            and not _CLAUSE_END.search(cell.text, merged[-1][1], match.start())
            and not _touches((merged[-1][1], match.start()), used)
        ):
            merged[-1] = (merged[-1][0], match.end())
        else:
            merged.append(match.span())
    yield from merged


def _clause(text: str, position: int) -> str:
    start = max((end.end() for end in _CLAUSE_END.finditer(text, 0, position)), default=0)
    end = _CLAUSE_END.search(text, position)
    return text[start : end.start() if end else len(text)]
