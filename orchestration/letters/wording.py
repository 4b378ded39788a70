"""Russian of the letters: what a report says made fit for a line of Word, quarters and days in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from babel.dates import format_date

_NBSP = "\N{NO-BREAK SPACE}"
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_QUARTERS = {"1": "I", "2": "II", "3": "III", "4": "IV"}

# What XML forbids, and marks that turn the direction of the text around.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_PERIOD = re.compile(r"(?<![\w-])(\d{4})-Q([1-4])(?![\w-])")
_MONTHS = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_UNBREAKABLE = re.compile(
    r"(?<=№) | (?=[–—] )|(?<=[а-яё]:) (?=\d)|(?<=[IV]) (?=квартал)"
    r"|(?<=\b[гсдп]\.) (?=[А-ЯЁ])|(?<=\bим\.) (?=[А-ЯЁ])|(?<=\b[А-ЯЁ]\.) (?=[А-ЯЁ])"
    rf"|(?<=\d) (?=(?:{_MONTHS}|год\w*|г\.|чел\w*|рабоч\w+)(?!\w))"
)


def clean(text: str) -> str:
    """The text in one line, without what Word cannot hold."""
    return " ".join(_UNFIT.sub("", text).split())


def shorten(text: str, length: int) -> str:
    """At most ``length`` characters, cut between words where that keeps at least half of them."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    space = head.rfind(" ")
    return (head[:space] if space >= length // 2 else head).rstrip(" ,;:.–-") + _ELLIPSIS


def typeset(text: str) -> str:
    """The text with no-break spaces where a line must not end."""
    return _UNBREAKABLE.sub(_NBSP, text)


def quarter_in_words(period: str) -> str:
    """'2025-Q4' → 'IV квартал 2025 года'."""
    year, quarter = period.split("-Q")
    return f"{_QUARTERS[quarter]} квартал {year} года"


def with_quarters_in_words(message: str) -> str:
    """A check's message whose periods are told as 'за IV квартал 2025 года'."""
    return _PERIOD.sub(lambda match: f"за {quarter_in_words(match[0])}", message)


def day_in_words(day: date) -> str:
    """1 ноября 2025 года."""
    return f"{format_date(day, 'd MMMM y', locale='ru')} года"


def working_days(count: int) -> str:
    """The count in the genitive, as after «в течение»."""
    is_one = count % 10 == 1 and count % 100 != 11
    return f"{count} рабочего дня" if is_one else f"{count} рабочих дней"


def number_ranges(numbers: Sequence[int]) -> str:
    """Ascending numbers with runs of three and more drawn together: '3, 5–8'."""
    starts = [0, *(index for index, (left, right) in enumerate(pairwise(numbers), 1) if right != left + 1)]
    runs = [numbers[start:end] for start, end in pairwise([*starts, len(numbers)])]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) >= 3 else ", ".join(map(str, run)) for run in runs if run)
