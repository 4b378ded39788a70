"""Table and column comments of the published file: Russian, then English, from dbt's descriptions."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

import duckdb


def write_comments(connection: duckdb.DuckDBPyConnection, dbt_manifest: Mapping[str, Any]) -> None:
    """Comment every table, view and column that dbt describes; others keep what comment they have."""
    relations = dict(
        connection.execute(
            "select concat_ws('.', schema_name, table_name), 'table' from duckdb_tables() "
            "union all select concat_ws('.', schema_name, view_name), 'view' from duckdb_views() where not internal"
        ).fetchall()
    )
    columns = set(
        connection.execute(
            "select concat_ws('.', schema_name, table_name), column_name from duckdb_columns()"
        ).fetchall()
    )
    connection.begin()
    for entity in chain(dbt_manifest.get("nodes", {}).values(), dbt_manifest.get("sources", {}).values()):
        name = f"{entity['schema']}.{entity.get('identifier') or entity['alias']}"
        if entity["resource_type"] not in {"model", "seed", "source"} or name not in relations:
            continue
        if text := comment(entity):
            connection.execute(f"comment on {relations[name]} {_relation(entity)} is {_literal(text)}")
        for column in entity["columns"].values():
            if (text := comment(column)) and (name, column["name"]) in columns:
                target = f"{_relation(entity)}.{_identifier(column['name'])}"
                connection.execute(f"comment on column {target} is {_literal(text)}")
    connection.commit()


def comment(entity: Mapping[str, Any]) -> str:
    """The Russian description above the English one of a model, source or column of dbt's manifest; '' if none."""
    russian = entity.get("config", {}).get("meta", {}).get("description_ru") or ""
    return "\n".join(text.strip() for text in (russian, entity["description"]) if text.strip())


def _relation(entity: Mapping[str, Any]) -> str:
    return f"{_identifier(entity['schema'])}.{_identifier(entity.get('identifier') or entity['alias'])}"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
