"""The reports folder: which files claim to be reports, each with its digest and what stands beside it."""

from __future__ import annotations

import errno
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from orchestration.documents import OverrideInvalid, ReportOverride

_SIDECAR_SUFFIXES = (".yml", ".yaml")
_LONGEST_SIDECAR = 10_000
_IGNORED_NAMES = {"readme.md", "thumbs.db", "desktop.ini"}


class ReportsFolderMissingError(Exception):
    """There is no folder where the reports should lie."""

    def __init__(self, reports_dir: Path) -> None:
        super().__init__(f"There is no folder {reports_dir}: make it, or set EVENTS_REPORTS_DIR.")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file in the reports folder.

    ``path`` is relative to it, with POSIX separators; ``override`` is the text of ``<file>.yml`` beside it or "".
    ``location`` is where to open it, ``modified_at`` its time in POSIX seconds, ``unreadable`` why opening it failed
    ("" where it did not).
    """

    path: str
    sha256: str
    size_bytes: int
    override: str
    location: Path = field(compare=False)
    modified_at: float = field(default=0.0, compare=False)
    unreadable: str = ""


def scan(reports_dir: Path) -> list[SourceFile]:
    """Every file under ``reports_dir`` that claims to be a report, by path; raises ReportsFolderMissingError.

    A link that leads out of the folder, or nowhere, is told as unreadable and not followed.
    """
    if not reports_dir.is_dir():
        raise ReportsFolderMissingError(reports_dir)
    return [
        _source_file(reports_dir, path)
        for path in sorted(reports_dir.rglob("*"))
        if (path.is_file() or _leads_out(path, reports_dir)) and _is_candidate(path, path.relative_to(reports_dir))
    ]


def _leads_out(path: Path, reports_dir: Path) -> bool:
    if not path.is_symlink():
        return False
    target = path.resolve()
    return not (target.exists() and target.is_relative_to(reports_dir.resolve()))


def _is_candidate(path: Path, relative: Path) -> bool:
    if relative.name.lower() in _IGNORED_NAMES or any(part.startswith((".", "~$")) for part in relative.parts):
        return False
    is_sidecar = path.suffix.lower() in _SIDECAR_SUFFIXES and path.with_suffix("").is_file()
    return not is_sidecar


def _source_file(reports_dir: Path, path: Path) -> SourceFile:
    # A name in another encoding than the system's is shown with replacement characters.
    shown = os.fsencode(path.relative_to(reports_dir).as_posix()).decode("utf-8", "replace")
    try:
        override = _sidecar_text(path, reports_dir)
        with _opened(path, reports_dir) as file:
            digest = hashlib.file_digest(file, "sha256")
            status = os.fstat(file.fileno())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        sha256 = hashlib.sha256(f"{shown}\n{reason}".encode()).hexdigest()
        return SourceFile(shown, sha256, 0, "", path, unreadable=reason)
    return SourceFile(shown, digest.hexdigest(), status.st_size, override, path, status.st_mtime)


def _opened(path: Path, reports_dir: Path) -> BinaryIO:
    if _leads_out(path, reports_dir):
        raise OSError(errno.ELOOP, "ссылка ведёт за пределы папки отчётов или в никуда")
    return path.open("rb")


def _sidecar_text(path: Path, reports_dir: Path) -> str:
    """The text beside ``path``; bytes that are no UTF-8 are kept as replacement characters and refused later."""
    for suffix in _SIDECAR_SUFFIXES:
        sidecar = path.with_name(path.name + suffix)
        if _exists(sidecar):
            with _opened(sidecar, reports_dir) as file:
                return file.read(_LONGEST_SIDECAR).decode("utf-8-sig", "replace")
    return ""


def _exists(sidecar: Path) -> bool:
    try:
        return sidecar.is_file()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False
        raise


def read_override(source: SourceFile) -> ReportOverride | None:
    """Period and region that the text beside a report states; raises OverrideInvalid where it is not understood."""
    import yaml

    if not source.override:
        return None
    if "\N{REPLACEMENT CHARACTER}" in source.override or "\0" in source.override:
        raise OverrideInvalid(source.path, "сохраните его в кодировке UTF-8")
    try:
        content = yaml.load(source.override, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
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
