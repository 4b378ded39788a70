"""Organisations that open with a legal form («МБУК «Дом культуры»», «ГУК ЦКС Могилевского района») or an acronym."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extraction.organisations.acronyms import is_academy, is_part, is_university, may_be_university
from orchestration.extraction.organisations.lexicon import (
    is_genitive_adjective,
    lemmas_of,
    nominative_words,
    noun_of,
    noun_readings,
    seat_of,
    words_of,
)
from orchestration.extraction.organisations.lists import listed_quotes
from orchestration.extraction.organisations.names import without_region
from orchestration.extraction.organisations.parts import (
    OrganisationSpan,
    adjectives_before,
    capitalised,
    head_after,
    span_of,
)
from orchestration.extraction.organisations.tail import read_tail, town_of_branch
from orchestration.extraction.organisations.tokens import ACRONYM, Token, is_place_word

_LONGEST_PLACE = 4
_BRACKETED_FORMS = ("колхоз", "артель", "филиал")


def with_legal_form(text: str, tokens: list[Token], index: int) -> tuple[list[OrganisationSpan], int] | None:
    """«МБУК «Дом культуры»», «ГУК ЦКС Могилевского района», «филиал БГТУ «Колледж»»; None where it is no legal form."""
    after = index
    while after < len(tokens) and _is_form(tokens, after):
        after += 1
    if after == index:
        return None
    forms = text[tokens[index].start : tokens[after - 1].end]
    if [token.text for token in tokens[after : after + 3]] in (["(", word, ")"] for word in _BRACKETED_FORMS):
        after += 3
    following = tokens[after] if after < len(tokens) else None
    if any(seat_of(token.text) == (None, "none") for token in tokens[index:after]):
        return [], after + bool(following and following.kind == "quote")
    if following and following.kind == "quote":
        return _form_and_quote(text, tokens, index, after, forms)
    if following and following.kind == "word" and (is_university(following.text) or may_be_university(following.text)):
        return _acronym_and_tail(text, tokens, index, after)
    if following and following.text in "–—-" and head_after(tokens, after + 1) == after + 1:
        after, following = after + 1, tokens[after + 1]
    if following and following.kind in ("word", "short") and seat_of(tokens[index].text):
        return _form_and_place(text, tokens, index, after) or _form_and_phrase(text, tokens, index, after, forms)
    if after > index + 1 and index and tokens[index - 1].kind == "quote":
        return [OrganisationSpan(tokens[index].start, tokens[after - 1].end, forms)], after
    return None


def with_acronym(text: str, tokens: list[Token], index: int) -> tuple[list[OrganisationSpan], int] | None:
    """«БФУ им. И. Канта», «ИТА ЮФУ», «ИСОиП (филиал) ДГТУ в г. Шахты», «ЦГПБ имени …», «БГУ (г. Минск)»."""
    last = _last_of_chain(tokens, index)
    if last is None:
        last = index
        if not is_part(tokens[last].text) or not _is_named_after(tokens, last):
            return None
    if last + 1 < len(tokens) and tokens[last + 1].kind == "quote":
        return None
    return _acronym_and_tail(text, tokens, index, last)


def _last_of_chain(tokens: list[Token], index: int) -> int | None:
    """Index of the university's or the academy's acronym after those of its parts; None where there is neither."""
    at, last = index, None
    if is_part(tokens[index].text) and not is_academy(tokens[index].text):
        while at + 1 < len(tokens) and is_academy(tokens[at + 1].text):
            at += 1
        if at > index:
            return at
    while at < len(tokens) and (is_part(tokens[at].text) or is_university(tokens[at].text)):
        if _is_university_at(tokens, index, at):
            last = at
        is_branch = [token.text for token in tokens[at + 1 : at + 4]] == ["(", "филиал", ")"]
        at += 4 if is_branch else 1
    return last


def _is_university_at(tokens: list[Token], index: int, last: int) -> bool:
    """Whether an acronym is a university's beyond doubt, or looks like one and stands where one is told of."""
    word = tokens[last].text
    if is_university(word):
        return True
    if not may_be_university(word):
        return False
    if last > index:
        return True
    before = [token.text for token in tokens[max(0, index - 3) : index] if token.text not in (",", "и")]
    is_academic = any(not words_of("academic").isdisjoint(lemmas_of(text)) for text in before)
    is_with_place = [token.text for token in tokens[last + 1 : last + 3]] in (["(", "г."], ["(", "город"])
    is_with_place = is_with_place or (last + 1 < len(tokens) and tokens[last + 1].text in ("г.", "города"))
    is_listed = bool(before) and (is_university(before[-1]) or may_be_university(before[-1]))
    after = [token.text for token in tokens[last + 1 : last + 3]]
    is_listed = is_listed or (len(after) == 2 and after[0] in (",", "и") and is_university(after[1]))
    return is_academic or is_with_place or is_listed or _is_named_after(tokens, last)


def _is_named_after(tokens: list[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].text.lower() in ("им.", "имени")


def _acronym_and_tail(text: str, tokens: list[Token], index: int, last: int) -> tuple[list[OrganisationSpan], int]:
    tail = read_tail(tokens, last + 1, None)
    end = tail.end
    if end + 2 < len(tokens) and tokens[end].text == "в" and tokens[end + 1].text == "г." and last > index + 1:
        end += 3
    name = without_region(text[tokens[index].start : tokens[end - 1].end])
    return [OrganisationSpan(tokens[index].start, tokens[index].start + len(name), name, tokens[last].text)], end


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
    first = span_of(text, tokens[index].start, tokens[tail.end - 1].end, legal_form=tokens[index].text)
    if index and tokens[index - 1].text.lower().startswith("филиал"):
        branch, _ = adjectives_before(tokens, index - 1, noun_readings(tokens[index - 1].text))
        adjectives = [token.text for token in tokens[branch : index - 1]]
        place = town_of_branch(tokens, tail.end)
        name = f"{nominative_words(adjectives, 'филиал', 'm')} {first.name}{text[first.end : tokens[place - 1].end]}"
        first = capitalised(replace(first, start=tokens[branch].start, end=tokens[place - 1].end, name=name))
        return [replace(first, place_end=first.end)], place
    listed, end = listed_quotes(text, tokens, tail.end, forms, tokens[index].text, None)
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
    head = head_after(tokens, start)
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
