"""Digests of the code and data that made a result, so that a change of either makes it anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from orchestration.settings import DBT_PROJECT_DIR, PROJECT_ROOT

_SOURCE_SUFFIXES = {".py", ".sql", ".yml", ".yaml", ".csv", ".tsv", ".gz", ".md"}
_ORCHESTRATION = PROJECT_ROOT / "orchestration"
_ASSETS = _ORCHESTRATION / "assets"
_COMMON = (_ASSETS / "schema.sql", PROJECT_ROOT / "requirements.lock")
_NO_CODE = {"__pycache__", "target", "logs", "docs"}


def digest(parts: Iterable[str | bytes]) -> str:
    """Hex SHA-256 over length-prefixed parts."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        sha.update(f"{len(data)}:".encode())
        sha.update(data)
    return sha.hexdigest()


def source_files(*folders: Path) -> list[Path]:
    """Code and data files under ``folders`` in a fixed order; what tools left there is none."""
    return [
        file
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.suffix in _SOURCE_SUFFIXES and not _NO_CODE & set(file.relative_to(folder).parts)
    ]


def _version(*paths: Path) -> str:
    files = [file for path in paths for file in (source_files(path) if path.is_dir() else [path])]
    return digest(part for file in files for part in (file.name, file.read_bytes()))[:16]


@cache
def reader_version() -> str:
    """Version of all that turns a Word file into report rows: code, header aliases, libraries."""
    return _version(_ORCHESTRATION / "documents", _ASSETS / "intake.py", _ASSETS / "folder.py", *_COMMON)


@cache
def extraction_version() -> str:
    """Version of all that turns report rows into facts: code, word lists, libraries."""
    return _version(_ORCHESTRATION / "extraction", _ASSETS / "facts.py", *_COMMON)


@cache
def _program_version() -> str:
    rooms = ("assets", "checks", "documents", "extraction", "serving")
    return _version(
        *(_ORCHESTRATION / room for room in rooms), _ORCHESTRATION / "settings.py", PROJECT_ROOT / "requirements.lock"
    )


def code_version() -> str:
    """Version of everything that shapes the published warehouse.

    dbt reads its project anew in every run, so a correction counts at once in a process that goes on running.
    """
    return digest((_program_version(), _version(DBT_PROJECT_DIR)))[:16]


@cache
def schema_version() -> str:
    """Version of the tables that Python writes."""
    return _version(_ASSETS / "schema.sql")
