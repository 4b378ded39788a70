"""Write–audit–publish: a copy of the build database becomes a version and is served by one rename."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.assets.versions import code_version, extraction_version, reader_version
from orchestration.serving.comments import write_comments
from orchestration.serving.difference import Contents, TableDifference, compare, mart_keys, read_contents
from orchestration.serving.history import forget_old_versions, fsync, serve
from orchestration.serving.manifest import (
    Manifest,
    fingerprint,
    inputs_digest,
    lock_sha256,
    manifest_json,
    read_manifest,
)
from orchestration.settings import Settings

MART_SCHEMA = "marts"
_WASTEFUL = 0.5  # share of free blocks from which a copy without them is worth reading and writing every table
_COMPACT = str.maketrans("", "", "-:")
_VERSION_TABLE = """
create schema published;
create table published.version (version varchar, published_at timestamp, code_version varchar, manifest varchar);
comment on table published.version is 'Какая это версия опубликованного хранилища.\nWhich published version this is.';
comment on column published.version.version is 'Имя версии.\nName of the version.';
comment on column published.version.published_at is 'Когда опубликована, UTC.\nWhen it was published, UTC.';
comment on column published.version.code_version is 'Версия программы.\nVersion of the program.';
comment on column published.version.manifest is
'Из каких файлов получена, сколько в ней строк, что сказали проверки: JSON.\nFiles, row counts and checks, as JSON.';
"""


class PublicationBlockedError(RuntimeError):
    """The build database must not be served; the message says why."""


def publish(settings: Settings) -> Manifest:
    """Serve the build database's present state; raises PublicationBlockedError and changes nothing if it is unfit."""
    staging_dir = settings.build_database.parent / "publish"
    shutil.rmtree(staging_dir, ignore_errors=True)
    folder = staging_dir / "version"
    (folder / "parquet").mkdir(parents=True)
    database = folder / settings.published_database.name
    _copy(settings.build_database, database)
    with duckdb.connect(str(database)) as connection:
        checks = _audit(connection)
        _materialise_views(connection)
        dbt_manifest = _dbt_manifest(settings)
        write_comments(connection, dbt_manifest)
        manifest = _manifest(connection, settings, checks, dbt_manifest, folder / "parquet")
        connection.execute(_VERSION_TABLE)
        connection.execute(
            "insert into published.version values (?, ?, ?, ?)",
            [manifest.version, manifest.published_at, manifest.code_version, manifest_json(manifest)],
        )
    _require_no_log(database)
    (folder / "manifest.json").write_text(manifest_json(manifest), encoding="utf-8")
    _keep(settings, folder, manifest.version)
    serve(settings, manifest.version)
    forget_old_versions(settings, staging_dir)
    shutil.rmtree(staging_dir)
    return manifest


def _copy(build: Path, copy: Path) -> None:
    """Copy the file, or, where much of it is free, all objects; the base name stays: views know the catalog by it."""
    with duckdb.connect(str(build)) as connection:
        connection.execute("checkpoint")
        (is_wasteful,) = connection.execute(
            "select free_blocks > ? * total_blocks from pragma_database_size()",
            [_WASTEFUL],
        ).fetchone()
    _require_no_log(build)
    if not is_wasteful:
        shutil.copyfile(build, copy)
        return
    with duckdb.connect() as connection:
        connection.execute(f"attach '{_quoted(build)}' as warehouse (read_only)")
        connection.execute(f"attach '{_quoted(copy)}' as published")
        connection.execute("copy from database warehouse to published")


def _materialise_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make tables of the marts that are views on the checks' findings: over many events a view answers too slowly."""
    views = connection.execute(
        "select view_name from duckdb_views() where schema_name = ? order by all", [MART_SCHEMA]
    ).fetchall()
    for (view,) in views:
        connection.execute(
            f"create table {MART_SCHEMA}.materialised as select * from {MART_SCHEMA}.{view} order by all"
        )
        connection.execute(f"drop view {MART_SCHEMA}.{view}")
        connection.execute(f"alter table {MART_SCHEMA}.materialised rename to {view}")


def _require_no_log(database: Path) -> None:
    if database.with_name(database.name + ".wal").exists():
        raise PublicationBlockedError(f"{database} still has a write-ahead log after its checkpoint")


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


def _manifest(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    checks: dict[str, int],
    dbt_manifest: dict[str, Any],
    parquet_dir: Path,
) -> Manifest:
    """Write the marts' Parquet files and tell what is in them."""
    files = connection.execute(
        "select source.source_file, source.document_sha256, source.override, document.period "
        "from raw.source_file as source join raw.document as document using (document_sha256) "
        "where source.is_present order by all"
    ).fetchall()
    inputs = [(path, sha256, override) for path, sha256, override, _ in files]
    checked_on: date = connection.execute("select max(checked_at)::date from quality.check_result").fetchone()[0]
    now, state = datetime.now(UTC).replace(tzinfo=None), fingerprint(inputs, settings, checked_on)
    version = f"{now.isoformat(timespec='milliseconds').translate(_COMPACT)}Z-{state[:8]}"
    _write_parquet(connection, parquet_dir, version)
    contents = read_contents(connection, parquet_dir)
    before = read_manifest(settings)
    return Manifest(
        version=version,
        previous=before and before.version,
        published_at=now.isoformat(timespec="seconds"),
        fingerprint=state,
        inputs=inputs_digest(inputs, settings),
        code_version=code_version(),
        lock_sha256=lock_sha256(),
        source_files={
            path: {"sha256": sha256, "override": override, "period": period} for path, sha256, override, period in files
        },
        row_counts=dict(contents.row_counts),
        content_hashes=dict(contents.hashes),
        checks=checks,
        difference=_difference(connection, settings, before, contents, mart_keys(dbt_manifest)),
    )


def _difference(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    before: Manifest | None,
    contents: Contents,
    keys: dict[str, list[str]],
) -> dict[str, TableDifference] | None:
    """How the marts differ from those of ``before``; None where they cannot be read, which publication mends."""
    if before is None:
        return None
    folder = settings.versions_dir / before.version / "parquet"
    try:
        return compare(connection, Contents(folder, before.row_counts, before.content_hashes), contents, keys)
    except duckdb.Error:
        return None


def _write_parquet(connection: duckdb.DuckDBPyConnection, folder: Path, version: str) -> None:
    """One file a mart, each saying in its metadata which version it is of."""
    marts = connection.execute(
        "select table_name from information_schema.tables where table_schema = ? order by table_name", [MART_SCHEMA]
    ).fetchall()
    for (mart,) in marts:
        connection.execute(
            f"copy {MART_SCHEMA}.{mart} to '{_quoted(folder / mart)}.parquet' "
            f"(format parquet, compression zstd, kv_metadata {{version: '{version}'}})"
        )


def _dbt_manifest(settings: Settings) -> dict[str, Any]:
    """What dbt told of the models that it built last; {} where it has not run."""
    path = settings.dbt_target_dir / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _keep(settings: Settings, folder: Path, version: str) -> None:
    """Put the finished version among the kept ones, readable by everybody whatever the umask."""
    settings.versions_dir.mkdir(exist_ok=True)
    settings.versions_dir.chmod(0o755)
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o755 if path.is_dir() else 0o644)
        fsync(path)
    folder.rename(settings.versions_dir / version)
    fsync(settings.versions_dir)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
