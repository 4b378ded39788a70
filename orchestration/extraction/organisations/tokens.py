"""Text cut into the words, numbers, abbreviations and quoted names that organisations are told with."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from orchestration.extraction.language.quotes import quoted_spans
from orchestration.extraction.organisations.lexicon import dotted_words, noun_of
from orchestration.extraction.toponyms.gazetteer_index import type_words

ACRONYM = re.compile(r"[А-ЯЁ]{2,9}д?|Ос[ОД]О|ТнВ|СПб[А-ЯЁ]{2,8}")
_WORD = re.compile(r"[А-Яа-яЁё-]+")
_CITY_PARTS = frozenset(("г.о", "м.о", "м.р", "мкр", "микрорайон", "микрорайона", "микрорайоне"))


class Token(NamedTuple):
    """A word, number, abbreviation, mark or whole quoted segment at ``[start, end)`` of the text."""

    start: int
    end: int
    text: str
    kind: str


@cache
def _token() -> re.Pattern[str]:
    dotted = "|".join(re.escape(short) for short in sorted(dotted_words(), key=len, reverse=True))
    return re.compile(
        r"(?P<number>№\s*\d+(?:[-/]\d+)?)"
        r"|(?P<initials>(?:[А-ЯЁ]\.[-\s]?){1,2}(?=[А-ЯЁ][а-яё])|(?<=[а-яё] )(?:[А-ЯЁ]\.\s?){2})"
        r"|(?P<short>(?:г\.\s?п|п\.\s?г\.\s?т|р\.\s?п|[гм]\.\s?о|м\.\s?р|пгт|аг|гор|дер|пос|ул|им|обл|р-н|мкр|ст|г|д|п|с)\.(?=[\s,;)А-ЯЁ]|$))"
        rf"|(?P<dotted>(?<![А-Яа-яЁё-])(?:{dotted})(?=\s?(?:[а-яё]|№\s?\d|[А-ЯЁ][а-яё-]+(?:ск|цк)\w+\s)))"
        r"|(?P<word>[A-Za-zÀ-žА-Яа-яЁё]+(?:[-–’'][A-Za-zÀ-žА-Яа-яЁё]+)*|\d+(?:-[А-Яа-яё]+)?)"
        r"|(?P<mark>\S)"
    )


def tokenise(text: str) -> list[Token]:
    """Words, numbers, abbreviations and marks; an outermost quoted segment is one token of kind ``quote``."""
    tokens: list[Token] = []
    position = 0
    for start, end in [*quoted_spans(text), (len(text), len(text))]:
        for match in _token().finditer(text, position, start):
            kind = "word" if match.lastgroup == "dotted" else match.lastgroup or "mark"
            tokens.append(Token(match.start(), match.end(), match.group().strip(), kind))
        if end > start:
            kind = "quote" if any(map(str.isalnum, text[start:end])) else "mark"
            tokens.append(Token(start, end, text[start:end], kind))
        position = end
    return tokens


def starts_with_noun(quote: str) -> bool:
    """Whether an organisation noun is among the first words of a quoted name."""
    return any(noun_of(word) for word in _WORD.findall(quote)[:4])


def starts_sentence(tokens: list[Token], index: int) -> bool:
    """Whether the token opens a sentence or an item of a list."""
    return (
        not index
        or tokens[index - 1].text in {".", ":", ";", "•", "!", "?"}
        or (tokens[index - 1].text in "–—-" and (index < 2 or tokens[index - 2].text in {".", ":", ";"}))
    )


def is_place_word(word: str) -> bool:
    """Whether the word says what kind of place follows or precedes: «г.», «района», «провинции»."""
    lower = word.lower()
    return lower in type_words() or lower.rstrip(".") in type_words() or lower.rstrip(".") in _CITY_PARTS
