"""A row of a report: what a clerk would write of an event, with the truth beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from orchestration.demo.knowledge import Kind, read_yaml
from orchestration.demo.model import PEOPLE, Agreement, Count, Document, Event, Municipality, Town, Truth
from orchestration.demo.world import Home, Tie

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ROUND = 50
_STYLES = {"total": 9, "part": 3, "groups": 4, "about": 2}
_SHARE_AT_TOWN_ONLY = 0.3
_SHARE_ARRANGED = 0.12
_SEPARATE_DAYS = 0.12


@dataclass(frozen=True, slots=True)
class Outline:
    """What is to be told of an event; ``document`` is told as signed or as being in force.

    ``neighbour`` is the municipality of the region that a guest was at, None for one abroad.
    """

    kind: Kind
    title: str
    edition: int | None
    tie: Tie
    role: str
    format: str
    start: date
    end: date
    people: int
    document: Document | None
    is_signed: bool
    occurrence: str
    neighbour: Municipality | None = None


class _Drawn:
    """A number drawn anew wherever a sentence asks for one: a plural, and not the one to ``avoid``."""

    def __init__(self, random: Random, most: int, avoid: int) -> None:
        self._random, self._avoid = random, avoid
        self._plurals = [number for number in range(2, most + 1) if number == 11 or number % 10 != 1]

    def __format__(self, forms: str) -> str:
        number = self._random.choice([each for each in self._plurals if each != self._avoid])
        return f"{Count(number):{forms}}"


def tell(random: Random, outline: Outline, home: Home, region_of: str) -> Event:
    """The row of the municipality ``home``; ``region_of`` is the region's name in the genitive."""
    tie, town, municipality = outline.tie, outline.tie.town, home.municipality
    sentences = read_yaml("sentences.yml")
    field = read_yaml("fields.yml")[outline.kind.field]
    total = _unround(outline.people)
    words: dict[str, Any] = {
        "town": town.genitive, "town_name": town.name, "country": town.country, "country_of": town.country_of,
        "region_of": region_of,
        "host": tie.host.name, "guest": tie.guest.name, "host_by": tie.host.by, "guest_by": tie.guest.by,
        "seat": municipality.seat_of, "municipality": municipality.genitive, "year": outline.start.year + 1,
        "count": _Drawn(random, 28, total), "few": _Drawn(random, 5, total),
    }  # fmt: skip
    participants, total, style, template = _participants(random, outline, total, words, sentences, field)
    description, agreement = _description(random, outline, words, sentences, field)
    place, settlement = _place(random, outline, home, sentences, field)
    dates, days = _dates(random, outline.start, outline.end)
    parties = agreement.parties if agreement else ()
    name = _name(outline, town.genitive, town.country)
    return Event(
        name,
        place,
        dates,
        description,
        participants,
        town,
        tie.host,
        tie.guest,
        municipality.seat_of,
        Truth(
            municipality.name, outline.kind.type, outline.role, outline.format, outline.edition,
            outline.start, outline.end, days, settlement,
            None if settlement is None else town.country_code if settlement == town.name else "RU",
            total, style == "about", (town.country_code,),
            (town.name,) if _names(town, f"{name}, {place}, {participants}") else (),
            (tie.guest.name,) if "{guest}" in template or tie.guest.name in parties else (),
            (tie.host.name,) if "{host}" in template or tie.host.name in parties else (),
            agreement, outline.occurrence,
        ),
    )  # fmt: skip


def _names(town: Town, text: str) -> bool:
    return re.search(rf"\b(?:{town.name}|{town.genitive})\b", text) is not None


def _name(outline: Outline, town: str, country: str) -> str:
    kind, title = outline.kind, f" «{outline.title}»" if outline.title else ""
    edition = f"{roman(outline.edition)} " if outline.edition else ""
    if outline.role == "participant":
        return f"Участие в {edition}{kind.guest}{title}"
    return edition + kind.name.format(town=town, country=country) + title


def _participants(
    random: Random,
    outline: Outline,
    total: int,
    words: Mapping[str, Any],
    sentences: Mapping[str, Any],
    field: Mapping[str, list[str]],
) -> tuple[str, int, str, str]:
    """The cell, the total as it is told, the style and the template."""
    if outline.role == "participant":
        style = "neighbours" if outline.neighbour else "delegation"
    else:
        style = random.choices([*_STYLES], [*_STYLES.values()])[0]
    if style == "about":
        total = max(20, total // 10 * 10)
    foreign = max(2, round(total * random.uniform(0.1, 0.4)))
    home = max(2, total - foreign)
    if style == "groups":
        total = home + foreign
    template = random.choice(sentences["participants"][style])
    people = random.choice(outline.kind.who or field["people"])
    text = template.format_map(
        {**words, "total": Count(total), "foreign": Count(foreign), "home": Count(home),
         "people": people[0].upper() + people[1:], "people_small": people}
    )  # fmt: skip
    return text, total, style, template


def _description(
    random: Random,
    outline: Outline,
    words: Mapping[str, Any],
    sentences: Mapping[str, Any],
    field: Mapping[str, list[str]],
) -> tuple[str, Agreement | None]:
    purpose = random.choice(field["purposes"])
    one, other = random.sample(field["objects"], 2)
    parts = [
        random.choice(sentences["purpose"]).format_map(
            {**words, "purpose": purpose, "purpose_small": purpose.lower(), "object": one, "other_object": other}
        ),
        random.choice(sentences["happened"][outline.kind.program or outline.kind.type]).format_map(words),
        random.choice(sentences["result"][outline.kind.result]).format_map(words),
    ]
    agreement = None
    document = outline.document
    if document is not None:
        status = "signed" if outline.is_signed else "in_force"
        years = {"from": document.from_year, "to": document.to_year}
        parts.append(random.choice(sentences[status][document.kind]).format_map({**words, **years}))
        parties = (document.host.name, document.guest.name)
        agreement = Agreement(document.kind, status, parties, document.from_year, document.to_year)
    elif outline.kind.field == "official" and random.random() < _SHARE_ARRANGED:
        parts.append(random.choice(sentences["arranged"]).format_map(words))
        agreement = Agreement("arrangement", "arranged")
    return random.choice((" ", "\n")).join((parts[0], " ".join(parts[1:]))), agreement


def _place(
    random: Random, outline: Outline, home: Home, sentences: Mapping[str, Any], field: Mapping[str, list[str]]
) -> tuple[str, str | None]:
    """The cell and its settlement."""
    if outline.format == "online":
        return random.choice(sentences["online"]), None
    if outline.neighbour is not None:
        return outline.neighbour.seat_text, outline.neighbour.seat
    town = outline.tie.town
    if outline.role == "participant":
        return random.choice((f"г. {town.name}, {town.country}", f"{town.country}, г. {town.name}")), town.name
    seat = home.municipality
    if random.random() < _SHARE_AT_TOWN_ONLY:
        return seat.seat_text, seat.seat
    venue = random.choice(field["venues"])
    return random.choice((f"{seat.seat_text}, {venue}", f"{venue[0].upper()}{venue[1:]}, {seat.seat_text}")), seat.seat


def _dates(random: Random, start: date, end: date) -> tuple[str, tuple[date, ...]]:
    """The cell and the days that it lists one by one."""
    year = random.choice((f"{end.year} года", f"{end.year} года", f"{end.year} г."))
    if start == end:
        return random.choice((long_date(start, year), long_date(start, year), f"{start:%d.%m.%Y}")), ()
    if start.month != end.month:
        return random.choice((
            f"{day_and_month(start)} – {long_date(end, year)}",
            f"с {day_and_month(start)} по {long_date(end, year)}",
            f"{start:%d.%m.%Y} – {end:%d.%m.%Y}",
        )), ()  # fmt: skip
    if 1 < (end - start).days < 6 and random.random() < _SEPARATE_DAYS:
        return f"{start.day}, {long_date(end, year)}", (start, end)
    return random.choice((
        f"{start.day}-{long_date(end, year)}",
        f"{start.day} – {long_date(end, year)}",
        f"с {start.day} по {long_date(end, year)}",
        f"{start:%d.%m}-{end:%d.%m.%Y}",
    )), ()  # fmt: skip


def long_date(day: date, year: str = "") -> str:
    """The day in words, «5 мая 2025 года»."""
    return f"{day_and_month(day)} {year or f'{day.year} года'}"


def day_and_month(day: date) -> str:
    """The day in words without its year, «5 мая»."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def roman(number: int) -> str:
    """A number up to 39 in Roman letters."""
    letters = ""
    for value, letter in _ROMAN:
        while number >= value:
            letters, number = letters + letter, number - value
    return letters


def people(number: int) -> str:
    """So many people."""
    return f"{Count(number):{PEOPLE}}"


def end_of(start: date, days: int, last: date) -> date:
    """The last of so many days, ``last`` at the latest."""
    return min(start + timedelta(days=days - 1), last)


def _unround(number: int) -> int:
    """An exact count is seldom a round one."""
    return number + 3 if number % _ROUND == 0 else number
