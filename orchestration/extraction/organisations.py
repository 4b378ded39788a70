"""Named organisations in running Russian text: legal forms with quoted names and descriptive names in any case."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from orchestration.extraction.morphology import parses
from orchestration.extraction.organisation_acronyms import is_university
from orchestration.extraction.organisation_lexicon import (
    Noun,
    Reading,
    adjective_lemmas,
    adjective_readings,
    agrees,
    is_genitive_adjective,
    is_place_adjective,
    nominative_words,
    noun_of,
    noun_readings,
    seat_of,
    words_of,
)
from orchestration.extraction.organisation_names import inner_nominative, without_region
from orchestration.extraction.organisation_tail import (
    ACRONYM,
    Tail,
    Token,
    is_place_word,
    read_tail,
    starts_sentence,
    starts_with_noun,
    tokenise,
)

_LONGEST_PLACE = 4
_TITLE_WORDS = re.compile(
    r"(?:экскурси|выставк|викторин|конкурс|фестивал|проект|акци|спектакл|концерт|программ|книг|фильм|постановк|тем)\w*:?\s*$",
    re.IGNORECASE,
)


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


def find_organisations(text: str) -> list[OrganisationSpan]:
    """Organisations that have a name of their own, in order, without overlaps.

    Collectives (choirs, teams, clubs), municipalities, titles of events and unnamed institutions are none.
    """
    tokens = tokenise(text)
    found: list[OrganisationSpan] = []
    index = 0
    while index < len(tokens):
        spans, after = _organisations_at(text, tokens, index)
        floor = found[-1].end if found else 0
        found += [span for span in spans if span.start >= floor]
        index = max(after, index + 1)
    return found


def _organisations_at(text: str, tokens: list[Token], index: int) -> tuple[list[OrganisationSpan], int]:
    token = tokens[index]
    if token.kind == "quote":
        return _inside_quote(text, tokens, index)
    if token.kind != "word":
        return [], index + 1
    is_before_quote = index + 1 < len(tokens) and tokens[index + 1].kind == "quote"
    if is_university(token.text) and not is_before_quote:
        return [OrganisationSpan(token.start, token.end, token.text, token.text)], index + 1
    if ACRONYM.fullmatch(token.text) and (found := _with_legal_form(text, tokens, index)):
        return found
    if noun_of(token.text):
        return _with_head(text, tokens, index)
    return [], index + 1


def _with_legal_form(text: str, tokens: list[Token], index: int) -> tuple[list[OrganisationSpan], int] | None:
    """«МБУК «Дом культуры»», «ГУК ЦКС Могилевского района», «филиал БГТУ «Колледж»»; None where it is no legal form."""
    after = index
    while after < len(tokens) and _is_form(tokens, after):
        after += 1
    if after == index:
        return None
    forms = " ".join(token.text for token in tokens[index:after])
    following = tokens[after] if after < len(tokens) else None
    if any(seat_of(token.text) == (None, "none") for token in tokens[index:after]):
        return [], after + bool(following and following.kind == "quote")
    if following and following.kind == "quote":
        return _form_and_quote(text, tokens, index, after, forms)
    if following and following.kind == "word" and is_university(following.text):
        name = f"{forms} {following.text}"
        return [OrganisationSpan(tokens[index].start, following.end, name, following.text)], after + 1
    if following and following.kind in ("word", "short") and seat_of(tokens[index].text):
        return _form_and_place(text, tokens, index, after) or _form_and_phrase(text, tokens, index, after, forms)
    if after > index + 1 and index and tokens[index - 1].kind == "quote":
        return [OrganisationSpan(tokens[index].start, tokens[after - 1].end, forms)], after
    return None


def _is_form(tokens: list[Token], index: int) -> bool:
    """A run of capitals that is no head noun of its own: «ДК» is one, unless a quoted name follows."""
    if not ACRONYM.fullmatch(tokens[index].text):
        return False
    is_before_quote = index + 1 < len(tokens) and tokens[index + 1].kind == "quote"
    return is_before_quote or noun_of(tokens[index].text) is None


def _form_and_quote(
    text: str, tokens: list[Token], index: int, quote: int, forms: str
) -> tuple[list[OrganisationSpan], int]:
    tail = read_tail(tokens, quote, None)
    first = _span(text, tokens[index].start, tokens[tail.end - 1].end, legal_form=tokens[index].text)
    if index and tokens[index - 1].text.lower().startswith("филиал"):
        branch, _ = _adjectives_before(tokens, index - 1, noun_readings(tokens[index - 1].text))
        adjectives = [token.text for token in tokens[branch : index - 1]]
        name = f"{nominative_words(adjectives, 'филиал', 'm')} {first.name}"
        first = replace(first, start=tokens[branch].start, name=name)
    listed, end = _listed_quotes(text, tokens, tail.end, forms, tokens[index].text, None)
    return [first, *listed], end


def _form_and_place(
    text: str, tokens: list[Token], index: int, start: int
) -> tuple[list[OrganisationSpan], int] | None:
    """«МБУК Невельского округа «Культура и досуг»», «МАУК г. Тынды «Русь»»: the place before the quoted name."""
    at = start
    while at < min(start + _LONGEST_PLACE, len(tokens)) and tokens[at].kind in ("word", "short"):
        word = tokens[at].text
        if not (is_genitive_adjective(word) or is_place_word(word) or word[0].isupper()) or noun_of(word):
            return None
        at += 1
    if at == start or at >= len(tokens) or tokens[at].kind != "quote":
        return None
    tail = read_tail(tokens, at, None)
    name = text[tokens[index].start : tokens[tail.end - 1].end]
    span = OrganisationSpan(tokens[index].start, tokens[tail.end - 1].end, name, None, tokens[index].text)
    return [span], tail.end


def _form_and_phrase(
    text: str, tokens: list[Token], index: int, start: int, forms: str
) -> tuple[list[OrganisationSpan], int] | None:
    head = _head_after(tokens, start)
    noun = noun_of(tokens[head].text) if head is not None else None
    if head is None or noun is None:
        return None
    tail = read_tail(tokens, head + 1, noun)
    phrase = without_region(text[tokens[start].start : tokens[tail.end - 1].end])
    label = f"{forms} {phrase}"
    if noun.expansion and start == head:
        label = f"{forms} «{noun.expansion[0].upper()}{noun.expansion[1:]}{phrase[len(tokens[head].text) :]}»"
    end = tokens[start].start + len(phrase)
    return [OrganisationSpan(tokens[index].start, end, label, noun.noun, tokens[index].text)], tail.end


def _span(text: str, start: int, end: int, head: str | None = None, legal_form: str | None = None) -> OrganisationSpan:
    stripped = without_region(text[start:end])
    return OrganisationSpan(start, start + len(stripped), inner_nominative(stripped), head, legal_form)


def _head_after(tokens: list[Token], index: int) -> int | None:
    """The head noun of a phrase that starts at ``index`` with any adjectives."""
    while index < len(tokens) and tokens[index].kind == "word":
        if noun_of(tokens[index].text):
            return index
        if not adjective_readings(tokens[index].text):
            return None
        index += 1
    return None


def _listed_quotes(
    text: str, tokens: list[Token], index: int, prefix: str, legal_form: str | None, head: str | None
) -> tuple[list[OrganisationSpan], int]:
    """Further quoted names under one head: «, «СШ № 33» и «СШ № 6» г. Смоленска»; ``prefix`` goes before each."""
    found: list[OrganisationSpan] = []
    while True:
        at = _skip_aside(tokens, index)
        if at >= len(tokens) or tokens[at].text not in (",", ";", "и", "а"):
            return found, index
        at += 1
        if at < len(tokens) and tokens[at].text in ("также", "и"):
            at += 1
        if at >= len(tokens) or tokens[at].kind != "quote" or not (head or starts_with_noun(tokens[at].text)):
            return found, index
        tail = read_tail(tokens, at, None)
        span = _span(text, tokens[at].start, tokens[tail.end - 1].end, head, legal_form)
        found.append(replace(span, name=f"{prefix} {span.name}"))
        index = tail.end


def _skip_aside(tokens: list[Token], index: int) -> int:
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


def _inside_quote(text: str, tokens: list[Token], index: int) -> tuple[list[OrganisationSpan], int]:
    """A quoted institution without a legal form («ДМШ № 1 имени …» г. …), or legal forms within a title."""
    quote = tokens[index]
    inner = quote.text[1:].rstrip('»”"')
    inside = tokenise(inner)
    if inside and (head := _head_after(inside, 0)) is not None and not _TITLE_WORDS.search(text[: quote.start]):
        tail = read_tail(inside, head + 1, noun_of(inside[head].text))
        if (tail.is_numbered or tail.is_namesake) and tail.end == len(inside):
            outer = read_tail(tokens, index, None)
            noun = noun_of(inside[head].text)
            span = _span(text, quote.start, tokens[outer.end - 1].end, head=noun.noun if noun else None)
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
    first, readings = _adjectives_before(tokens, index, readings)
    tail = read_tail(tokens, index + 1, noun)
    adjectives = [t.text for t in tokens[first:index]]
    lemmas = {lemma for word in adjectives for lemma in adjective_lemmas(word)} | set(tail.words)
    if (noun.required and not noun.required & lemmas) or lemmas & words_of("event"):
        return [], index + 1
    if noun.noun in ("театр", "цирк") and lemmas & words_of("collective"):
        return [], max(tail.end, index + 1)
    listed = _listed_numbers(text, tokens, first, index, noun)
    if listed:
        return listed
    is_plural = bool(readings) and all(reading.number == "plur" for reading in readings)
    if is_plural:
        if spans := _listed_adjectives(text, tokens, first, index, noun, readings, tail):
            return spans
        if tail.quoted is None or tail.quoted != index + 1:
            return [], index + 1
    is_first = starts_sentence(tokens, first)
    if not is_plural and not _is_named(noun, adjectives, token.text, tail, is_first):
        return [], index + 1
    end = tokens[tail.end - 1].end if tail.end > index + 1 else token.end
    head = nominative_words(adjectives, token.text, noun.gender, noun.expansion if noun.naming == "branch" else "")
    name = without_region(text[tokens[first].start : end])[token.start - tokens[first].start :]
    head = head[0].upper() + head[1:] if token.text[0].isupper() and not adjectives else head
    span = OrganisationSpan(tokens[first].start, token.start + len(name), head + name[len(token.text) :], noun.noun)
    if noun.naming == "branch":
        span = replace(span, name=inner_nominative(span.name))
    if (tail.quoted is not None and is_plural) or tail.quoted == index + 1:
        further, after = _listed_quotes(text, tokens, tail.end, head, None, noun.noun if is_plural else None)
        return [_capitalised(span), *map(_capitalised, further)], after
    return [_capitalised(span)], tail.end


def _after_collective(tokens: list[Token], index: int) -> int:
    """Index after a collective's name («хор русской песни «Ивушка»»), or of the organisation that it belongs to."""
    after = index + 1
    while after < len(tokens) and tokens[after].kind == "word" and tokens[after].text[0].islower():
        if noun_of(tokens[after].text):
            return after
        after += 1
    return after + (after < len(tokens) and tokens[after].kind == "quote")


def _capitalised(span: OrganisationSpan) -> OrganisationSpan:
    return span if span.name.startswith("региональн") else replace(span, name=span.name[0].upper() + span.name[1:])


def _listed_numbers(
    text: str, tokens: list[Token], first: int, index: int, noun: Noun
) -> tuple[list[OrganisationSpan], int] | None:
    """«школ № 3 и № 5 г. Бреста», «гимназий № 1, 2»: one organisation a number, the place said once."""
    after = index + 1
    numbers: list[Token] = []
    while after < len(tokens):
        if tokens[after].kind == "number" or (numbers and tokens[after].text.isdigit()):
            numbers.append(tokens[after])
            after += 1
        elif (
            numbers
            and tokens[after].text in (",", "и")
            and after + 1 < len(tokens)
            and (tokens[after + 1].kind == "number" or tokens[after + 1].text.isdigit())
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
        spans.append(_capitalised(OrganisationSpan(start, end, name, noun.noun, place_end=last_end)))
    return spans, tail.end


def _listed_adjectives(
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


def _is_named(noun: Noun, adjectives: list[str], head: str, tail: Tail, is_first: bool) -> bool:
    has_place_adjective = any(map(is_place_adjective, adjectives))
    is_capital = not is_first and (adjectives[0] if adjectives else head)[0].isupper()
    if noun.naming in ("quoted", "form"):
        return tail.quoted is not None
    if noun.naming == "branch":
        return tail.quoted is not None or (tail.is_placed and bool(adjectives or tail.words))
    if noun.naming == "number":
        return tail.is_name or has_place_adjective
    if noun.naming == "body":
        return has_place_adjective or tail.is_placed or tail.quoted is not None
    if tail.is_name or has_place_adjective:
        return True
    if noun.naming == "unique":
        return tail.is_placed or (is_capital and bool(adjectives or tail.words))
    return (tail.is_placed and bool(adjectives)) or (is_capital and bool(adjectives) and not head.isupper())


def _adjectives_before(tokens: list[Token], index: int, readings: set[Reading]) -> tuple[int, set[Reading]]:
    """Index of the first adjective that agrees with the head noun, and the readings that are left."""
    first = index
    while first and tokens[first - 1].kind == "word":
        word = tokens[first - 1].text
        agreeing = {reading for reading, _ in adjective_readings(word)} & readings if readings else set()
        if not readings:
            agreeing = {reading for reading, _ in adjective_readings(word)}
        if not agreeing or not word[0].isalpha():
            break
        readings = agreeing
        first -= 1
    while first < index and tokens[first].text[0].islower() and _is_descriptive(tokens[first].text):
        first += 1
    return first, readings


def _is_descriptive(word: str) -> bool:
    """A participle, pronoun or lower-case place adjective before a name, no part of it."""
    return any("Apro" in parse.tag or {"PRTF", "pres"} in parse.tag for parse in parses(word)) or is_place_adjective(
        word.title()
    )
