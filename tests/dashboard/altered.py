"""Copies of the published warehouse, altered by SQL."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pipelines import Pipeline

HOSTILE = (
    "<script>alert(1)</script> \"кавычки\" 'апостроф' & <img src=x onerror=alert(2)> =cmd|'/c calc'!A1 "
    "[щёлкни](javascript:alert(3)) {{ 7 * 7 }} {% raw %} $\\alpha$ `код` **жирно** </title></svg><a href=http://зло.рф>"
)
"""What a report may hold to be taken for HTML, Markdown, a template or a formula."""

EARLIER = "2025-Q3"


def altered(published: Pipeline, folder: Path, *statements: str) -> Path:
    """A copy of the published file with the statements run on it."""
    database = folder / "warehouse.duckdb"
    shutil.copy(published.database, database)
    database.chmod(0o644)
    with duckdb.connect(str(database)) as connection:
        for statement in statements:
            connection.execute(statement)
    return database
