"""Reads the years for which a document is valid («на 2025-2026 гг.», «до 31.12.2028», «сроком на 3 года»)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.extraction.language.numerals import find_quantities
from orchestration.extraction.language.text import fold


@dataclass(frozen=True, slots=True)
class YearSpan:
    """Years of validity, None where an end is open, read from ``[start, end)`` of the text."""

    from_year: int | None
    to_year: int | None
    start: int
    end: int


_MONTH = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*"
_DAY = rf"(?:\d{{1,2}}\s+{_MONTH}\s+|\d\d\.\d\d\.|{_MONTH}\s+|(?:конца|начала|середины)\s+)"
_PART = (
    r"(?:(?:\d|[iv]+|перв[а-я]+|втор[а-я]+|трет[а-я]+|четверт[а-я]+)(?:-[а-я]+)?\s+(?:полугоди[а-я]|квартал[а-я]?)\s+)"
)
_UNIT = r"(?:\s?(?:учебн[а-я]+\s+|календарн[а-я]+\s+)?(?:гг?(?![а-я])\.?|год[а-я]*))"
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_RANGE = re.compile(
    rf"(?P<lead>(?<![а-я])(?:на|с|период[а-я]*(?:\sс)?|срок[а-я]*|\()\s*)?{_DAY}?(?P<first>{_YEAR}){_UNIT}?"
    rf"\s?(?:[-–—/]|по(?![а-я])|до(?![а-я])|и(?![а-я]))\s?{_DAY}?(?P<last>{_YEAR}|\d\d(?!\d))(?P<unit>{_UNIT})?"
)
_UNTIL = re.compile(rf"(?<![а-я])(?:до|по)\s+{_DAY}?(?P<last>{_YEAR})(?:{_UNIT}|(?!\s?(?:чел|участ|руб|\d)))")
_SINCE = re.compile(rf"(?<![а-я])с\s+(?:{_DAY}(?P<dated>{_YEAR}){_UNIT}?|(?P<first>{_YEAR}){_UNIT})")
_ONE_YEAR = re.compile(
    rf"(?<![а-я])(?:на|в\sтечение|срок[а-я]*(?:\sдействия)?(?:\sна)?\s?[:–—-]?|период[а-я]*|действ[а-я]+\s?[–—-]?)\s+{_PART}?(?P<only>{_YEAR}){_UNIT}"
)
_RELATIVE = re.compile(
    r"(?<![а-я])(?:срок(?:ом)?(?:\s+(?:действия|реализации))?(?:\s+котор[а-я]+)?(?:\s+составля[а-я]+)?\s?[:–—-]?(?:\s+на)?"
    r"|на\s+срок(?:\s+до)?|на|в\s+течение)\s+(?:(?:ближайш|последующ|следующ)(?:ие|их)\s+)?"
    r"(?:(?P<count>\d{1,2}|[а-я]+)\s?(?:\([а-я]+\)\s)?)??(?:(?:учебн|календарн|полн)[а-я]+\s)?(?:года?|лет)(?![а-я])"
)
_OF_WORDS = {
    "одно": 1,
    "двух": 2,
    "трех": 3,
    "четырех": 4,
    "пяти": 5,
    "шести": 6,
    "семи": 7,
    "восьми": 8,
    "девяти": 9,
    "десяти": 10,
    "пятнадцати": 15,
    "двадцати": 20,
}
_OF_YEARS = re.compile(
    rf"(?:^|(?<![а-я])на\s+)(?:(?P<digits>\d{{1,2}})-?(?:х-?|ти-?)?|(?P<words>{'|'.join(_OF_WORDS)}))летн[а-я]+"
)
_THIS_CENTURY = 2000


def read_year_span(text: str, start_year: int | None = None) -> YearSpan | None:
    """Read the years of validity that stand first in ``text``.

    A relative term counts from ``start_year`` (the year of signing) and is None without one.
    """
    folded = fold(text)
    spans = [*_ranges(folded), *_open_spans(folded)]
    if spans:
        return min(spans, key=lambda span: (span.start, span.start - span.end))
    return _relative(folded, start_year) if start_year is not None else None


def _ranges(folded: str) -> list[YearSpan]:
    spans = []
    for match in _RANGE.finditer(folded):
        first, last = int(match["first"]), int(match["last"])
        last = last if last > 99 else first // 100 * 100 + last
        if first <= last and (match["lead"] or (match["unit"] and first >= _THIS_CENTURY)):
            spans.append(YearSpan(first, last, *match.span()))
    return spans


def _open_spans(folded: str) -> list[YearSpan]:
    spans = [YearSpan(None, int(match["last"]), *match.span()) for match in _UNTIL.finditer(folded)]
    spans += [YearSpan(int(match["dated"] or match["first"]), None, *match.span()) for match in _SINCE.finditer(folded)]
    return spans + [YearSpan(int(m["only"]), int(m["only"]), *m.span()) for m in _ONE_YEAR.finditer(folded)]


def _relative(folded: str, start_year: int) -> YearSpan | None:
    if match := _OF_YEARS.search(folded):
        count = int(match["digits"]) if match["digits"] else _OF_WORDS[match["words"]]
        return YearSpan(start_year, start_year + count, *match.span())
    for match in _RELATIVE.finditer(folded):
        quantity = next(find_quantities(match["count"]), None) if match["count"] else None
        if quantity or not match["count"]:
            return YearSpan(start_year, start_year + (quantity.value if quantity else 1), *match.span())
    return None
