"""From ``raw.report_row`` to ``parsed.*``: every row of a report becomes typed facts with their evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow

from orchestration.assets.build import replace_rows
from orchestration.assets.quarters import quarter_bounds
from orchestration.assets.versions import extraction_version
from orchestration.assets.workers import batches, map_in_processes
from orchestration.extraction import extract_event, unread_event
from orchestration.extraction.model import Column, EventFacts, Evidence, ReportContext, RowText

PARSED_TABLES = {
    "event": "Reported events: the scalar facts of each report row.",
    "event_day": "Days that a report lists one by one.",
    "partner_mention": "Organisations, settlements, territories and countries named by events, with their spans.",
    "participant_group": "Counted groups of participants.",
    "agreement": "Documents and arrangements that events tell of.",
    "agreement_party": "Parties of the agreements.",
    "evidence": "Where in the text each scalar fact of an event was read.",
    "leftover": "Numbers, dates, quoted names and agreement words that no rule consumed; contradictions.",
}

TableRows = dict[str, list[dict[str, object]]]
Row = tuple[int, int, int, RowText]  # number in the report, table, row of the table, text

_DOCUMENTS_A_TRANSACTION = 32


@dataclass(frozen=True, slots=True)
class Pending:
    """A document whose rows wait for extraction."""

    document_sha256: str
    source_file: str
    region: str
    period: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """What became of a document: its number of events, and of each row on which a rule broke where it is and why."""

    events: int
    failures: tuple[str, ...]


def pending_documents(connection: duckdb.DuckDBPyConnection) -> list[Pending]:
    """Documents whose facts today's extraction has not read."""
    return [
        Pending(*row)
        for row in connection.execute(
            """
            select document_sha256, source_file, region_name, period
            from raw.document
            where status = 'read' and row_count > 0
                and document_sha256 not in (select document_sha256 from parsed.event where extraction_version = ?)
            order by period, document_sha256
            """,
            [extraction_version()],
        ).fetchall()
    ]


def extract_documents(
    connection: duckdb.DuckDBPyConnection, documents: Sequence[Pending], workers: int
) -> Iterator[Extracted]:
    """Extract the documents' facts and replace what ``parsed`` held of them, a batch a transaction.

    A row on which a rule breaks is kept with its texts alone, and told as a leftover of kind ``failure``.
    """
    work = ((document, _rows(connection, document)) for document in documents)
    results = map_in_processes(_extract, work, len(documents), workers)
    for batch in batches(results, _DOCUMENTS_A_TRANSACTION):
        connection.begin()
        try:
            for table in PARSED_TABLES:
                replace_rows(
                    connection,
                    f"parsed.{table}",
                    [document.document_sha256 for document, _, _ in batch],
                    [tables[table] for _, tables, _ in batch],
                )
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
        yield from (extracted for _, _, extracted in batch)


def _extract(work: tuple[Pending, list[Row]]) -> tuple[Pending, dict[str, pyarrow.Table], Extracted]:
    """A document, its rows of every ``parsed`` table, and what became of it; runs in a worker."""
    document, report_rows = work
    tables: TableRows = {table: [] for table in PARSED_TABLES}
    failures: list[str] = []
    context = ReportContext(document.region, *quarter_bounds(document.period))
    for number, table_number, table_row, text in report_rows:
        try:
            facts = extract_event(text, context)
        except Exception as error:  # noqa: BLE001 - whatever breaks on one row must not cost the other rows
            place = f"{document.source_file}, table {table_number}, row {table_row}"
            failures.append(f"{place}: {type(error).__name__}: {error}")
            facts = unread_event(text, context)
        _add(tables, facts, {"document_sha256": document.document_sha256, "row_number": number})
    columns = {table: pyarrow.Table.from_pylist(rows) for table, rows in tables.items()}
    return document, columns, Extracted(len(tables["event"]), tuple(failures))


def _rows(connection: duckdb.DuckDBPyConnection, document: Pending) -> list[Row]:
    return [
        (number, table_number, table_row, RowText(*texts, extra=json.loads(extra)))
        for number, table_number, table_row, *texts, extra in connection.execute(
            """
            select
                row_number, table_number, table_row,
                municipality_text, name_text, place_text, dates_text, description_text, participants_text,
                extra_text
            from raw.report_row where document_sha256 = ? order by row_number
            """,
            [document.document_sha256],
        ).fetchall()
    ]


def _span(evidence: Evidence) -> dict[str, object]:
    return {
        "source_column": str(evidence.column),
        "char_start": evidence.start,
        "char_end": evidence.end,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    }


def _add(tables: TableRows, facts: EventFacts, key: dict[str, object]) -> None:
    tables["event"].append(key | _event_row(facts))
    tables["event_day"] += [key | {"day": day} for day in (facts.dates.days if facts.dates else ())]
    tables["partner_mention"] += [
        key
        | {
            "mention_number": number,
            "name": partner.name,
            "kind": partner.kind,
            "side": partner.side,
            "country_code": partner.country_code,
            "written_country_code": partner.written_country_code,
            "settlement": partner.settlement,
            "identity": partner.identity,
            "latitude": partner.latitude,
            "longitude": partner.longitude,
            "mention": partner.mention,
        }
        | _span(partner.evidence)
        for number, partner in enumerate(facts.partners, start=1)
    ]
    tables["participant_group"] += [
        key
        | {
            "group_number": number,
            "label": group.label,
            "headcount": group.headcount,
            "is_approximate": group.is_approximate,
            "mention_number": _partner_of(facts, group.evidence),
        }
        | _span(group.evidence)
        for number, group in enumerate(facts.groups, start=1)
    ]
    for number, agreement in enumerate(facts.agreements, start=1):
        tables["agreement"].append(
            key
            | {
                "agreement_number": number,
                "kind": agreement.kind,
                "status": agreement.status,
                "title": agreement.title,
                "evidence": agreement.sentence,
                "valid_from_year": agreement.valid_from_year,
                "valid_to_year": agreement.valid_to_year,
                "signed_on": agreement.signed_on,
            }
            | _span(agreement.evidence)
        )
        tables["agreement_party"] += [
            key | {"agreement_number": number, "party_number": party_number, "mention_number": position + 1}
            for party_number, position in enumerate(agreement.parties, start=1)
        ]
    tables["evidence"] += [key | {"field": name} | _span(evidence) for name, evidence in _scalar_evidence(facts)]
    tables["leftover"] += [
        key
        | {
            "kind": leftover.kind,
            "text": leftover.text,
            "source_column": str(leftover.column),
            "char_start": leftover.start,
            "char_end": leftover.end,
        }
        for leftover in facts.leftovers
    ]


def _event_row(facts: EventFacts) -> dict[str, object]:
    dates, place, total = facts.dates, facts.place, facts.participants
    return {
        "municipality_name": facts.municipality.name,
        "municipality_kind": facts.municipality.kind,
        "municipality_latitude": facts.municipality.latitude,
        "municipality_longitude": facts.municipality.longitude,
        "name": facts.name,
        "edition": facts.edition.value if facts.edition else None,
        "event_type": facts.event_type.value,
        "role": facts.role.value,
        "format": facts.format.value,
        "purpose": facts.purpose.value if facts.purpose else None,
        "result": facts.result.value if facts.result else None,
        "place_text": facts.texts[Column.PLACE] or None,
        "dates_text": facts.texts[Column.DATES] or None,
        "description_text": facts.texts[Column.DESCRIPTION] or None,
        "participants_text": facts.texts[Column.PARTICIPANTS] or None,
        "start_date": dates.start if dates else None,
        "end_date": dates.end if dates else None,
        "is_ongoing": bool(dates and dates.is_ongoing),
        "date_precision": dates.precision if dates else None,
        "venue": place.venue if place else None,
        "settlement": place.settlement if place else None,
        "settlement_type": place.settlement_type if place else None,
        "district": place.district if place else None,
        "region": place.region if place else None,
        "country_code": place.country_code if place else None,
        "written_country_code": place.written_country_code if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "participants_total": total.headcount if total else None,
        "participants_source": total.source if total else None,
        "participants_is_approximate": bool(total and total.is_approximate),
        "extraction_version": extraction_version(),
    }


def _scalar_evidence(facts: EventFacts) -> Iterator[tuple[str, Evidence]]:
    for name, fact in (
        ("edition", facts.edition),
        ("event_type", facts.event_type),
        ("role", facts.role),
        ("format", facts.format),
        ("purpose", facts.purpose),
        ("result", facts.result),
        ("dates", facts.dates),
        ("place", facts.place),
        ("participants_total", facts.participants),
    ):
        if fact is not None and fact.evidence is not None:
            yield name, fact.evidence


def _partner_of(facts: EventFacts, evidence: Evidence) -> int | None:
    """The organisation named inside a group's span, as a mention number; None unless there is just one."""
    inside = [
        number
        for number, partner in enumerate(facts.partners, start=1)
        if partner.kind == "organisation"
        and partner.evidence.column == evidence.column
        and evidence.start <= partner.evidence.start
        and partner.evidence.end <= evidence.end
    ]
    return inside[0] if len(inside) == 1 else None
