"""The nominatives that an inflected name may come from, by its endings alone."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from itertools import islice, product

from orchestration.extraction.language.text import fold

LONGEST_ACRONYM = 5
_MAX_SPELLINGS = 2000

# Ending of an inflected word -> endings of the nominative it may come from; the index decides which of them exists.
_ENDINGS = {
    "": ("ы", "и", "а", "о"),
    "а": ("", "о"),
    "у": ("", "а", "о"),
    "ом": ("", "о", "ый", "ое", "ой", "ий"),
    "ой": ("а", "ая"),
    "ою": ("а", "ая"),
    "е": ("", "а", "о", "я", "ь", "й"),
    "и": ("а", "я", "ь"),
    "ы": ("а",),
    "я": ("ь", "й", "е"),
    "ю": ("я", "ь", "й", "е"),
    "ем": ("", "ь", "й", "е", "ий", "ее"),
    "ей": ("а", "я", "ь", "и", "яя", "ы"),
    "ью": ("ь",),
    "ь": ("и",),
    "ща": ("ще",),
    "щу": ("ще",),
    "ии": ("ия", "ий", "ие"),
    "ов": ("ы", "и", "а"),
    "ев": ("ы", "и"),
    "ам": ("ы", "и", "а"),
    "ами": ("ы", "и", "а"),
    "ах": ("ы", "и", "а"),
    "ям": ("и", "ья"),
    "ями": ("и", "ья"),
    "ях": ("и", "ья"),
    "ого": ("ый", "ой", "ий", "ое"),
    "его": ("ий", "ее", "е"),
    "ому": ("ый", "ой", "ий", "ое"),
    "ему": ("ий", "ее", "е"),
    "ым": ("ый", "ой", "ое", "ые", "", "о"),
    "им": ("ий", "ие", "ое", "ой", "е"),
    "ую": ("ая",),
    "юю": ("яя",),
    "ых": ("ые", "ый", "ая", "ой", "ое"),
    "их": ("ие", "ий", "ая", "ой", "ое", "и"),
    "ыми": ("ые", "ый", "ая", "ое"),
    "ими": ("ие", "ий", "ая", "ое", "и"),
    "ие": ("ий",),
    "ые": ("ый",),
    # fleeting vowels
    "ца": ("ец",),
    "цу": ("ец",),
    "цем": ("ец",),
    "цом": ("ец",),
    "це": ("ец",),
    "ьца": ("ец",),
    "ьцу": ("ец",),
    "ьцом": ("ец",),
    "ьце": ("ец",),
    "ка": ("ок", "ек"),
    "ку": ("ок", "ек"),
    "ком": ("ок", "ек"),
    "ке": ("ок", "ек"),
    "ла": ("ел", "ол"),
    "лу": ("ел",),
    "лом": ("ел",),
    "ле": ("ел",),
    "та": ("ет",),
    "ту": ("ет",),
    "том": ("ет",),
    "те": ("ет", "оть"),
    "тя": ("оть",),
    "тю": ("оть",),
    "тем": ("оть",),
    "ня": ("ень",),
    "ню": ("ень",),
    "нем": ("ень",),
    "не": ("ень",),
    "ок": ("ки", "ка", "ко"),
    "ек": ("ки", "ка", "ко", "ьки", "ька", "йка", "йки"),
    "ец": ("цы", "ца"),
    "ень": ("ни", "ня"),
    "ель": ("ля", "ли"),
    "ен": ("на", "ны", "ня", "но"),
    "он": ("на", "ны"),
}
_LONGEST_ENDING = max(map(len, _ENDINGS))
_HYPHEN = re.compile(r" ?[-‐‑–—] ?")
_GAP = re.compile(r"[ -]")
_GAP_KEPT = re.compile(r"([ -])")


@lru_cache(maxsize=50_000)
def key_of(text: str) -> str:
    """The folded form that the indexes are keyed by: one kind of hyphen, no blanks around it."""
    return _HYPHEN.sub("-", fold(" ".join(text.split())))


@lru_cache(maxsize=50_000)
def nominative_spellings(word: str) -> tuple[str, ...]:
    """A folded word and everything that it may be an oblique case of, the word itself first."""
    found = dict.fromkeys([word])
    for length in range(min(_LONGEST_ENDING, len(word) - 2) + 1):
        stem, ending = word[: len(word) - length], word[len(word) - length :]
        for nominative in _ENDINGS.get(ending, ()):
            if ending or stem[-1] not in "аеиоуыэюяйь":
                found[stem + nominative] = None
    return tuple(found)


def first_word(key: str) -> str:
    """What stands in an index key before its first blank or hyphen."""
    return _GAP.split(key, maxsplit=1)[0]


def may_begin(text_form: str, first_words: Set[str]) -> bool:
    """Whether the first word of a name in any case, put into the nominative, is one of ``first_words``."""
    return not first_words.isdisjoint(nominative_spellings(first_word(key_of(text_form))))


def keys_of_form(text_form: str) -> list[str]:
    """Index keys that an inflected name may stand for, the name as written first."""
    if len(text_form) <= LONGEST_ACRONYM and text_form.isupper():
        return [key_of(text_form)]
    parts = _GAP_KEPT.split(key_of(text_form))
    choices = [(part,) if part in {" ", "-", ""} else nominative_spellings(part) for part in parts]
    return ["".join(choice) for choice in islice(product(*choices), _MAX_SPELLINGS)]
