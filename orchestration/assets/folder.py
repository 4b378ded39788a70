"""The reports folder: which files claim to be reports, each with its digest and what stands beside it."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePath

from orchestration.documents.errors import OverrideInvalid
from orchestration.documents.model import ReportOverride

_SIDECAR_SUFFIXES = (".yml", ".yaml")
_LONGEST_SIDECAR = 10_000
_REMEMBERED_FILES = 100_000
_CLOCK_SECONDS = 3  # how coarse the clocks of file systems are, with a margin
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

    A link that leads out of the folder, or nowhere, is told as unreadable and not followed; so is a folder that cannot
    be listed. A file seen before by this process is read again only if its inode has changed since.
    """
    if not reports_dir.is_dir():
        raise ReportsFolderMissingError(reports_dir)
    found = sorted(_candidates(reports_dir, reports_dir), key=lambda candidate: candidate[0])
    return [_source_file(reports_dir, path, names) for path, names in found]


def _candidates(folder: Path, reports_dir: Path) -> Iterator[tuple[Path, frozenset[str]]]:
    """Paths that claim to be reports, each with the names in its folder."""
    try:
        with os.scandir(folder) as entries:
            listed = {entry.name: entry for entry in entries}
    except PermissionError:
        yield folder, frozenset()
        return
    names = frozenset(listed)
    for name, entry in listed.items():
        if name.lower() in _IGNORED_NAMES or name.startswith((".", "~$")) or _is_sidecar(name, names):
            continue
        path = folder / name
        if entry.is_symlink():
            if path.is_file() or _leads_out(path, reports_dir):
                yield path, names
        elif entry.is_dir():
            yield from _candidates(path, reports_dir)
        elif entry.is_file():
            yield path, names


def _is_sidecar(name: str, names: frozenset[str]) -> bool:
    path = PurePath(name)
    return path.suffix.lower() in _SIDECAR_SUFFIXES and path.stem in names


def _leads_out(path: Path, reports_dir: Path) -> bool:
    if not path.is_symlink():
        return False
    target = path.resolve()
    return not (target.exists() and target.is_relative_to(reports_dir.resolve()))


def _source_file(reports_dir: Path, path: Path, names: frozenset[str]) -> SourceFile:
    # A name in another encoding than the system's is shown with replacement characters.
    shown = os.fsencode(path.relative_to(reports_dir).as_posix()).decode("utf-8", "replace")
    try:
        override = _sidecar_text(path, reports_dir, names)
        _require_inside(path, reports_dir)
        status = path.stat()
        # A write so soon after the last one that the clock does not tell them apart leaves the times as they are.
        digest = _digest if time.time() - status.st_ctime > _CLOCK_SECONDS else _digest.__wrapped__
        sha256 = digest(path, (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        sha256 = hashlib.sha256(f"{shown}\n{reason}".encode()).hexdigest()
        return SourceFile(shown, sha256, 0, "", path, unreadable=reason)
    return SourceFile(shown, sha256, status.st_size, override, path, status.st_mtime)


@lru_cache(maxsize=_REMEMBERED_FILES)
def _digest(path: Path, inode: tuple[int, ...]) -> str:
    """Hex SHA-256 of the file, whose state ``inode`` describes; every write to it changes that."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _require_inside(path: Path, reports_dir: Path) -> None:
    if _leads_out(path, reports_dir):
        raise OSError(errno.ELOOP, "ссылка ведёт за пределы папки отчётов или в никуда")


def _sidecar_text(path: Path, reports_dir: Path, names: frozenset[str]) -> str:
    """The text beside ``path``; bytes that are no UTF-8 are kept as replacement characters and refused later."""
    for suffix in _SIDECAR_SUFFIXES:
        sidecar = path.with_name(path.name + suffix)
        if sidecar.name in names and sidecar.is_file():
            _require_inside(sidecar, reports_dir)
            with sidecar.open("rb") as file:
                return file.read(_LONGEST_SIDECAR).decode("utf-8-sig", "replace")
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
