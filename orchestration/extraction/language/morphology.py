"""Russian inflection: lemmas, and names of organisations turned into the nominative."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import pymorphy3
from pymorphy3.analyzer import Parse

_WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_POSSESSIVE_PAIR = re.compile(
    r"(?P<stem>[А-ЯЁ][а-яё]+(?:[оеё]в|[иы]н))(?:(?P<plural>ы|ых|ым|ыми)|а|ой|у) (?P<noun>[А-ЯЁ][а-яё]+)"
)
_PERSONAL = frozenset(("Surn", "Name", "Patr", "anim"))
_POSSESSIVE = re.compile(r"(?P<stem>[А-ЯЁ][а-яё-]+(?:ов|ев|ёв|ин|ын))(?:а|у|ом|е)")
_PLAINLY_OBLIQUE = re.compile(r"(?:ого|ому|[ыи]м|[ыи]х|ой|ей|ск[аеу]|ском|ц[ау]|[ая]х|[ая]ми)$")
_FEWEST_LETTERS = 2
_NOMINATIVE = 1.5
_SINGULAR = 0.6
_KNOWN_WORD = 0.3


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    """The one morphological analyser of the process."""
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=20_000)
def parses(word: str) -> tuple[Parse, ...]:
    """All readings of a word, the likeliest first."""
    return tuple(analyzer().parse(word))


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """The dictionary form of the likeliest reading, lower case with «ё» as «е»."""
    return parses(word)[0].normal_form.replace("ё", "е")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read adjectives and their head as a phrase in one case."""

    parses: tuple[Parse, ...]
    score: float


def _is_abbreviation(word: str) -> bool:
    return len(word) >= _FEWEST_LETTERS and word.isupper() and "-" not in word


def _is_adjective(parse: Parse) -> bool:
    return parse.tag.POS in {"ADJF", "PRTF"} and "Abbr" not in parse.tag


def _is_noun(parse: Parse) -> bool:
    return parse.tag.POS == "NOUN" and "Abbr" not in parse.tag


def _agrees(adjective: Parse, noun: Parse) -> bool:
    a, n = adjective.tag, noun.tag
    if a.number != n.number or a.case != n.case:
        return False
    if a.case == "accs" and a.animacy is not None and a.animacy != n.animacy:
        return False
    return a.number == "plur" or n.gender is None or a.gender == n.gender


def _agreeing(word: str, noun: Parse) -> Parse | None:
    return next((parse for parse in parses(word) if _is_adjective(parse) and _agrees(parse, noun)), None)


def _readings(adjectives: list[str], head: str) -> list[_Reading]:
    found = []
    for noun in parses(head):
        if not _is_noun(noun) or noun.tag.case not in _CASES:
            continue
        agreeing = [_agreeing(word, noun) for word in adjectives]
        if None in agreeing:
            continue
        score = noun.score + _KNOWN_WORD * noun.is_known
        if noun.tag.number == "sing":
            score += _SINGULAR + (_NOMINATIVE if noun.tag.case == "nomn" else 0.0)
        found.append(_Reading((*agreeing, noun), score))
    return found


def _inflected(parse: Parse, grammemes: set[str], original: str) -> str:
    form = parse.inflect(grammemes)
    if form is None:
        return original
    word = form.word if "ё" in original.lower() else form.word.replace("ё", "е")
    first, hyphen, rest = word.partition("-")
    if hyphen and parse.tag.POS == "NOUN" and first == original.lower().replace("ё", "е").partition("-")[0]:
        own = next((p for p in parses(first) if _is_noun(p) and p.tag.case == parse.tag.case), None)
        inflected = own.inflect({"nomn", parse.tag.number}) if own and parse.tag.number else None
        word = f"{inflected.word if inflected else first}-{rest}"
    return in_case_of(word, original)


def in_case_of(word: str, original: str) -> str:
    """``word`` with the capitals of ``original``, hyphenated part by part."""
    if original.isupper() and len(original) > 1:
        return word.upper()
    parts, originals = word.split("-"), original.split("-")
    if len(parts) != len(originals):
        originals = [original] * len(parts)
    return "-".join(p[:1].upper() + p[1:] if o[:1].isupper() else p for p, o in zip(parts, originals, strict=True))


@lru_cache(maxsize=10_000)
def nominative(phrase: str) -> str:
    """The phrase with its leading adjectives and head noun in the nominative, the number kept, the rest verbatim.

    A phrase that opens with an abbreviation, a quotation mark or anything else that is no adjective or noun
    comes back as it is.
    """
    words: list[re.Match[str]] = []
    position = 0
    is_shouted = phrase.isupper() and " " in phrase
    for match in _WORD.finditer(phrase):
        if phrase[position : match.start()].strip() or (_is_abbreviation(match.group()) and not is_shouted):
            break
        words.append(match)
        position = match.end()
        if phrase[position : position + 1] == ".":
            break
    best: tuple[float, int, _Reading] | None = None
    for count, head in enumerate(words):
        adjectives = [match.group() for match in words[:count]]
        found = _readings(adjectives, head.group())
        if found:
            reading = max(found, key=lambda r: r.score)
            # A capitalised adjective may also read as a surname: a longer agreeing phrase is the better head.
            weight = reading.score + count
            if best is None or weight > best[0]:
                best = (weight, count, reading)
        if not any(_is_adjective(parse) for parse in parses(head.group())):
            break
    if best is None:
        return _lone_adjectives(phrase, words)
    _, count, reading = best
    noun = reading.parses[-1]
    grammemes = {"nomn", noun.tag.number} if noun.tag.number else {"nomn"}
    gender = noun.tag.gender if noun.tag.number == "sing" else None
    result, position = [], 0
    for match, parse in zip(words[: count + 1], reading.parses, strict=True):
        wanted = grammemes | ({gender} if gender and parse is not noun else set())
        result += (phrase[position : match.start()], _inflected(parse, wanted, match.group()))
        position = match.end()
    return "".join(result) + phrase[position:]


def _lone_adjectives(phrase: str, words: list[re.Match[str]]) -> str:
    """Adjectives without a noun («Цветочной» for a village) in the nominative."""
    if not words:
        return phrase
    match = words[0]
    parse = next((p for p in parses(match.group()) if _is_adjective(p)), None)
    if parse is None:
        return phrase
    wanted = {"nomn", parse.tag.number} | ({parse.tag.gender} if parse.tag.number == "sing" else set())
    return phrase[: match.start()] + _inflected(parse, wanted, match.group()) + phrase[match.end() :]


def nominative_toponym(name: str) -> str:
    """A settlement's name in the nominative by its ending alone, for names that no gazetteer knows.

    A form that may be a nominative stays: villages usually keep it after their type word («в деревне Ляды»).
    """
    if pair := possessive_pair(name):
        return pair
    possessive = _POSSESSIVE.fullmatch(name)
    if possessive:
        return possessive["stem"] + "о"
    last = name.split()[-1]
    if any(reading.tag.case == "nomn" and reading.tag.POS in {"NOUN", "ADJF"} for reading in parses(last)):
        return name
    return nominative(name) if _PLAINLY_OBLIQUE.search(last) else name


def possessive_pair(name: str) -> str | None:
    """«Пинаевых Горках», «Марьиной Рощей» in the nominative, None for words that do not agree or are no such name."""
    match = _POSSESSIVE_PAIR.fullmatch(name)
    if match is None:
        return None
    wanted = {"plur"} if match["plural"] else {"femn", "sing"}
    readings = (p for p in parses(match["noun"].lower()) if p.tag.POS == "NOUN" and wanted <= p.tag.grammemes)
    reading = next((p for p in readings if not _PERSONAL & p.tag.grammemes), None)
    noun = reading.inflect({"nomn"}) if reading else None
    return f"{match['stem']}{'ы' if match['plural'] else 'а'} {in_case_of(noun.word, match['noun'])}" if noun else None
