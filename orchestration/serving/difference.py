"""What a version's marts hold, as digests, and how they differ from the version before: read from the Parquet files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

# When this machine received a report is the one thing that the same reports do not decide.
_CLOCK_COLUMNS = frozenset({"received_at"})


@dataclass(frozen=True, slots=True)
class TableDifference:
    """A mart that differs: its rows before and now (None where it was not or is no more), and what became of them.

    A row is changed if its key stayed; rows of a mart without a key are only added and removed. Columns are named with
    their types; one that changed its type is both removed and added.
    """

    rows_before: int | None
    rows: int | None
    added: int = 0
    removed: int = 0
    changed: int = 0
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """The marts of one version by name: rows, and a digest of the rows that does not depend on their order."""

    folder: Path
    row_counts: Mapping[str, int]
    hashes: Mapping[str, str]


def read_contents(connection: duckdb.DuckDBPyConnection, folder: Path) -> Contents:
    """Read every Parquet file of ``folder`` whole, so that one that cannot be read is not served."""
    row_counts, hashes = {}, {}
    for file in sorted(folder.glob("*.parquet")):
        row_counts[file.stem], total = connection.execute(
            f"select count(*), sum(hash({_listed(_columns(connection, file))})) from read_parquet(?)", [str(file)]
        ).fetchone()
        hashes[file.stem] = f"{total or 0:032x}"
    return Contents(folder, row_counts, hashes)


def mart_keys(dbt_manifest: Mapping[str, Any]) -> dict[str, list[str]]:
    """The key of each model as dbt's tests have it: one column before several."""
    keys: dict[str, list[str]] = {}
    for node in dbt_manifest.get("nodes", {}).values():
        test = node.get("test_metadata") or {}
        model = (node.get("attached_node") or "").rpartition(".")[2]
        if test.get("name") == "unique":
            keys[model] = [test["kwargs"]["column_name"]]
        elif test.get("name") == "unique_combination":
            keys.setdefault(model, test["kwargs"]["columns"])
    return keys


def compare(
    connection: duckdb.DuckDBPyConnection, before: Contents, after: Contents, keys: Mapping[str, Sequence[str]]
) -> dict[str, TableDifference]:
    """How each mart that differs does, by name."""
    found = {}
    for mart in sorted(before.row_counts.keys() | after.row_counts.keys()):
        rows_before, rows = before.row_counts.get(mart), after.row_counts.get(mart)
        if rows_before is None or rows is None:
            found[mart] = TableDifference(rows_before, rows, added=rows or 0, removed=rows_before or 0)
            continue
        old, new = (contents.folder / f"{mart}.parquet" for contents in (before, after))
        old_columns, new_columns = _columns(connection, old), _columns(connection, new)
        if old_columns != new_columns or before.hashes[mart] != after.hashes[mart]:
            common = dict(sorted(old_columns.items() & new_columns.items()))
            added, removed, changed = _changes(connection, old, new, common, keys.get(mart, ()))
            found[mart] = TableDifference(
                rows_before,
                rows,
                added,
                removed,
                changed,
                columns_added=_named(new_columns.items() - old_columns.items()),
                columns_removed=_named(old_columns.items() - new_columns.items()),
            )
    return found


def markdown(difference: Mapping[str, TableDifference] | None) -> str:
    """The difference as a Markdown table, a mart a line."""
    if difference is None:
        return "The first version."
    if not difference:
        return "No row differs."
    lines = ["| mart | rows before | rows | added | removed | changed | columns |", "|---|--:|--:|--:|--:|--:|---|"]
    for mart, table in difference.items():
        columns = [f"+ {name}" for name in table.columns_added] + [f"- {name}" for name in table.columns_removed]
        figures = (table.rows_before, table.rows, table.added, table.removed, table.changed)
        cells = (mart, *("" if figure is None else str(figure) for figure in figures), ", ".join(columns))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _changes(
    connection: duckdb.DuckDBPyConnection, old: Path, new: Path, common: Mapping[str, str], key: Sequence[str]
) -> tuple[int, int, int]:
    """Rows added, removed and changed, told from two hashes a row."""
    row = _listed(common)
    identity = _listed(key) if key and common.keys() >= set(key) else row
    return connection.execute(
        f"""
        with counted as (
            select
                count(*) filter (is_new) as now,
                count(*) filter (not is_new) as before,
                bit_xor(content) as content
            from (
                select hash({identity}) as identity, hash({row}) as content, true as is_new from read_parquet($new)
                union all
                select hash({identity}) as identity, hash({row}) as content, false as is_new from read_parquet($old)
            )
            group by identity
        )
        select
            coalesce(sum(greatest(now - before, 0)), 0)::bigint,
            coalesce(sum(greatest(before - now, 0)), 0)::bigint,
            count(*) filter (now = before and content <> 0)
        from counted
        """,
        {"new": str(new), "old": str(old)},
    ).fetchone()


def _columns(connection: duckdb.DuckDBPyConnection, file: Path) -> dict[str, str]:
    """Columns by name in the order of their names, each with its type."""
    described = connection.execute("describe select * from read_parquet(?)", [str(file)]).fetchall()
    return {name: kind for name, kind, *_ in sorted(described) if name not in _CLOCK_COLUMNS}


def _listed(columns: Sequence[str] | Mapping[str, str]) -> str:
    return ", ".join('"' + column.replace('"', '""') + '"' for column in columns)


def _named(columns: set[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(sorted(f"{name} {kind}" for name, kind in columns))
