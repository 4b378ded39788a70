"""Reads the ordinal edition that an event's name carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from orchestration.extraction.event.event_type import names_event
from orchestration.extraction.language.ordinals import ordinal_pattern, ordinal_value
from orchestration.extraction.language.quotes import blank_quotes, quoted_spans
from orchestration.extraction.language.roman import roman_value
from orchestration.extraction.language.tables import patterns_by_kind
from orchestration.extraction.language.text import CellText
from orchestration.extraction.model import Column, Evidence, Labelled

_ENDING = r"(?:\s?[-–]\s?(?:ый|ой|ий|й|ого|го|ому|му|ом|м|ая|я|ую|ю|ое|е|ых|х))"
_ROMAN = re.compile(rf"(?<![\w.«-])(?P<numeral>[IVXLХІ]{{1,8}}){_ENDING}?(?=,?\s+\(?[^\W\d])")
_TYPED_ROMAN = re.compile(r"^(?:участие\s+(?:во?|на)\s+)?(?P<numeral>[ПШ]|[IХX]?У[IІ]{0,3})(?=\s)", re.IGNORECASE)
_CYRILLIC_SHAPES = str.maketrans({"П": "II", "Ш": "III"})
_ARABIC = re.compile(
    r"(?<![\w.,№-])(?P<numeral>\d{1,3})\s?[-–]?\s?"
    r"(?:ый|ой|ий|й|ого|го|ому|му|ом|м|ая|я|ую|ю|ое|е|ые|ых|х)(?=,?\s+\(?[^\W\d])"
)
_TITLE_NUMERAL = re.compile(rf"(?P<roman>[IVXLХІ]{{1,8}}){_ENDING}?\s|(?P<arabic>\d{{1,3}}){_ENDING}\s")
_DAY_OF_EVENT = re.compile(r"\s+д(?:ень|ня|не|ни)\b")
# «(в третий раз)», «(восьмой по счету)», «– десятый, юбилейный»
_TIMES = re.compile(r",?\s(?:раз|по\sсчету)(?!\w)")
_OPENED = re.compile(r"(?:\(|\s[–—-]\s|[»_],\s)(?:уже\s)?$")
_CLOSED = re.compile(r"(?:,?\sюбилейн\w+)?\)?\W*$")
_MAX_TITLE_WORDS = 5


@cache
def _not_edition() -> re.Pattern[str]:
    words = patterns_by_kind("edition_words.csv")["not_edition"]
    return re.compile(rf"\s+(?:\w+\s+)?(?:{words})", re.IGNORECASE)


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{patterns_by_kind('edition_words.csv')['attribute']})\w+", re.IGNORECASE)


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,№-])(?P<numeral>\d{{1,3}})(?={_attribute().pattern})", re.IGNORECASE)


@cache
def _word_ordinal() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-]){ordinal_pattern()}"
        r"(?:ый|ой|ий|ая|ья|ого|ьего|ом|ьем|ую|ью|ое|ье|ей|ьей|ым|ьим|ые|ьи|ых|ьих)(?=[\s,)]|$)"
    )


def read_edition(name: CellText) -> Labelled[int] | None:
    """The ordinal edition that the name carries («X», «12-й», «Пятый»); anniversaries, classes and grades are none."""
    return next((Labelled(value, evidence) for value, evidence in _editions(name)), None)


def _editions(name: CellText) -> Iterator[tuple[int, Evidence]]:
    """Editions from the surest form to the least."""
    text, outside = name.text, blank_quotes(name)
    for match in _ROMAN.finditer(text):
        value = roman_value(match["numeral"])
        if value and outside[match.start()] != "_" and not _follows_name(text, match.start()) and _counts(match):
            yield value, Evidence(Column.NAME, *match.span(), "edition.roman")
    for pattern, rule in ((_ARABIC, "edition.arabic"), (_bare(), "edition.bare")):
        for match in pattern.finditer(text):
            if outside[match.start()] != "_" and _counts(match) and int(match["numeral"]):
                yield int(match["numeral"]), Evidence(Column.NAME, *match.span(), rule)
    for match in _word_ordinal().finditer(outside):
        if (
            _counts(match)
            and not _DAY_OF_EVENT.match(outside, match.end())
            and (
                _stands_behind(outside, match)
                or names_event(" ".join(outside[match.end() : match.end() + 80].split()[:4]))
            )
        ):
            value = ordinal_value(match["unit"], match["tens"])
            yield value, Evidence(Column.NAME, *match.span(), "edition.word", 0.9)
    typed = _TYPED_ROMAN.match(text)
    if typed and _attribute().match(text, typed.end()):
        value = roman_value(typed["numeral"].upper().translate(_CYRILLIC_SHAPES))
        if value:
            yield value, Evidence(Column.NAME, *typed.span("numeral"), "edition.typed_roman", 0.8)
    yield from _editions_of_titles(name)


def _editions_of_titles(name: CellText) -> Iterator[tuple[int, Evidence]]:
    """Numerals at the head of a quoted title that itself names an event («XXVII Чеховские чтения»)."""
    for start, end in quoted_spans(name.text):
        match = _TITLE_NUMERAL.match(name.text, start + 1, end)
        if match is None or _not_edition().match(name.text, match.end() - 1):
            continue
        words = name.folded[match.end() : end - 1].split()[:_MAX_TITLE_WORDS]
        value = roman_value(match["roman"]) if match["roman"] else int(match["arabic"])
        if value and names_event(" ".join(words)):
            yield value, Evidence(Column.NAME, match.start(), match.end() - 1, "edition.title", 0.9)


def _counts(numeral: re.Match[str]) -> bool:
    """Whether the numeral counts events rather than years, classes, places or soldiers."""
    return _not_edition().match(numeral.string, numeral.end()) is None


def _stands_behind(outside: str, ordinal: re.Match[str]) -> bool:
    """Whether the ordinal follows the event that it counts, as times or as an apposition that ends the name."""
    if _TIMES.match(outside, ordinal.end()):
        return True
    is_opened = _OPENED.search(outside, 0, ordinal.start()) is not None
    return is_opened and _CLOSED.match(outside, ordinal.end()) is not None


def _follows_name(text: str, start: int) -> bool:
    """Whether the numeral belongs to a ruler («Петра I»): a capitalised word inside the phrase stands right before."""
    words = text[:start].split()
    return len(words) > 1 and words[-1][0].isupper() and words[-1].isalpha() and len(words[-1]) > 2
