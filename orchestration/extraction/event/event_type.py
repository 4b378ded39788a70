"""Reads what type of event a row tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from orchestration.extraction.language.quotes import blank_quotes
from orchestration.extraction.language.tables import patterns_by_kind, read_table
from orchestration.extraction.language.text import CellText
from orchestration.extraction.model import Column, Evidence, Labelled


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A word that names an event type; weak ones («день», «открытие») count only where no strong one stands."""

    code: str
    is_strong: bool
    start: int
    end: int


@cache
def _type_pattern() -> tuple[re.Pattern[str], dict[str, dict[str, str]]]:
    meanings = {f"p{index}": row for index, row in enumerate(read_table("event_types.csv"))}
    alternatives = "|".join(rf"(?P<{group}>{row['pattern']})" for group, row in meanings.items())
    prefix = patterns_by_kind("event_type_words.csv")["prefix"]
    return re.compile(rf"(?<!\w)(?:(?:{prefix})-?)?(?:{alternatives})(?!\w)"), meanings


@cache
def _participation() -> re.Pattern[str]:
    words = patterns_by_kind("event_type_words.csv")["participation"]
    return re.compile(rf"^\W*(?:{words})\s+(?:[^,.]{{0,120}}?\s)??(?:во?|на)\s(?!рамках)")


@cache
def _subordinate() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{patterns_by_kind('event_type_words.csv')['subordinate']})\b")


def names_event(folded: str) -> bool:
    """Whether a strong word for a type of event stands in lower-case text (ё as е)."""
    return any(word.is_strong for word in _type_words(folded, 0, len(folded)))


def read_event_type(name: CellText, description: CellText) -> Labelled[str]:
    """The event type by the head noun of the name, else of its quoted title, else of the text, else «other»."""
    outside = blank_quotes(name)
    start = participation.end() if (participation := _participation().match(outside)) else 0
    cut = _subordinate().search(outside, start)
    if word := _head(outside, start, cut.start() if cut else len(outside)) or _head(outside, 0, len(outside)):
        return _by_context(name, description, word)
    if word := _head(name.folded, 0, len(name.folded)):
        return Labelled(word.code, Evidence(Column.NAME, word.start, word.end, "event_type.title", 0.7))
    described = _type_words(blank_quotes(description), 0, len(description.text))
    if word := next((word for word in described if word.is_strong), None):
        return Labelled(word.code, Evidence(Column.DESCRIPTION, word.start, word.end, "event_type.description", 0.5))
    return Labelled("other", None)


def _by_context(name: CellText, description: CellText, word: TypeWord) -> Labelled[str]:
    """A marathon or relay is a project where the row speaks of pictures, books, songs … and of no sport."""
    if word.code == "tournament" and _word("sport_or_project").fullmatch(name.folded, word.start, word.end):
        tells = {
            kind for kind in ("sport", "culture") for cell in (name, description) if _word(kind).search(cell.folded)
        }
        if tells == {"culture"}:
            return Labelled("project", Evidence(Column.NAME, word.start, word.end, "event_type.context", 0.6))
    return Labelled(word.code, Evidence(Column.NAME, word.start, word.end, "event_type.name"))


@cache
def _word(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{patterns_by_kind('event_type_words.csv')[kind]})(?!\w)")


def _type_words(folded: str, start: int, end: int) -> Iterator[TypeWord]:
    pattern, meanings = _type_pattern()
    for match in pattern.finditer(folded, start, end):
        meaning = meanings[match.lastgroup or ""]
        yield TypeWord(meaning["code"], meaning["strength"] == "strong", *match.span())


def _head(folded: str, start: int, end: int) -> TypeWord | None:
    """The leftmost strong word, else the leftmost weak one."""
    words = list(_type_words(folded, start, end))
    return next((word for word in words if word.is_strong), words[0] if words else None)
