"""The vocabulary of organisation names: head nouns, legal forms, and how their words inflect and agree."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from orchestration.extraction.language.morphology import in_case_of, parses
from orchestration.extraction.language.tables import read_table

_ATTRIBUTE = re.compile(r"([А-Яа-яЁё-]+)(?=\s[А-Яа-яЁё])")
_LEAST_LIKELIHOOD = 0.2
_VILLAGE_ADJECTIVE = re.compile(r"(?P<stem>[А-ЯЁ][а-яё-]+[сц])к(?:ий|ого|ому|им|ом|ая|ой|ую|ое)")
# бюджетное, автономное or казённое учреждение of any level and field: «КГБПОУ», «ЯГБУК», «МОБУДО»
_RUSSIAN_FORM = re.compile(
    r"[МГФРОКСТЛВЯПИЧНБ]{0,4}[БАК][ДПНОВСМ]{0,4}У(?:К|З|Н|СО|СП|СОН|ДО|ДОД|ДПО|КДО|ПО|ВО|ШИ|СЗН)?"
)
_DECLINED_ACRONYM = re.compile(r"(?P<letters>[А-ЯЁ]{3,8})(?:а|у|е|ом|ы)")
_GENDERS = {"m": "masc", "f": "femn", "n": "neut"}


class Reading(NamedTuple):
    """A grammatical number and case."""

    number: str
    case: str


class Noun(NamedTuple):
    """An organisation's head noun and what it takes to name one with it.

    ``naming``: ``body`` (an authority: needs a place), ``institution`` (needs a number, quoted name, namesake or place
    adjective), ``unique`` (a capital letter and a tail will do), ``number`` (acronyms of schools), ``quoted``, ``club``
    (quoted, and of a required kind), ``form`` (a spelled-out legal form), ``branch``, ``proper`` (a name by itself),
    ``none`` (a collective, never an organisation). ``required`` adjectives or tail words: one of them must be there.
    """

    noun: str
    gender: str
    naming: str
    required: frozenset[str]
    expansion: str


def noun_of(word: str) -> Noun | None:
    """The organisation noun that a word in any case, or an acronym, is a form of."""
    entry = _noun_entry(word)
    return entry[0] if entry else None


@cache
def _noun_entry(word: str) -> tuple[Noun, frozenset[Reading]] | None:
    forms = _noun_forms()
    if word.isupper():
        form, _, noun = word.rpartition("-")
        return forms.get(word) or (forms.get(noun) if form and seat_of(form) else None)
    if word in dotted_words():
        entry = forms.get(dotted_words()[word])
        return (entry[0], frozenset()) if entry else None
    if base := _without_ending(word):
        return forms.get(base)
    lower = word.lower().replace("ё", "е")
    first, hyphen, last = lower.partition("-")
    if hyphen and word.partition("-")[0].isupper():
        return forms.get(last) if seat_of(first) else None
    return forms.get(lower) or (forms.get(first) if hyphen else None)


def _without_ending(word: str) -> str | None:
    """The acronym that a clerk declines: «ТЮЗа», «РОВДом»."""
    match = _DECLINED_ACRONYM.fullmatch(word)
    return match["letters"] if match and match["letters"] in _noun_forms() else None


@cache
def _noun_forms() -> dict[str, tuple[Noun, frozenset[Reading]]]:
    """Every inflected form of the organisation nouns, lower case (acronyms as they are)."""
    forms: dict[str, tuple[Noun, frozenset[Reading]]] = {}
    for row in read_table("organisation_nouns.csv"):
        noun = Noun(
            row["noun"],
            row["gender"],
            row["naming"],
            frozenset(filter(None, row["required"].split(";"))),
            row["expansion"],
        )
        if noun.noun.isupper():
            forms[noun.noun] = (noun, frozenset())
            continue
        parse = next(p for p in parses(noun.noun) if p.tag.POS == "NOUN" and p.tag.case == "nomn")
        for form in parse.lexeme:
            known = forms.get(form.word, (noun, frozenset()))[1]
            forms[form.word] = (noun, known | {Reading(form.tag.number, form.tag.case)})
    return _shortened(forms) | forms


def _shortened(
    forms: dict[str, tuple[Noun, frozenset[Reading]]],
) -> dict[str, tuple[Noun, frozenset[Reading]]]:
    """«ун-та», «б-ки», «пр-вом»: the forms that clerks write with a hyphen for the middle of the word."""
    shorts = [(row["stem"], row["short"]) for row in read_table("organisation_abbreviations.csv")]
    return {
        short + form.removeprefix(stem): entry
        for stem, short in shorts
        for form, entry in forms.items()
        if form.startswith(stem) and entry[0].noun.startswith(stem)
    }


@cache
def dotted_words() -> dict[str, str]:
    """Abbreviations with a full stop, each as a clerk may write it, and the lemmas that they stand for («упр.»)."""
    return {row["short"]: row["word"] for row in read_table("organisation_dotted.csv")}


@cache
def noun_readings(word: str) -> set[Reading]:
    """Numbers and cases that a noun may stand in; none for an acronym."""
    entry = _noun_entry(word)
    if entry:
        return set(entry[1])
    return {Reading(p.tag.number, p.tag.case) for p in parses(word) if p.tag.POS == "NOUN"}


@cache
def adjective_readings(word: str) -> frozenset[tuple[Reading, str]]:
    """Numbers and cases, each with the lemma, that an adjective or participle may stand in; empty for other words."""
    if word in dotted_words():
        parse = parses(dotted_words()[word])[0]
        is_adjective = parse.tag.POS == "ADJF"
        return frozenset((Reading(f.tag.number, f.tag.case), parse.normal_form) for f in parse.lexeme if is_adjective)
    if lemma := _surname_like(word):
        return frozenset((reading, lemma) for reading, _ in adjective_readings("детс" + word[word.rindex("к") :]))
    adjectives = [p for p in parses(word) if p.tag.POS in ("ADJF", "PRTF") and p.tag.case]
    is_likely = sum(p.score for p in adjectives) >= _LEAST_LIKELIHOOD
    if word[0].islower() and not is_likely and not any(p.normal_form.endswith("ский") for p in adjectives):
        return frozenset()
    return frozenset((Reading(p.tag.number, p.tag.case), p.normal_form) for p in adjectives)


@cache
def _surname_like(word: str) -> str | None:
    """The lemma of a village's adjective that the dictionary takes for a surname only: «Вышковской»."""
    match = _VILLAGE_ADJECTIVE.fullmatch(word)
    if match is None or not all("Surn" in parse.tag for parse in parses(word)):
        return None
    return f"{match['stem'].lower()}кий"


def adjective_lemmas(word: str) -> set[str]:
    """Dictionary forms of a word as an adjective or participle."""
    return {lemma for _, lemma in adjective_readings(word)}


@cache
def lemmas_of(word: str) -> frozenset[str]:
    """Dictionary forms of all readings of a word, «ё» as «е»."""
    return frozenset(p.normal_form.replace("ё", "е") for p in parses(word))


@cache
def words_of(role: str) -> frozenset[str]:
    """Words (lemmas; acronyms in lower case) that play a role in names: ``domain``, ``owner``, ``room``, …"""
    return frozenset(row["word"] for row in read_table("organisation_words.csv") if row["role"] == role)


@cache
def _legal_forms() -> dict[str, tuple[str | None, str]]:
    return {
        row["form"]: (row["country_code"] or None, row["seat"]) for row in read_table("legal_forms_of_mentions.csv")
    }


def seat_of(legal_form: str) -> tuple[str | None, str] | None:
    """Country (alpha-2 or None) and usual seat ('home', 'domestic', 'foreign') of a legal form; None if unknown."""
    form = legal_form.upper()
    known = _legal_forms().get(form)
    return known or (("RU", "home") if _RUSSIAN_FORM.fullmatch(form) else None)


def place_adjectives(name: str) -> list[str]:
    """Lemmas of the place adjectives before a noun in an organisation's name, in order («руднянский»)."""
    return [
        min(adjective_lemmas(match[1])).replace("ё", "е")
        for match in _ATTRIBUTE.finditer(name)
        if is_place_adjective(match[1])
    ]


def is_place_adjective(word: str) -> bool:
    """A capitalised adjective in -ский that is none of the common ones: «Оршанского», «Санкт-Петербургским»."""
    if not word[0].isupper() or word.isupper():
        return False
    lemmas = adjective_lemmas(word)
    return any(
        lemma.endswith(("ский", "цкий", "ской", "цкой"))
        and not lemma.endswith(("ческий", "тельский"))
        and lemma.rsplit("-", 1)[-1] not in words_of("generic")
        for lemma in lemmas
    )


def is_genitive_adjective(word: str) -> bool:
    """Whether the word may be an adjective in the genitive and is not likelier a place of its own."""
    return any(reading.case == "gent" for reading, _ in adjective_readings(word)) and not any(
        "Geox" in parse.tag and parse.tag.POS == "NOUN" for parse in parses(word)[:1]
    )


def is_genitive_name(word: str, *, is_toponym: bool) -> bool:
    """Whether a capitalised word may be a name in the genitive or an indeclinable one (only a place's if asked)."""
    return any(
        p.tag.POS in (None, "NOUN")
        and (p.tag.case == "gent" or "Fixd" in p.tag or not p.is_known)
        and (not is_toponym or "Geox" in p.tag or not p.is_known)
        for p in parses(word)
    )


def is_person(word: str) -> bool:
    """Whether the word is likeliest a person or a person's name."""
    tag = parses(word)[0].tag
    return ("anim" in tag or "Surn" in tag or "Name" in tag or "Patr" in tag) and "Geox" not in tag


def agrees(word: str, readings: set[Reading]) -> bool:
    """Whether the word is an adjective that may stand in one of the numbers and cases."""
    return any(reading in readings for reading, _ in adjective_readings(word))


def gender_of(word: str) -> str:
    """The gender of a noun: ``m``, ``f`` or ``n``."""
    return {"masc": "m", "femn": "f", "neut": "n"}.get(str(parses(word)[0].tag.gender), "m")


def nominative_words(adjectives: list[str], head: str, gender: str, expansion: str = "") -> str:
    """Adjectives and head in the nominative singular, each with its own capital letter."""
    wanted = {"nomn", "sing", _GENDERS[gender]}
    words = []
    for word in adjectives:
        readings = [p for p in parses(dotted_words().get(word, word)) if p.tag.POS in ("ADJF", "PRTF")]
        if lemma := _surname_like(word):
            words.append(_like(word, lemma[:-2] + {"m": "ий", "f": "ая", "n": "ое"}[gender]))
            continue
        parse = next((p for p in readings if p.normal_form in words_of("preferred")), readings[0] if readings else None)
        inflected = parse.inflect(wanted) if parse else None
        words.append(_like(word, inflected.word) if inflected else word)
    noun = noun_of(head)
    if expansion:
        words.append(expansion)
    elif head.isupper():
        words.append(head)
    elif acronym := _without_ending(head):
        words.append(acronym)
    elif noun and head.partition("-")[0].isupper():
        words.append(f"{head.partition('-')[0]}-{noun.noun}")
    elif noun and "-" in head and head.lower() not in _noun_forms():
        words.append(_like(head, _compound_nominative(head)))
    else:
        words.append(_like(head, noun.noun if noun else parses(head)[0].normal_form))
    return " ".join(words)


def _compound_nominative(head: str) -> str:
    return "-".join(
        noun.noun if (noun := noun_of(part)) else parses(part)[0].normal_form for part in head.lower().split("-")
    )


def _like(original: str, word: str) -> str:
    """``word`` with the capitals of ``original``, and with «ё» only if that is written with it."""
    return in_case_of(word if "ё" in original.lower() else word.replace("ё", "е"), original)
