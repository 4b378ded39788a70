"""Reads when an event took place, finds dates in running text, and reads years of validity."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from orchestration.extraction.dates.tokens import DatePoint, DateReading, Precision, read_points
from orchestration.extraction.language.sentences import split_sentences
from orchestration.extraction.language.text import CellText
from orchestration.extraction.model import Column, DateFact, Evidence, ReportContext

_COARSENESS: tuple[Precision, ...] = ("day", "month", "quarter", "year")
_MAX_LISTED_DAYS = 100
_MAX_GAP = 92
_SCHOOL_STARTS = 9
_HALF_YEAR = 6
_BLANK = re.compile(r"\W*(?:(?:дат\w+ )?не (?:указан|определен|установлен)\w*|нет(?: данных| даты)?|б/д)?\W*")
_HELD = re.compile(r"(?<!\w)(?:состоял|про(?:шл|шел|ход|вед|вел|вод)|открыл|организован)\w*")
_BEFORE_DATES = re.compile(r"(?:^|(?<=\W))(?:(?:в )?период |дата:? |сроки:? )?(?:с |со |от )?$")
_AFTER_DATES = re.compile(
    r"(?: ?(?:года?|гг?|[тс]\. ?г)(?!\w)\.?)?"
    r"(?:,? ?(?:в|с|начало в|начало:?)? ?\d{1,2}[:.-]\d\d(?: ?(?:до|-|–) ?\d{1,2}[:.]\d\d)?"
    r"(?: ?(?:ч|час\w*|мск)(?!\w)\.?)*)?"
)
_NO_YEAR = re.compile(r"(?:\d\.\s?\d{1,2}\.\s?|[а-я]{3,}\s(?=\d{4}\s?г))(?!19|20)\d{4}(?!\d)")
_APART = re.compile(r"[^\s,и–—.()спо-]")


def read_event_dates(texts: dict[Column, CellText], context: ReportContext) -> DateFact | None:
    """When the event took place: from the dates cell, and where that is blank from name or text.

    There only a single date counts: the name's, or the one of the sentences that say that the event was held.
    """
    cell = texts[Column.DATES]
    if not _BLANK.fullmatch(cell.folded):
        return read_dates(cell, context)
    description = texts[Column.DESCRIPTION]
    held = [s for s in split_sentences(description) if _HELD.search(description.folded, s.start, s.end)]
    for column, ranges in (
        (Column.NAME, [(0, len(texts[Column.NAME].text))]),
        (Column.DESCRIPTION, [(sentence.start, sentence.end) for sentence in held]),
    ):
        found = [
            (begin + start, begin + end)
            for begin, stop in ranges
            for start, end in find_dates(CellText(texts[column].text[begin:stop]))
        ]
        if len(found) == 1:
            start, end = found[0]
            fact = read_dates(CellText(texts[column].text[start:end]), context)
            if fact is None or _gap(fact.start, fact.end or fact.start, context) > _MAX_GAP:
                continue
            evidence = replace(
                fact.evidence,
                column=column,
                start=start + fact.evidence.start,
                end=start + fact.evidence.end,
                rule=f"dates.{column}",
                confidence=0.6,
            )
            return replace(fact, evidence=evidence)
    return None


def read_dates(cell: CellText, context: ReportContext) -> DateFact | None:
    """Read the dates cell; a year left out is the one that brings the date nearest to the reported period.

    None where nothing certain stands: no date, a day no calendar has, a year like 2205, an end before its start, only
    an end, a year beside words that mean nothing known. A date from which the event was moved is left out.
    """
    if _NO_YEAR.search(cell.folded):
        return None
    reading = read_points(cell.folded)
    points = _without_headings(_without_deadline(_complete_months(reading.points), reading))
    if any(point.precision == "day" for point in points):
        points = [point for point in points if point.precision not in ("year", "quarter") or point.is_ranged]
    if not points:
        return None if reading.opens_with == "to" else _read_span_of_report(reading, context)
    if reading.has_unread and all(point.precision == "year" for point in points):
        return None
    has_year = any(point.year for point in points) or reading.year_shift is not None
    try:
        points = _complete_years(points, context, reading.year_shift)
        ranges = list(_join_ranges(points))
    except ValueError:
        return None
    if any(last < first for first, last in ranges):
        return None
    is_open = reading.opens_with == "from" and len(points) == 1 and points[0].precision != "quarter"
    is_ongoing = reading.ongoing is not None or (is_open and reading.duration is None)
    start, end = min(first for first, _ in ranges), max(last for _, last in ranges)
    precision = max((point.precision for point in points), key=_COARSENESS.index)
    if reading.duration and start == end and precision == "day":
        end += timedelta(reading.duration - 1)
    span_end = max(points[-1].end, reading.ongoing[1] if reading.ongoing else 0)
    return DateFact(
        start=start,
        end=None if is_ongoing else end,
        is_ongoing=is_ongoing,
        precision=precision,
        days=_listed_days(ranges) if precision == "day" and not is_ongoing else (),
        evidence=Evidence(
            Column.DATES,
            points[0].start,
            span_end,
            "dates.ongoing" if is_ongoing else f"dates.{precision}",
            0.8 if reading.is_mended else 1.0 if has_year else 0.95,
        ),
    )


def _read_span_of_report(reading: DateReading, context: ReportContext) -> DateFact | None:
    """A cell without a date of its own that speaks of the reported period («в течение квартала»)."""
    if reading.span:
        kind, start, end = reading.span
        evidence = Evidence(Column.DATES, start, end, f"dates.reported_{kind}", 0.8)
        year = context.period_end.year
        if kind == "year":
            return DateFact(date(year, 1, 1), date(year, 12, 31), False, "year", (), evidence)
        if kind == "school":
            year -= context.period_end.month < _SCHOOL_STARTS
            return DateFact(date(year, _SCHOOL_STARTS, 1), date(year + 1, 5, 31), False, "year", (), evidence)
        return DateFact(context.period_start, context.period_end, False, "quarter", (), evidence)
    if reading.ongoing:
        evidence = Evidence(Column.DATES, *reading.ongoing, "dates.ongoing_without_start", 0.5)
        return DateFact(context.period_start, None, True, "quarter", (), evidence)
    return None


def _without_deadline(points: list[DatePoint], reading: DateReading) -> list[DatePoint]:
    """The points without a first date that only bounds («заявки до 5 октября»), and what it ranges to."""
    if reading.opens_with != "to":
        return points
    return list(itertools.dropwhile(lambda point: point.is_ranged, points[1:]))


def _without_headings(points: list[DatePoint]) -> list[DatePoint]:
    """The points without a month that the next one, a day of it, makes exact («октябрь (15.10)»)."""
    return [
        point
        for point, following in itertools.zip_longest(points, points[1:])
        if not (
            following is not None
            and point.precision == "month"
            and following.precision == "day"
            and not (following.is_ranged or following.follows_break or point.is_ranged)
            and point.first == point.last == following.first
        )
    ]


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
                point = replace(point, start=result.pop().start)
        if not point.is_bare_number:
            result.append(point)
    return result


def _complete_years(points: list[DatePoint], context: ReportContext, year_shift: int | None = None) -> list[DatePoint]:
    """Carry written years to dates without one, backwards and then forwards; take the nearest where none is written.

    ``year_shift`` is the year told in words, relative to the reported one («прошлого года»).
    """
    if all(point.year is None for point in points):
        year = context.period_end.year
        years = (
            range(context.period_start.year - 1, year + 2)
            if year_shift is None
            else range(year + year_shift, year + year_shift + 1)
        )
        candidates = [[*points[:-1], replace(points[-1], year=year)] for year in years]
        return min(
            (_complete_years(candidate, context) for candidate in candidates), key=lambda p: _distance(p, context)
        )
    completed = list(points)
    for i in range(len(completed) - 2, -1, -1):
        point, following = completed[i], completed[i + 1]
        if point.year is None and following.year is not None:
            is_year_before = _turns_year(point, following)
            completed[i] = replace(point, year=following.year - is_year_before)
    for i in range(1, len(completed)):
        point, previous = completed[i], completed[i - 1]
        if point.year is None and previous.year is not None:
            is_year_after = _turns_year(previous, point)
            completed[i] = replace(point, year=previous.year + is_year_after)
    return completed


def _turns_year(earlier: DatePoint, later: DatePoint) -> bool:
    """Whether two dates in written order lie in two years; listed days may stand in any order within one."""
    assert earlier.first and later.last
    if later.is_ranged:
        return (earlier.first, earlier.first_day) > (later.last, later.first_day)
    return earlier.first - later.last >= _HALF_YEAR


def _distance(points: list[DatePoint], context: ReportContext) -> tuple[int, bool]:
    try:
        first, last = points[0].days()[0], points[-1].days()[1]
    except ValueError:
        return 10**6, True
    return _gap(first, last, context), first > context.period_end


def _gap(first: date, last: date, context: ReportContext) -> int:
    """Days between a range and the reported period, 0 where they meet; what lies ahead counts double."""
    return max((context.period_start - last).days, 2 * (first - context.period_end).days, 0)


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
    if len(ranges) < 2 or (min(ranges)[0], max(last for _, last in ranges)) in ranges:
        return ()
    days = {first + timedelta(n) for first, last in ranges for n in range((last - first).days + 1)}
    return tuple(sorted(days)) if 1 < len(days) <= _MAX_LISTED_DAYS else ()


def without_dates(cell: CellText, evidence: Evidence) -> CellText:
    """A cell that tells place and dates together, its dates and hours blanked; offsets hold."""
    start = _BEFORE_DATES.search(cell.folded, 0, evidence.start)
    end = _AFTER_DATES.match(cell.folded, evidence.end)
    return cell.blanked(start.start() if start else evidence.start, end.end() if end else evidence.end)


def find_dates(cell: CellText) -> list[tuple[int, int]]:
    """Half-open ranges of the date expressions in any text, in order; a year or a month standing alone is none."""
    reading = read_points(cell.folded)
    groups: list[list[DatePoint]] = []
    for point in sorted((*reading.points, *reading.superseded), key=lambda point: point.start):
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
