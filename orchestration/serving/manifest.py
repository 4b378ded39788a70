"""What a published version holds, from which inputs and code: ``manifest.json``, and the same inside the database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from orchestration.assets.quarters import current_quarter
from orchestration.assets.versions import code_version, digest
from orchestration.checks.acceptance import count_of_expired
from orchestration.documents.conversion import converter_is_available
from orchestration.serving.difference import TableDifference
from orchestration.settings import DBT_PROJECT_DIR, PROJECT_ROOT, Settings

_ACCEPTED_FINDINGS = DBT_PROJECT_DIR / "seeds" / "accepted_findings.csv"
_LOCK = PROJECT_ROOT / "requirements.lock"


@dataclass(frozen=True, slots=True)
class Rollback:
    """When (UTC) an earlier version was put back, in place of which; ``declined`` are the inputs not to publish again.

    Each of ``declined`` is a ``Manifest.inputs`` of a version that was rolled back.
    """

    rolled_back_at: str
    from_version: str
    declined: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """One published version.

    ``source_files`` maps each path to its sha256, override and quarter (None where the file was refused);
    ``content_hashes`` each mart to a digest of its rows in any order; ``difference`` each mart that differs from the
    version before (``previous``) to how, and is None for the first version. ``rolled_back`` is set where this version
    was put back; the copy of the manifest inside the database never has it.
    """

    version: str
    previous: str | None
    published_at: str
    fingerprint: str
    inputs: str
    code_version: str
    lock_sha256: str | None
    source_files: dict[str, dict[str, str | None]]
    row_counts: dict[str, int]
    content_hashes: dict[str, str]
    checks: dict[str, int]
    difference: dict[str, TableDifference] | None
    rolled_back: Rollback | None = None


_MANIFEST = TypeAdapter(Manifest)


def inputs_digest(files: Iterable[tuple[str, str, str]], settings: Settings) -> str:
    """Digest of what people decide: each file's path, sha256 and override, the code, what may be read."""
    readable = (settings.first_quarter, repr(settings.limits), str(converter_is_available()))
    return digest([code_version(), *readable, *(part for file in sorted(files) for part in file)])


def fingerprint(files: Iterable[tuple[str, str, str]], settings: Settings, day: date) -> str:
    """Digest of all that decides the marts on ``day`` (UTC): the inputs, the quarter, which findings come back."""
    expired = str(count_of_expired(day, _ACCEPTED_FINDINGS))
    return digest([inputs_digest(files, settings), current_quarter(), expired])


def lock_sha256() -> str | None:
    """Hex SHA-256 of the lock file of the libraries; None where there is none beside the code."""
    return hashlib.sha256(_LOCK.read_bytes()).hexdigest() if _LOCK.exists() else None


def manifest_json(manifest: Manifest) -> str:
    """The manifest as indented JSON."""
    return _MANIFEST.dump_json(manifest, indent=2).decode()


def read_manifest_file(path: Path) -> Manifest | None:
    """The manifest in ``path``; None where there is none, or one by a program that wrote it otherwise."""
    try:
        return _MANIFEST.validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def read_manifest(settings: Settings) -> Manifest | None:
    """The manifest of the served warehouse; None where nothing is served, or by a program that wrote it otherwise."""
    return read_manifest_file(settings.manifest) if settings.published_database.exists() else None
