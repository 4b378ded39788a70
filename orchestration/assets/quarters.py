"""Time as the warehouse counts it: quarters as partition keys such as ``2025-Q4``, timestamps in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def quarter_of(day: date) -> str:
    """The quarter in which ``day`` lies."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def current_quarter() -> str:
    """The quarter of today, UTC."""
    return quarter_of(datetime.now(UTC).date())


def quarters_between(first: str, last: str) -> list[str]:
    """Every quarter from ``first`` to ``last``, both inclusive, in order."""
    year, quarter = int(first[:4]), int(first[-1])
    keys = []
    while (key := f"{year}-Q{quarter}") <= last:
        keys.append(key)
        year, quarter = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
    return keys


def quarter_bounds(key: str) -> tuple[date, date]:
    """First and last day of a quarter."""
    year, quarter = int(key[:4]), int(key[-1])
    start = date(year, 3 * quarter - 2, 1)
    next_start = date(year + 1, 1, 1) if quarter == 4 else date(year, 3 * quarter + 1, 1)
    return start, next_start - timedelta(days=1)


def utc_now() -> datetime:
    """Now, UTC, without a zone, to the second: what timestamps in the warehouse hold."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
