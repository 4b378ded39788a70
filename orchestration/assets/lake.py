"""Reports into a DuckLake by many processes at once, and the marts on it; the same reading, models and checks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb

from orchestration.assets import facts, intake
from orchestration.assets.build import create_tables
from orchestration.assets.folder import SourceFile
from orchestration.assets.quarters import utc_now
from orchestration.assets.versions import extraction_version, reader_version
from orchestration.assets.workers import batches, map_in_processes
from orchestration.serving.comments import write_comments
from orchestration.serving.ducklake import (
    CATALOG,
    Publication,
    attach,
    build_lock,
    catalog_session,
    claim,
    connect,
    record_publication,
)
from orchestration.settings import DBT_PROJECT_DIR, Settings

# Files a transaction: many cost the lake fewer commits and Parquet files, few let the workers end together.
_LARGEST_CHUNK, _CHUNKS_A_WORKER = 20, 4
_LAKE_FILE, _LAKE_DOCUMENT = f"{CATALOG}.raw.source_file", f"{CATALOG}.raw.document"
# Each table with the column by which a new reading replaces an old one.
_DOCUMENT_TABLES = {
    "raw.source_file": "source_file",
    "raw.document": "document_sha256",
    "raw.report_row": "document_sha256",
    "raw.report_issue": "document_sha256",
    **dict.fromkeys((f"parsed.{table}" for table in facts.PARSED_TABLES), "document_sha256"),
}


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of some files; ``left`` are being read by another process."""

    read: int
    events: int
    refused: tuple[str, ...]
    left: int


class LakeBuildError(RuntimeError):
    """The marts could not be built or failed a check: nothing was published; the message says why."""


def prepare(settings: Settings) -> None:
    """Create the lake's tables where they are missing, or carry ``raw`` over to today's."""
    with (
        catalog_session(settings) as session,
        build_lock(session, settings, shared=False),
        connect(settings) as connection,
    ):
        create_tables(connection)


def news(settings: Settings, files: Collection[SourceFile]) -> list[SourceFile]:
    """The files whose content, override or facts the lake does not hold as today's code reads them."""
    with connect(settings) as connection:
        return _news(connection, files)


def _news(connection: duckdb.DuckDBPyConnection, files: Collection[SourceFile]) -> list[SourceFile]:
    current = set(
        connection.execute(
            f"""
            select source.source_file, document_sha256, document.override
            from {_LAKE_DOCUMENT} as document join {_LAKE_FILE} as source using (document_sha256)
            where source.is_present and document.status = 'read' and document.reader_version = ? and (
                document.row_count = 0
                or document_sha256 in (
                    select document_sha256 from {CATALOG}.parsed.event where extraction_version = ?
                )
            )
            """,
            [reader_version(), extraction_version()],
        ).fetchall()
    )
    return [file for file in files if (file.path, file.sha256, file.override) not in current]


def ingest(settings: Settings, files: Collection[SourceFile], workers: int) -> Iterator[Ingested]:
    """Read ``files`` in ``workers`` processes, each chunk one transaction; yields what became of each chunk.

    Other processes, on this machine or another, may do the same with the same lake: a file is read by one of them.
    """
    unread = _one_a_content(files)
    read_chunk = partial(_ingest_chunk, settings, utc_now())
    chunk = max(1, min(_LARGEST_CHUNK, len(unread) // (_CHUNKS_A_WORKER * workers)))
    yield from map_in_processes(read_chunk, batches(unread, chunk), -(-len(unread) // chunk), workers)


def _one_a_content(files: Collection[SourceFile]) -> list[list[SourceFile]]:
    """Files by content: those of one content are read once."""
    contents: dict[str, list[SourceFile]] = {}
    for file in files:
        contents.setdefault(file.sha256, []).append(file)
    return list(contents.values())


def _ingest_chunk(settings: Settings, received_at: datetime, contents: Sequence[Sequence[SourceFile]]) -> Ingested:
    """Read and extract in memory, then append to the lake in one transaction."""
    with duckdb.connect() as staging, catalog_session(settings) as session:
        create_tables(staging)
        attach(staging, settings)
        free = claim(session, settings, [same[0].sha256 for same in contents])
        # Another process may have read some since this one looked.
        files = _news(staging, [file for same in contents for file in same if file.sha256 in free])
        wanted = [same[0] for same in _one_a_content(files)]
        replaces = _carry_over(staging, [source.sha256 for source in wanted], [file.path for file in files])
        outcomes = [intake.read_file(source, settings) for source in wanted]
        intake.store_files(staging, files, received_at)
        intake.store_outcomes(staging, outcomes, received_at)
        extracted = list(facts.extract_documents(staging, facts.pending_documents(staging), workers=1))
        if wanted:
            # What only adds rows meets no other writer; what replaces some takes its turn.
            with build_lock(session, settings, shared=not replaces):
                _append(staging, replaces)
    refused = [outcome for outcome in outcomes if outcome.error]
    return Ingested(
        read=len(outcomes) - len(refused),
        events=sum(each.events for each in extracted),
        refused=tuple(f"{each.source.path}: {each.error.message} {each.error.remedy}" for each in refused),
        left=len(contents) - len(free),
    )


def _carry_over(staging: duckdb.DuckDBPyConnection, shas: list[str], paths: list[str]) -> bool:
    """Bring when the lake first saw these documents; whether it holds rows of them or of their paths."""
    staging.execute(
        f"insert into raw.document by name from {_LAKE_DOCUMENT} where document_sha256 in (select unnest(?))", [shas]
    )
    staging.execute(
        f"insert into raw.source_file by name from {_LAKE_FILE} where source_file in (select unnest(?))", [paths]
    )
    (rows,) = staging.execute(
        "select (select count(*) from raw.document) + (select count(*) from raw.source_file)"
    ).fetchone()
    return rows > 0


def _append(staging: duckdb.DuckDBPyConnection, replaces: bool) -> None:
    """Put the staged rows into the lake, in place of what it holds of the same documents and paths."""
    staging.begin()
    try:
        for table, key in _DOCUMENT_TABLES.items():
            if replaces:
                source = "raw.source_file" if key == "source_file" else "raw.document"
                staging.execute(f"delete from {CATALOG}.{table} where {key} in (select {key} from {source})")
            staging.execute(f"insert into {CATALOG}.{table} by name from {table}")
        staging.commit()
    except BaseException:
        staging.rollback()
        raise


def forget_missing(settings: Settings, files: Collection[SourceFile]) -> int:
    """Mark as gone what ``files``, the whole reports folder, does not hold; returns the number of files."""
    with connect(settings) as connection:
        present = [f"{file.path}\n{file.sha256}" for file in files]
        (gone,) = connection.execute(
            "update raw.source_file set is_present = false "
            "where is_present and source_file || chr(10) || document_sha256 not in (select unnest(?))",
            [present],
        ).fetchone()
    return gone


def build(settings: Settings, tell: Callable[[str], None]) -> Publication:
    """Build the marts with dbt, check them, and note the snapshot as published; raises LakeBuildError.

    Readers of the last publication notice nothing of it, whatever its outcome; writers wait only to commit.
    """
    with catalog_session(settings) as session, build_lock(session, settings, shared=False):
        tell("build the marts with dbt")
        _run_dbt(settings)
        tell("check with Great Expectations")
        with connect(settings) as connection:
            _check(settings, connection)
            _describe(connection, settings.dbt_target_dir / "ducklake" / "manifest.json")
            return record_publication(connection, utc_now())


def _run_dbt(settings: Settings) -> None:
    target_dir = settings.dbt_target_dir / "ducklake"
    target_dir.mkdir(parents=True, exist_ok=True)
    command = [
        str(Path(sys.executable).with_name("dbt")), "--no-use-colors", "build", "--target", "ducklake",
        "--project-dir", str(DBT_PROJECT_DIR), "--profiles-dir", str(DBT_PROJECT_DIR),
        "--target-path", str(target_dir), "--log-path", str(target_dir), "--exclude-resource-type", "unit_test",
    ]  # fmt: skip
    environment = {
        "EVENTS_WAREHOUSE_DIR": str(settings.warehouse_dir),
        "EVENTS_DUCKLAKE_CATALOG": settings.ducklake_catalog.get_secret_value(),
        "EVENTS_DUCKLAKE_SCHEMA": settings.ducklake_schema,
        "EVENTS_DUCKLAKE_DATA": settings.ducklake_data_path,
        "EVENTS_DUCKLAKE_ENDPOINT": settings.ducklake_endpoint or "",
    }
    result = subprocess.run(
        command, cwd=DBT_PROJECT_DIR, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise LakeBuildError(f"dbt failed; nothing is published:\n{result.stdout[-4000:]}{result.stderr[-1000:]}")


def _describe(connection: duckdb.DuckDBPyConnection, dbt_manifest: Path) -> None:
    """Comment as the published file does; DuckLake keeps no comments on the columns of views."""
    manifest = json.loads(dbt_manifest.read_text(encoding="utf-8"))
    for node in manifest["nodes"].values():
        if node["config"].get("materialized") == "view":
            node["columns"] = {}
    write_comments(connection, manifest)


def _check(settings: Settings, connection: duckdb.DuckDBPyConnection) -> None:
    from orchestration.checks.acceptance import read_acceptances
    from orchestration.checks.runner import run_suites
    from orchestration.checks.store import store_outcomes
    from orchestration.checks.suites import load_suites

    checked_at = utc_now()
    outcomes = run_suites(connection, load_suites(), None, read_acceptances(connection, checked_at.date()))
    store_outcomes(connection, outcomes, checked_at)
    if blocking := [outcome for outcome in outcomes if outcome.blocks_publication]:
        rules = ", ".join(f"{outcome.relation}: {outcome.rule}" for outcome in blocking)
        raise LakeBuildError(f"Blocking checks failed; nothing is published: {rules}")
