"""Russian of the dashboard and the report: counts with their noun, numbers, days, quarters, and text fit for a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

_NBSP = "\N{NO-BREAK SPACE}"
_MINUS = "\N{MINUS SIGN}"
_DASH = "\N{EN DASH}"
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

NOUNS = {
    "event": ("мероприятие", "мероприятия", "мероприятий"),
    "municipality": ("муниципалитет", "муниципалитета", "муниципалитетов"),
    "foreign_country": ("зарубежная страна", "зарубежные страны", "зарубежных стран"),
    "foreign_partner": ("зарубежный партнёр", "зарубежных партнёра", "зарубежных партнёров"),
    "agreement": ("документ", "документа", "документов"),
    "participant": ("участник", "участника", "участников"),
    "finding": ("замечание", "замечания", "замечаний"),
}
"""Nouns as they follow 1, 2 and 5."""


def visible(text: str | None) -> str:
    """The text without characters that a page cannot show or that turn its direction around; '' for None.

    Each is replaced by one space, so that character offsets into the text stay true.
    """
    return _UNFIT.sub(" ", text or "")


def number(value: float | None, digits: int = 0) -> str:
    """'1 234', '97,5', '–' for None; thousands are set apart by a no-break space."""
    if value is None:
        return _DASH
    return f"{value:,.{digits}f}".replace(",", _NBSP).replace(".", ",")


def signed(difference: int) -> str:
    """'+12', '−3', '±0'."""
    sign = "+" if difference > 0 else _MINUS if difference < 0 else "±"
    return sign + number(abs(difference))


def noun(count: int, name: str) -> str:
    """The noun of ``NOUNS`` as it follows the count: 21 → 'мероприятие', 22 → 'мероприятия', 11 → 'мероприятий'."""
    one, few, many = NOUNS[name]
    if count % 100 in range(11, 15):
        return many
    return one if count % 10 == 1 else few if count % 10 in (2, 3, 4) else many


def counted(count: int, name: str) -> str:
    """'1 234 мероприятия'."""
    return f"{number(count)}{_NBSP}{noun(count, name)}"


def quarter(period: str) -> str:
    """'2025-Q4' → 'IV квартал 2025 года'."""
    year, position = period.split("-Q")
    return f"{_ROMAN[position]}{_NBSP}квартал {year}{_NBSP}года"


def short_quarter(period: str) -> str:
    """'2025-Q4' → 'IV кв. 2025'."""
    year, position = period.split("-Q")
    return f"{_ROMAN[position]}{_NBSP}кв.{_NBSP}{year}"


def previous_quarter(period: str) -> str:
    """'2025-Q1' → '2024-Q4'."""
    year, position = map(int, period.split("-Q"))
    return f"{year}-Q{position - 1}" if position > 1 else f"{year - 1}-Q4"


def day(value: date | None) -> str:
    """'21 сентября 2025', '' for None."""
    return format_date(value, "d MMMM y", locale="ru").replace(" ", _NBSP) if value else ""


def short_day(value: date | None) -> str:
    """'21.09.2025', '–' for None."""
    return value.strftime("%d.%m.%Y") if value else _DASH


def span_of_days(start: date | None, end: date | None, is_ongoing: bool = False) -> str:
    """'21.09.2025', '1–5.09.2025', '28.09–2.10.2025', 'с 21.09.2025'; '' where no day is known."""
    if start is None:
        return ""
    if is_ongoing:
        return f"с{_NBSP}{short_day(start)}"
    if end is None or end == start:
        return short_day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day:02}{_DASH}{short_day(end)}"
    return (
        f"{start:%d.%m}{_DASH}{short_day(end)}"
        if start.year == end.year
        else f"{start:%d.%m.%Y}{_DASH}{short_day(end)}"
    )


def years(first: int | None, last: int | None) -> str:
    """'2024–2026', 'с 2024', 'до 2026', '' where neither is known."""
    if first and last:
        return str(first) if first == last else f"{first}{_DASH}{last}"
    return f"с{_NBSP}{first}" if first else f"до{_NBSP}{last}" if last else ""


def shorten(text: str, length: int) -> str:
    """At most ``length`` characters, cut between words."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    return head[: max(head.rfind(" "), length // 2)].rstrip(" ,;:.–-") + "…"


def listed(names: Sequence[str], shown: int = 3) -> str:
    """The first ``shown`` names and how many more there are: 'Минск, Витебск и ещё 4'."""
    rest = len(names) - shown
    return ", ".join(names[:shown]) + (f" и{_NBSP}ещё{_NBSP}{rest}" if rest > 0 else "")
