"""Reads whether an event took place on site, online or both."""

from __future__ import annotations

import re
from functools import cache

from orchestration.extraction.language.quotes import blank_quotes
from orchestration.extraction.language.tables import patterns_by_kind, read_table
from orchestration.extraction.language.text import CellText
from orchestration.extraction.model import Column, Evidence, Labelled
from orchestration.extraction.places import is_remote

_PHYSICAL = re.compile(r"(?<!\w)(?:очн(?!о-)|офлайн|оффлайн|off-?line)")
_SETTLEMENT = re.compile(r"(?<!\w)(?:г|д|п|с|пос|дер|аг|г\.\s?п|пгт|ст|город|поселок|деревня|село|агрогородок)\b\.?\s")
_JOIN = r"(?:\sи|\s?[/;+]|\sа также|\sплюс)\s?"


@cache
def _rules() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Format, where it applies and pattern of each rule in order; «<kind>» in a pattern is a list of presence words."""
    presence = patterns_by_kind("presence_words.csv")
    return tuple(
        (
            rule["format"],
            rule["where"],
            re.compile(r"(?<!\w)(?:" + re.sub(r"<(\w+)>", lambda kind: presence[kind[1]], rule["pattern"]) + ")"),
        )
        for rule in read_table("format_words.csv")
    )


@cache
def _joined() -> re.Pattern[str]:
    remote = patterns_by_kind("presence_words.csv")["remote"]
    return re.compile(rf"{_JOIN}(?:{remote})|(?<!\w)(?:{remote}){_JOIN}(?:\w+\.?\s)?[«\w]")


@cache
def _word(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{patterns_by_kind('presence_words.csv')[kind]})(?!\w)")


@cache
def _denied() -> re.Pattern[str]:
    """What, right before a wording or earlier in its clause, makes it no fact."""
    planned = patterns_by_kind("presence_words.csv")["planned"]
    return re.compile(rf"(?<!\w)(?:(?:не|проект\w*|дистанционное обучение)\s|(?:{planned})[^.,;:]*)$")


def read_format(texts: dict[Column, CellText], extra_format: str | None = None) -> Labelled[str]:
    """«in_person», «online» or «hybrid»: a column of its own first, then place, participants, name and text.

    ``extra_format`` is the verbatim cell of a format column where the report has one.
    """
    if extra_format and (told := _format_of_own_column(CellText.from_raw(extra_format).folded)):
        return Labelled(told, None)
    place, description = texts[Column.PLACE], texts[Column.DESCRIPTION].folded
    in_place = _format_of_place(place)
    if in_place and in_place[0] == "hybrid":
        return _labelled(Column.PLACE, in_place)
    if in_participants := _find(texts[Column.PARTICIPANTS].folded, "participants"):
        return _labelled(Column.PARTICIPANTS, in_participants, 0.9)
    in_text = _find(description, "text")
    if in_text and in_text[0] == "hybrid":
        return _labelled(Column.DESCRIPTION, in_text, 0.9)
    if in_place:
        return _labelled(Column.PLACE, in_place)
    if in_name := _find(blank_quotes(texts[Column.NAME]), "name"):
        return _labelled(Column.NAME, in_name)
    remote = _word("remote").search(description)
    if remote and _word("on_site").search(description) and not _denied().search(description, 0, remote.start()):
        return _labelled(Column.DESCRIPTION, ("hybrid", *remote.span()), 0.6)
    if in_text:
        return _labelled(Column.DESCRIPTION, in_text, 0.6)
    return Labelled("in_person", None)


def _format_of_own_column(folded: str) -> str | None:
    if found := _find(folded, "place"):
        return "hybrid" if _PHYSICAL.search(folded) else found[0]
    return "in_person" if _PHYSICAL.search(folded) else None


def _format_of_place(place: CellText) -> tuple[str, int, int] | None:
    found = _find(place.folded, "place")
    remote_only = is_remote(place)
    if found is None:
        return ("online", 0, len(place.text)) if remote_only else None
    has_site = not remote_only or _SETTLEMENT.search(place.folded)
    if _PHYSICAL.search(place.folded) or (has_site and _joined().search(place.folded)):
        return "hybrid", *found[1:]
    return found


def _find(folded: str, where: str) -> tuple[str, int, int] | None:
    """Format and range of the first rule for that column that matches and is not denied."""
    for name, place, pattern in _rules():
        if place in ("any", where):
            for match in pattern.finditer(folded):
                if not _denied().search(folded, 0, match.start()):
                    return name, *match.span()
    return None


def _labelled(column: Column, found: tuple[str, int, int], confidence: float = 1.0) -> Labelled[str]:
    return Labelled(found[0], Evidence(column, found[1], found[2], f"format.{column}", confidence))
