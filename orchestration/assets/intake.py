"""From the reports folder to ``raw.*``: which files lie there, which are news, what each of them says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import yaml

from orchestration.assets.build import insert_rows, replace_rows
from orchestration.assets.quarters import current_quarter
from orchestration.assets.versions import reader_version
from orchestration.documents import (
    DocumentError,
    OverrideInvalid,
    PeriodInFuture,
    PeriodTooEarly,
    Report,
    ReportIssue,
    ReportOverride,
    read_document,
    read_report,
)

_SIDECAR_SUFFIXES = {".yml", ".yaml"}
_IGNORED_NAMES = {"readme.md", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file in the reports folder: ``path`` relative to it, ``override`` the text of ``<file>.yml`` or ""."""

    path: str
    sha256: str
    size_bytes: int
    override: str


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


def scan(reports_dir: Path) -> list[SourceFile]:
    """Every file under ``reports_dir`` that claims to be a report, in the order of their paths."""
    return [_source_file(reports_dir, path) for path in sorted(reports_dir.rglob("*")) if _is_candidate(path)]


def _is_candidate(path: Path) -> bool:
    return (
        path.is_file()
        and not path.name.startswith((".", "~$"))
        and path.suffix.lower() not in _SIDECAR_SUFFIXES
        and path.name.lower() not in _IGNORED_NAMES
    )


def _source_file(reports_dir: Path, path: Path) -> SourceFile:
    data = path.read_bytes()
    sidecar = path.with_name(path.name + ".yml")
    return SourceFile(
        path=path.relative_to(reports_dir).as_posix(),
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        override=sidecar.read_text(encoding="utf-8") if sidecar.is_file() else "",
    )


def read_file(reports_dir: Path, source: SourceFile, first_quarter: str) -> Outcome:
    """Read one file; a file that cannot be a report comes back with its typed error."""
    modified_at = None
    try:
        document = read_document((reports_dir / source.path).read_bytes(), source.path)
        modified_at = document.modified_at
        report = read_report(document, _override(source))
        if report.period > current_quarter():
            raise PeriodInFuture(source.path, f"отчёт за {report.period}, сейчас {current_quarter()}")
        if report.period < first_quarter:
            raise PeriodTooEarly(source.path, f"отчёт за {report.period}, хранилище ведётся с {first_quarter}")
    except DocumentError as error:
        return Outcome(source, None, error, modified_at)
    return Outcome(source, report, None, modified_at)


def _override(source: SourceFile) -> ReportOverride | None:
    if not source.override:
        return None
    try:
        content = yaml.safe_load(source.override)
    except yaml.YAMLError as error:
        raise OverrideInvalid(source.path, str(error)) from error
    if not isinstance(content, dict) or (unknown := set(content) - {"period", "region"}):
        raise OverrideInvalid(source.path, f"неизвестные ключи {unknown}" if isinstance(content, dict) else "не пары")
    period = str(content.get("period", ""))
    if period and not (len(period) == 7 and period[:4].isdigit() and period[4:6] == "-Q" and period[6] in "1234"):
        raise OverrideInvalid(source.path, f"период «{period}»")
    return ReportOverride(
        year=int(period[:4]) if period else None,
        quarter=int(period[6]) if period else None,
        region=content.get("region"),
    )


def news(connection: duckdb.DuckDBPyConnection, files: Collection[SourceFile]) -> list[SourceFile]:
    """The files whose content, override or reader is new: those that must be read."""
    known = set(
        connection.execute(
            "select document_sha256, override from raw.document where reader_version = ?", [reader_version()]
        ).fetchall()
    )
    first_of_content = {file.sha256: file for file in reversed(list(files))}
    return [file for file in first_of_content.values() if (file.sha256, file.override) not in known]


def known_periods(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The quarter of every document read so far, by its sha256."""
    return dict(
        connection.execute("select document_sha256, period from raw.document where period is not null").fetchall()
    )


def store(
    connection: duckdb.DuckDBPyConnection,
    files: Collection[SourceFile],
    outcomes: Collection[Outcome],
    received_at: datetime,
) -> None:
    """Record in one transaction which files lie in the folder and what those in ``outcomes`` say."""
    shas = [outcome.source.sha256 for outcome in outcomes]
    first_seen = dict(
        connection.execute("select document_sha256, min(received_at) from raw.document group by all").fetchall()
    )
    connection.begin()
    try:
        _store_files(connection, files, received_at)
        replace_rows(
            connection,
            "raw.document",
            shas,
            [_document_row(outcome, first_seen.get(outcome.source.sha256, received_at)) for outcome in outcomes],
        )
        replace_rows(connection, "raw.report_row", shas, [row for outcome in outcomes for row in _report_rows(outcome)])
        replace_rows(
            connection, "raw.report_issue", shas, [row for outcome in outcomes for row in _issue_rows(outcome)]
        )
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _store_files(connection: duckdb.DuckDBPyConnection, files: Collection[SourceFile], received_at: datetime) -> None:
    rows = {
        (path, sha256): {
            "source_file": path,
            "document_sha256": sha256,
            "size_bytes": size_bytes,
            "override": override,
            "received_at": first_seen,
            "is_present": False,
        }
        for path, sha256, size_bytes, override, first_seen in connection.execute(
            "select source_file, document_sha256, size_bytes, override, received_at from raw.source_file"
        ).fetchall()
    }
    for file in files:
        known = rows.get((file.path, file.sha256))
        rows[file.path, file.sha256] = {
            "source_file": file.path,
            "document_sha256": file.sha256,
            "size_bytes": file.size_bytes,
            "override": file.override,
            "received_at": known["received_at"] if known else received_at,
            "is_present": True,
        }
    connection.execute("delete from raw.source_file")
    insert_rows(connection, "raw.source_file", list(rows.values()))


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
