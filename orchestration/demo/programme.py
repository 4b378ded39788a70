"""Which events a report tells of: signings, yearly events, some seen by two municipalities, and passing ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from orchestration.demo.model import Document, Event, Region
from orchestration.demo.plan import DemoPlan
from orchestration.demo.telling import Outline, end_of, tell
from orchestration.demo.world import Home, Tie, draw_kind, homes, title

_BASE_YEAR = 2024
# Every year draws so many times the people of the year before.
_GROWTH = 1.06
_SHARE_AS_GUEST = 0.17
_SHARE_ONLINE = 0.35
_SHARE_IN_FORCE = 0.3
_SHARED_EVENTS = 2
_DELEGATION = (5, 28)
_FEWEST_SHARED = 60
# Nothing is held in the first days of January.
_QUIET_DAYS = 8


def quarter_bounds(period: str) -> tuple[date, date]:
    """First and last day of a quarter."""
    year, quarter = int(period[:4]), int(period[-1])
    start = date(year, 3 * quarter - 2, 1)
    return start, (date(year, 3 * quarter, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def events_of(plan: DemoPlan, region: Region, period: str, random: Random) -> list[Event]:
    """The report's events by municipality and date."""
    year, quarter = int(period[:4]), int(period[-1])
    first, last = quarter_bounds(period)
    municipalities = homes(plan.seed, region.name)
    count = random.randint(*plan.events_per_report)
    used = {series.title for home in municipalities for series in home.series}
    outlines: list[tuple[Home, Outline]] = []
    for home in municipalities:
        outlines += ((home, each) for each in _signings(plan, home, period, random, used))
        outlines += ((home, each) for each in _yearly(plan, home, year, quarter, random))
    outlines = _most_of_each(outlines, municipalities, count)
    outlines += _shared(outlines, municipalities, random)[: max(0, count - len(outlines))]
    bare = [home for home in municipalities if all(home is not other for other, _ in outlines)]
    while len(outlines) < count:
        home = bare.pop() if bare else random.choices(municipalities, [each.weight for each in municipalities])[0]
        outlines.append((home, _passing(plan, home, first, last, random, used)))
    place = {home.municipality.name: number for number, home in enumerate(municipalities)}
    outlines.sort(key=lambda each: (place[each[0].municipality.name], each[1].start, each[1].title))
    return [tell(random, outline, home, region.genitive) for home, outline in outlines]


def _most_of_each(
    outlines: list[tuple[Home, Outline]], municipalities: Sequence[Home], count: int
) -> list[tuple[Home, Outline]]:
    """As many as leave a row for a municipality that has none yet, signings first."""
    return sorted(outlines, key=lambda each: not each[1].is_signed)[: max(0, count - len(municipalities))]


def _signings(plan: DemoPlan, home: Home, period: str, random: Random, used: set[str]) -> Iterator[Outline]:
    """A meeting for every document that the municipality signs in the quarter."""
    first, last = quarter_bounds(period)
    for tie in home.ties:
        document, is_signed = tie.document(int(period[:4]), int(period[-1]))
        if document is not None and is_signed:
            outline = _passing(plan, home, first, last, random, used, tie, is_host=True)
            yield replace(outline, document=document, is_signed=True)


def _yearly(plan: DemoPlan, home: Home, year: int, quarter: int, random: Random) -> Iterator[Outline]:
    first, last = quarter_bounds(f"{year}-Q{quarter}")
    for series in home.series:
        if series.quarter != quarter or year < series.founded:
            continue
        people = round(series.people * series.growth ** (year - _BASE_YEAR) * random.uniform(0.95, 1.05))
        start = first + timedelta(days=_QUIET_DAYS + series.day + random.randint(0, 4))
        yield Outline(
            series.kind, series.title, year - series.founded + 1 if series.has_edition else None, series.tie,
            "organiser", "in_person", start, end_of(start, random.randint(*series.kind.days), last),
            max(people, 12), _in_force(plan, series.tie, start, random), False, series.title,
        )  # fmt: skip


def _passing(
    plan: DemoPlan, home: Home, first: date, last: date, random: Random, used: set[str], tie: Tie | None = None,
    *, is_host: bool = False,
) -> Outline:  # fmt: skip
    """An event of this quarter alone."""
    tie = tie or random.choice(home.ties)
    kind = draw_kind(random, {tie.field})
    name = title(random, kind.field, used) if kind.guest else ""
    start = first + timedelta(days=random.randint(_QUIET_DAYS, (last - first).days - 3))
    is_guest = bool(kind.guest) and not is_host and random.random() < _SHARE_AS_GUEST
    is_online = kind.online and not is_guest and not is_host and random.random() < _SHARE_ONLINE
    return Outline(
        kind, name, None, tie, "participant" if is_guest else "organiser", "online" if is_online else "in_person",
        start, end_of(start, random.randint(*kind.days), last),
        random.randint(*_DELEGATION) if is_guest
        else round(random.randint(*kind.people) * _GROWTH ** (first.year - _BASE_YEAR)),
        None if is_guest else _in_force(plan, tie, start, random), False, name,
    )  # fmt: skip


def _in_force(plan: DemoPlan, tie: Tie, day: date, random: Random) -> Document | None:
    """The tie's document, if the row is to tell of it: one whose signing an earlier report told of, or none could."""
    document, is_signed = tie.document(day.year, (day.month + 2) // 3)
    if document is None or is_signed or random.random() > _SHARE_IN_FORCE:
        return None
    signed = f"{document.from_year}-Q{tie.quarter}"
    return document if document.from_year < int(plan.quarters[0][:4]) or signed >= plan.quarters[0] else None


def _shared(
    outlines: Sequence[tuple[Home, Outline]], municipalities: Sequence[Home], random: Random
) -> list[tuple[Home, Outline]]:
    """What another municipality tells of an event that it was a guest at."""
    large = [
        (home, outline) for home, outline in outlines
        if outline.format == "in_person" and outline.kind.guest and outline.people >= _FEWEST_SHARED
    ]  # fmt: skip
    told = []
    for home, outline in random.sample(large, min(_SHARED_EVENTS, len(large))):
        guest = random.choice([other for other in municipalities if other is not home])
        told.append(
            (guest, replace(outline, role="participant", people=random.randint(*_DELEGATION), document=None,
                            is_signed=False, neighbour=home.municipality))
        )  # fmt: skip
    return told
