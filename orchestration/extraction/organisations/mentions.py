"""Named organisations in running Russian text: legal forms with quoted names and descriptive names in any case."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from orchestration.extraction.organisations.forms import with_acronym, with_legal_form
from orchestration.extraction.organisations.lexicon import (
    Noun,
    adjective_lemmas,
    is_place_adjective,
    lemmas_of,
    nominative_words,
    noun_of,
    noun_readings,
    words_of,
)
from orchestration.extraction.organisations.lists import listed_adjectives, listed_numbers, listed_quotes
from orchestration.extraction.organisations.names import inner_nominative, without_region
from orchestration.extraction.organisations.parts import (
    OrganisationSpan,
    adjectives_before,
    capitalised,
    head_after,
    span_of,
)
from orchestration.extraction.organisations.tail import SOCIETIES, Tail, read_tail, town_of_branch
from orchestration.extraction.organisations.tokens import ACRONYM, Token, starts_sentence, starts_with_noun, tokenise
from orchestration.extraction.toponyms.gazetteer_index import find_settlement

_OFFICES = frozenset(("отдел", "сектор"))
_OFFICIALS = frozenset(
    ("начальник", "заведующий", "руководитель", "специалист", "инспектор", "методист", "консультант")
)
_ONE_IN_TOWN = frozenset(
    ("университет", "академия", "консерватория", "филармония", "семинария", "планетарий", "зоопарк")
)
_TRADES = frozenset(
    ("компания", "корпорация", "банк", "типография", "авиакомпания", "телекомпания", "телерадиокомпания")
)
_SMALL_TOWN = 50_000
_TITLE_WORDS = re.compile(
    r"(?:экскурси|выставк|викторин|конкурс|фестивал|проект|акци|спектакл|концерт|программ|книг|фильм|постановк|тем)\w*:?\s*$",
    re.IGNORECASE,
)


def find_organisations(text: str) -> list[OrganisationSpan]:
    """Organisations that have a name of their own, in order, without overlaps.

    Collectives (choirs, teams, clubs of interest), municipalities, titles of events and unnamed institutions are none.
    """
    return list(_found(text))


@lru_cache(maxsize=64)
def _found(text: str) -> tuple[OrganisationSpan, ...]:
    """The organisations; several rules read the same cell, one after another."""
    tokens = tokenise(text)
    found: list[OrganisationSpan] = []
    index = 0
    while index < len(tokens):
        spans, after = _organisations_at(text, tokens, index)
        floor = found[-1].end if found else 0
        found += [span for span in spans if span.start >= floor and not _is_short_for(text, floor, span)]
        index = max(after, index + 1)
    return tuple(found)


def _is_short_for(text: str, end: int, span: OrganisationSpan) -> bool:
    """Whether a bracket after the name that ends at ``end`` only gives its acronym: «… университет (БГПУ)»."""
    return text[end : span.start].strip() == "(" and text[span.end : span.end + 1] == ")" and span.name == span.head


def _organisations_at(text: str, tokens: list[Token], index: int) -> tuple[list[OrganisationSpan], int]:
    token = tokens[index]
    if token.kind == "quote":
        return _inside_quote(text, tokens, index)
    if token.kind != "word":
        return [], index + 1
    if found := with_acronym(text, tokens, index):
        return found
    if ACRONYM.fullmatch(token.text) and (found := with_legal_form(text, tokens, index)):
        return found
    if noun_of(token.text):
        return _with_head(text, tokens, index)
    return [], index + 1


def _inside_quote(text: str, tokens: list[Token], index: int) -> tuple[list[OrganisationSpan], int]:
    """A quoted institution without a legal form («ДМШ № 1 имени …» г. …), or legal forms within a title."""
    quote = tokens[index]
    inner = quote.text[1:].rstrip('»”"')
    inside = tokenise(inner)
    if inside and (head := head_after(inside, 0)) is not None and not _TITLE_WORDS.search(text[: quote.start]):
        tail = read_tail(inside, head + 1, noun_of(inside[head].text))
        if (tail.is_numbered or tail.is_namesake) and tail.end == len(inside):
            outer = read_tail(tokens, index, None)
            noun = noun_of(inside[head].text)
            span = span_of(text, quote.start, tokens[outer.end - 1].end, head=noun.noun if noun else None)
            return [span], outer.end
    if not re.search(r"[А-ЯЁ]{2,}\s+[«\"“]", inner):
        return [], index + 1
    shift = quote.start + 1
    return [
        replace(span, start=span.start + shift, end=span.end + shift)
        for span in find_organisations(inner)
        if span.legal_form
    ], index + 1


def _with_head(text: str, tokens: list[Token], index: int) -> tuple[list[OrganisationSpan], int]:
    """A phrase around the head noun at ``index``: agreeing adjectives before it, its tail after it."""
    token = tokens[index]
    noun = noun_of(token.text)
    assert noun is not None
    if noun.naming == "none":
        return [], _after_collective(tokens, index)
    readings = noun_readings(token.text)
    first, readings = adjectives_before(tokens, index, readings)
    adjectives = [t.text for t in tokens[first:index]]
    lemmas = {lemma for word in adjectives for lemma in adjective_lemmas(word)}
    is_mission = noun.noun in ("дом", "центр") and not lemmas.isdisjoint(("русский", "российский"))
    tail = read_tail(tokens, index + 1, noun, is_mission=is_mission)
    lemmas |= set(tail.words)
    is_of_kind = not noun.required or not noun.required.isdisjoint(lemmas) or _is_named_by_kind(tokens, index, noun)
    if noun.noun in _OFFICES and index and not _OFFICIALS.isdisjoint(lemmas_of(tokens[index - 1].text)):
        return [], index + 1
    if noun.naming == "club" and not is_of_kind:
        return [], _after_collective(tokens, index)
    if not is_of_kind or lemmas & words_of("event"):
        return [], index + 1
    if noun.noun in ("театр", "цирк") and lemmas & words_of("collective"):
        return [], max(tail.end, index + 1)
    listed = listed_numbers(text, tokens, first, index, noun)
    if listed:
        return listed
    is_plural = bool(readings) and all(reading.number == "plur" for reading in readings)
    if is_plural:
        if spans := listed_adjectives(text, tokens, first, index, noun, readings, tail):
            return spans
        if tail.quoted is None or tail.quoted != index + 1:
            return [], index + 1
    is_first = starts_sentence(tokens, first)
    if not is_plural and not _is_named(noun, adjectives, token.text, tail, is_first):
        return [], index + 1
    if noun.noun == "филиал":
        tail.end = town_of_branch(tokens, tail.end)
    end = tokens[tail.end - 1].end if tail.end > index + 1 else token.end
    head = nominative_words(adjectives, token.text, noun.gender, noun.expansion if noun.naming == "branch" else "")
    name = without_region(text[tokens[first].start : end])[token.start - tokens[first].start :]
    head = head[0].upper() + head[1:] if token.text[0].isupper() and not adjectives else head
    span = OrganisationSpan(tokens[first].start, token.start + len(name), head + name[len(token.text) :], noun.noun)
    if noun.naming == "branch":
        span = replace(span, name=inner_nominative(span.name))
    if (tail.quoted is not None and is_plural) or tail.quoted == index + 1:
        further, after = listed_quotes(text, tokens, tail.end, head, None, noun.noun if is_plural else None)
        return [capitalised(span), *map(capitalised, further)], after
    return [capitalised(span)], tail.end


def _is_of_small_town(place: str) -> bool:
    """Whether a school without a number is the only one of its kind: «ДЮСШ г. Опочки», but not «ДШИ г. Смоленска»."""
    settlement = find_settlement(place) if place else None
    return settlement is not None and settlement.population < _SMALL_TOWN


def _is_named_by_kind(tokens: list[Token], index: int, noun: Noun) -> bool:
    """A quoted name that says itself what it is («Союз «Торгово-промышленная палата»»), a club with its sportsmen."""
    if noun.naming == "branch":
        return index > 0 and is_place_adjective(tokens[index - 1].text)
    if noun.naming == "club":
        return index > 0 and not words_of("clubman").isdisjoint(lemmas_of(tokens[index - 1].text))
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is not None and following.kind == "quote" and starts_with_noun(following.text)


def _after_collective(tokens: list[Token], index: int) -> int:
    """Index after a collective's name («хор русской песни «Ивушка»»), or of the organisation that it belongs to."""
    after = index + 1
    while after < len(tokens) and tokens[after].kind == "word" and tokens[after].text[0].islower():
        if noun_of(tokens[after].text):
            return after
        after += 1
    return after + (after < len(tokens) and tokens[after].kind == "quote")


def _is_named(noun: Noun, adjectives: list[str], head: str, tail: Tail, is_first: bool) -> bool:
    has_place_adjective = any(map(is_place_adjective, adjectives))
    is_capital = not is_first and (adjectives[0] if adjectives else head)[0].isupper()
    if noun.naming == "proper":
        return True
    if noun.naming in ("quoted", "club", "form"):
        is_trade_name = noun.noun in _TRADES and has_place_adjective and len(adjectives) > 1
        is_of_society = noun.noun == "организация" and has_place_adjective and not SOCIETIES.isdisjoint(tail.words)
        is_latin_name = noun.naming == "quoted" and tail.is_namesake and not tail.words
        return tail.quoted is not None or is_latin_name or is_trade_name or is_of_society
    if noun.naming == "branch":
        is_of_owner = (tail.is_placed or tail.is_namesake or has_place_adjective) and bool(adjectives or tail.words)
        return tail.quoted is not None or (is_of_owner and bool(tail.words or tail.is_placed or tail.is_namesake))
    if noun.naming == "number":
        return tail.is_name or has_place_adjective or (tail.is_placed and _is_of_small_town(tail.place))
    if noun.naming == "body":
        return has_place_adjective or tail.is_placed or tail.quoted is not None
    if tail.is_name or has_place_adjective:
        return True
    if tail.is_placed and noun.naming == "institution" and is_capital:
        return True
    if tail.is_placed and noun.naming == "institution" and (noun.noun in _ONE_IN_TOWN or _is_of_small_town(tail.place)):
        return True
    if noun.naming == "unique":
        return tail.is_placed or (is_capital and bool(adjectives or tail.words))
    return (tail.is_placed and bool(adjectives or (tail.words and head[0].isupper()))) or (
        is_capital and bool(adjectives) and not head.isupper()
    )
