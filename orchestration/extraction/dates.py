"""Reads when an event took place, finds dates in running text, and reads years of validity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from orchestration.extraction.date_tokens import DatePoint, DateReading, Precision, read_points
from orchestration.extraction.model import Column, DateFact, Evidence, ReportContext
from orchestration.extraction.text import CellText

_COARSENESS: tuple[Precision, ...] = ("day", "month", "quarter", "year")
_MAX_LISTED_DAYS = 100
_APART = re.compile(r"[^\s,и–—.()спо-]")


def read_dates(cell: CellText, context: ReportContext) -> DateFact | None:
    """Read the dates cell; a year left out is the one that brings the date nearest to the reported period.

    None where nothing certain stands: no date, a day no calendar has, an end before its start, only an end.
    """
    reading = read_points(cell.folded)
    points = _complete_months(reading.points)
    if any(point.precision == "day" for point in points):
        points = [point for point in points if point.precision not in ("year", "quarter") or point.is_ranged]
    if not points:
        return _read_span_of_report(reading, context)
    if reading.opens_with == "to" and len(points) == 1:
        return None
    try:
        points = _complete_years(points, context)
        ranges = list(_join_ranges(points))
    except ValueError:
        return None
    if any(last < first for first, last in ranges):
        return None
    is_open = reading.opens_with == "from" and len(points) == 1 and points[0].precision != "quarter"
    is_ongoing = reading.ongoing is not None or is_open
    end = max(last for _, last in ranges)
    precision = max((point.precision for point in points), key=_COARSENESS.index)
    span_end = max(points[-1].end, reading.ongoing[1] if reading.ongoing else 0)
    return DateFact(
        start=min(first for first, _ in ranges),
        end=None if is_ongoing else end,
        is_ongoing=is_ongoing,
        precision=precision,
        days=_listed_days(ranges) if precision == "day" and not is_ongoing else (),
        evidence=Evidence(
            Column.DATES, points[0].start, span_end, "dates.ongoing" if is_ongoing else f"dates.{precision}"
        ),
    )


def _read_span_of_report(reading: DateReading, context: ReportContext) -> DateFact | None:
    """A cell without a date of its own that speaks of the reported period («в течение квартала»)."""
    if reading.span:
        kind, start, end = reading.span
        year = context.period_end.year
        if kind == "year":
            evidence = Evidence(Column.DATES, start, end, "dates.reported_year", 0.8)
            return DateFact(date(year, 1, 1), date(year, 12, 31), False, "year", (), evidence)
        evidence = Evidence(Column.DATES, start, end, "dates.reported_period", 0.8)
        return DateFact(context.period_start, context.period_end, False, "quarter", (), evidence)
    if reading.ongoing:
        evidence = Evidence(Column.DATES, *reading.ongoing, "dates.ongoing_without_start", 0.5)
        return DateFact(context.period_start, None, True, "quarter", (), evidence)
    return None


def _complete_months(points: list[DatePoint]) -> list[DatePoint]:
    """Give days written without a month the month of the next date, or of the month they are listed after."""
    completed: list[DatePoint] = []
    following: DatePoint | None = None
    for point in reversed(points):
        if point.is_bare_number and following is not None and following.precision == "day" and following.first:
            point = replace(point, first=following.first, last=following.first, year=following.year)
            if point.first_day > following.first_day and following.is_ranged:
                return []
        completed.append(point)
        following = None if point.follows_break else point
    completed.reverse()
    heading: DatePoint | None = None
    result: list[DatePoint] = []
    for point in completed:
        if point.precision == "month" and not point.is_ranged:
            heading = point
        elif point.is_bare_number and heading is not None:
            point = replace(point, first=heading.first, last=heading.last, year=heading.year)
            if result and result[-1] is heading:
                result.pop()
        if not point.is_bare_number:
            result.append(point)
    return result


def _complete_years(points: list[DatePoint], context: ReportContext) -> list[DatePoint]:
    """Carry written years to dates without one, backwards and then forwards; take the nearest where none is written."""
    if all(point.year is None for point in points):
        years = range(context.period_start.year - 1, context.period_end.year + 2)
        candidates = [[*points[:-1], replace(points[-1], year=year)] for year in years]
        return min(
            (_complete_years(candidate, context) for candidate in candidates), key=lambda p: _distance(p, context)
        )
    completed = list(points)
    for i in range(len(completed) - 2, -1, -1):
        point, following = completed[i], completed[i + 1]
        if point.year is None and following.year is not None:
            is_year_before = (point.first, point.first_day) > (following.last, following.first_day)
            completed[i] = replace(point, year=following.year - is_year_before)
    for i in range(1, len(completed)):
        point, previous = completed[i], completed[i - 1]
        if point.year is None and previous.year is not None:
            is_year_after = (point.first, point.first_day) < (previous.first, previous.first_day)
            completed[i] = replace(point, year=previous.year + is_year_after)
    return completed


def _distance(points: list[DatePoint], context: ReportContext) -> tuple[int, bool]:
    try:
        first, last = points[0].days()[0], points[-1].days()[1]
    except ValueError:
        return 10**6, True
    gap = max((context.period_start - last).days, (first - context.period_end).days, 0)
    return gap, first > context.period_end


def _join_ranges(points: list[DatePoint]) -> Iterator[tuple[date, date]]:
    position = 0
    while position < len(points):
        first, last = points[position].days()
        while position + 1 < len(points) and points[position + 1].is_ranged:
            position += 1
            last = points[position].days()[1]
        yield first, last
        position += 1


def _listed_days(ranges: list[tuple[date, date]]) -> tuple[date, ...]:
    if len(ranges) < 2:
        return ()
    days = {first + timedelta(n) for first, last in ranges for n in range((last - first).days + 1)}
    return tuple(sorted(days)) if 1 < len(days) <= _MAX_LISTED_DAYS else ()


def find_dates(cell: CellText) -> list[tuple[int, int]]:
    """Half-open ranges of the date expressions in any text, in order; a year or a month standing alone is none."""
    groups: list[list[DatePoint]] = []
    for point in read_points(cell.folded).points:
        if point.precision == "year":
            continue
        is_apart = point.follows_break or not groups or _APART.search(cell.text[groups[-1][-1].end : point.start])
        if is_apart:
            groups.append([])
        groups[-1].append(point)
    dated = [group for group in map(_without_trailing_numbers, groups) if _is_dated(group)]
    return [(group[0].start, group[-1].end) for group in dated]


def _without_trailing_numbers(group: list[DatePoint]) -> list[DatePoint]:
    while group and group[-1].is_bare_number:
        group = group[:-1]
    return group


def _is_dated(group: list[DatePoint]) -> bool:
    return any((point.precision in ("day", "quarter") and point.first) or point.year for point in group)
