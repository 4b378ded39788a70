"""The lines between events: which of them names a municipality, sums up, notes something, divides or is a title."""

from __future__ import annotations

import re
from enum import Enum

from orchestration.documents.title import is_region_name, read_period
from orchestration.documents.wording import find_wording, fold

_LONGEST_NAME = 80
_LONGEST_SECTION = 200
_NUMBERING = re.compile(
    r"^(?:(?:(?:№\s*)?\d{1,3}(?:\.\d{1,3})*\s*[.)]|\d{1,3}\s*[–—-]\s|[а-я]\)|[IVXІХ]{1,6}[.)]"
    r"|(?i:раздел|часть|таблица)\s+[\dIVXІХ]+\s*[.:)–—-])\s*)+"
)
_TAIL = re.compile(
    r"\s*\((?:продолжение|окончание|начало)\)$"
    r"|\s*[-–—:,(]+\s*(?:(?:всего|итого|проведено|количество)\s*)*(?:мероприяти\w*\s*[-–—:]?\s*\d+"
    r"|\d+\s+(?:международн\w+\s+)?мероприяти\w*)\s*\)?$"
    r"|[\s:;,]+$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w-]+")
_ADJECTIVE = re.compile(r"[\w-]+(?:[иыо]й|ая|о[ей]|ого)")
_SMALL_WORD = re.compile(r"(?:на|над|под|и|им)")
_REGION_KIND = re.compile(r"(?:област|кра[йяюе]|республик|автономн)")


class LineKind(Enum):
    """What a line that is no event is for."""

    NOTE = "note"
    TOTALS = "totals"
    NO_EVENTS = "no_events"
    PLANNED = "planned"
    TITLE = "title"
    DIVIDER = "divider"
    MUNICIPALITY = "municipality"
    SHORT = "short"
    PROSE = "prose"


def line_kind(text: str) -> LineKind:
    """What a line is for that stands over the whole table or between tables.

    ``SHORT`` may be an unusual name of a municipality, ``PROSE`` is not.
    """
    bare = without_numbering(text)
    names_municipality = find_wording("municipality", text) is not None
    for kind in (LineKind.TOTALS, LineKind.NOTE, LineKind.NO_EVENTS, LineKind.PLANNED):
        if find_wording(kind.value, bare):
            return kind
    if not any(map(str.isalpha, text)):
        return LineKind.NOTE
    is_sentence = find_wording("sentence", text) is not None
    has_period = read_period(text) is not None
    is_title = find_wording("title", bare) is not None
    if (is_title and (has_period or not is_sentence)) or (has_period and not names_municipality and not is_sentence):
        return LineKind.PLANNED if find_wording("planned_period", text) else LineKind.TITLE
    if find_wording("group", bare) or _is_region(bare) or (find_wording("subheading", bare) and not names_municipality):
        return LineKind.DIVIDER
    if names_municipality and not is_sentence:
        longest = _LONGEST_NAME if text.endswith(".") else _LONGEST_SECTION
        return LineKind.MUNICIPALITY if len(text) <= longest else LineKind.PROSE
    if is_bare_name(bare):
        return LineKind.MUNICIPALITY
    return LineKind.PROSE if is_sentence or len(text) > _LONGEST_NAME or text.endswith(".") else LineKind.SHORT


def is_municipality_name(text: str) -> bool:
    """Whether the whole text is a municipality's name with its kind («МО «Гдовский район»»), and nothing more."""
    words = _WORD.findall(without_numbering(text))
    kinds = [find_wording("municipality_word", word) is not None for word in words]
    return (
        any(kinds)
        and all(is_kind or word[0].isupper() for word, is_kind in zip(words, kinds, strict=True))
        and (kinds[0] or _ADJECTIVE.fullmatch(words[0].lower()) is not None)
        and len(words) > sum(kinds)
    )


def is_bare_name(text: str) -> bool:
    """Whether the text may be a settlement's or district's name without its kind: one to four capitalised words."""
    words = text.strip('«»" .,:;').split()
    return 0 < len(words) <= 4 and all(
        _WORD.fullmatch(word) and (word[0].isupper() or (place > 0 and _SMALL_WORD.fullmatch(word)))
        for place, word in enumerate(words)
    )


def section_name(text: str) -> str:
    """A section's heading without its number, «(продолжение)» and how many events follow; otherwise verbatim."""
    name = without_numbering(text)
    while shorter := _TAIL.search(name):
        name = name[: shorter.start()]
    return name or text.strip()


def without_numbering(text: str) -> str:
    """The text without the number that it begins with («1.», «II.», «Раздел 2.»)."""
    return _NUMBERING.sub("", text.strip(), count=1)


def _is_region(text: str) -> bool:
    """Whether the text is a region's name and nothing more; a federal city is a municipality too."""
    return is_region_name(text) and _REGION_KIND.search(fold(text)) is not None
