"""What an asset shows of a table in the Dagster UI: row count and the first rows as Markdown."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

import duckdb
from dagster import MarkdownMetadataValue, MetadataValue

_ROWS, _COLUMNS, _CHARACTERS = 5, 8, 200


def table_metadata(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, object]:
    """Row count, relation name and a Markdown preview of ``relation`` (``schema.table``)."""
    (row_count,) = connection.execute(f"select count(*) from {relation}").fetchone()
    preview = connection.execute(f"select * from {relation} limit {_ROWS}")
    return {
        "dagster/row_count": row_count,
        "dagster/table_name": relation,
        "preview": markdown_rows([column[0] for column in preview.description], preview.fetchall()),
    }


def markdown_rows(names: Sequence[str], rows: Iterable[Sequence[object]]) -> MarkdownMetadataValue:
    """``rows`` as a Markdown table; report text in it can neither format nor script the page."""
    lines = [_line(names[:_COLUMNS]), _line(["---"] * len(names[:_COLUMNS]))]
    lines += [_line([_cell(value) for value in row[:_COLUMNS]]) for row in rows]
    return MetadataValue.md("\n".join(lines))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    if len(text) > _CHARACTERS:
        text = text[: _CHARACTERS - 1] + "…"
    escaped = html.escape(text, quote=False)
    return "".join("\\" + character if character in "\\`*_[]|#~" else character for character in escaped)
