"""One report row in, everything it tells out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from orchestration.extraction.agreements import read_agreements
from orchestration.extraction.dates import read_dates
from orchestration.extraction.event import (
    read_edition,
    read_event_type,
    read_format,
    read_role,
    split_purpose_result,
)
from orchestration.extraction.leftovers import find_leftovers
from orchestration.extraction.model import (
    AgreementFact,
    Column,
    DateFact,
    EventFacts,
    Evidence,
    Municipality,
    ParticipantGroup,
    ParticipantTotal,
    PartnerMention,
    PlaceFact,
    ReportContext,
    RowText,
)
from orchestration.extraction.municipality import read_municipality
from orchestration.extraction.participants import read_participants
from orchestration.extraction.partners import read_partners
from orchestration.extraction.places import read_place
from orchestration.extraction.text import CellText, fold


def extract_event(row: RowText, context: ReportContext) -> EventFacts:
    """Read the facts of one row; what cannot be read for sure is None or a leftover, never a guess."""
    texts = {
        Column.NAME: CellText.from_raw(row.name),
        Column.PLACE: CellText.from_raw(row.place),
        Column.DATES: CellText.from_raw(row.dates),
        Column.DESCRIPTION: CellText.from_raw(row.description),
        Column.PARTICIPANTS: CellText.from_raw(row.participants),
    }
    municipality = read_municipality(row.municipality, context.region)
    dates = read_dates(texts[Column.DATES], context)
    place = read_place(texts[Column.PLACE], context, municipality)
    total, groups = read_participants(texts[Column.PARTICIPANTS], texts[Column.DESCRIPTION])
    partners = read_partners(texts, context, place, municipality)
    agreements, partners, ruled_out = read_agreements(texts, context, partners, dates)
    purpose, result = split_purpose_result(texts[Column.DESCRIPTION])
    return EventFacts(
        municipality=municipality,
        texts={column: cell.written for column, cell in texts.items()},
        name=texts[Column.NAME].written,
        edition=read_edition(texts[Column.NAME]),
        event_type=read_event_type(texts[Column.NAME], texts[Column.DESCRIPTION]),
        role=read_role(texts, _is_home(place, municipality, context)),
        format=read_format(texts, _format_cell(row)),
        purpose=purpose,
        result=result,
        dates=dates,
        place=place,
        participants=total,
        groups=groups,
        partners=tuple(_as_written(partner, texts) for partner in partners),
        agreements=agreements,
        leftovers=find_leftovers(texts, (*_evidence(dates, total, groups, agreements), *ruled_out)),
    )


def _as_written(partner: PartnerMention, texts: dict[Column, CellText]) -> PartnerMention:
    cell = texts[partner.evidence.column]
    if not cell.mixed_script:
        return partner
    return replace(partner, mention=cell.written[partner.evidence.start : partner.evidence.end])


def _format_cell(row: RowText) -> str | None:
    """What stands in a column such as «Форма проведения», if the report has one."""
    return next((text for heading, text in row.extra.items() if fold(heading).lstrip().startswith("форма")), None)


def _is_home(place: PlaceFact | None, municipality: Municipality, context: ReportContext) -> bool | None:
    """Whether the event took place in the reporting region; None where the row does not tell."""
    if place is None or place.country_code is None:
        return None
    if place.country_code != "RU":
        return False
    return place.region == context.region if place.region else None


def _evidence(
    dates: DateFact | None,
    total: ParticipantTotal | None,
    groups: tuple[ParticipantGroup, ...],
    agreements: tuple[AgreementFact, ...],
) -> Iterator[Evidence]:
    yield from (fact.evidence for fact in (dates, total, *groups, *agreements) if fact is not None)
