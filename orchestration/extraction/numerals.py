"""Reads Russian quantities written in digits, in words, or in both («1,5 тыс.», «двадцать пять», «30-35»)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_DATA = files("orchestration.extraction") / "data"

_THOUSAND = r"тыс(?:яч\w*)?\b\.?"
_MILLION = r"(?:млн\b\.?|миллион\w*)"
_DIGITS = r"(?:\d{1,3}(?:[ .]\d{3})+|\d+(?:,\d+)?)(?!\d)"
_APPROXIMATE_BEFORE = re.compile(
    r"(?:порядка|около|ок\.|св\.|прим\.|более(?:\s+чем)?|больше|свыше|примерно|приблизительно|почти|ориентировочно|до|менее|"
    r"не\s+(?:менее|более|меньше|больше)(?:\s+чем)?|от|превысил[оаи]?|≈|~|±|>|<|≥)\s*$"
)
_APPROXIMATE_AFTER = re.compile(
    r"\s*\(?(?:с лишним|с небольшим|и более|и выше|приблизительно|ориентировочно)\b|\s?\+(?!\w)"
)
_FORBIDDEN_BEFORE = re.compile(r"(?:(?:№|n°|#)\s?|\w|\d[.,:/]|\w[-–])$")
_FORBIDDEN_AFTER = re.compile(r"(?:[-–][а-я]|[.,:/]\d|\s?[%‰°]|\s?-?\s?(?:процент|руб|км\b|кг\b))")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at ``[start, end)`` of the text, its approximating word and multiplier included.

    A range gives its lower bound and is approximate.
    """

    value: int
    is_approximate: bool
    start: int
    end: int


@cache
def _word_values() -> dict[str, int]:
    with (_DATA / "number_words.csv").open(encoding="utf-8", newline="") as file:
        return {form: int(row["value"]) for row in csv.DictReader(file) for form in row["forms"].split()}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted(_word_values(), key=len, reverse=True))
    return re.compile(
        rf"(?P<digits>{_DIGITS})(?:(?:\s?[-–—]\s?|\sдо\s)(?P<upper>{_DIGITS}))?(?:\s?(?:(?P<thousand>{_THOUSAND})|(?P<million>{_MILLION})))?"
        rf"|\b(?P<words>(?:{words})(?:\s(?:{words}))*)\b(?:\s(?P<word_thousand>{_THOUSAND}))?"
        rf"(?:\s(?P<rest>(?:{words})(?:\s(?:{words}))*)\b)?"
        rf"|\b(?P<half>пол(?:тор|утор)\w{{1,2}})\s(?P<half_unit>тысяч\w*|сотн\w*|десятк\w*)"
        rf"|\b(?P<bare>тысяч[аиу])\b(?:\s(?P<bare_rest>(?:{words})(?:\s(?:{words}))*)\b)?"
    )


def find_quantities(folded: str) -> Iterator[Quantity]:
    """Yield every quantity of lower-case text (ё as е), in order; «№ 8», «12-й», «5,5:4,5» are none."""
    for match in _pattern().finditer(folded):
        start, end = match.span()
        if match["digits"] and _FORBIDDEN_AFTER.match(folded, end):
            continue
        if match["digits"] and _FORBIDDEN_BEFORE.search(folded, max(0, start - 4), start):
            continue
        value = _value(match)
        if value is None:
            continue
        is_approximate = match["upper"] is not None
        before = _APPROXIMATE_BEFORE.search(folded, max(0, start - 24), start)
        if before and (before.start() == 0 or not folded[before.start() - 1].isalnum()):
            start, is_approximate = before.start(), True
        after = _APPROXIMATE_AFTER.match(folded, end)
        if after:
            end, is_approximate = after.end(), True
        yield Quantity(value, is_approximate, start, end)


def _value(match: re.Match[str]) -> int | None:
    if match["bare"]:
        return 1000 + (_sum_words(match["bare_rest"]) if match["bare_rest"] else 0)
    if match["half"]:
        return {"т": 1500, "с": 150, "д": 15}[match["half_unit"][0]]
    if match["words"]:
        value = _sum_words(match["words"]) * (1000 if match["word_thousand"] else 1)
        return value + _sum_words(match["rest"]) if match["rest"] else value
    digits = match["digits"]
    if re.fullmatch(r"\d{1,3}([ .]\d{3})+", digits):
        number = float(re.sub(r"[ .]", "", digits))
    else:
        number = float(digits.replace(",", "."))
    number *= 1000 if match["thousand"] else 1_000_000 if match["million"] else 1
    rounded = round(number)
    return rounded if abs(number - rounded) < 1e-6 else None


def _sum_words(words: str) -> int:
    """Add up number words; a hundred or ten that follows a smaller unit multiplies it («две сотни»)."""
    values, total = _word_values(), 0
    for word in words.split():
        value = values[word]
        if word.startswith(("сотн", "сотен", "десятк", "десяток")) and 0 < total < 10:
            total *= value
        else:
            total += value
    return total
