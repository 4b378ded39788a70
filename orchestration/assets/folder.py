"""The reports folder: which files claim to be reports, each with its digest and what stands beside it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.documents import OverrideInvalid, ReportOverride

_SIDECAR_SUFFIXES = (".yml", ".yaml")
_IGNORED_NAMES = {"readme.md", "thumbs.db", "desktop.ini"}


class ReportsFolderMissingError(Exception):
    """There is no folder where the reports should lie."""

    def __init__(self, reports_dir: Path) -> None:
        super().__init__(f"There is no folder {reports_dir}: make it, or set EVENTS_REPORTS_DIR.")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file in the reports folder.

    ``path`` is relative to it, with POSIX separators; ``override`` is the text of ``<file>.yml`` beside it or "".
    ``location`` is where to open it, ``unreadable`` why that failed ("" where it did not).
    """

    path: str
    sha256: str
    size_bytes: int
    override: str
    location: Path = field(compare=False)
    unreadable: str = ""


def scan(reports_dir: Path) -> list[SourceFile]:
    """Every file under ``reports_dir`` that claims to be a report, by path; raises ReportsFolderMissingError."""
    if not reports_dir.is_dir():
        raise ReportsFolderMissingError(reports_dir)
    return [
        _source_file(reports_dir, path)
        for path in sorted(reports_dir.rglob("*"))
        if path.is_file() and _is_candidate(path, path.relative_to(reports_dir))
    ]


def _is_candidate(path: Path, relative: Path) -> bool:
    if relative.name.lower() in _IGNORED_NAMES or any(part.startswith((".", "~$")) for part in relative.parts):
        return False
    is_sidecar = path.suffix.lower() in _SIDECAR_SUFFIXES and path.with_suffix("").is_file()
    return not is_sidecar


def _source_file(reports_dir: Path, path: Path) -> SourceFile:
    # A name in another encoding than the system's is shown with replacement characters.
    shown = os.fsencode(path.relative_to(reports_dir).as_posix()).decode("utf-8", "replace")
    try:
        data, override = path.read_bytes(), _sidecar_text(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        sha256 = hashlib.sha256(f"{shown}\n{reason}".encode()).hexdigest()
        return SourceFile(shown, sha256, 0, "", path, unreadable=reason)
    return SourceFile(shown, hashlib.sha256(data).hexdigest(), len(data), override, path)


def _sidecar_text(path: Path) -> str:
    """The text beside ``path``; bytes that are no UTF-8 are kept as replacement characters and refused later."""
    for suffix in _SIDECAR_SUFFIXES:
        sidecar = path.with_name(path.name + suffix)
        if sidecar.is_file():
            return sidecar.read_bytes().decode("utf-8-sig", "replace")
    return ""


def read_override(source: SourceFile) -> ReportOverride | None:
    """Period and region that the text beside a report states; raises OverrideInvalid where it is not understood."""
    import yaml

    if not source.override:
        return None
    if "\N{REPLACEMENT CHARACTER}" in source.override or "\0" in source.override:
        raise OverrideInvalid(source.path, "сохраните его в кодировке UTF-8")
    try:
        content = yaml.load(source.override, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise OverrideInvalid(source.path, " ".join(str(error).split())) from error
    if not isinstance(content, dict) or not all(isinstance(value, str) for value in content.values()):
        raise OverrideInvalid(source.path, "в нём нет строк вида «ключ: значение»")
    if unknown := sorted(set(content) - {"period", "region"}):
        raise OverrideInvalid(source.path, f"неизвестные ключи: {', '.join(unknown)}")
    period = content.get("period", "")
    if period and not _is_quarter(period):
        raise OverrideInvalid(source.path, f"период «{period}»")
    return ReportOverride(
        year=int(period[:4]) if period else None,
        quarter=int(period[6]) if period else None,
        region=content.get("region"),
    )


def _is_quarter(text: str) -> bool:
    return len(text) == 7 and text[:4].isdecimal() and text[4:6] == "-Q" and text[6] in "1234"
