"""What a Word file and a quarterly report are, once read: plain values, verbatim text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables; ``text`` includes its automatic list number."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``text`` joins its paragraphs by a line break, automatic numbers included («1.»)."""

    text: str
    column_span: int = 1
    row_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table on its true grid: every row has the same length, None where a span goes on."""

    rows: tuple[tuple[Cell | None, ...], ...]

    def as_text(self) -> str:
        """A line a row, cells parted by tabs."""
        return "\n".join("\t".join(cell.text for cell in row if cell is not None) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Document:
    """A Word file's blocks in document order.

    ``modified_at`` is the document's own "last modified", UTC without time zone.
    """

    name: str
    blocks: tuple[Paragraph | Table, ...]
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportIssue:
    """Something in a report that was skipped, repaired or not understood.

    ``table`` and ``row`` count from 1 as a person does in Word; messages are Russian, ``code`` is English.
    """

    code: str
    severity: str
    message: str
    remedy: str = ""
    table: int | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One numbered row of the report table, cells verbatim, under the municipality of its section."""

    sequence_number: int | None
    municipality: str
    table: int
    row: int
    name: str
    place: str
    dates: str
    description: str
    participants: str
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """A quarterly report: title, region in the nominative, period, rows and what was wrong."""

    title: str
    region: str
    year: int
    quarter: int
    rows: tuple[ReportRow, ...]
    issues: tuple[ReportIssue, ...]

    @property
    def period(self) -> str:
        """The period as a partition key, e.g. ``2025-Q4``."""
        return f"{self.year}-Q{self.quarter}"


@dataclass(frozen=True, slots=True)
class ReportOverride:
    """What a person states about a report beside its file; it wins over what the title tells."""

    year: int | None = None
    quarter: int | None = None
    region: str | None = None
