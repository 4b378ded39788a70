"""The columns of a report table: which row is the header, and which cell of a row belongs to which field."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from orchestration.documents.headings import recognise, recognise_misspelt
from orchestration.documents.model import Cell, Table
from orchestration.documents.wording import fold, squeeze

_LONGEST_HEADING = 250
_FIELDS_OF_A_REPORT = 3
_TALLEST_HEADER = 4
# Where a header stands whose headings are all misspelt.
_TOP_ROWS = 5
# A row's number, a date or a head count: what a heading never holds.
_DATA = re.compile(
    r"^\W*\d+\W*$|\d\.\d\d\b|\d\s+(?:янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|чел|участн)", re.IGNORECASE
)
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?\.?")
_COLUMN_LETTERS = "абвгдежзиклмноп"
_BARE_NUMBER = re.compile(r"\d[\d\s]*")
_END_OF_PERIOD = re.compile(r"\b(?:оконча|заверш|конец|конца)")
_OF_THE_EVENT = re.compile(r"мероприят|событи")
EVENT_FIELDS = ("name", "place", "dates", "description", "participants")

CoveringGrid = list[list[Cell | None]]
RowCells = list[tuple[int, int, Cell]]


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
    """A table's header: its columns in order, how many rows it takes and which fields its columns tell."""

    columns: tuple[Column, ...]
    height: int
    fields: frozenset[str]

    @property
    def headings(self) -> list[str]:
        """The headings of the columns as written."""
        return [column.heading for column in self.columns]

    def has(self, field: str) -> bool:
        """Whether a column tells this field."""
        return field in self.fields

    def fields_at(self, grid_column: int) -> tuple[str, ...]:
        """The fields of the column that lies over this column of the grid."""
        return next((one.fields for one in self.columns if one.start <= grid_column < one.end), ())


def covering_grid(table: Table) -> CoveringGrid:
    """For each grid position the cell that covers it, merged cells in all their positions; None outside the cells."""
    grid: CoveringGrid = [list(row) for row in table.rows]
    for row_index, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if cell is None or cell.column_span == cell.row_span == 1:
                continue
            for line in grid[row_index : row_index + cell.row_span]:
                line[column : column + cell.column_span] = [cell] * len(line[column : column + cell.column_span])
    return grid


def row_cells(line: list[Cell | None]) -> RowCells:
    """The distinct cells of a row in order, each with its grid columns ``[start, end)``."""
    cells: RowCells = []
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
    texts = [cell.text for _, _, cell in row_cells(grid[row]) if cell.text.strip()]
    if len(texts) < _FIELDS_OF_A_REPORT - 1 or any(map(_is_data, texts)):
        return None
    height = _header_height(grid, row)
    columns = _columns(grid, row, height)
    if row < _TOP_ROWS or sum(bool(column.fields) for column in columns) >= _FIELDS_OF_A_REPORT:
        columns = [
            replace(one, fields=recognise_misspelt(one.label) or recognise_misspelt(one.heading)) for one in columns
        ]
    columns = _resolved(columns)
    fields = frozenset(field for column in columns for field in column.fields)
    if "name" not in fields or len(fields - {"extra"}) < _FIELDS_OF_A_REPORT:
        return None
    return Header(tuple(columns), height, fields)


def is_column_numbers(texts: list[str]) -> bool:
    """Whether a row only numbers the columns: «1 2 3 4 5 6», «А Б В Г» or «А 1 2 3»."""
    if len(texts) < _FIELDS_OF_A_REPORT or max(map(len, texts)) > len("(12)."):
        return False
    folded = [fold(text) for text in texts]
    if "".join(folded) in _COLUMN_LETTERS:
        return True
    numbers = [_COLUMN_NUMBER.fullmatch(text) for text in folded[folded[0] == "а" :]]
    found = [int(match[1]) for match in numbers if match]
    return len(found) == len(numbers) and found == list(range(found[0], found[0] + len(found)))


def assign_cells(header: Header, cells: RowCells) -> list[tuple[Column, list[Cell]]]:
    """The cells with text of each column in this row, in the order of the header.

    Where a row has as many cells as the header has columns, they go by order, since borders dragged aside shift a row
    on the grid; otherwise a cell belongs to the columns that it lies under, and a wide one to the first of them.
    """
    if len(cells) == len(header.columns):
        return [
            (column, [cell] if cell.text.strip() else [])
            for column, (_, _, cell) in zip(header.columns, cells, strict=True)
        ]
    assigned: list[tuple[Column, list[Cell]]] = [(column, []) for column in header.columns]
    for start, end, cell in cells:
        overlaps = [min(end, column.end) - max(start, column.start) for column in header.columns]
        widest = max(overlaps)
        if cell.text.strip() and widest > 0:
            assigned[overlaps.index(widest)][1].append(cell)
    return assigned


def field_texts(assigned: list[tuple[Column, list[Cell]]]) -> tuple[dict[str, str], dict[str, str]]:
    """Texts by field, and by heading for the columns that tell none of them.

    Several columns of one field are joined; a bare number among them keeps the heading of its column.
    """
    found: dict[str, list[str]] = {}
    extra: dict[str, str] = {}
    names = [field for column, _ in assigned for field in column.fields]
    for column, cells in assigned:
        text = "\n".join(cell.text.strip() for cell in cells)
        if not text:
            continue
        for field in column.fields:
            if field != "extra":
                is_count = field != "dates" and names.count(field) > 1 and _BARE_NUMBER.fullmatch(text)
                found.setdefault(field, []).append(f"{column.label}: {text}" if is_count else text)
        if not column.fields or "extra" in column.fields:
            extra[column.heading] = "\n".join(filter(None, [extra.get(column.heading), text]))
    joints = {"place": ", ", "dates": ", "}
    if len(found.get("dates", ())) > 1 and any(
        "dates" in column.fields and _END_OF_PERIOD.search(fold(column.heading)) for column, _ in assigned
    ):
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
        fields = recognise(label) or recognise(heading)
        columns.append(Column(start, end, heading or f"столбец {start + 1}", label, fields))
    return columns


def _resolved(columns: list[Column]) -> list[Column]:
    """The columns, where what one of them tells depends on the others.

    A country beside a place is the partners'; without a column of names, «Содержание мероприятия» names the event too.
    """
    has_place = any("place" in column.fields for column in columns)
    meaning = {"country": "participants" if has_place else "place", "town": "place"}
    columns = [replace(one, fields=tuple(meaning.get(field, field) for field in one.fields)) for one in columns]
    if any("name" in column.fields for column in columns):
        return columns
    for index, column in enumerate(columns):
        if "description" in column.fields and _OF_THE_EVENT.search(fold(column.heading)):
            columns[index] = replace(column, fields=("name", *column.fields))
            break
    return columns


def _header_height(grid: CoveringGrid, row: int) -> int:
    """Rows of the header: as tall as its merged cells, and further rows that only divide wide headings."""
    tallest = min(_TALLEST_HEADER, len(grid) - row)
    height = min(max(cell.row_span for _, _, cell in row_cells(grid[row])), tallest)
    while height < tallest and _divides(grid[row + height - 1], grid[row + height]):
        height += 1
    return height


def _divides(upper: list[Cell | None], lower: list[Cell | None]) -> bool:
    """Whether the lower row holds nothing but headings under the wide ones of the upper row."""
    wide = [(start, end) for start, end, _ in row_cells(upper) if end - start > 1]
    below = [(start, cell.text) for start, _, cell in row_cells(lower) if cell.text.strip()]
    return (
        len(below) > 1
        and all(any(first <= start < last for first, last in wide) and not _is_data(text) for start, text in below)
        and not is_column_numbers([text for _, text in below])
    )


def _is_data(text: str) -> bool:
    return len(text) > _LONGEST_HEADING or _DATA.search(text) is not None
