"""The columns of a report table: which row is the header, and which cell of a row belongs to which field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from orchestration.documents.model import Cell, Table
from orchestration.documents.wording import fold, read_table, squeeze

_LONGEST_HEADING = 250
_FIELDS_OF_A_REPORT = 3
_TALLEST_HEADER = 3
# A row's number, a date or a head count: what a heading never holds.
_DATA = re.compile(
    r"^\W*\d+\W*$|\d\.\d\d\b|\d\s+(?:янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|чел|участн)", re.IGNORECASE
)
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?\.?")
_BARE_NUMBER = re.compile(r"\d[\d\s]*")
_END_OF_PERIOD = re.compile(r"\b(?:оконча|заверш|конец|конца)")
EVENT_FIELDS = ("name", "place", "dates", "description", "participants")

CoveringGrid = list[list[Cell | None]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a report: grid columns ``[start, end)``, heading as written, the fields it tells, () if unknown."""

    start: int
    end: int
    heading: str
    label: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header: its columns in order and how many rows it takes."""

    columns: tuple[Column, ...]
    height: int

    @property
    def headings(self) -> list[str]:
        """The headings of the columns as written."""
        return [column.heading for column in self.columns]

    def has(self, field: str) -> bool:
        """Whether a column tells this field."""
        return any(field in column.fields for column in self.columns)


def covering_grid(table: Table) -> CoveringGrid:
    """For each grid position the cell that covers it, merged cells in all their positions; None outside the cells."""
    grid: CoveringGrid = [[None] * len(row) for row in table.rows]
    for row_index, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            for line in grid[row_index : row_index + cell.row_span]:
                line[column : column + cell.column_span] = [cell] * len(line[column : column + cell.column_span])
    return grid


def row_cells(line: list[Cell | None]) -> list[tuple[int, int, Cell]]:
    """The distinct cells of a row in order, each with its grid columns ``[start, end)``."""
    cells: list[tuple[int, int, Cell]] = []
    for column, cell in enumerate(line):
        if cell is None:
            continue
        if cells and cells[-1][2] is cell and cells[-1][1] == column:
            cells[-1] = (cells[-1][0], column + 1, cell)
        else:
            cells.append((column, column + 1, cell))
    return cells


def read_header(grid: CoveringGrid, row: int) -> Header | None:
    """The header that begins at this row, None where the row is none.

    A header names the event and at least two more fields, in one row or in several under merged headings.
    """
    cells = row_cells(grid[row])
    texts = [cell.text for _, _, cell in cells if cell.text.strip()]
    if len(texts) < _FIELDS_OF_A_REPORT - 1 or any(map(_is_data, texts)):
        return None
    height = _header_height(grid, row)
    columns = tuple(_columns(grid, row, height))
    fields = {field for column in columns for field in column.fields}
    if "name" not in fields or len(fields - {"extra"}) < _FIELDS_OF_A_REPORT:
        return None
    return Header(columns, height)


def is_column_numbers(texts: list[str]) -> bool:
    """Whether a row only numbers the columns («1 2 3 4 5 6»)."""
    numbers = [_COLUMN_NUMBER.fullmatch(text.strip()) for text in texts]
    found = [int(match[1]) for match in numbers if match]
    is_complete = len(found) == len(texts) >= _FIELDS_OF_A_REPORT
    return is_complete and found == list(range(found[0], found[0] + len(found)))


def assign_cells(header: Header, line: list[Cell | None]) -> list[tuple[Column, str]]:
    """The text of each column in this row, in the order of the header.

    Where a row has as many cells as the header has columns, they go by order, since borders dragged aside shift a row
    on the grid; otherwise a cell belongs to the columns that it lies under, and a wide one to the first of them.
    """
    cells = row_cells(line)
    if len(cells) == len(header.columns):
        return [(column, cell.text) for column, (_, _, cell) in zip(header.columns, cells, strict=True)]
    texts = {column: [] for column in header.columns}
    for start, end, cell in cells:
        overlaps = [min(end, column.end) - max(start, column.start) for column in header.columns]
        widest = max(overlaps)
        if cell.text.strip() and widest > 0:
            texts[header.columns[overlaps.index(widest)]].append(cell.text)
    return [(column, "\n".join(found)) for column, found in texts.items()]


def field_texts(assigned: list[tuple[Column, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """Texts by field, and by heading for the columns that tell none of them.

    Several columns of one field are joined; a bare number among them keeps the heading of its column.
    """
    found: dict[str, list[str]] = {}
    extra: dict[str, str] = {}
    shared = {field for field in EVENT_FIELDS if sum(field in column.fields for column, _ in assigned) > 1}
    for column, text in assigned:
        stripped = text.strip()
        for field in column.fields:
            if field != "extra" and stripped:
                is_count = field in shared and field != "dates" and _BARE_NUMBER.fullmatch(stripped)
                found.setdefault(field, []).append(f"{column.label}: {stripped}" if is_count else stripped)
        if stripped and (not column.fields or "extra" in column.fields):
            extra[column.heading] = "\n".join(filter(None, [extra.get(column.heading), stripped]))
    joints = {"place": ", ", "dates": ", "}
    if any("dates" in column.fields and _END_OF_PERIOD.search(fold(column.heading)) for column, _ in assigned):
        joints["dates"] = " – "
    return {field: joints.get(field, "\n").join(dict.fromkeys(texts)) for field, texts in found.items()}, extra


def _columns(grid: CoveringGrid, row: int, height: int) -> list[Column]:
    """The header's columns: a heading is all that stands above the lowest cell, from top to bottom."""
    columns: list[Column] = []
    for start, end, leaf in row_cells(grid[row + height - 1]):
        stack: dict[int, str] = {}
        for line in grid[row : row + height]:
            cell = line[start]
            if cell is not None and cell.text.strip():
                stack[id(cell)] = squeeze(cell.text)
        heading = " ".join(stack.values())
        label = squeeze(leaf.text) or heading
        columns.append(Column(start, end, heading or f"столбец {start + 1}", label, _fields(label, heading)))
    return columns


def _header_height(grid: CoveringGrid, row: int) -> int:
    """Rows of the header: as tall as its merged cells, or with a second row that only divides wide headings."""
    cells = row_cells(grid[row])
    height = min(max(cell.row_span for _, _, cell in cells), _TALLEST_HEADER, len(grid) - row)
    if height > 1 or row + 1 >= len(grid):
        return height
    wide = [(start, end) for start, end, _ in cells if end - start > 1]
    below = [(start, cell.text) for start, _, cell in row_cells(grid[row + 1]) if cell.text.strip()]
    is_divided = len(below) > 1 and all(
        any(first <= start < last for first, last in wide) and not _is_data(text) for start, text in below
    )
    return 2 if is_divided and not is_column_numbers([text for _, text in below]) else 1


def _is_data(text: str) -> bool:
    return len(text) > _LONGEST_HEADING or _DATA.search(text) is not None


def _fields(label: str, heading: str) -> tuple[str, ...]:
    return _recognise(fold(label)) or _recognise(fold(heading))


@cache
def _recognise(folded: str) -> tuple[str, ...]:
    for fields, pattern in _aliases():
        if pattern.search(folded):
            return fields
    return ()


@cache
def _aliases() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    rows = read_table("header_aliases.csv")
    return tuple((tuple(row["field"].split()), re.compile(row["pattern"])) for row in rows)
