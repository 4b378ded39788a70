"""Chinese names in Russian by the Palladius system: pinyin spelt for the gazetteer, Russian words known by it."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from orchestration.extraction.language.tables import read_table

_PALATALS = {"j", "q", "x"}
# Syllables that few Russian words have.
_TELLING = re.compile(r"цз|чж|хуа|хуэ|юань|юй|эй|[бмпфдтнлгкхжшцс]э|янь|шань|цян|сянь|сюн|лян|цин")


@cache
def _syllables() -> dict[str, str]:
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    for row in read_table("palladius.csv"):
        parts[row["part"]][row["pinyin"]] = row["russian"]
    syllables = {}
    for initial, consonant in parts["initial"].items():
        if initial in _PALATALS:
            finals = {pinyin: vowel for pinyin, vowel in parts["final"].items() if pinyin.startswith("i")}
            finals |= parts["final_after_palatal"]
        else:
            finals = parts["final"]
        syllables |= {initial + final: consonant + vowel for final, vowel in finals.items()}
    return syllables | parts["syllable"]


def russian_spelling(pinyin: str) -> str | None:
    """A name in toneless pinyin («Zhengzhou») in Russian («Чжэнчжоу»), None where it is no pinyin."""
    parts = re.split(r"['’ ]", pinyin.lower())
    spelt = [_word(part) for part in parts]
    if not all(spelt):
        return None
    syllables = [syllable for word in spelt for syllable in word]
    result = syllables[0]
    for syllable in syllables[1:]:
        result += ("ъ" if result[-1] == "н" and syllable[0] in "аоэуюяеи" else "") + syllable
    return result.capitalize()


def _word(letters: str) -> list[str] | None:
    """Syllables of a word, the longest first syllables that leave a readable rest."""
    if not letters:
        return []
    for length in range(min(6, len(letters)), 0, -1):
        syllable = _syllables().get(letters[:length])
        # Within a word a syllable that starts with a vowel is set off by an apostrophe.
        rest = _word(letters[length:]) if syllable and letters[length : length + 1] not in {"a", "e", "o"} else None
        if syllable and rest is not None:
            return [syllable, *rest]
    return None


def looks_chinese(words: str) -> bool:
    """Whether a word of a Russian text is put together from the system's syllables, a telling one among them."""
    return any(_TELLING.search(word) and _is_spelt(word) for word in re.findall(r"[а-яё]{4,}", words.lower()))


@cache
def _russian_syllables() -> frozenset[str]:
    return frozenset(_syllables().values())


def _is_spelt(word: str) -> bool:
    reached = {0}
    for end in range(1, len(word) + 1):
        if any(start in reached and word[start:end] in _russian_syllables() for start in range(max(0, end - 6), end)):
            reached.add(end)
    return len(word) in reached
