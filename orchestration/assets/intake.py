"""From the reports folder to ``raw.*``: which files lie there, which are news, what each of them says."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import duckdb
import pyarrow

from orchestration.assets.build import replace_rows
from orchestration.assets.facts import PARSED_TABLES
from orchestration.assets.folder import SourceFile, read_override
from orchestration.assets.quarters import current_quarter
from orchestration.assets.versions import reader_version
from orchestration.assets.workers import batches, map_in_processes
from orchestration.documents.errors import (
    ConversionFailed,
    DocumentError,
    FileUnreadable,
    PeriodInFuture,
    PeriodTooEarly,
)
from orchestration.documents.layout import read_report
from orchestration.documents.limits import Limits
from orchestration.documents.model import Report, ReportIssue
from orchestration.documents.package import guard_size
from orchestration.documents.reader import read_document
from orchestration.settings import Settings

_FILES_A_TRANSACTION = 64
_PRESENT_FILE = pyarrow.schema(
    {
        "source_file": pyarrow.string(),
        "document_sha256": pyarrow.string(),
        "size_bytes": pyarrow.int64(),
        "override": pyarrow.string(),
    }
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a report, or the error that refused it."""

    source: SourceFile
    report: Report | None
    error: DocumentError | None
    modified_at: datetime | None

    @property
    def period(self) -> str | None:
        """The report's quarter; None where the file was refused."""
        return self.report.period if self.report else None


def read_file(source: SourceFile, settings: Settings) -> Outcome:
    """Read one file; a file that cannot be a report comes back with its typed error."""
    modified_at = None
    try:
        document = read_document(_content(source, settings.limits), source.path, settings.limits)
        modified_at = document.modified_at
        report = read_report(document, read_override(source))
        if report.period > current_quarter():
            raise PeriodInFuture(source.path, f"отчёт за {report.period}, сейчас {current_quarter()}")
        if report.period < settings.first_quarter:
            raise PeriodTooEarly(source.path, f"отчёт за {report.period}, хранилище ведётся с {settings.first_quarter}")
    except DocumentError as error:
        return Outcome(source, None, error, modified_at)
    return Outcome(source, report, None, modified_at)


def _content(source: SourceFile, limits: Limits) -> bytes:
    """The bytes that were seen when the folder was scanned; raises FileUnreadable, TooLarge before reading them."""
    if source.unreadable:
        raise FileUnreadable(source.path, source.unreadable)
    guard_size(source.path, source.size_bytes, limits)
    try:
        data = source.location.read_bytes()
    except OSError as error:
        raise FileUnreadable(source.path, error.strerror or type(error).__name__) from error
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise FileUnreadable(source.path, "файл изменился, пока его читали")
    return data


def news(
    connection: duckdb.DuckDBPyConnection, files: Iterable[SourceFile], read_again: Collection[str] = ()
) -> list[SourceFile]:
    """The files to read: content, override or reader are new, or the file was refused before and may now pass.

    Reports of the quarters ``read_again`` are among them whatever is known.
    """
    known = set(
        connection.execute(
            "select document_sha256, override from raw.document where reader_version = ? and status = 'read' "
            "and period not in (select unnest(?::varchar[]))",
            [reader_version(), list(read_again)],
        ).fetchall()
    )
    contents: dict[str, SourceFile] = {}
    for file in files:
        contents.setdefault(file.sha256, file)
    return [file for file in contents.values() if (file.sha256, file.override) not in known]


def read_news(files: Sequence[SourceFile], settings: Settings) -> Iterator[list[Outcome]]:
    """Read the files, on all cores where they are many, in batches that memory can hold.

    What LibreOffice did not convert is tried once more at the end, ``retry_seconds`` later.
    """
    unconverted = []
    for outcomes in _read(files, settings):
        failed = [outcome.source for outcome in outcomes if isinstance(outcome.error, ConversionFailed)]
        unconverted += failed
        yield [outcome for outcome in outcomes if outcome.source not in failed]
    if unconverted:
        time.sleep(settings.retry_seconds)
        yield from _read(unconverted, settings)


def _read(files: Sequence[SourceFile], settings: Settings) -> Iterator[list[Outcome]]:
    outcomes = map_in_processes(partial(read_file, settings=settings), files, len(files), settings.workers)
    return batches(outcomes, _FILES_A_TRANSACTION)


def store_outcomes(connection: duckdb.DuckDBPyConnection, outcomes: Collection[Outcome], received_at: datetime) -> None:
    """Record in one transaction what the files say; facts of an earlier reading of the same documents go with it."""
    shas = [outcome.source.sha256 for outcome in outcomes]
    first_seen = dict(
        connection.execute(
            "select document_sha256, min(received_at) from raw.document "
            "where document_sha256 in (select unnest(?)) group by all",
            [shas],
        ).fetchall()
    )
    tables = {
        "raw.document": [
            _document_row(outcome, first_seen.get(outcome.source.sha256, received_at)) for outcome in outcomes
        ],
        "raw.report_row": [row for outcome in outcomes for row in _report_rows(outcome)],
        "raw.report_issue": [row for outcome in outcomes for row in _issue_rows(outcome)],
        **{f"parsed.{table}": [] for table in PARSED_TABLES},
    }
    connection.begin()
    try:
        for table, rows in tables.items():
            replace_rows(connection, table, shas, [pyarrow.Table.from_pylist(rows)])
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def store_files(connection: duckdb.DuckDBPyConnection, files: Collection[SourceFile], received_at: datetime) -> None:
    """Record in one transaction which files lie in the folder; those seen before and gone are kept as absent."""
    rows = [
        {
            "source_file": file.path,
            "document_sha256": file.sha256,
            "size_bytes": file.size_bytes,
            "override": file.override,
        }
        for file in files
    ]
    present = pyarrow.Table.from_pylist(rows, _PRESENT_FILE)  # noqa: F841 - DuckDB reads it by its name
    connection.begin()
    try:
        connection.execute("update raw.source_file set is_present = false")
        connection.execute(
            """
            merge into raw.source_file as known
            using present using (source_file, document_sha256)
            when matched then update set size_bytes = present.size_bytes, override = present.override, is_present = true
            when not matched then insert (source_file, document_sha256, size_bytes, override, received_at, is_present)
                values (present.source_file, present.document_sha256, present.size_bytes, present.override, ?, true)
            """,
            [received_at],
        )
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _document_row(outcome: Outcome, received_at: datetime) -> dict[str, object]:
    report = outcome.report
    return {
        "document_sha256": outcome.source.sha256,
        "source_file": outcome.source.path,
        "status": "read" if report else "refused",
        "title": report.title if report else None,
        "region_name": report.region if report else None,
        "year": report.year if report else None,
        "quarter": report.quarter if report else None,
        "period": outcome.period,
        "row_count": len(report.rows) if report else 0,
        "received_at": received_at,
        "modified_at": outcome.modified_at,
        "override": outcome.source.override,
        "reader_version": reader_version(),
    }


def _report_rows(outcome: Outcome) -> Iterator[dict[str, object]]:
    for number, row in enumerate(outcome.report.rows if outcome.report else (), start=1):
        yield {
            "document_sha256": outcome.source.sha256,
            "row_number": number,
            "sequence_number": row.sequence_number,
            "table_number": row.table,
            "table_row": row.row,
            "municipality_text": row.municipality,
            "name_text": row.name,
            "place_text": row.place,
            "dates_text": row.dates,
            "description_text": row.description,
            "participants_text": row.participants,
            "extra_text": json.dumps(row.extra, ensure_ascii=False, sort_keys=True),
        }


def _issue_rows(outcome: Outcome) -> Iterator[dict[str, object]]:
    error = outcome.error
    issues = (
        outcome.report.issues
        if outcome.report
        else [ReportIssue(code=error.code, severity="error", message=error.message, remedy=error.remedy)]
    )
    for number, issue in enumerate(issues, start=1):
        yield {
            "document_sha256": outcome.source.sha256,
            "source_file": outcome.source.path,
            "issue_number": number,
            "code": issue.code,
            "severity": issue.severity,
            "table_number": issue.table,
            "table_row": issue.row,
            "column_name": issue.column,
            "value": issue.value,
            "message_ru": issue.message,
            "remedy_ru": issue.remedy,
        }
