"""The files of the reports folder that could not be read, and what to do about each."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file in the folder that could not be read, and what to do about it."""

    source_file: str
    code: str
    message: str
    remedy: str


def refusals(connection: duckdb.DuckDBPyConnection) -> list[Refusal]:
    """Refused files that still lie in the reports folder."""
    return [
        Refusal(*row)
        for row in connection.execute(
            """
            select source.source_file, issue.code, issue.message_ru, issue.remedy_ru
            from raw.source_file as source
            join raw.document as document using (document_sha256)
            join raw.report_issue as issue using (document_sha256)
            where source.is_present and document.status = 'refused'
            order by all
            """
        ).fetchall()
    ]
