"""Bare nouns that refer back to an organisation named before: «школа», «сотрудники музея», «от хозяйства»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from orchestration.extraction.language.morphology import parses
from orchestration.extraction.language.tables import read_table
from orchestration.extraction.language.text import fold
from orchestration.extraction.organisations.lexicon import (
    adjective_readings,
    lemmas_of,
    noun_of,
    noun_readings,
    words_of,
)
from orchestration.extraction.organisations.parts import OrganisationSpan

_WORD = re.compile(r"(?<![А-Яа-яЁё-])[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
_BEFORE = re.compile(r"(?P<word>[А-Яа-яЁё]+)\s$")
_AFTER = re.compile(r"\s(?P<word>[А-Яа-яЁё«№\"][А-Яа-яЁё-]*)")
_PLACES = frozenset(("в", "во", "на", "по", "у", "около", "возле", "перед", "к", "ко", "из", "мимо", "вокруг", "под"))
_VISITED = re.compile(r"(?:посет|посещ|осмотр|экскурси|ознаком|знаком)\w*\s(?:[а-яё]+\s){0,3}$", re.IGNORECASE)
_POINTING = frozenset(("этот", "данный", "тот", "наш", "указанный", "названный", "сам", "свой", "принимающий", "весь"))


class Reference(NamedTuple):
    """A bare noun at ``[start, end)`` of a text that stands for the organisation ``index`` of those named."""

    start: int
    end: int
    index: int
    is_place: bool


def find_references(
    text: str, spans: Sequence[OrganisationSpan], named: Sequence[str], since: Sequence[int] = ()
) -> list[Reference]:
    """References in ``text``, whose own organisations are ``spans``, to the one of ``named`` that has such a head noun.

    ``since`` are the offsets after which each has been named (0 where not given). ``is_place`` tells of one where
    something only takes place («в залах музея», «посетили школу»).
    """
    heads = [_heads_of(name) for name in named]
    since = since or [0] * len(named)
    wanted = frozenset().union(*heads)
    found: list[Reference] = []
    for match in _WORD.finditer(text) if wanted else ():
        noun = _noun(match.group())
        if noun not in wanted or any(span.start <= match.start() < span.end for span in spans):
            continue
        owners = [index for index, nouns in enumerate(heads) if noun in nouns and since[index] <= match.start()]
        if len(owners) == 1 and _is_bare(text, match, noun, named[owners[0]]):
            found.append(Reference(match.start(), match.end(), owners[0], _is_place(text, match.start())))
    return found


@cache
def _words_for() -> dict[str, str]:
    """Common nouns by the acronyms and nouns that they may stand for."""
    return {row["noun"]: row["word"] for row in read_table("organisation_references.csv")}


@cache
def _heads_of(name: str) -> frozenset[str]:
    nouns = {_noun(word) for word in _WORD.findall(name)} - {""}
    return frozenset(nouns | {_words_for()[noun] for noun in nouns if noun in _words_for()})


@cache
def _noun(word: str) -> str:
    """The organisation noun of a word in the singular, an acronym or a common noun for one; "" for other words."""
    if word in _words_for():
        return word
    if noun := noun_of(word):
        is_singular = not noun_readings(word) or any(reading.number == "sing" for reading in noun_readings(word))
        return noun.noun if is_singular else ""
    lemmas = lemmas_of(word) & frozenset(_words_for().values())
    return min(lemmas, default="")


def _is_bare(text: str, match: re.Match[str], noun: str, name: str) -> bool:
    """Whether nothing around the noun tells of another one: no adjective, number, quoted name or genitive."""
    before = _BEFORE.search(text, 0, match.start())
    lemmas = lemmas_of(before["word"]) if before and adjective_readings(before["word"]) else frozenset()
    is_named = bool(lemmas & _lemmas_in(name))
    is_other = not lemmas <= _POINTING and lemmas.isdisjoint(words_of("academic"))
    if not is_named and (is_other or noun in words_of("common")):
        return False
    after = _AFTER.match(text, match.end())
    if after is None:
        return True
    word = after["word"]
    if not word[0].isalpha() or word in ("из", "при", "им", "имени", "города", "района", "округа"):
        return False
    tag = parses(word)[0].tag
    is_genitive = tag.POS in ("NOUN", "ADJF") and tag.case == "gent"
    return not is_genitive or not lemmas_of(word).isdisjoint(map(fold, _lemmas_in(name)))


@cache
def _lemmas_in(name: str) -> frozenset[str]:
    return frozenset(lemma for word in _WORD.findall(name) for lemma in lemmas_of(word))


def _is_place(text: str, start: int) -> bool:
    before = _BEFORE.search(text, 0, start)
    if before and (before["word"].lower() in _PLACES or not lemmas_of(before["word"]).isdisjoint(words_of("room"))):
        return True
    return _VISITED.search(text, 0, start) is not None
