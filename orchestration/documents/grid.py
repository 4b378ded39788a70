"""Word tables on their true grid: spans, merged cells, skipped grid columns and ragged rows resolved."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from orchestration.documents.model import Cell, Table
from orchestration.documents.wordml import W, child, children, parse_integer, w_integer

_TABLE, _ROW, _CELL = frozenset({W + "tbl"}), frozenset({W + "tr"}), frozenset({W + "tc"})
_CELL_PROPERTIES, _VALUE, _SPAN = W + "tcPr", W + "val", W + "gridSpan"
_VERTICAL_MERGE, _HORIZONTAL_MERGE, _TRACKED_MERGE = W + "vMerge", W + "hMerge", W + "cellMerge"
_DELETED, _CONTINUE = W + "cellDel", "continue"
MERGES = (_SPAN, _VERTICAL_MERGE, _HORIZONTAL_MERGE, _TRACKED_MERGE, _DELETED)
# Word's own limit of columns; a larger span is an error of the program that wrote the file.
_WIDEST_SPAN = 63
# Columns from which a table within a single cell is taken for the document's own, not for a part of the cell's text.
_WIDE = 4


class TableTooLarge(ValueError):
    """A table's grid exceeds the limit of cells."""


@dataclass(slots=True)
class _CellElement:
    """A ``w:tc``: how many grid columns it declares, how it is merged ("restart", "continue" or None)."""

    element: etree._Element
    span: int = 1
    vertical_merge: str | None = None
    horizontal_merge: str | None = None
    is_deleted: bool = False


@dataclass(slots=True)
class _Row:
    columns_before: int
    cells: list[_CellElement]


@dataclass(slots=True)
class _Draft:
    column: int
    column_span: int
    row_span: int
    text: str


def layout_cell(table: etree._Element) -> etree._Element | None:
    """The only cell of a table that merely frames a wide one for the page's layout; None for any other table."""
    cells = list(islice((cell for row in children(table, _ROW) for cell in children(row, _CELL)), 2))
    is_frame = len(cells) == 1 and any(
        len(list(children(row, _CELL))) >= _WIDE
        for inner in children(cells[0], _TABLE)
        for row in children(inner, _ROW)
    )
    return cells[0] if is_frame else None


def read_table(
    table: etree._Element, read_cell: Callable[[etree._Element], str], limit: int, merged: Set[etree._Element]
) -> Table:
    """The table on its grid, tracked deletions of rows and cells left out; ``read_cell`` gives a cell's text.

    ``merged`` has all cells with one of ``MERGES``; the others are in one column and row.
    Raises ``TableTooLarge`` where rows × columns exceed ``limit``.
    """
    rows = [row for element in children(table, _ROW) if (row := _read_row(element, merged)) is not None]
    width = _width(table, rows)
    if len(rows) * width > limit:
        raise TableTooLarge
    grid: list[tuple[Cell | None, ...]] = []
    for row in _drafts(rows, width, read_cell):
        line: list[Cell | None] = [None] * width
        for draft in row:
            line[draft.column] = Cell(draft.text, draft.column_span, draft.row_span)
        grid.append(tuple(line))
    return Table(tuple(grid))


def _read_row(element: etree._Element, merged: Set[etree._Element]) -> _Row | None:
    """None where the row is a tracked deletion."""
    properties = child(element, W + "trPr")
    if child(properties, W + "del") is not None:
        return None
    before = w_integer(properties, "gridBefore") or 0
    cells = [_read_cell(one) if one in merged else _CellElement(one) for one in children(element, _CELL)]
    return _Row(before if 0 < before < _WIDEST_SPAN else 0, [cell for cell in cells if not cell.is_deleted])


def _read_cell(element: etree._Element) -> _CellElement:
    cell = _CellElement(element)
    for one in element[0] if len(element) and element[0].tag == _CELL_PROPERTIES else ():
        tag = one.tag
        if tag == _SPAN:
            cell.span = max(1, parse_integer(one.get(_VALUE)) or 1)
        elif tag == _VERTICAL_MERGE:
            cell.vertical_merge = one.get(_VALUE, _CONTINUE)
        elif tag == _HORIZONTAL_MERGE:
            cell.horizontal_merge = one.get(_VALUE, _CONTINUE)
        elif tag == _TRACKED_MERGE:
            cell.vertical_merge = _CONTINUE if one.get(_VERTICAL_MERGE) == "cont" else None
        elif tag == _DELETED:
            cell.is_deleted = True
    return cell


def _drafts(rows: list[_Row], width: int, read_cell: Callable[[etree._Element], str]) -> list[list[_Draft]]:
    """The cells that begin in each row; a cell that continues the one above or to the left lengthens that one."""
    open_merges: dict[int, _Draft] = {}
    drafts: list[list[_Draft]] = []
    for row in rows:
        line: list[_Draft] = []
        continued: dict[int, _Draft] = {}
        column = row.columns_before
        for cells_left, cell in zip(range(len(row.cells), 0, -1), row.cells, strict=True):
            span = min(cell.span, width - column - (cells_left - 1))
            above = open_merges.get(column)
            if cell.vertical_merge == _CONTINUE and above is not None:
                above.row_span += 1
                continued[column] = above
            elif cell.horizontal_merge == _CONTINUE and line and line[-1].column + line[-1].column_span == column:
                line[-1].column_span += span
            else:
                draft = _Draft(column, span, 1, read_cell(cell.element))
                line.append(draft)
                if cell.vertical_merge is not None:
                    continued[column] = draft
            column += span
        open_merges = continued
        drafts.append(line)
    return drafts


def _width(table: etree._Element, rows: list[_Row]) -> int:
    grid = child(table, W + "tblGrid")
    declared = 0 if grid is None else len(grid.findall(W + "gridCol"))
    width = min(declared, _WIDEST_SPAN)
    for row in rows:
        width = max(
            width, row.columns_before + sum(cell.span if cell.span <= _WIDEST_SPAN else 1 for cell in row.cells)
        )
    return width
