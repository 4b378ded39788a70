"""Readers in processes of their own, until a file tells them to stop: ``served_readers.py database|parquet|held|rows``.

Every publication stamps its number into three marts; a read that finds two stamps, or rows other than its manifest
counts, is torn. What was read goes to standard output as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

MARTS = ("dim_event", "fct_event", "dim_report")
JOINED = (
    "select distinct event.edition, fact.duration_days, report.event_count from {} as event "
    "join {} as fact using (event_key) join {} as report on report.report_key = fact.report_key"
)
Found = tuple[str, set[int], bool]


def read_database(warehouse: Path) -> Found:
    """Open the file anew, as a script does: stamps, and the rows that its own manifest counts."""
    with duckdb.connect(str(warehouse / "warehouse.duckdb"), read_only=True) as connection:
        version, manifest = connection.execute("select version, manifest from published.version").fetchone()
        stamps = _stamps(connection)
        return version, stamps, _holds(connection, json.loads(manifest))


def read_parquet(warehouse: Path) -> Found:
    """The files of one version for a join, and a single file by its stable name."""
    by_name = duckdb.execute(
        "select distinct edition from read_parquet(?)", [str(warehouse / "parquet/dim_event.parquet")]
    )
    is_whole = len(by_name.fetchall()) == 1
    folder = (warehouse / "parquet").resolve()
    stamps = _stamps(duckdb, f"'{folder}/{{}}.parquet'")
    return folder.parent.name, stamps, is_whole


def read_manifest_and_database(warehouse: Path) -> Found:
    """The manifest beside the file that it is about."""
    folder = (warehouse / "current").resolve()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        (version,) = connection.execute("select version from published.version").fetchone()
        stamps = _stamps(connection)
        return version, stamps, version == manifest["version"] == folder.name and _holds(connection, manifest)


def read_rows(warehouse: Path) -> Found:
    """The file by its stable name, whose publications bear no stamp."""
    with duckdb.connect(str(warehouse / "warehouse.duckdb"), read_only=True) as connection:
        version, manifest = connection.execute("select version, manifest from published.version").fetchone()
        return version, {0}, _holds(connection, json.loads(manifest))


def _stamps(connection: duckdb.DuckDBPyConnection, relation: str = "marts.{}") -> set[int]:
    rows = connection.execute(JOINED.format(*(relation.format(mart) for mart in MARTS))).fetchall()
    return {stamp for row in rows for stamp in row}


def _holds(connection: duckdb.DuckDBPyConnection, manifest: dict) -> bool:
    return all(
        connection.execute(f"select count(*) from marts.{mart}").fetchone() == (rows,)
        for mart, rows in manifest["row_counts"].items()
    )


def _until(stop: Path, read: Callable[[], Found]) -> None:
    outcome = {"reads": 0, "failed": [], "torn": [], "versions": []}
    while not stop.exists():
        try:
            version, stamps, is_whole = read()
        except (duckdb.Error, OSError, ValueError) as error:
            outcome["failed"].append(repr(error))
            continue
        finally:
            time.sleep(0.01)  # leave the publisher a share of the processor
        outcome["reads"] += 1
        if version not in outcome["versions"]:
            outcome["versions"].append(version)
        if len(stamps) != 1 or not is_whole:
            outcome["torn"].append([version, sorted(stamps), is_whole])
    print(json.dumps(outcome))  # noqa: T201 - what the test reads


def main() -> None:
    role, warehouse, stop = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if role == "held":
        with duckdb.connect(str(warehouse / "warehouse.duckdb"), read_only=True) as held:
            first = _held(held)

            def read() -> Found:
                version, stamps, is_whole = read_manifest_and_database(warehouse)
                return version, stamps, is_whole and _held(held) == first

            _until(stop, read)
    else:
        reader = {"database": read_database, "parquet": read_parquet, "rows": read_rows}[role]
        _until(stop, lambda: reader(warehouse))


def _held(connection: duckdb.DuckDBPyConnection) -> tuple[object, ...]:
    (version,) = connection.execute("select version from published.version").fetchone()
    return version, *sorted(_stamps(connection))


if __name__ == "__main__":
    main()
