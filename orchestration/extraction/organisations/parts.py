"""What every kind of organisation name is put together from: the span, its adjectives, its head noun."""

from __future__ import annotations

from dataclasses import dataclass, replace

from orchestration.extraction.language.morphology import parses
from orchestration.extraction.organisations.lexicon import (
    Reading,
    adjective_readings,
    is_place_adjective,
    noun_of,
)
from orchestration.extraction.organisations.names import inner_nominative, without_region
from orchestration.extraction.organisations.tokens import Token


@dataclass(frozen=True, slots=True)
class OrganisationSpan:
    """A named organisation at ``[start, end)``; ``name`` is canonical and nominative.

    ``head`` is the lemma of its head noun or an acronym («школа», «ЦКС»), ``legal_form`` the acronym before its name,
    ``place_end`` where the place said once for a whole list ends («школ № 3 и № 5 г. Бреста»), else ``end``.
    """

    start: int
    end: int
    name: str
    head: str | None = None
    legal_form: str | None = None
    place_end: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "place_end", max(self.place_end, self.end))


def span_of(
    text: str, start: int, end: int, head: str | None = None, legal_form: str | None = None
) -> OrganisationSpan:
    """The organisation that ``text[start:end]`` names, its region left out and its quotes in the nominative."""
    stripped = without_region(text[start:end])
    return OrganisationSpan(start, start + len(stripped), inner_nominative(stripped), head, legal_form)


def head_after(tokens: list[Token], index: int) -> int | None:
    """The head noun of a phrase that starts at ``index`` with any adjectives."""
    while index < len(tokens) and tokens[index].kind == "word":
        if noun_of(tokens[index].text):
            return index
        if not adjective_readings(tokens[index].text):
            return None
        index += 1
    return None


def skip_aside(tokens: list[Token], index: int) -> int:
    """Past a bracket and a head count after a name: «(г. Рудня) – 11 человек»."""
    if index < len(tokens) and tokens[index].text == "(":
        while index < len(tokens) and tokens[index].text != ")":
            index += 1
        index += 1
    if index + 1 < len(tokens) and tokens[index].text in "–—-" and tokens[index + 1].text.isdigit():
        index += 2
        if index < len(tokens) and tokens[index].text.lower().startswith("чел"):
            index += 1
    return index


def capitalised(span: OrganisationSpan) -> OrganisationSpan:
    """The name with a capital letter («региональное отделение …» keeps its small one)."""
    return span if span.name.startswith("региональн") else replace(span, name=span.name[0].upper() + span.name[1:])


def adjectives_before(tokens: list[Token], index: int, readings: set[Reading]) -> tuple[int, set[Reading]]:
    """Index of the first adjective that agrees with the head noun, and the readings that are left."""
    first = index
    while first and tokens[first - 1].kind == "word":
        word = tokens[first - 1].text
        agreeing = {reading for reading, _ in adjective_readings(word)} & readings if readings else set()
        if not readings:
            agreeing = {reading for reading, _ in adjective_readings(word)}
        if not agreeing or not word[0].isalpha() or _is_descriptive(word):
            break
        readings = agreeing
        first -= 1
    while first < index and tokens[first].text[0].islower() and is_place_adjective(tokens[first].text.title()):
        first += 1
    return first, readings


def _is_descriptive(word: str) -> bool:
    """A lower-case participle or pronoun before a name, no part of it."""
    return word[0].islower() and any("Apro" in parse.tag or {"PRTF", "pres"} in parse.tag for parse in parses(word))
