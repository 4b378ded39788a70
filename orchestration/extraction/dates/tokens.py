"""The dates written in a text, token by token, before months and years left out are completed."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Literal

from rapidfuzz.distance import OSA

from orchestration.extraction.language.ordinals import ordinal_pattern, ordinal_value
from orchestration.extraction.language.roman import roman_value
from orchestration.extraction.language.tables import patterns_by_kind, read_table

Precision = Literal["day", "month", "quarter", "year"]

# An address that tells a day or a number: streets and squares named after a day, houses, rooms.
_ADDRESS = re.compile(
    r"(?<!\w)(?:ул(?:\.|иц[аеуы])|пл(?:\.|ощад[ьи])|пр(?:-т|осп\.|оспект[ае]?)|пер(?:\.|еулок)|бульвар|парк|им(?:\.|ени))"
    r" ?\d{1,2}(?:-?(?:го|е))? (?:ма[йя]|(?:январ|феврал|апрел|ию[нл]|(?:сент|окт|но|дек)[аяб]+р)я|(?:март|август)а)"
    r"(?! ?\d)"
    r"|(?<!\w)(?:д\.|дом|корп(?:\.|ус)|стр\.|каб\.|оф(?:\.|ис)|№) ?\d{1,4}(?:/\d+)?[а-д]?(?![\w.]*\d)"
)
_LATIN = str.maketrans("abcehkmoptxy", "авсенкмортху")
_MIXED_WORD = re.compile(r"[a-zа-я]*(?:[а-я][a-z]|[a-z][а-я])[a-zа-я]*|\bc\b")
_ORDINALS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "iу": 4,
    "п": 2,
    "ш": 3,
    "пер": 1,
    "вто": 2,
    "тре": 3,
    "чет": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_YEAR_SHIFTS = {"this_year": 0, "last_year": -1, "next_year": 1}
_DURATION_UNITS = {"д": 1, "с": 1, "н": 7}
_PERHAPS_MONTH = re.compile(r"(?<![а-я])[а-я]{5,9}(?![а-я])")
_FILLING = "~"
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
    """The dates of a text in order, and the words beside them that change their sense.

    ``superseded`` are dates from which the event was moved; ``duration`` is in days; ``year_shift`` is the year named
    in words, relative to the reported one; ``is_mended`` tells of a misspelt month, ``has_unread`` of words before the
    first date that mean nothing known.
    """

    points: list[DatePoint]
    superseded: list[DatePoint] = field(default_factory=list)
    ongoing: tuple[int, int] | None = None
    span: tuple[str, int, int] | None = None
    opens_with: str | None = None
    duration: int | None = None
    year_shift: int | None = None
    is_mended: bool = False
    has_unread: bool = False


@cache
def _months() -> dict[str, int]:
    return {form: int(row["month"]) for row in read_table("months.csv") for form in row["forms"].split()}


@cache
def _token_pattern() -> re.Pattern[str]:
    words = patterns_by_kind("date_words.csv")
    kinds = "|".join(rf"(?P<{kind}>\b(?:{patterns})(?!\w))" for kind, patterns in words.items())
    month = rf"(?:{'|'.join(sorted(_months(), key=len, reverse=True))}){_FILLING}*"
    day_in_words = rf"{ordinal_pattern()}(?:ое|ого|ье|ьего)"
    year = r"(?:(?:19|20)\d\d(?!\d)(?:\s?-?\s?(?:гг?\b\.?|год\w*))?|(?<!\d)\d\d\s?(?:гг?\b\.?|год(?:а|у|ом)?(?!\w)))"
    full_year = r"(?:19|20)\d\d(?!\d)(?:\s?-?\s?(?:гг?\b\.?|год\w*))?"
    year_end = r"(?:(?:19|20)\d\d|\d\d)(?!\d)(?:\s?гг?\b\.?|\s?год\w*)?"
    ordinal = r"(?:i{1,3}|i[vу]|[1-4](?:-?[а-я]{1,2})?|перв\w+|втор\w+|трет\w+|четверт\w+|[пш](?=\s?кв))"
    month_number = r"(?:0?[1-9]|1[0-2])"
    dash = r"\s?[-–—‒−]\s?"
    return re.compile(
        rf"(?P<iso>\d{{4}}(?P<iso_sep>[-.])\d\d(?P=iso_sep)\d\d(?!\d))"
        rf"|(?P<numeric>(?<!\d)\d{{1,2}}(?:(?P<dot>\.\s?)\d{{1,2}}(?P=dot){year_end}"
        rf"|(?P<sep>[/-]|,(?=\d\d,)|\s(?=\d\d\s))\d{{1,2}}(?P=sep){full_year}))"
        rf"|(?P<roman>(?<!\d)\d{{1,2}}[\s./-]{{1,2}}(?P<roman_month>[ivxх]{{1,4}})[\s./-]{{1,2}}(?P<roman_year>{year_end}))"
        rf"|(?P<time>(?<![\d.])\d{{1,2}}(?::\d\d|\.(?:00|1[3-9]|[2-9]\d))(?![.\d])(?:(?:{dash}|\s(?:до|по)\s)\d{{1,2}}[:.]\d\d(?![.\d]))?(?:\s?ч\w*\b\.?)?"
        rf"|\bв\s\d{{1,2}}\.\d\d(?![.\d])|(?<![\d.])\d{{1,2}}\s?(?:час\w*|ч\b\.?|мин\w*\.?))"
        rf"|(?P<school_year>(?P<school_from>20\d\d)(?:{dash}|/)(?:20)?\d\d\s(?:учебн\w+|уч\.)\s?(?:гг?\.|год\w*))"
        rf"|(?P<winters>\bзим(?:а|ы|е|у|ой|ний период)\s(?P<winter_from>20\d\d)"
        rf"(?:{dash}|/)(?:20)?\d\d(?!\d)(?:\s?гг?\b\.?)?)"
        rf"|(?P<quarter>\b(?P<quarter_from>{ordinal})(?:(?:{dash}|\sи\s|,\s)(?P<quarter_to>{ordinal}))?\s?(?:квартал\w*|кв-л\w*|кв\.)(?:,?\s?(?P<quarter_year>{year}))?)"
        rf"|(?P<half>\b(?P<half_of>{ordinal})\s(?:полугоди\w*|половин\w+\sгода)(?:,?\s(?P<half_year>{year}))?)"
        rf"|(?P<part>\b(?P<part_of>{ordinal}|последн\w+)\s(?P<part_unit>декад\w+|половин\w+|недел\w+)\s(?P<part_month>{month})(?![^\W\d])\.?(?:,?\s(?P<part_year>{year}))?)"
        rf"|(?P<duration>(?<!\d)(?P<duration_count>\d{{1,2}}|дв[ае]|три|четыре|пять|шесть|семь|восемь|девять|десять)[\s-](?P<duration_unit>дн(?:я|ей)|день|суток|недел\w+)(?!\w))"
        rf"|(?P<day>(?<![\d.№])\d{{1,2}}(?:-?(?:го|е|ого|ое|ье))?(?:\s?\((?:{words['weekday']})\.?\)|\sчисла)?\s{{0,2}}(?P<day_month>{month})(?![^\W\d])(?:\.(?=,?\s?\d))?(?:,?\s?(?P<day_year>{year}))?)"
        rf"|(?P<word_day>\b{day_in_words}\s(?P<word_month>{month})(?![^\W\d])(?:,?\s(?P<word_year>{year}))?)"
        rf"|(?P<month>(?:\b(?:(?:начал|середин|конец|конц)\w*(?:\s?[-–]\s?|\s))+)?\b(?P<month_name>{month})(?![^\W\d])(?:\.(?=,?\s?\d))?(?:,?\s?(?P<month_year>{year}))?)"
        rf"|(?P<month_of_year>(?<![\d.])(?:(?P<month_from>{month_number}){dash})?(?P<month_to>{month_number})[./]20\d\d(?!\d)(?:\s?гг?\b\.?|\s?год\w*)?)"
        rf"|(?P<short>(?<![\d.])(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\b(?!\.?\d)\.?)"
        rf"|(?P<bare_year>(?<!\d){full_year})"
        rf"|(?P<number>(?<![\d№])\d{{1,2}}(?:-?(?:го|е|ого|ое|ье)\b)?(?!\d))"
        rf"|{kinds}"
        r"|(?P<to>[-–—‒−]|\b(?:по|до|позднее|позже)(?:\b|(?=\d)))|(?P<from>\b(?:с|со|от)(?:\b|(?=\d)))"
        r"|(?P<list>[,;+&.()/]|\bи\b)|(?P<break>[^\W\d]+|\w+|\S)"
    )


def _without_lookalikes(folded: str) -> str:
    """The same length: no quotes around a day, Latin letters of Russian words Cyrillic, an O inside a number zero."""
    text = _QUOTED_DAY.sub(r" \1 ", _LETTER_FOR_ZERO.sub("0", folded.replace("і", "i")))
    return _MIXED_WORD.sub(lambda match: match.group().translate(_LATIN), text)


def _mend_months(text: str) -> str:
    """Words that miss a month by one slip become its short form, filled to the same length."""
    return _PERHAPS_MONTH.sub(lambda match: _mended(match.group()), text)


@cache
def _mended(word: str) -> str:
    forms = _months()
    if word in forms or any(word.startswith(form) for form in forms if len(form) > 4):
        return word
    near = {forms[form] for form in forms if len(form) > 5 and OSA.distance(word, form, score_cutoff=1) == 1}
    if len(near) != 1:
        return word
    shortest = min((form for form, month in forms.items() if month in near), key=len)
    return shortest.ljust(len(word), _FILLING)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    number = int(re.match(r"\d+", text)[0])  # type: ignore[index]
    return number if number > 99 else 2000 + number


def _month(form: str) -> int:
    return _months()[form.rstrip(_FILLING)]


def _point(match: re.Match[str], kind: str) -> DatePoint | None:
    """The date that a token writes, or None for a token that writes none."""
    start, end = match.span()
    match kind:
        case "iso":
            year, month, day = map(int, re.split("[-.]", match.group()))
            return DatePoint(start, end, "day", year, month, month, day)
        case "numeric":
            day, month, year = map(int, re.findall(r"\d+", match.group()))
            return DatePoint(start, end, "day", year if year > 99 else 2000 + year, month, month, day)
        case "roman":
            month = roman_value(match["roman_month"])
            day = int(re.match(r"\d+", match.group())[0])
            return (
                DatePoint(start, end, "day", _year(match["roman_year"]), month, month, day)
                if month and month < 13
                else None
            )
        case "short":
            day, month = map(int, re.findall(r"\d+", match.group()))
            return DatePoint(start, end, "day", None, month, month, day)
        case "day":
            month = _month(match["day_month"])
            return DatePoint(
                start, end, "day", _year(match["day_year"]), month, month, int(re.match(r"\d+", match.group())[0])
            )
        case "word_day":
            month = _month(match["word_month"])
            day = ordinal_value(match["unit"], match["tens"])
            return DatePoint(start, end, "day", _year(match["word_year"]), month, month, day)
        case "number":
            return DatePoint(start, end, "day", first_day=int(re.match(r"\d+", match.group())[0]))
        case "month":
            month = _month(match["month_name"])
            return DatePoint(start, end, "month", _year(match["month_year"]), month, month)
        case "month_of_year":
            last = int(match["month_to"])
            year = int(re.search(r"20\d\d", match.group())[0])  # type: ignore[index]
            return DatePoint(start, end, "month", year, int(match["month_from"] or last), last)
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
        case "winters":
            return DatePoint(start, end, "month", int(match["winter_from"]), *_SEASONS["winter"])
        case "spring" | "summer" | "autumn" | "winter":
            return DatePoint(start, end, "month", None, *_SEASONS[kind])
    return None


def _ordinal(word: str) -> int:
    return _ORDINALS.get(word) or _ORDINALS.get(word[:3]) or _ORDINALS[word[0]]


def _part_of_month(match: re.Match[str]) -> DatePoint:
    month = _month(match["part_month"])
    parts = {"д": 3, "п": 2, "н": 4}[match["part_unit"][0]]
    number = parts if match["part_of"].startswith("последн") else min(_ordinal(match["part_of"]), parts)
    width = {3: 10, 2: 15, 4: 7}[parts]
    is_last = match["part_of"].startswith("последн") or (number == parts and parts < 4)
    first_day = 25 if is_last and parts == 4 else (number - 1) * width + 1
    last_day = 31 if is_last else number * width
    return DatePoint(*match.span(), "month", _year(match["part_year"]), month, month, first_day, last_day)


def read_points(folded: str) -> DateReading:
    """Every date of lower-case text (ё as е) as it is written; days without a month are bare numbers."""
    text = _ADDRESS.sub(lambda named: " " * len(named.group()), _without_lookalikes(folded))
    mended = _mend_months(text)
    scanner = _Scanner(DateReading([], is_mended=mended != text))
    for match in _token_pattern().finditer(mended):
        scanner.take(match)
    return scanner.reading


@dataclass(slots=True)
class _Scanner:
    """Joins the tokens of a text to dates, from left to right."""

    reading: DateReading
    is_ranged: bool = False
    follows_break: bool = False
    is_superseded: bool = False

    def take(self, match: re.Match[str]) -> None:
        kind = match.lastgroup or ""
        point = _point(match, kind)
        if point is not None:
            self._add(point, kind)
        elif kind == "to":
            if not self.reading.points and self.reading.opens_with is None and match.group().isalpha():
                self.reading.opens_with = "to"
            self.is_ranged = bool(self.reading.points) and not self.follows_break
        elif kind == "ends":
            self.is_ranged = bool(self.reading.points)
        elif kind == "from":
            if not self.reading.points and match.group() != "от":
                self.reading.opens_with = "from"
        elif kind == "ongoing":
            self.reading.ongoing = self.reading.ongoing or match.span()
        elif kind in ("period", "year", "school"):
            self.reading.span = self.reading.span or (kind, *match.span())
        elif kind == "duration":
            count = match["duration_count"]
            words = ("дв", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять")
            days = int(count) if count.isdigit() else next(n for n, w in enumerate(words, 2) if count.startswith(w))
            self.reading.duration = days * _DURATION_UNITS[match["duration_unit"][0]]
        elif kind in _YEAR_SHIFTS:
            self.reading.year_shift = _YEAR_SHIFTS[kind]
        elif kind == "moved":
            self.is_superseded = True
        elif kind == "onto":
            self._supersede()
        elif kind in ("break", "time"):
            self._break(kind)
        elif match.group() == ")":
            self.is_superseded = False

    def _add(self, point: DatePoint, kind: str) -> None:
        if self.is_superseded:
            self.reading.superseded.append(point)
            return
        points = self.reading.points
        previous = points[-1] if points else None
        is_apart = self.follows_break or self.is_ranged
        if kind == "bare_year" and previous and previous.year is None and not (is_apart or previous.is_bare_number):
            points[-1] = replace(previous, year=point.year, end=point.end)
        elif (
            previous
            and previous.precision == "year"
            and point.year is None
            and not (is_apart or previous.is_ranged or point.is_bare_number)
        ):
            points[-1] = replace(point, year=previous.year, start=previous.start, follows_break=previous.follows_break)
        else:
            points.append(replace(point, is_ranged=self.is_ranged, follows_break=self.follows_break))
        self.is_ranged = self.follows_break = False

    def _supersede(self) -> None:
        """«перенесено (с 3) на 18»: what stands before the new date is the old one."""
        if self.is_superseded:
            self.reading.opens_with = None
            if not self.reading.superseded:
                self.reading.superseded += self.reading.points
                self.reading.points.clear()
        self.is_superseded = False

    def _break(self, kind: str) -> None:
        points = self.reading.points
        self.is_ranged, self.follows_break = False, kind == "break" or self.follows_break
        if not points:
            self.reading.opens_with = None
            self.reading.has_unread = self.reading.has_unread or kind == "break"
        elif kind == "break" and points[-1].is_bare_number:
            points.pop()
            self.reading.has_unread = True
