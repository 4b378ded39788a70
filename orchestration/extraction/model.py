"""The typed facts of one reported event, each with the characters it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, Literal, TypeVar

PartnerKind = Literal["organisation", "settlement", "territory", "country"]
PartnerSide = Literal["home", "domestic", "foreign"]
LeftoverKind = Literal[
    "number", "date", "agreement", "quote", "contradiction", "region_contradiction", "rest", "failure"
]
T = TypeVar("T")


class Column(StrEnum):
    """The prose columns of a report row; values are the names used in every table."""

    NAME = "name"
    PLACE = "place"
    DATES = "dates"
    DESCRIPTION = "description"
    PARTICIPANTS = "participants"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands: half-open character range ``[start, end)`` of the cell's normalised text.

    ``rule`` names the rule that read it, ``confidence`` (0-1) says how sure that rule is.
    """

    column: Column
    start: int
    end: int
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What a row inherits from its report: the home region and the reported period (both days inclusive)."""

    region: str
    period_start: date
    period_end: date


@dataclass(frozen=True, slots=True)
class RowText:
    """A report row as it stands in the file, one verbatim string a column ("" where the cell is missing).

    ``extra`` holds the report's other columns, heading to text.
    """

    municipality: str
    name: str
    place: str
    dates: str
    description: str
    participants: str
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A reporting municipality: canonical nominative name, kind, coordinates of its seat in degrees."""

    name: str
    kind: Literal["urban_okrug", "municipal_okrug", "municipal_district"]
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class DateFact:
    """When an event took place; ``end`` is None while it is ongoing, ``days`` only for separately listed days."""

    start: date
    end: date | None
    is_ongoing: bool
    precision: Literal["day", "month", "quarter", "year"]
    days: tuple[date, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """Where an event took place: canonical nominative names, ISO 3166-1 alpha-2 country, degrees.

    ``written_country_code`` is the country that the text states where no such settlement exists there.
    """

    venue: str | None
    settlement: str | None
    settlement_type: str | None
    district: str | None
    region: str | None
    country_code: str | None
    latitude: float | None
    longitude: float | None
    evidence: Evidence
    written_country_code: str | None = None


@dataclass(frozen=True, slots=True)
class ParticipantTotal:
    """How many people took part, in persons."""

    headcount: int
    source: Literal["declared", "sum_of_groups"]
    is_approximate: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ParticipantGroup:
    """A counted group of people; ``label`` is the group's wording, ``headcount`` in persons."""

    label: str
    headcount: int
    is_approximate: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PartnerMention:
    """An organisation, settlement, territory or country that takes part, hosts, signs or sends people.

    ``name`` is canonical and nominative; ``identity`` is the normalised name that makes two spellings one partner
    (unique together with kind, country and settlement); ``mention`` is the text between the evidence's offsets;
    ``written_country_code`` is the country that the text states where no such settlement exists there.
    """

    name: str
    kind: PartnerKind
    side: PartnerSide
    country_code: str | None
    settlement: str | None
    identity: str
    latitude: float | None
    longitude: float | None
    mention: str
    evidence: Evidence
    written_country_code: str | None = None


@dataclass(frozen=True, slots=True)
class AgreementFact:
    """A document or arrangement that a row tells of; ``parties`` are positions in ``EventFacts.partners``."""

    kind: Literal["agreement", "contract", "plan", "memorandum", "protocol", "arrangement"]
    status: Literal["signed", "arranged", "drafted", "in_force"]
    title: str
    sentence: str
    parties: tuple[int, ...]
    valid_from_year: int | None
    valid_to_year: int | None
    signed_on: date | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Labelled(Generic[T]):
    """A scalar fact of the event with its evidence (None where the value is a default no text states)."""

    value: T
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Leftover:
    """A number, date, agreement word or quoted name that no rule consumed, or a contradiction; told, never guessed.

    ``rest`` is the end of a cell too long to read whole, ``failure`` a cell of a row on which a rule broke.
    """

    kind: LeftoverKind
    text: str
    column: Column
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EventFacts:
    """Everything read from one row; ``texts`` are the normalised cells that all offsets refer to."""

    municipality: Municipality
    texts: dict[Column, str]
    name: str
    edition: Labelled[int] | None
    event_type: Labelled[str]
    role: Labelled[str]
    format: Labelled[str]
    purpose: Labelled[str] | None
    result: Labelled[str] | None
    dates: DateFact | None
    place: PlaceFact | None
    participants: ParticipantTotal | None
    groups: tuple[ParticipantGroup, ...]
    partners: tuple[PartnerMention, ...]
    agreements: tuple[AgreementFact, ...]
    leftovers: tuple[Leftover, ...]
