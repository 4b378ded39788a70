"""One report row in, everything it tells out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from orchestration.extraction.agreements.reader import read_agreements
from orchestration.extraction.contradictions import find_contradictions
from orchestration.extraction.dates.reader import read_event_dates, without_dates
from orchestration.extraction.event.edition import read_edition
from orchestration.extraction.event.event_format import read_format
from orchestration.extraction.event.event_type import read_event_type
from orchestration.extraction.event.purpose import split_purpose_result
from orchestration.extraction.event.role import read_role, whereabouts
from orchestration.extraction.language.text import CellText, fold
from orchestration.extraction.leftovers import find_leftovers
from orchestration.extraction.model import (
    AgreementFact,
    Column,
    DateFact,
    EventFacts,
    Evidence,
    Labelled,
    Leftover,
    Municipality,
    ParticipantGroup,
    ParticipantTotal,
    PartnerMention,
    PlaceFact,
    ReportContext,
    RowText,
)
from orchestration.extraction.municipality import read_municipality
from orchestration.extraction.participants.reader import read_participants
from orchestration.extraction.partners.reader import read_partners
from orchestration.extraction.places import read_place

# Rules look around every word: a cell of a hundred pages would take hours, and no clerk's cell has three.
_LONGEST_CELL = 6_000
_LONGEST_HEADING = 300
_FORMAT_HEADING = re.compile(r"\W*(?:форма|режим|способ)")


def extract_event(row: RowText, context: ReportContext) -> EventFacts:
    """Read the facts of one row; what cannot be read for sure is None or a leftover, never a guess.

    Of a cell longer than 6,000 characters the beginning is read and the rest is a leftover.
    """
    whole = _cells(row)
    cells = {column: cell.beginning(_LONGEST_CELL) for column, cell in whole.items()}
    municipality = _municipality(row, context)
    dates = read_event_dates(cells, context)
    texts = cells
    if dates and row.place == row.dates:
        texts = cells | {Column.PLACE: without_dates(cells[Column.PLACE], dates.evidence)}
    place = read_place(texts[Column.PLACE], context, municipality)
    total, groups = read_participants(texts[Column.PARTICIPANTS], texts[Column.DESCRIPTION])
    partners = read_partners(texts, context, place, municipality)
    agreements, partners, ruled_out = read_agreements(texts, context, partners, dates)
    purpose, result = split_purpose_result(texts[Column.DESCRIPTION])
    event_type = read_event_type(texts[Column.NAME], texts[Column.DESCRIPTION])
    event_format = read_format(texts, _format_cell(row))
    where = whereabouts(place, event_format.value, municipality, context)
    return EventFacts(
        municipality=municipality,
        texts={column: cell.written for column, cell in whole.items()},
        name=whole[Column.NAME].written,
        edition=read_edition(texts[Column.NAME]),
        event_type=event_type,
        role=read_role(texts, where, event_type.value, event_format.value, municipality),
        format=event_format,
        purpose=purpose,
        result=result,
        dates=dates,
        place=place,
        participants=total,
        groups=groups,
        partners=tuple(_as_written(partner, cells) for partner in partners),
        agreements=agreements,
        leftovers=(
            *find_leftovers(
                texts,
                (*_evidence(dates, place, total, *groups, *partners, *agreements), *ruled_out),
                [agreement.title for agreement in agreements],
            ),
            *find_contradictions(texts, context.region),
            *_unread_rests(whole),
        ),
    )


def unread_event(row: RowText, context: ReportContext) -> EventFacts:
    """A row on which a rule broke: its municipality and texts, each cell a leftover of kind ``failure``."""
    cells = _cells(row)
    return EventFacts(
        municipality=_municipality(row, context),
        texts={column: cell.written for column, cell in cells.items()},
        name=cells[Column.NAME].written,
        edition=None,
        event_type=Labelled("other", None),
        role=Labelled("organiser", None),
        format=Labelled("in_person", None),
        purpose=None,
        result=None,
        dates=None,
        place=None,
        participants=None,
        groups=(),
        partners=(),
        agreements=(),
        leftovers=tuple(
            Leftover("failure", cell.written, column, 0, len(cell.text)) for column, cell in cells.items() if cell.text
        ),
    )


def _cells(row: RowText) -> dict[Column, CellText]:
    return {
        Column.NAME: CellText.from_raw(row.name),
        Column.PLACE: CellText.from_raw(row.place),
        Column.DATES: CellText.from_raw(row.dates),
        Column.DESCRIPTION: CellText.from_raw(row.description),
        Column.PARTICIPANTS: CellText.from_raw(row.participants),
    }


def _municipality(row: RowText, context: ReportContext) -> Municipality:
    return read_municipality(row.municipality[:_LONGEST_HEADING], context.region)


def _unread_rests(cells: dict[Column, CellText]) -> Iterator[Leftover]:
    for column, cell in cells.items():
        if len(cell.text) > _LONGEST_CELL:
            rest = cell.written[_LONGEST_CELL:]
            start = _LONGEST_CELL + len(rest) - len(rest.lstrip())
            yield Leftover("rest", cell.written[start:], column, start, len(cell.text))


def _as_written(partner: PartnerMention, texts: dict[Column, CellText]) -> PartnerMention:
    cell = texts[partner.evidence.column]
    if not cell.mixed_script:
        return partner
    return replace(partner, mention=cell.written[partner.evidence.start : partner.evidence.end])


def _format_cell(row: RowText) -> str | None:
    """What stands in a column such as «Форма проведения», if the report has one."""
    return next((text for heading, text in row.extra.items() if _FORMAT_HEADING.match(fold(heading))), None)


def _evidence(
    *facts: DateFact | PlaceFact | ParticipantTotal | ParticipantGroup | PartnerMention | AgreementFact | None,
) -> Iterator[Evidence]:
    yield from (fact.evidence for fact in facts if fact is not None)
