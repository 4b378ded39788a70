"""One key for all spellings of a partner's name."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from orchestration.extraction.language.morphology import parses
from orchestration.extraction.language.spellings import key_of
from orchestration.extraction.language.tables import read_table
from orchestration.extraction.language.text import fold
from orchestration.extraction.organisations.lexicon import seat_of
from orchestration.extraction.toponyms.gazetteer_index import Settlement, find_settlement, type_words

_NUMBER = re.compile(r"(?:№|#|n|no\.?|номер)\s*(?=\d)|(?<=[а-я])-(?=\d)")
# Capitals with what an ending adds to them: «СГМУ», «ПсковГУ», «БАМа».
_ACRONYM = re.compile(r"\b(?P<letters>[А-ЯЁ][А-ЯЁа-яё]*[А-ЯЁ])(?P<ending>[а-яё]{0,2})\b")
_INITIALS = re.compile(r"\b[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?")
_CAPITALS = re.compile(r"[А-ЯЁ]{2,9}")
_LEVELS_OF_EDUCATION = frozenset(("ДО", "ДОД", "ВО", "ВПО", "СПО"))
_WORD = re.compile(r"(?:г|р)\. ?п\.|[а-яa-z0-9]+(?:-[а-яa-z0-9]+)*\.?")
_HONOUR = re.compile(r"\b(?:им\.|имени|памяти)\s*(?P<rest>.*)$")
_HONOUR_END = re.compile(r"[«»\"(),]|\b(?:г|гор|с|д|п|пос)\.|\bгород")
_SILENT = frozenset(["и", "в", "на", "по", "при", "для", "с", "о", "об", "республика"])


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Spellings of legal forms and abbreviations, bare and as whole words, with their meaning, the longest first."""
    rows = sorted(read_table("legal_forms.csv"), key=lambda row: -len(row["form"]))
    forms = ((fold(row["form"]), row["meaning"]) for row in rows)
    return tuple((form, re.compile(rf"(?<![\w-]){re.escape(form)}(?![\w-])"), meaning) for form, meaning in forms)


@lru_cache(maxsize=10_000)
def partner_identity(name: str, settlement: str | None = None) -> str:
    """A name's normalised key: folded, without quotes, legal form and type words, lemmatised, numbers kept.

    ``settlement`` (canonical) is appended unless the name has it; an honorary name is left out where a number
    already tells the institution.
    """
    acronyms = {fold(match.group()): fold(match["letters"]) for match in _ACRONYM.finditer(name)}
    text = fold(_INITIALS.sub(" ", _without_form(name)))
    text = _NUMBER.sub(" ", re.sub(r"[–—‑]", "-", text))
    text = _without_honour(text)
    text = re.sub(r"[«»\"„“”'’()\[\],;:]", " ", text)
    for form, pattern, meaning in _forms():
        if form in text:
            text = pattern.sub(f" {meaning} ", text)
    words = [normal for word in _joined_toponyms(_WORD.findall(text)) for normal in _normal(word, acronyms).split()]
    words = _rephrased([word for word in words if word not in _SILENT])
    if settlement:
        place = key_of(settlement).replace(" ", "-")
        words = [word for word in words if word != place] + [place]
    return " ".join(words)


def _without_form(name: str) -> str:
    """The name without the acronyms at its beginning that a country has as legal forms («МБУ ДО»)."""
    words = name.split(" ")
    first = 0
    while first + 1 < len(words) and _CAPITALS.fullmatch(words[first]) and (seat := seat_of(words[first])):
        if not (seat[0] or (first and words[first] in _LEVELS_OF_EDUCATION)):
            break
        first += 1
    return " ".join(words[first:])


def _without_honour(text: str) -> str:
    honour = _HONOUR.search(text)
    if not honour:
        return text
    end = _HONOUR_END.search(honour["rest"])
    kept = honour["rest"][end.start() :] if end else ""
    before = text[: honour.start()]
    has_number = re.search(r"\d", before)
    return f"{before} {kept}" if has_number else f"{before} {honour['rest']}"


@cache
def _phrases() -> dict[tuple[str, ...], list[str]]:
    """Runs of lemmas that say the same in other words."""
    return {tuple(row["phrase"].split()): row["meaning"].split() for row in read_table("name_phrases.csv")}


def _rephrased(words: list[str]) -> list[str]:
    result: list[str] = []
    for word in words:
        result.append(word)
        meaning = _phrases().get(tuple(result[-2:]))
        if meaning is not None:
            result[-2:] = meaning
    return result


def _normal(word: str, acronyms: dict[str, str]) -> str:
    if word in acronyms and not parses(word)[0].is_known:
        return acronyms[word]
    row = type_words().get(word.replace(" ", "")) or type_words().get(word.rstrip("."))
    if row and row["level"] == "settlement":
        return ""
    return row["type"] if row else _lemma(word.rstrip("."))


@lru_cache(maxsize=20_000)
def _lemma(word: str) -> str:
    """The lemma as a noun or an adjective, its meaning if it is a listed form, a settlement's name by the gazetteer."""
    readings = parses(word)
    chosen = next((r for r in readings if r.tag.POS in {"NOUN", "ADJF"} and "Abbr" not in r.tag), readings[0])
    settlement = None if "Geox" not in chosen.tag and chosen.is_known else find_settlement(word)
    if settlement:
        return _toponym_key(settlement)
    normal = fold(chosen.normal_form)
    return _meanings().get(normal, normal)


@cache
def _meanings() -> dict[str, str]:
    return {fold(row["form"]): row["meaning"] for row in read_table("legal_forms.csv") if row["meaning"]}


def _toponym_key(settlement: Settlement) -> str:
    return key_of(settlement.name).replace(" ", "-")


def _joined_toponyms(words: list[str]) -> list[str]:
    """The words with those of a two-word settlement («великих», «лук») joined into its key."""
    result: list[str] = []
    for word in words:
        settlement = find_settlement(f"{result[-1]} {word}") if result and not result[-1].endswith(".") else None
        if settlement:
            result[-1] = _toponym_key(settlement)
        else:
            result.append(word)
    return result
