"""What a made-up report is made of: places, institutions, events with the truth about them, files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PEOPLE = "человек|человека|человек"


class Count(int):
    """A number that declines the noun after it: ``f"{Count(3):гость|гостя|гостей}"`` is «3 гостя»."""

    def __format__(self, forms: str) -> str:
        if not forms:
            return str(int(self))
        one, few, many = forms.split("|")
        last_two, last = self % 100, self % 10
        if last == 1 and last_two != 11:
            return f"{int(self)} {one}"
        return f"{int(self)} {few if 2 <= last <= 4 and not 12 <= last_two <= 14 else many}"


@dataclass(frozen=True, slots=True)
class Region:
    """A region of Russia; ``code`` is ISO 3166-2 (``RU-PSK``)."""

    name: str
    genitive: str
    code: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """A reporting municipality; ``seat`` is its town, ``seat_text`` and ``seat_of`` with the type («г. Пскова»)."""

    name: str
    genitive: str
    seat: str
    seat_text: str
    seat_of: str


@dataclass(frozen=True, slots=True)
class Town:
    """A partner town abroad; ``adjective`` is the stem of its district's name, "" where none is used."""

    name: str
    genitive: str
    adjective: str
    country_code: str
    country: str
    country_of: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """An institution in the nominative and the instrumental («между Администрацией …»)."""

    name: str
    by: str


@dataclass(frozen=True, slots=True)
class Document:
    """A signed document of two institutions; years are inclusive."""

    kind: str
    host: Organisation
    guest: Organisation
    from_year: int
    to_year: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a description says of a document or an arrangement (which has no parties and years)."""

    kind: str
    status: str
    parties: tuple[str, ...] = ()
    from_year: int | None = None
    to_year: int | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """What a row says, as the warehouse should read it; ``occurrence`` is one for rows that tell of one event."""

    municipality: str
    event_type: str
    role: str
    format: str
    edition: int | None
    start: date
    end: date
    days: tuple[date, ...]
    settlement: str | None
    country_code: str | None
    participants_total: int
    is_approximate: bool
    countries: tuple[str, ...]
    partner_towns: tuple[str, ...]
    partner_organisations: tuple[str, ...]
    home_organisations: tuple[str, ...]
    agreement: Agreement | None
    occurrence: str


@dataclass(frozen=True, slots=True)
class Event:
    """A row of a report: the cells' texts, and the truth; ``town`` is the partner town that it is about."""

    name: str
    place: str
    dates: str
    description: str
    participants: str
    town: Town
    host: Organisation
    guest: Organisation
    seat_of: str
    truth: Truth


@dataclass(frozen=True, slots=True)
class PlantedFault:
    """A fault that stands in a report; ``row`` is its №, ``rule`` the check that finds it while the file is current."""

    kind: str
    rule: str
    region: str
    period: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file as it is sent: in the ``arrives``-th delivery, gone with the ``leaves``-th (None: it stays).

    ``path`` is relative to the reports folder; ``events`` are in the order of their numbers, () in no report.
    """

    path: str
    region: str
    period: str
    version: int
    data: bytes
    events: tuple[Event, ...] = ()
    faults: tuple[PlantedFault, ...] = ()
    arrives: int = 1
    leaves: int | None = None
