"""Several organisations under one head noun: quoted names, numbers, place adjectives."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extraction.language.morphology import parses
from orchestration.extraction.organisations.lexicon import (
    Noun,
    Reading,
    agrees,
    is_place_adjective,
    nominative_words,
)
from orchestration.extraction.organisations.names import without_region
from orchestration.extraction.organisations.parts import OrganisationSpan, capitalised, skip_aside, span_of
from orchestration.extraction.organisations.tail import Tail, read_tail
from orchestration.extraction.organisations.tokens import Token, is_place_word, starts_with_noun


def listed_quotes(
    text: str, tokens: list[Token], index: int, prefix: str, legal_form: str | None, head: str | None
) -> tuple[list[OrganisationSpan], int]:
    """Further quoted names under one head: «, «СШ № 33» и «СШ № 6» г. Смоленска»; ``prefix`` goes before each."""
    found: list[OrganisationSpan] = []
    while True:
        at = skip_aside(tokens, index)
        if at >= len(tokens) or tokens[at].text not in (",", ";", "и", "а"):
            return found, index
        at += 1
        if at < len(tokens) and tokens[at].text in ("также", "и"):
            at += 1
        if at >= len(tokens) or tokens[at].kind != "quote" or not (head or starts_with_noun(tokens[at].text)):
            return found, index
        tail = read_tail(tokens, at, None)
        span = span_of(text, tokens[at].start, tokens[tail.end - 1].end, head, legal_form)
        found.append(replace(span, name=f"{prefix} {span.name}"))
        index = tail.end


def listed_numbers(
    text: str, tokens: list[Token], first: int, index: int, noun: Noun
) -> tuple[list[OrganisationSpan], int] | None:
    """«школ № 3 и № 5 г. Бреста», «гимназий № 1, 2»: one organisation a number, the place said once."""
    after = index + 1
    numbers: list[Token] = []
    while after < len(tokens):
        if tokens[after].kind == "number" or (numbers and _is_listed(tokens, after)):
            numbers.append(tokens[after])
            after += 1
        elif (
            numbers
            and tokens[after].text in (",", "и")
            and after + 1 < len(tokens)
            and (tokens[after + 1].kind == "number" or _is_listed(tokens, after + 1))
        ):
            after += 1
        else:
            break
    if len(numbers) < 2:
        return None
    tail = read_tail(tokens, after, None)
    place = without_region(text[numbers[-1].end : tokens[tail.end - 1].end]) if tail.end > after else ""
    head = nominative_words([t.text for t in tokens[first:index]], tokens[index].text, noun.gender)
    spans = []
    last_end = numbers[-1].end + len(place)
    for number in numbers:
        start = tokens[first].start if number is numbers[0] else number.start
        end = last_end if number is numbers[-1] else number.end
        name = f"{head} № {number.text.lstrip('№ ')}{place}"
        spans.append(capitalised(OrganisationSpan(start, end, name, noun.noun, place_end=last_end)))
    return spans, tail.end


def _is_listed(tokens: list[Token], at: int) -> bool:
    """Whether the digits are a number of the list and count nothing, as in «школы № 1, 28 учеников»."""
    if not tokens[at].text.isdigit():
        return False
    following = tokens[at + 1].text if at + 1 < len(tokens) and tokens[at + 1].kind == "word" else ""
    if len(following) < 2 or not following[0].islower() or is_place_word(following):
        return True
    tags = [reading.tag for reading in parses(following)]
    return not any(tag.POS in ("NOUN", "ADJF", "PRTF") and tag.case == "gent" for tag in tags)


def listed_adjectives(
    text: str, tokens: list[Token], first: int, index: int, noun: Noun, readings: set[Reading], tail: Tail
) -> tuple[list[OrganisationSpan], int] | None:
    """«Руднянской и Лиозненской централизованных клубных систем»: one organisation a place adjective."""
    cases = {Reading("sing", reading.case) for reading in readings}
    places: list[Token] = []
    at = first - 1
    while at >= 0 and is_place_adjective(tokens[at].text) and agrees(tokens[at].text, cases):
        places.insert(0, tokens[at])
        if at >= 2 and tokens[at - 1].text in (",", "и"):
            at -= 2
        else:
            break
    if len(places) < 2:
        return None
    adjectives = [t.text for t in tokens[first:index]]
    end = tokens[tail.end - 1].end
    rest = text[tokens[index].end : end]
    spans = []
    for place in places:
        name = nominative_words([place.text, *adjectives], tokens[index].text, noun.gender) + rest
        spans.append(OrganisationSpan(place.start, end if place is places[-1] else place.end, name, noun.noun))
    return spans, tail.end
