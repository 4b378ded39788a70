"""The dates written in a text, token by token, before months and years left out are completed."""

from __future__ import annotations

import calendar
import csv
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

Precision = Literal["day", "month", "quarter", "year"]

_DATA = files("orchestration.extraction") / "data"
_LATIN = str.maketrans("abcehkmoptxy", "авсенкмортху")
_MIXED_WORD = re.compile(r"[a-zа-я]*(?:[а-я][a-z]|[a-z][а-я])[a-zа-я]*|\bc\b")
_ORDINALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "пер": 1, "вто": 2, "тре": 3, "чет": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}
_QUOTED_DAY = re.compile(r"[«\"„“](\d{1,2})[»\"“”]")
_LETTER_FOR_ZERO = re.compile(r"(?<=\d)[oо](?=\d)")


@dataclass(frozen=True, slots=True)
class DatePoint:
    """One written date: a day, or months ``first``-``last`` of a year cut to days ``first_day``-``last_day``."""

    start: int
    end: int
    precision: Precision
    year: int | None = None
    first: int | None = None
    last: int | None = None
    first_day: int = 1
    last_day: int = 31
    is_ranged: bool = False
    follows_break: bool = False

    @property
    def is_bare_number(self) -> bool:
        """Whether it is a day whose month stands elsewhere."""
        return self.precision == "day" and self.first is None

    def days(self) -> tuple[date, date]:
        """First and last day; ValueError for a day that no calendar has."""
        assert self.year is not None and self.first is not None and self.last is not None
        if self.precision == "day":
            day = date(self.year, self.first, self.first_day)
            return day, day
        last_year = self.year + (self.last < self.first)
        last_day = min(self.last_day, calendar.monthrange(last_year, self.last)[1])
        return date(self.year, self.first, self.first_day), date(last_year, self.last, last_day)


@dataclass(slots=True)
class DateReading:
    """The dates of a text in order, and the words beside them that change their sense."""

    points: list[DatePoint]
    ongoing: tuple[int, int] | None = None
    span: tuple[str, int, int] | None = None
    opens_with: str | None = None


@cache
def _months() -> dict[str, int]:
    with (_DATA / "months.csv").open(encoding="utf-8", newline="") as file:
        return {form: int(row["month"]) for row in csv.DictReader(file) for form in row["forms"].split()}


@cache
def _token_pattern() -> re.Pattern[str]:
    words: dict[str, list[str]] = defaultdict(list)
    with (_DATA / "date_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words[row["kind"]].append(row["pattern"])
    kinds = "|".join(rf"(?P<{kind}>\b(?:{'|'.join(patterns)})(?!\w))" for kind, patterns in words.items())
    month = "|".join(sorted(_months(), key=len, reverse=True))
    year = r"(?:19|20)\d\d(?!\d)(?:\s?-?\s?(?:гг?\b\.?|год\w*))?"
    ordinal = r"(?:i{1,3}|iv|[1-4](?:-?[а-я]{1,2})?|перв\w+|втор\w+|трет\w+|четверт\w+)"
    dash = r"\s?[-–—‒−]\s?"
    return re.compile(
        rf"(?P<iso>\d{{4}}-\d\d-\d\d(?!\d))"
        rf"|(?P<numeric>(?<!\d)\d{{1,2}}(?P<sep>\.\s?|/|-)\d{{1,2}}(?P=sep)(?:\d{{4}}|\d\d)(?![\d])(?:\s?гг?\b\.?|\s?год\w*)?)"
        rf"|(?P<time>(?<![\d.])\d{{1,2}}(?::\d\d|\.(?:00|1[3-9]|[2-9]\d))(?![.\d])(?:(?:{dash}|\s(?:до|по)\s)\d{{1,2}}[:.]\d\d)?(?:\s?ч\w*\b\.?)?"
        rf"|\bв\s\d{{1,2}}\.\d\d(?![.\d])|(?<![\d.])\d{{1,2}}\s?(?:час\w*|ч\b\.?|мин\w*\.?))"
        rf"|(?P<school_year>(?P<school_from>20\d\d)(?:{dash}|/)(?:20)?\d\d\s(?:учебн\w+|уч\.)\s?(?:гг?\.|год\w*))"
        rf"|(?P<quarter>\b(?P<quarter_from>{ordinal})(?:(?:{dash}|\sи\s|,\s)(?P<quarter_to>{ordinal}))?\s(?:квартал\w*|кв\.)(?:,?\s(?P<quarter_year>{year}))?)"
        rf"|(?P<half>\b(?P<half_of>{ordinal})\s(?:полугоди\w*|половин\w+\sгода)(?:,?\s(?P<half_year>{year}))?)"
        rf"|(?P<part>\b(?P<part_of>{ordinal}|последн\w+)\s(?P<part_unit>декад\w+|половин\w+|недел\w+)\s(?P<part_month>{month})(?![^\W\d])\.?(?:,?\s(?P<part_year>{year}))?)"
        rf"|(?P<day>(?<![\d.№])\d{{1,2}}(?:-?(?:го|е|ого|ое|ье))?\s{{0,2}}(?P<day_month>{month})(?![^\W\d])(?:\.(?=,?\s?\d))?(?:,?\s?(?P<day_year>{year}))?)"
        rf"|(?P<month>(?:\b(?:начал|середин|конец|конц)\w*\s)?\b(?P<month_name>{month})(?![^\W\d])(?:\.(?=,?\s?\d))?(?:,?\s?(?P<month_year>{year}))?)"
        rf"|(?P<month_of_year>(?<![\d.])(?:0[1-9]|1[0-2])\.20\d\d(?!\d)(?:\s?гг?\b\.?|\s?год\w*)?)"
        rf"|(?P<short>(?<![\d.])(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\b\.?(?!\d))"
        rf"|(?P<bare_year>(?<!\d){year})"
        rf"|(?P<number>(?<![\d№])\d{{1,2}}(?:-?(?:го|е|ого|ое|ье)\b)?(?!\d))"
        rf"|{kinds}"
        r"|(?P<to>[-–—‒−]|\b(?:по|до|позднее|позже)\b)|(?P<from>\b(?:с|со|от)\b)|(?P<list>[,;+&.()/]|\bи\b)|(?P<break>\w+|\S)"
    )


def _without_lookalikes(folded: str) -> str:
    """The same length: no quotes around a day, Latin letters of Russian words Cyrillic, an O inside a number zero."""
    text = _QUOTED_DAY.sub(r" \1 ", _LETTER_FOR_ZERO.sub("0", folded.replace("і", "i")))
    return _MIXED_WORD.sub(lambda match: match.group().translate(_LATIN), text)


def _year(text: str | None) -> int | None:
    return int(text[:4]) if text else None


def _point(match: re.Match[str], kind: str) -> DatePoint | None:
    """The date that a token writes, or None for a token that writes none."""
    start, end = match.span()
    match kind:
        case "iso":
            year, month, day = map(int, match.group().split("-"))
            return DatePoint(start, end, "day", year, month, month, day)
        case "numeric":
            day, month, year = map(int, re.findall(r"\d+", match.group()))
            return DatePoint(start, end, "day", year if year > 99 else 2000 + year, month, month, day)
        case "short":
            day, month = map(int, re.findall(r"\d+", match.group()))
            return DatePoint(start, end, "day", None, month, month, day)
        case "day":
            month = _months()[match["day_month"]]
            return DatePoint(
                start, end, "day", _year(match["day_year"]), month, month, int(re.match(r"\d+", match.group())[0])
            )
        case "number":
            return DatePoint(start, end, "day", first_day=int(re.match(r"\d+", match.group())[0]))
        case "month":
            month = _months()[match["month_name"]]
            return DatePoint(start, end, "month", _year(match["month_year"]), month, month)
        case "month_of_year":
            month, year = map(int, re.findall(r"\d+", match.group()))
            return DatePoint(start, end, "month", year, month, month)
        case "part":
            return _part_of_month(match)
        case "quarter":
            first = _ordinal(match["quarter_from"])
            last = _ordinal(match["quarter_to"] or match["quarter_from"])
            return DatePoint(start, end, "quarter", _year(match["quarter_year"]), first * 3 - 2, last * 3)
        case "half":
            half = _ordinal(match["half_of"])
            return (
                DatePoint(start, end, "quarter", _year(match["half_year"]), half * 6 - 5, half * 6)
                if half < 3
                else None
            )
        case "school_year":
            return DatePoint(start, end, "year", int(match["school_from"]), 9, 5)
        case "bare_year":
            return DatePoint(start, end, "year", _year(match.group()), 1, 12)
        case "spring" | "summer" | "autumn":
            return DatePoint(start, end, "month", None, *_SEASONS[kind])
    return None


def _ordinal(word: str) -> int:
    return _ORDINALS.get(word) or _ORDINALS.get(word[:3]) or _ORDINALS[word[0]]


def _part_of_month(match: re.Match[str]) -> DatePoint:
    month = _months()[match["part_month"]]
    parts = {"д": 3, "п": 2, "н": 4}[match["part_unit"][0]]
    number = parts if match["part_of"].startswith("последн") else min(_ordinal(match["part_of"]), parts)
    width = {3: 10, 2: 15, 4: 7}[parts]
    is_last = match["part_of"].startswith("последн") or (number == parts and parts < 4)
    first_day = 25 if is_last and parts == 4 else (number - 1) * width + 1
    last_day = 31 if is_last else number * width
    return DatePoint(*match.span(), "month", _year(match["part_year"]), month, month, first_day, last_day)


def read_points(folded: str) -> DateReading:
    """Every date of lower-case text (ё as е) as it is written; days without a month are bare numbers."""
    reading = DateReading([])
    points = reading.points
    is_ranged = follows_break = False
    for match in _token_pattern().finditer(_without_lookalikes(folded)):
        kind = match.lastgroup or ""
        point = _point(match, kind)
        if point is not None:
            previous = points[-1] if points else None
            if (
                kind == "bare_year"
                and previous
                and previous.year is None
                and not (follows_break or is_ranged)
                and not previous.is_bare_number
            ):
                points[-1] = replace(previous, year=point.year, end=point.end)
            elif (
                previous
                and previous.precision == "year"
                and point.year is None
                and not (follows_break or is_ranged or previous.is_ranged)
            ):
                points[-1] = replace(
                    point, year=previous.year, start=previous.start, follows_break=previous.follows_break
                )
            else:
                points.append(replace(point, is_ranged=is_ranged, follows_break=follows_break))
            is_ranged = follows_break = False
        elif kind == "to":
            if not points and reading.opens_with is None:
                reading.opens_with = "to"
            is_ranged = bool(points) and not follows_break
        elif kind == "from":
            if not points:
                reading.opens_with = "from"
        elif kind == "ongoing":
            reading.ongoing = reading.ongoing or match.span()
        elif kind in ("period", "year"):
            reading.span = reading.span or (kind, *match.span())
        elif kind in ("break", "time"):
            is_ranged, follows_break = False, kind == "break" or follows_break
            if not points:
                reading.opens_with = None
            if kind == "break" and points and points[-1].is_bare_number:
                points.pop()
    return reading
