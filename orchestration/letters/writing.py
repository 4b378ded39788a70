"""Writing the letters of a report into a folder of their own: names, bytes, and what a person has edited is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document

from orchestration.letters.contents import Findings, Matter, Municipality, matter_cells, report_cells
from orchestration.letters.template import UNOPENED, Form, Template
from orchestration.letters.wording import working_days

TEMPLATES_DIR = Path(__file__).with_name("templates")

_REPORT_FIELDS = {"region", "period", "source_file", "received", "event_count", "finding_count", "deadline"}
_MATTER_FIELDS = frozenset({"number", "event", "column", "value", "message", "request"})

MUNICIPAL_LETTER = Form(
    file_name="municipality.docx",
    fields=frozenset(_REPORT_FIELDS | {"municipality"}),
    lists={"findings": _MATTER_FIELDS, "notes": _MATTER_FIELDS},
    required=frozenset({"municipality", "period", "findings.number", "findings.message", "findings.request"}),
)
REGIONAL_LETTER = Form(
    file_name="region.docx",
    fields=frozenset(_REPORT_FIELDS | {"municipality_count", "note_count", "letter_count"}),
    lists={
        "municipalities": frozenset({"name", "event_count", "finding_count", "note_count", "outcome"}),
        "general": _MATTER_FIELDS,
        "silent": frozenset({"municipality", "last_period", "request"}),
        "shared": frozenset({"event", "tellings"}),
        "refused": frozenset({"file", "message"}),
    },
    required=frozenset({"region", "period", "municipalities.name", "municipalities.finding_count"}),
)

_WRITER = "events letters"
_FILE_NAME_LENGTH = 80
_EARLIEST_ZIP_TIME = datetime(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a folder of letters: those written, those kept because a person has edited them."""

    folder: Path
    written: tuple[Path, ...]
    kept: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Writer:
    """Fills the two templates; ``published_at`` (UTC) dates the files, ``deadline_days`` are working days."""

    municipal: Template
    regional: Template
    published_at: datetime
    deadline_days: int
    with_info: bool

    @classmethod
    def of(cls, templates_dir: Path, published_at: datetime, deadline_days: int, with_info: bool) -> Writer:
        """Raises ``TemplateError`` where a template of the folder is unfit."""
        municipal = Template.read(MUNICIPAL_LETTER, templates_dir)
        regional = Template.read(REGIONAL_LETTER, templates_dir)
        return cls(municipal, regional, published_at, deadline_days, with_info)

    def write(self, findings: Findings, output_dir: Path) -> Written:
        """Write the report's letters to ``<output_dir>/<period>/<region>/``, in place of those written there before."""
        folder = output_dir / findings.report.period / slug(findings.report.region)
        addressees = [each for each in findings.municipalities if self._has_letter(each)]
        names = file_names([f"Письмо {each.name}" for each in addressees])
        letters = {
            name: self._bytes(self._municipal_letter(findings, each))
            for name, each in zip(names, addressees, strict=True)
        }
        letters["Сводное-письмо.docx"] = self._bytes(self._regional_letter(findings))
        return _store(folder, letters)

    def _has_letter(self, municipality: Municipality) -> bool:
        return bool(municipality.findings or self._notes(municipality))

    def _notes(self, municipality: Municipality) -> tuple[Matter, ...]:
        return municipality.notes if self.with_info else ()

    def _municipal_letter(self, findings: Findings, municipality: Municipality) -> Document:
        notes = self._notes(municipality)
        values = {
            **report_cells(findings.report),
            "municipality": municipality.name,
            "event_count": str(municipality.event_count),
            "finding_count": str(len(municipality.findings) + len(notes)),
            "deadline": working_days(self.deadline_days),
        }
        lists = {"findings": matter_cells(municipality.findings), "notes": matter_cells(notes)}
        return self.municipal.fill(values, lists)

    def _regional_letter(self, findings: Findings) -> Document:
        municipalities = findings.municipalities
        values = {
            **report_cells(findings.report),
            "event_count": str(findings.report.event_count),
            "municipality_count": str(len(municipalities)),
            "finding_count": str(sum(len(each.findings) for each in municipalities)),
            "note_count": str(sum(len(each.notes) for each in municipalities)),
            "letter_count": str(sum(map(self._has_letter, municipalities))),
            "deadline": working_days(self.deadline_days),
        }
        overview = [
            {
                "name": each.name,
                "event_count": str(each.event_count),
                "finding_count": str(len(each.findings)),
                "note_count": str(len(each.notes)),
                "outcome": "письмо" if self._has_letter(each) else "замечаний нет",
            }
            for each in municipalities
        ]
        lists = {
            "municipalities": overview,
            "general": matter_cells(findings.general),
            "silent": findings.silent,
            "shared": findings.shared,
            "refused": findings.refused,
        }
        return self.regional.fill(values, lists)

    def _bytes(self, letter: Document) -> bytes:
        """The letter as a file whose bytes depend on nothing but its content and the publication's time."""
        properties = letter.core_properties
        properties.created = properties.modified = self.published_at
        properties.last_modified_by = _WRITER
        properties.revision = 1
        saved = BytesIO()
        letter.save(saved)
        packed = BytesIO()
        with ZipFile(saved) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
            for entry in source.infolist():
                info = ZipInfo(entry.filename, max(self.published_at, _EARLIEST_ZIP_TIME).timetuple()[:6])
                target.writestr(info, source.read(entry), ZIP_DEFLATED)
        return packed.getvalue()


def slug(name: str) -> str:
    """A name for a file on any system: letters, of whatever alphabet, and digits, parted by hyphens."""
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", name))[:_FILE_NAME_LENGTH].strip("-")


def file_names(titles: Iterable[str]) -> list[str]:
    """A Word file name for each title; titles that would share one, also where case does not count, are numbered."""
    taken: set[str] = set()
    names = []
    for title in titles:
        name = stem = slug(title)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        names.append(f"{name}.docx")
    return names


def _store(folder: Path, letters: Mapping[str, bytes]) -> Written:
    folder.mkdir(parents=True, exist_ok=True)
    written, kept = [], []
    for name, content in letters.items():
        path = folder / name
        if path.exists() and not _is_as_written(path):
            kept.append(path)
        else:
            path.write_bytes(content)
            written.append(path)
    for path in folder.glob("*.docx"):
        if path.name not in letters and _is_as_written(path):
            path.unlink()
    return Written(folder, tuple(written), tuple(kept))


def _is_as_written(path: Path) -> bool:
    """Whether this program saved the file last; Word puts its user's name in the place of the writer's."""
    try:
        return docx.Document(str(path)).core_properties.last_modified_by == _WRITER
    except UNOPENED:
        return False
