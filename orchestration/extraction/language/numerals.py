"""Reads Russian quantities written in digits, in words, or in both («1,5 тыс.», «двадцать пять», «30-35»)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from orchestration.extraction.language.tables import read_table

_THOUSAND = r"тыс(?:яч\w*)?\b\.?"
_MILLION = r"(?:млн\b\.?|миллион\w*)"
_DIGITS = r"(?:\d{1,3}(?:[ .]\d{3})+|\d+\.\d(?=\s?(?:тыс|млн))|\d+(?:,\d+)?)(?!\d)"
_APPROXIMATE_BEFORE = re.compile(
    r"(?:порядка|около|ок\.|св\.|прим\.|более(?:\s+чем)?|больше|свыше|примерно|приблизительно|почти|ориентировочно|до|менее|"
    r"не\s+(?:менее|более|меньше|больше)(?:\s+чем)?|от|превысил[оаи]?|≈|~|±|>|<|≥)\s*$"
)
_APPROXIMATE_AFTER = re.compile(
    r"\s*\(?(?:с лишним|с небольшим|и более|и выше|приблизительно|ориентировочно)\b|\s?\+(?!\s?\d|\w)"
)
# «несколько сотен», «тысячи»: how many is not told
_INDEFINITE = re.compile(r"(?:несколько|многие|множество|много|нескольких)\s$")
_UNITS = frozenset(("сотен", "сотни", "десятков", "десятки", "тысяч", "тысячи"))
_SOME = re.compile(r"(?<!\w)с\s$")
_ROUND = re.compile(r"десят(?:ок|ка)|сотн|полсотни|тысяч")
_FORBIDDEN_BEFORE = re.compile(r"(?:(?:№|n°|#)\s?|\w|\d[.,:/]|\w[-–])$")
_ENDING = re.compile(r"(?<=[05-9])-?ти(?!\w)|(?<=1\d)-?ти(?!\w)|(?<=[234])-х(?!\w)")
_HYPHENATED = re.compile(r"(?<![\w-])[а-я]{2,}[-–]$")
_ITEM_END = re.compile(r"\s?(?:$|[,;.()]|чел|и\s|всего)")
_NUMBERS_OF_NAMES = re.compile(r"№№\s?(?:\d+(?:,\s?|\sи\s|[-–]))+$")
_AGE_MARK = re.compile(r"(?:0|6|12|16|18)\+(?!\s?(?:\d|чел|уч|гост|зрит))")
# «школы № 3, 5 и 8 – 45 чел.», «СШ 3 – 12 чел.»: numbers of schools, unless a word that they count follows
_NUMBERS_OF_SCHOOLS = re.compile(
    r"(?:№\s?(?:\d+(?:,\s?|\sи\s))+|(?<!\w)(?:сш|сош|оош|нош|школ[аыеу]|лице[йяюе]|гимнази[яию]|дши|дмш|дхш|дюсш|"
    r"сшор|доу|детск\w+\sсад\w*|училищ[еа]|колледж|библиотек[аи]|филиал|отряд)\s)$"
)
_COUNTED = re.compile(r"\d+\s(?!и\s)[а-я]")
_YEARS = range(1900, 2101)
_FORBIDDEN_AFTER = re.compile(r"(?:[-–][а-я]|[.,:/]\d|\s?[%‰°]|\s?-?\s?(?:процент|руб|км\b|кг\b))")
# A telephone, a taxpayer's number: digits without a space that count nobody.
_IDENTIFIER = re.compile(r"\d{9}")
_IDENTIFIED = re.compile(r"(?<!\w)(?:тел(?:ефон\w*)?|факс|инн|огрн|кпп)[.:]*\s?(?:№\s?)?\+?$")
_MOST_PEOPLE = 10_000_000
_LONGEST_NUMBER = 20
_LOOK_BACK = 80


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
    return {form: int(row["value"]) for row in read_table("number_words.csv") for form in row["forms"].split()}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted(_word_values(), key=len, reverse=True))
    return re.compile(
        rf"(?P<digits>{_DIGITS})(?:(?:\s?[-–—]\s?|\sдо\s)(?P<upper>{_DIGITS}))?"
        rf"(?:(?:-(?:х|ти|ми|мя))?\s?(?:(?P<thousand>{_THOUSAND})(?:\s(?P<hundreds>\d{{3}})(?!\d))?|(?P<million>{_MILLION})))?"
        rf"|\b(?P<words>(?:{words})(?:\s(?:{words}))*)\b(?:\s(?P<word_thousand>{_THOUSAND}))?"
        rf"(?:\s(?P<rest>(?:{words})(?:\s(?:{words}))*)\b)?"
        rf"|\b(?P<half>пол(?:тор|утор)\w{{1,2}})\s(?P<half_unit>тысяч\w*|сот(?:ен|н\w*)|десятк\w*)"
        rf"|\b(?P<bare>тысяч[аиу])\b(?:\s(?P<bare_rest>(?:{words})(?:\s(?:{words}))*)\b)?"
    )


def find_quantities(folded: str) -> Iterator[Quantity]:
    """Yield every quantity of lower-case text (ё as е), in order; «№ 8», «12-й», «5,5:4,5» are none."""
    position = 0
    while match := _pattern().search(folded, position):
        start, end = match.span()
        position = end
        if match["digits"] and (ending := _ENDING.match(folded, end)):
            position = end = ending.end()
        if match["digits"] and (_FORBIDDEN_AFTER.match(folded, end) or _AGE_MARK.match(folded, start)):
            continue
        if match["digits"] and _is_part_of_name(folded, start, end):
            position = match.end("digits")
            continue
        if match["digits"] and (
            _IDENTIFIER.match(folded, start) or _IDENTIFIED.search(folded, max(0, start - _LOOK_BACK), start)
        ):
            continue
        value = _value(match)
        if (
            value is None
            or value > _MOST_PEOPLE
            or (match.group() in _UNITS and _INDEFINITE.search(folded, max(0, start - _LOOK_BACK), start))
        ):
            continue
        is_approximate = match["upper"] is not None
        before = _APPROXIMATE_BEFORE.search(folded, max(0, start - 24), start)
        if before and (before.start() == 0 or not folded[before.start() - 1].isalnum()):
            start, is_approximate = before.start(), True
        elif match.group() in ("сотни", "тысячи", "десятки"):
            continue
        elif _ROUND.match(folded, start) and (some := _SOME.search(folded, max(0, start - _LOOK_BACK), start)):
            start, is_approximate = some.start(), True
        if match["digits"] and (repeated := _repeated(folded, end, value)):
            position = end = repeated
        after = _APPROXIMATE_AFTER.match(folded, end)
        if after:
            end, is_approximate = after.end(), True
        yield Quantity(value, is_approximate, start, end)


def _is_part_of_name(folded: str, start: int, end: int) -> bool:
    """«№ 8», «№№ 1, 3», «Ту-154», but not «дети-15», which a list item may end with."""
    if _NUMBERS_OF_NAMES.search(folded, max(0, start - 40), start):
        return True
    if _NUMBERS_OF_SCHOOLS.search(folded, max(0, start - 40), start) and not _COUNTED.match(folded, start):
        return True
    if not _FORBIDDEN_BEFORE.search(folded, max(0, start - 4), start):
        return False
    is_item = _HYPHENATED.search(folded, max(0, start - _LOOK_BACK), start) and _ITEM_END.match(folded, end)
    return not is_item or int(re.sub(r"\D.*", "", folded[start:end])) in _YEARS


def _repeated(folded: str, end: int, value: int) -> int | None:
    """End of a bracket that repeats the number in words: «45 (сорок пять)»."""
    bracket = re.match(r"\s?\(([а-я ]+)\)", folded[end : end + 60])
    words = bracket[1].split() if bracket else []
    if bracket and words and all(word in _word_values() for word in words) and _sum_words(bracket[1]) == value:
        return end + bracket.end()
    return None


def _value(match: re.Match[str]) -> int | None:
    if match["bare"]:
        return 1000 + (_sum_words(match["bare_rest"]) if match["bare_rest"] else 0)
    if match["half"]:
        return {"т": 1500, "с": 150, "д": 15}[match["half_unit"][0]]
    if match["words"]:
        value = _sum_words(match["words"]) * (1000 if match["word_thousand"] else 1)
        return value + _sum_words(match["rest"]) if match["rest"] else value
    digits = match["digits"]
    if len(digits) > _LONGEST_NUMBER:
        return None
    if re.fullmatch(r"\d{1,3}([ .]\d{3})+", digits):
        number = float(re.sub(r"[ .]", "", digits))
    else:
        number = float(digits.replace(",", "."))
    number *= 1000 if match["thousand"] else 1_000_000 if match["million"] else 1
    number += int(match["hundreds"] or 0)
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
