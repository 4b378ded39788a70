"""Lineage from column to column: dbt's compiled SQL up to the tables that Python writes, and on to the Word report."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError
from sqlglot.lineage import Node, lineage
from sqlglot.schema import MappingSchema

# A correction is a person's word on any fact; what it was checked against is not where the fact comes from.
_DECISIONS = frozenset({"intermediate.int_correction", "intermediate.int_partner_decision"})
_READ_FROM = Path(__file__).with_name("read_from.yml")
_CODES = {"countries": ("country_codes",)}
_CATALOG = "warehouse"

# sqlglot warns of every construct that it passes over; tests hold what the lineage must find.
logging.getLogger("sqlglot").setLevel(logging.ERROR)


class Column(NamedTuple):
    """A column of a table of the warehouse; ``table`` is ``schema.name``."""

    table: str
    name: str


class Lineage:
    """Where the columns of the warehouse come from, by dbt's manifest and catalog after ``dbt docs generate``.

    ``not_followed`` holds the tables met so far whose SQL sqlglot could not follow: their columns have no origin.
    """

    def __init__(self, manifest: Mapping[str, Any], catalog: Mapping[str, Any]) -> None:
        entries = {**catalog["nodes"], **catalog["sources"]}
        self.columns = {
            f"{entry['metadata']['schema']}.{entry['metadata']['name']}": {
                name.lower(): column["type"] for name, column in entry["columns"].items()
            }
            for entry in entries.values()
        }
        self._schema = MappingSchema(dialect="duckdb")
        for table, columns in self.columns.items():
            self._schema.add_table(f"{_CATALOG}.{table}", columns)
        nodes = manifest["nodes"].values()
        self._queries = {
            f"{node['schema']}.{node['alias']}": node["compiled_code"]
            for node in nodes
            if node["resource_type"] == "model"
        }
        self._keys = {
            f"{model['schema']}.{model['alias']}": node["column_name"]
            for node in nodes
            if node.get("test_metadata", {}).get("name") == "unique"
            and (model := manifest["nodes"].get(node["attached_node"]))
        }
        self._nodes: dict[str, dict[str, Node]] = {}
        self._direct: dict[Column, frozenset[Column]] = {}
        self._origins: dict[Column, frozenset[Column]] = {}
        self.not_followed: set[str] = set()

    def direct(self, column: Column) -> frozenset[Column]:
        """The columns that the model's own SQL makes the column of; the rows' key where it counts rows."""
        if column not in self._direct:
            self._direct[column] = frozenset(self._read(column)) if column.table in self._queries else frozenset()
        return self._direct[column]

    def origins(self, column: Column) -> frozenset[Column]:
        """The columns of sources, seeds and people's decisions that the column comes from, itself if it is one."""
        if column not in self._origins:
            if column.table in _DECISIONS or column.table not in self._queries:
                self._origins[column] = frozenset({column})
            else:
                parents = (self.origins(parent) for parent in self.direct(column) if parent != column)
                self._origins[column] = frozenset().union(*parents)
        return self._origins[column]

    def report_columns(self, column: Column) -> frozenset[str]:
        """The columns of the Word report that the column comes from."""
        return frozenset().union(*(report_columns().get(origin, frozenset()) for origin in self.origins(column)))

    def _read(self, column: Column) -> Iterator[Column]:
        root = self._outputs(column.table).get(column.name)
        for node in root.walk() if root else ():
            if isinstance(node.source, exp.Table):
                name = node.name.rpartition(".")[2].strip('"').lower()
                if name in self.columns.get(_name(node.source), {}):
                    yield Column(_name(node.source), name)
            elif not node.downstream and node.expression.find(exp.Star, exp.TableColumn):
                yield from self._rows(node.source, root.source)
        yield from self._code_of_label(column)

    def _rows(self, source: exp.Expression, query: exp.Expression) -> Iterator[Column]:
        """What ``count(*)`` counts and a row as a value holds is no column: the key of the tables, or all columns."""
        common = {cte.alias: cte.this for cte in query.find_all(exp.CTE)}
        for table in source.find_all(exp.Table):
            if (name := _name(table)) in self.columns:
                key = self._keys.get(name)
                yield from (Column(name, part) for part in ([key] if key else self.columns[name]))
            elif table.name in common and common[table.name] is not source:
                yield from self._rows(common[table.name], query)

    def _code_of_label(self, column: Column) -> Iterator[Column]:
        """The column of codes that a column of names puts into words."""
        base = column.name.removesuffix("_name_ru")
        codes = (base, f"{base}_code") if base != column.name else _CODES.get(column.name, ())
        yield from (Column(column.table, code) for code in codes if code in self.columns[column.table])

    def _outputs(self, table: str) -> dict[str, Node]:
        """Lineage within the model's query by its columns."""
        if table not in self._nodes:
            try:
                query = _without_unpivot(self._queries[table])
                self._nodes[table] = lineage(None, query, schema=self._schema, dialect="duckdb", copy=False)
            except SqlglotError:
                self._nodes[table] = {}
                self.not_followed.add(table)
        return self._nodes[table]


def _name(table: exp.Table) -> str:
    return f"{table.db}.{table.name}"


@cache
def report_columns() -> dict[Column, frozenset[str]]:
    """The columns of the Word report by column of ``raw`` and ``parsed``."""
    read: dict[Column, set[str]] = {}
    for table, cells in yaml.safe_load(_READ_FROM.read_text(encoding="utf-8")).items():
        for cell, names in cells.items():
            for name in names:
                read.setdefault(Column(table, name), set()).add(cell)
    return {column: frozenset(cells) for column, cells in read.items()}


def _without_unpivot(query: str) -> exp.Expression:
    """The query, its ``unpivot`` as a select of what the columns become: sqlglot does not look behind an unpivot."""
    tree = parse_one(query, dialect="duckdb")
    for unpivot in list(tree.find_all(exp.Pivot)):
        into = unpivot.args.get("into")
        if not into:
            continue
        values = ", ".join(column.sql("duckdb") for column in unpivot.expressions)
        subquery = unpivot.this.sql("duckdb")
        name, value = into.this.sql("duckdb"), into.expressions[0].sql("duckdb")
        unpivot.replace(
            parse_one(
                f"select * exclude ({values}), null as {name}, coalesce({values}) as {value} from {subquery} as rows",
                dialect="duckdb",
            )
        )
    return tree
