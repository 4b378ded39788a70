"""Whether a text states a number, day, edition or name in some written form; shares no rule with the extraction."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from paths import PROJECT_ROOT

_DATA = PROJECT_ROOT / "orchestration" / "extraction" / "data"
_NUMBER = re.compile(r"(?<!\d)(\d{1,3}(?: \d{3})+|\d+(?:,\d+)?)\s*(тыс|млн|миллион)?")
_MULTIPLIERS = {None: 1, "тыс": 1_000, "млн": 1_000_000, "миллион": 1_000_000}
_MONTHS = ("янв", "фев", "мар", "апр", "ма[йяе]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_ORDINALS = (
    *("перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят"),
    *("одиннадц", "двенадц", "тринадц", "четырнадц", "пятнадц"),
    *("шестнадц", "семнадц", "восемнадц", "девятнадц", "двадц"),
)
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LATIN_LOOKALIKES = str.maketrans("ХІМСУАВЕНКОРТ", "XIMCYABEHKOPT")
_CYRILLIC_LOOKALIKES = str.maketrans("aceopxyi", "асеорхуи")
_SHARED_LETTERS = 3
_SHORT_WORD = 5


def states_number(text: str, number: int) -> bool:
    """In digits («1 240», «2,5 тыс.») or in words («двадцать один»)."""
    return number in set(_numbers_in_digits(text)) | set(_numbers_in_words(text))


def states_day(text: str, day: date) -> bool:
    """By its number and its month's name or number."""
    return states_number(text, day.day) and states_month(text, day)


def states_month(text: str, day: date) -> bool:
    """By the month's name or number."""
    return bool(re.search(rf"\b{_MONTHS[day.month - 1]}|(?<!\d)0?{day.month}(?!\d)", text.lower()))


def states_edition(text: str, edition: int) -> bool:
    """In Arabic digits, Roman ones (of Cyrillic letters too) or as an ordinal in words up to twenty."""
    words = _words(text)
    is_ordinal = edition <= len(_ORDINALS) and any(word.startswith(_ORDINALS[edition - 1]) for word in words)
    return states_number(text, edition) or _roman(edition) in text.upper().translate(_LATIN_LOOKALIKES) or is_ordinal


def states_name(text: str, name: str) -> bool:
    """Some word of the name begins as some word of the text, or the text is made of the initials of the name."""
    return any(_begin_alike(word, other) for word in _words(name) for other in _words(text)) or _are_initials(
        text, name
    )


def states_country(text: str, country_code: str) -> bool:
    """By one of the country's names or abbreviations, or by an adjective."""
    return any(states_name(text, name) for name in _country_names()[country_code])


def states_territory(text: str, name: str) -> bool:
    """By its name or by one that it goes by («Кубань»)."""
    return any(states_name(text, known) for known in (name, *_territory_aliases().get(name, ())))


def words_missing(text: str, name: str) -> list[str]:
    """Words of the name that the text lacks."""
    return [word for word in _words(name) if word not in _words(text)]


def _numbers_in_digits(text: str) -> Iterator[float]:
    found = [match.groups() for match in _NUMBER.finditer(text.replace("\xa0", " ").lower())]
    of_range = next((multiplier for _, multiplier in found if multiplier), None)
    for digits, multiplier in found:
        yield float(digits.replace(" ", "").replace(",", ".")) * _MULTIPLIERS[of_range]
        if not multiplier:
            yield from map(int, digits.replace(" ", "").split(","))
        yield float(digits.replace(" ", "").replace(",", ".")) * _MULTIPLIERS[multiplier]


def _numbers_in_words(text: str) -> Iterator[int]:
    spoken = 0
    for word in [*_words(text), ""]:
        if word in _number_words():
            spoken += _number_words()[word]
        elif word.startswith("тысяч"):
            spoken *= 1_000
        else:
            yield spoken
            spoken = 0


def _roman(number: int) -> str:
    if not number:
        return ""
    value, numeral = next(pair for pair in _ROMAN if pair[0] <= number)
    return numeral + _roman(number - value)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower().translate(_CYRILLIC_LOOKALIKES).replace("ё", "е"))


def _begin_alike(word: str, other: str) -> bool:
    # «Орёл» and «Орла»: a short word may lose its last vowel.
    is_short = max(len(word), len(other)) <= _SHORT_WORD
    shared = min(_SHARED_LETTERS - is_short, len(word), len(other))
    return shared > 1 and word[:shared] == other[:shared]


def _are_initials(text: str, name: str) -> bool:
    return "".join(word[0] for word in _words(name)) in _words(text)


@cache
def _number_words() -> dict[str, int]:
    with (_DATA / "number_words.csv").open(encoding="utf-8", newline="") as file:
        return {form: int(row["value"]) for row in csv.DictReader(file) for form in row["forms"].split()}


@cache
def _country_names() -> dict[str, list[str]]:
    with (_DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["country_code"]: [row["name"], *row["aliases"].split("|"), *row["adjectives"].split("|")]
            for row in csv.DictReader(file)
        }


@cache
def _territory_aliases() -> dict[str, list[str]]:
    with (_DATA / "territories.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["aliases"].split("|") for row in csv.DictReader(file) if row["aliases"]}
