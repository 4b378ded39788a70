"""Chinese names in Russian by the Palladius system: pinyin spelt for the gazetteer, Russian words known by it."""

from __future__ import annotations

import re
from functools import cache

_INITIALS = dict(
    zip(
        ["b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "zh", "ch", "sh", "r", "z", "c", "s"],
        ["б", "п", "м", "ф", "д", "т", "н", "л", "г", "к", "х", "цз", "ц", "с", "чж", "ч", "ш", "ж", "цз", "ц", "с"],
        strict=True,
    )
)
_FINALS = dict(
    zip(
        [
            "a",
            "ai",
            "an",
            "ang",
            "ao",
            "e",
            "ei",
            "en",
            "eng",
            "ong",
            "ou",
            "i",
            "ia",
            "ian",
            "iang",
            "iao",
            "ie",
            "in",
            "ing",
            "iong",
            "iu",
            "u",
            "ua",
            "uai",
            "uan",
            "uang",
            "ui",
            "un",
            "uo",
        ],
        [
            "а",
            "ай",
            "ань",
            "ан",
            "ао",
            "э",
            "эй",
            "энь",
            "эн",
            "ун",
            "оу",
            "и",
            "я",
            "янь",
            "ян",
            "яо",
            "е",
            "инь",
            "ин",
            "юн",
            "ю",
            "у",
            "уа",
            "уай",
            "уань",
            "уан",
            "уй",
            "унь",
            "о",
        ],
        strict=True,
    )
)
_ALONE = dict(
    zip(
        [
            "a",
            "ai",
            "an",
            "ang",
            "ao",
            "e",
            "ei",
            "en",
            "er",
            "o",
            "ou",
            "ya",
            "yan",
            "yang",
            "yao",
            "ye",
            "yi",
            "yin",
            "ying",
            "yong",
            "you",
            "yu",
            "yuan",
            "yue",
            "yun",
            "wa",
            "wai",
            "wan",
            "wang",
            "wei",
            "wen",
            "weng",
            "wo",
            "wu",
            "bo",
            "po",
            "mo",
            "fo",
            "lü",
            "nü",
            "lüe",
            "nüe",
        ],
        [
            "а",
            "ай",
            "ань",
            "ан",
            "ао",
            "э",
            "эй",
            "энь",
            "эр",
            "о",
            "оу",
            "я",
            "янь",
            "ян",
            "яо",
            "е",
            "и",
            "инь",
            "ин",
            "юн",
            "ю",
            "юй",
            "юань",
            "юэ",
            "юнь",
            "ва",
            "вай",
            "вань",
            "ван",
            "вэй",
            "вэнь",
            "вэн",
            "во",
            "у",
            "бо",
            "по",
            "мо",
            "фо",
            "люй",
            "нюй",
            "люэ",
            "нюэ",
        ],
        strict=True,
    )
)
_AFTER_PALATAL = {"u": "юй", "uan": "юань", "ue": "юэ", "un": "юнь"}
# Syllables that few Russian words have.
_TELLING = re.compile(r"цз|чж|хуа|хуэ|юань|юй|эй|[бмпфдтнлгкхжшцс]э|янь|шань|цян|сянь|сюн|лян|цин")
_SIBILANTS = {"z": "цзы", "c": "цы", "s": "сы"}


@cache
def _syllables() -> dict[str, str]:
    syllables = dict(_ALONE)
    for initial, consonant in _INITIALS.items():
        for final, vowel in _FINALS.items():
            if initial in {"j", "q", "x"}:
                if final.startswith("i"):
                    syllables[initial + final] = consonant + vowel
            elif final == "i" and initial in _SIBILANTS:
                syllables[initial + final] = _SIBILANTS[initial]
            elif initial + final == "hui":
                syllables["hui"] = "хуэй"
            else:
                syllables[initial + final] = consonant + vowel
        if initial in {"j", "q", "x"}:
            syllables |= {initial + final: consonant + vowel for final, vowel in _AFTER_PALATAL.items()}
    return syllables


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
