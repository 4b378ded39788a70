"""The kept versions: which one is served, putting an earlier one back, forgetting the oldest.

A version is a folder ``versions/<time>-<fingerprint>`` with its database, Parquet files and manifest; the link
``current`` names the served one, and whatever people open leads through it. So all of a version comes by one rename.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb

from orchestration.assets.quarters import utc_now
from orchestration.serving.manifest import Manifest, Rollback, manifest_json, read_manifest, read_manifest_file
from orchestration.settings import Settings


class RollbackError(RuntimeError):
    """No version can be put back; the message says why."""


def kept_versions(settings: Settings) -> list[Manifest]:
    """The kept versions, the newest first."""
    manifests = (read_manifest_file(folder / "manifest.json") for folder in _folders(settings))
    return [manifest for manifest in manifests if manifest]


def find_version(settings: Settings, version: str | None) -> Manifest:
    """The kept version that ``version`` names or uniquely begins, else the one before the served one.

    Raises RollbackError where there is none, or it is served, or its files are not all there.
    """
    served = read_manifest(settings)
    if served is None:
        raise RollbackError("Nothing has been published yet.")
    if version is None and served.previous is None:
        raise RollbackError(f"{served.version} is the first version.")
    wanted = version or served.previous
    found = [manifest for manifest in kept_versions(settings) if manifest.version.startswith(wanted)]
    if len(found) != 1:
        raise RollbackError(f"{len(found) or 'No'} kept versions begin with {wanted}; see `events versions`.")
    if found[0].version == served.version:
        raise RollbackError(f"{served.version} is served already.")
    _require_complete(settings, found[0])
    return found[0]


def roll_back(settings: Settings, target: Manifest) -> Manifest:
    """Serve ``target`` in place of the served version, and see to it that a run does not bring that one back."""
    served = read_manifest(settings)
    declined = (*(served.rolled_back.declined if served.rolled_back else ()), served.inputs)
    record = Rollback(
        rolled_back_at=utc_now().isoformat(),
        from_version=served.version,
        declined=tuple(sorted({*declined} - {target.inputs})),
    )
    manifest = replace(target, rolled_back=record)
    path = settings.versions_dir / target.version / "manifest.json"
    fresh = path.with_name("manifest.json.new")
    fresh.write_text(manifest_json(manifest), encoding="utf-8")
    fresh.chmod(0o644)
    fsync(fresh)
    fresh.replace(path)
    fsync(path.parent)
    serve(settings, target.version)
    return manifest


def serve(settings: Settings, version: str) -> None:
    """Let database, Parquet files and manifest be those of ``version``; open readers keep the files they have."""
    # DuckDB replays a stale write-ahead log into whatever file bears the name.
    settings.published_database.with_name(settings.published_database.name + ".wal").unlink(missing_ok=True)
    current = settings.warehouse_dir / "current"
    _point(current, settings.versions_dir.relative_to(settings.warehouse_dir) / version)
    for path in (settings.published_database, settings.parquet_dir, settings.manifest):
        _point(path, Path(current.name) / path.name)
    fsync(settings.warehouse_dir)


def forget_old_versions(settings: Settings, trash: Path) -> None:
    """Delete all versions but the newest ``settings.kept_versions``, counting the served one and the one before it.

    Each goes to ``trash`` first: a version is there as a whole or not at all.
    """
    served = read_manifest(settings)
    folders = sorted(
        _folders(settings),
        key=lambda folder: (folder.name == served.version, folder.name == served.previous),
        reverse=True,
    )
    for folder in folders[settings.kept_versions :]:
        folder.rename(trash / folder.name)
        shutil.rmtree(trash / folder.name)


def fsync(path: Path) -> None:
    """Have the disk hold what was written to a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _folders(settings: Settings) -> list[Path]:
    return sorted(settings.versions_dir.iterdir(), reverse=True) if settings.versions_dir.exists() else []


def _require_complete(settings: Settings, manifest: Manifest) -> None:
    folder = settings.versions_dir / manifest.version
    missing = [mart for mart in manifest.row_counts if not (folder / "parquet" / f"{mart}.parquet").exists()]
    if missing:
        raise RollbackError(f"{folder} lacks the Parquet files of {', '.join(missing)}.")
    try:
        with duckdb.connect(str(folder / settings.published_database.name), read_only=True) as connection:
            (version,) = connection.execute("select version from published.version").fetchone()
    except duckdb.Error as error:
        raise RollbackError(f"The database of {folder} cannot be read: {error}") from error
    if version != manifest.version:
        raise RollbackError(f"The database in {folder} is version {version}.")


def _point(link: Path, target: Path) -> None:
    """Make ``link`` lead to ``target`` by one rename, unless it does."""
    if link.is_symlink() and link.readlink() == target:
        return
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)  # a folder of files, as an earlier program left it: no rename replaces it
    fresh.replace(link)
