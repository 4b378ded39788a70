"""A made-up report as it is read, field by field beside the truth that its generator knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.assets.quarters import quarter_bounds
from orchestration.demo.model import Event, ReportFile, Truth
from orchestration.documents.layout import read_report
from orchestration.documents.reader import read_document
from orchestration.extraction import extract_event
from orchestration.extraction.model import EventFacts, ReportContext, RowText


@dataclass(frozen=True)
class Reading:
    """What was read of a field of a row, and what stands there."""

    field: str
    read: object
    right: object
    event: Event

    @property
    def is_right(self) -> bool:
        return _folded(self.read) == _folded(self.right)


def read_back(report: ReportFile) -> Iterator[Reading]:
    """Every field of every row that bears no fault."""
    read = read_report(read_document(report.data, report.path))
    context = ReportContext(read.region, *quarter_bounds(read.period))
    assert (read.region, read.period) == (report.region, report.period)
    assert [row.sequence_number for row in read.rows] == list(range(1, len(report.events) + 1))
    faulty = {fault.row for fault in report.faults}
    for row, event in zip(read.rows, report.events, strict=True):
        if row.sequence_number in faulty:
            continue
        texts = (row.municipality, row.name, row.place, row.dates, row.description, row.participants)
        facts = _of_facts(extract_event(RowText(*texts, extra=row.extra), context))
        right = _of_truth(event.truth)
        for field, value in right.items():
            yield Reading(field, facts[field], value, event)


def shares(readings: list[Reading]) -> dict[str, float]:
    """The share of right readings by field."""
    right = Counter(reading.field for reading in readings if reading.is_right)
    return {field: right[field] / count for field, count in Counter(each.field for each in readings).items()}


def _folded(value: object) -> str:
    """«ё» and «е» are one letter to clerks; a set has no order."""
    ordered = sorted(value) if isinstance(value, set) else value
    return repr(ordered).replace("ё", "е")


def _of_facts(facts: EventFacts) -> dict[str, object]:
    dates, place, total = facts.dates, facts.place, facts.participants
    partners = facts.partners
    settlement = place.settlement if place else None
    countries = {each.country_code for each in partners} | ({place.country_code} if place else set())
    documents = [
        (each.kind, each.status, sorted(partners[party].name for party in each.parties), each.valid_from_year,
         each.valid_to_year)
        for each in facts.agreements
    ]  # fmt: skip
    return {
        "municipality": facts.municipality.name,
        "event_type": facts.event_type.value,
        "role": facts.role.value,
        "format": facts.format.value,
        "edition": facts.edition and facts.edition.value,
        "dates": dates and (dates.start, dates.end, dates.days),
        "settlement": (settlement, place.country_code if place and settlement else None),
        "participants": total and (total.headcount, total.is_approximate),
        "countries": countries - {"RU", None},
        "partner_towns": {each.name for each in partners if each.kind == "settlement" and each.side == "foreign"},
        "partner_organisations": {e.name for e in partners if e.kind == "organisation" and e.side != "home"},
        "home_organisations": {e.name for e in partners if e.kind == "organisation" and e.side == "home"},
        "agreements": documents,
        "leftovers": [each.text for each in facts.leftovers],
    }


def _of_truth(truth: Truth) -> dict[str, object]:
    document = truth.agreement
    return {
        "municipality": truth.municipality,
        "event_type": truth.event_type,
        "role": truth.role,
        "format": truth.format,
        "edition": truth.edition,
        "dates": (truth.start, truth.end, truth.days),
        "settlement": (truth.settlement, truth.country_code),
        "participants": (truth.participants_total, truth.is_approximate),
        "countries": set(truth.countries),
        "partner_towns": set(truth.partner_towns),
        "partner_organisations": set(truth.partner_organisations),
        "home_organisations": set(truth.home_organisations),
        "agreements": [
            (document.kind, document.status, sorted(document.parties), document.from_year, document.to_year)
        ] if document else [],
        "leftovers": [],
    }  # fmt: skip
