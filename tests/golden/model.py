"""A reported event as a reader labelled it or as the warehouse tells it: the same fields on both sides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation, settlement or territory with its ISO 3166-1 alpha-2 country."""

    name: str
    country: str | None

    def __str__(self) -> str:
        return f"{self.name} ({self.country})"


@dataclass(frozen=True, slots=True)
class Place:
    venue: str | None
    settlement: str | None
    district: str | None
    region: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A document or arrangement; ``validity`` is its first and last year, None where unknown."""

    kind: str
    status: str
    parties: tuple[str, ...]
    validity: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Event:
    """One numbered row; dates are ISO days.

    A label may accept several ``event_types``; its ``date_precision`` and ``days`` are None where it says nothing of
    them, its ``place`` is None where the event has none.
    """

    sequence_number: int | None
    municipality: str
    name: str
    edition: int | None
    event_types: tuple[str, ...]
    role: str
    format: str
    start_date: str | None
    end_date: str | None
    is_ongoing: bool
    date_precision: str | None
    days: tuple[str, ...] | None
    place: Place | None
    participants_total: int | None
    participants_source: str | None
    participants_is_approximate: bool
    group_headcounts: tuple[int, ...]
    countries: tuple[str, ...]
    settlements: tuple[Named, ...]
    partner_organisations: tuple[Named, ...]
    home_organisations: tuple[Named, ...]
    territories: tuple[Named, ...]
    agreements: tuple[Agreement, ...]
    occurrence_key: str | None = None
