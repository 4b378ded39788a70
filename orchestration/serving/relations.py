"""The published marts as a database must know them: columns, comments, keys, and which mart refers to which."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

_SCHEMA = "marts"
_REFERENCE = re.compile(r"ref\(['\"](\w+)['\"]\)")


@dataclass(frozen=True, slots=True)
class MartColumn:
    """A column with DuckDB's name of its type."""

    name: str
    type: str
    comment: str | None


@dataclass(frozen=True, slots=True)
class Mart:
    """A mart: its unique columns, the columns worth an index, and (column, mart, column there) that it refers by."""

    name: str
    comment: str | None
    columns: tuple[MartColumn, ...]
    primary_key: tuple[str, ...]
    references: tuple[tuple[str, str, str], ...]

    @property
    def indexed(self) -> tuple[str, ...]:
        """Columns that tools join and filter by: keys and dates that the primary key does not begin with."""
        return tuple(
            column.name
            for column in self.columns
            if (column.name.endswith("_key") or column.type == "DATE" or column.name in {"period", "country_code"})
            and column.name != (self.primary_key or ("",))[0]
        )


def published_marts(connection: duckdb.DuckDBPyConnection, dbt_manifest: Path) -> list[Mart]:
    """Every mart of the published file, views too; keys and references are those that dbt's tests prove."""
    tests = _tests(dbt_manifest)
    comments = connection.execute(
        "select table_name, comment from duckdb_tables() where schema_name = ? "
        "union all select view_name, comment from duckdb_views() where schema_name = ? order by 1",
        [_SCHEMA, _SCHEMA],
    ).fetchall()
    columns = defaultdict(list)
    for table, *column in connection.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns() where schema_name = ? "
        "order by table_name, column_index",
        [_SCHEMA],
    ).fetchall():
        columns[table].append(MartColumn(*column))
    # dbt's tests are those of today's models; the published version may be an earlier one.
    present = {name: {column.name for column in columns[name]} for name, _ in comments}
    keys = {name: key for name in present if present[name].issuperset(key := _primary_key(tests[name]))}
    return [
        Mart(
            name,
            comment,
            tuple(columns[name]),
            keys.get(name, ()),
            tuple(
                (column, dimension, key)
                for column, dimension, key in _references(tests[name])
                if column in present[name] and keys.get(dimension) == (key,)
            ),
        )
        for name, comment in comments
    ]


def _tests(dbt_manifest: Path) -> dict[str, list[dict[str, Any]]]:
    """dbt's generic tests over all rows, by model: name and arguments."""
    nodes = json.loads(dbt_manifest.read_text(encoding="utf-8"))["nodes"]
    tests = defaultdict(list)
    for node in nodes.values():
        model = nodes.get(node.get("attached_node"))
        if model and node.get("test_metadata") and not node["config"].get("where"):
            tests[model["name"]].append(node["test_metadata"])
    return tests


def _primary_key(tests: list[dict[str, Any]]) -> tuple[str, ...]:
    """The unique column, else the unique combination of columns, else nothing."""
    single = [(test["kwargs"]["column_name"],) for test in tests if test["name"] == "unique"]
    combined = [tuple(test["kwargs"]["columns"]) for test in tests if test["name"] == "unique_combination"]
    return next(iter(single + combined), ())


def _references(tests: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for test in tests:
        if test["name"] == "relationships" and (found := _REFERENCE.search(test["kwargs"]["to"])):
            yield test["kwargs"]["column_name"], found[1], test["kwargs"]["field"]
