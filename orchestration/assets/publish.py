"""Write–audit–publish: a compact copy of the build database takes the served one's place by one rename."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import duckdb

from orchestration.assets.quarters import current_quarter, utc_now
from orchestration.assets.versions import code_version, digest, extraction_version, reader_version
from orchestration.checks.acceptance import count_of_expired
from orchestration.documents import converter_is_available
from orchestration.settings import DBT_PROJECT_DIR, Settings

MART_SCHEMA = "marts"
_ACCEPTED_FINDINGS = DBT_PROJECT_DIR / "seeds" / "accepted_findings.csv"


class PublicationBlockedError(RuntimeError):
    """The build database must not be served; the message says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is published: when (UTC), from which inputs and code, with how many rows a mart.

    ``source_files`` maps each path to its sha256, override and quarter (None where the file was refused).
    """

    published_at: str
    fingerprint: str
    code_version: str
    source_files: dict[str, dict[str, str | None]]
    row_counts: dict[str, int]
    checks: dict[str, int]


def fingerprint(files: Iterable[tuple[str, str, str]], settings: Settings, day: date) -> str:
    """Digest of all that decides the marts on ``day`` (UTC).

    Each file's path, sha256 and override, the code, what may be read, which findings come back.
    """
    readable = (settings.first_quarter, current_quarter(), repr(settings.limits), str(converter_is_available()))
    expired = str(count_of_expired(day, _ACCEPTED_FINDINGS))
    return digest([code_version(), *readable, expired, *(part for file in sorted(files) for part in file)])


def read_manifest(settings: Settings) -> Manifest | None:
    """The manifest of the served warehouse; None where nothing is served, or by a program that wrote it otherwise."""
    if not (settings.manifest.exists() and settings.published_database.exists()):
        return None
    try:
        return Manifest(**json.loads(settings.manifest.read_text(encoding="utf-8")))
    except (json.JSONDecodeError, TypeError):
        return None


def publish(settings: Settings) -> Manifest:
    """Serve the build database's present state; raises PublicationBlockedError and changes nothing if it is unfit."""
    staging_dir = settings.build_database.parent / "publish"
    shutil.rmtree(staging_dir, ignore_errors=True)
    (staging_dir / "parquet").mkdir(parents=True)
    copy = staging_dir / settings.published_database.name
    _copy(settings.build_database, copy)
    with duckdb.connect(str(copy), read_only=True) as connection:
        checks = _audit(connection)
        row_counts = _mart_row_counts(connection)
        files = connection.execute(
            "select source.source_file, source.document_sha256, source.override, document.period "
            "from raw.source_file as source join raw.document as document using (document_sha256) "
            "where source.is_present order by all"
        ).fetchall()
        (checked_on,) = connection.execute("select max(checked_at)::date from quality.check_result").fetchone()
        for mart in row_counts:
            target = staging_dir / "parquet" / f"{mart}.parquet"
            connection.execute(f"copy {MART_SCHEMA}.{mart} to '{_quoted(target)}' (format parquet, compression zstd)")
    manifest = Manifest(
        published_at=utc_now().isoformat(),
        fingerprint=fingerprint(
            ((path, sha256, override) for path, sha256, override, _ in files), settings, checked_on
        ),
        code_version=code_version(),
        source_files={
            path: {"sha256": sha256, "override": override, "period": period} for path, sha256, override, period in files
        },
        row_counts=row_counts,
        checks=checks,
    )
    (staging_dir / "manifest.json").write_text(
        json.dumps(asdict(manifest), ensure_ascii=False, indent=2), encoding="utf-8"
    )
    _serve(settings, staging_dir)
    return manifest


def _copy(build: Path, copy: Path) -> None:
    """Copy all objects; the copy keeps the base name, since views refer to the catalog by it."""
    with duckdb.connect(str(build)) as connection:
        connection.execute("checkpoint")
    if build.with_name(build.name + ".wal").exists():
        raise PublicationBlockedError(f"{build} still has a write-ahead log after its checkpoint")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{_quoted(build)}' as warehouse (read_only)")
        connection.execute(f"attach '{_quoted(copy)}' as published")
        connection.execute("copy from database warehouse to published")


def _audit(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Number of checks by outcome; raises unless checks ran and no error is among them."""
    outcomes = dict(
        connection.execute(
            "select case when is_passed then 'passed' when severity = 'error' then 'failed' else 'warned' end, "
            "count(*) from quality.check_result group by all"
        ).fetchall()
    )
    if not outcomes:
        raise PublicationBlockedError("no check has run on the marts as they are now")
    if outcomes.get("failed"):
        failed = connection.execute(
            "select check_name from quality.check_result where not is_passed and severity = 'error' order by all"
        ).fetchall()
        raise PublicationBlockedError(f"blocking checks failed: {', '.join(name for (name,) in failed)}")
    (stale,) = connection.execute(
        """
        select count(*) from raw.document join raw.source_file using (document_sha256)
        where is_present and status = 'read' and (
            reader_version <> ?
            or document_sha256 in (select document_sha256 from parsed.event where extraction_version <> ?)
        )
        """,
        [reader_version(), extraction_version()],
    ).fetchone()
    if stale:
        raise PublicationBlockedError(f"{stale} documents were read by earlier code; run the whole job")
    (events,) = connection.execute(f"select count(*) from {MART_SCHEMA}.fct_event").fetchone()
    (reports,) = connection.execute(f"select count(*) from {MART_SCHEMA}.dim_report where is_current").fetchone()
    if not reports:
        raise PublicationBlockedError(f"no current report among the marts ({events} events)")
    return {name: outcomes.get(name, 0) for name in ("passed", "warned", "failed")}


def _mart_row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of every mart; reads each whole, so a mart that cannot be read is not served."""
    marts = connection.execute(
        "select table_name from information_schema.tables where table_schema = ? order by table_name", [MART_SCHEMA]
    ).fetchall()
    return {mart: connection.execute(f"select count(*) from {MART_SCHEMA}.{mart}").fetchone()[0] for (mart,) in marts}


def _serve(settings: Settings, staging_dir: Path) -> None:
    """Put the staged files in place, the database by one rename; open readers keep the file they have."""
    copy = staging_dir / settings.published_database.name
    for file in (copy, staging_dir / "manifest.json", *(staging_dir / "parquet").iterdir()):
        _fsync(file)
    # DuckDB replays a stale write-ahead log into whatever file bears the name.
    settings.published_database.with_name(settings.published_database.name + ".wal").unlink(missing_ok=True)
    copy.replace(settings.published_database)
    settings.parquet_dir.mkdir(exist_ok=True)
    published = sorted((staging_dir / "parquet").iterdir())
    for gone in set(settings.parquet_dir.iterdir()) - {settings.parquet_dir / file.name for file in published}:
        gone.unlink()
    for file in published:
        file.replace(settings.parquet_dir / file.name)
    (staging_dir / "manifest.json").replace(settings.manifest)
    _fsync(settings.warehouse_dir)
    shutil.rmtree(staging_dir)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
