"""HTML that a Word file embeds (``w:altChunk``): its paragraphs and tables."""

from __future__ import annotations

import re

from lxml import etree

from orchestration.documents.grid import TableTooLarge
from orchestration.documents.model import Cell, Table
from orchestration.documents.wordml import parse_integer

_SPACES = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = frozenset({"head", "script", "style", "template", "noscript", "title"})
_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt"),
        *("fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html"),
        *("li", "main", "nav", "ol", "p", "pre", "section", "td", "th", "tr", "ul"),
    ]
)
_WIDEST_SPAN = 63
_DEEPEST = 100
_MOST_CELLS = 500_000


def html_blocks(content: bytes) -> list[str | Table]:
    """Paragraph texts and tables of an HTML page."""
    root = None if not content.strip() else etree.fromstring(content, _parser(content))
    reader = _Blocks()
    if root is not None:
        reader.read(root, 0)
        reader.end_line()
    return reader.blocks


def _parser(content: bytes) -> etree.HTMLParser:
    encoding = None
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            content.decode()
            encoding = "utf-8"
        except UnicodeDecodeError:
            encoding = None if b"charset=" in content[:4096].lower() else "cp1251"
    return etree.HTMLParser(encoding=encoding, no_network=True, remove_comments=True, remove_pis=True)


class _Blocks:
    def __init__(self) -> None:
        self.blocks: list[str | Table] = []
        self._line: list[str] = []

    def end_line(self) -> None:
        text = "\n".join(line.strip(" ") for line in "".join(self._line).split("\n")).strip("\n")
        self._line.clear()
        if text:
            self.blocks.append(re.sub(" {2,}", " ", text))

    def read(self, element: etree._Element, depth: int, number: str = "") -> None:
        tag = element.tag
        if tag in _UNSEEN or depth > _DEEPEST:
            return
        if tag == "br":
            self._line.append("\n")
        elif tag == "table":
            self.end_line()
            self.blocks.append(_table(element, depth))
        else:
            is_block = tag in _BLOCKS
            if is_block:
                self.end_line()
            self._line.append(number + _text(element.text))
            self._children(element, depth)
            if is_block:
                self.end_line()

    def _children(self, element: etree._Element, depth: int) -> None:
        item_number = parse_integer(element.get("start")) or 1
        for one in element:
            is_item = one.tag == "li" and element.tag == "ol"
            self.read(one, depth + 1, f"{item_number}. " if is_item else "")
            item_number += is_item
            self._line.append(_text(one.tail))


def _text(text: str | None) -> str:
    return _SPACES.sub(" ", text or "")


def _table(table: etree._Element, depth: int) -> Table:
    """The table on its grid; HTML lets a cell span the columns and rows that are there."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    taken: dict[tuple[int, int], Cell | None] = {}
    width = 0
    for row_index, row in enumerate(rows):
        column = 0
        for element in row.iterchildren("td", "th"):
            while (row_index, column) in taken:
                column += 1
            column_span = _span(element, "colspan", _WIDEST_SPAN)
            row_span = _span(element, "rowspan", len(rows) - row_index)
            if len(taken) + row_span * column_span > _MOST_CELLS:
                raise TableTooLarge
            taken |= {(row_index + y, column + x): None for y in range(row_span) for x in range(column_span)}
            taken[row_index, column] = Cell(_cell_text(element, depth + 1), column_span, row_span)
            width = max(width, column + column_span)
    return Table(tuple(tuple(taken.get((y, x)) for x in range(width)) for y in range(len(rows))))


def _cell_text(element: etree._Element, depth: int) -> str:
    reader = _Blocks()
    reader.read(element, depth)
    return "\n".join(one if isinstance(one, str) else one.as_text() for one in reader.blocks)


def _span(element: etree._Element, name: str, largest: int) -> int:
    return min(max(parse_integer(element.get(name)) or 1, 1), largest)
