"""The text of paragraphs and cells as a reader of the document sees it: revisions accepted, hidden text left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import etree

from orchestration.documents.fields import Fields, text_without_result
from orchestration.documents.grid import MERGES, layout_cell, read_table
from orchestration.documents.html import html_blocks
from orchestration.documents.model import Table
from orchestration.documents.numbering import ListNumbers
from orchestration.documents.styles import Styles
from orchestration.documents.symbols import symbol
from orchestration.documents.wordml import (
    ALTERNATIVES,
    CONTENT_CONTROL,
    MATH,
    NO_CONTENT,
    W,
    child,
    children,
    is_placeholder,
    shown_branch,
)

_PARAGRAPH, _TABLE, _CHUNK = W + "p", W + "tbl", W + "altChunk"
_BLOCKS = frozenset({_PARAGRAPH, _TABLE, _CHUNK})
_CHUNK_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PARAGRAPH_PROPERTIES, _RUN_PROPERTIES = W + "pPr", W + "rPr"
_STYLE, _NUMBERING, _FRAME = W + "pStyle", W + "numPr", W + "framePr"
_DELETED, _MOVED, _SEPARATES_STYLES = W + "del", W + "moveFrom", W + "specVanish"
_TEXT, _RUN = W + "t", W + "r"
_CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_FONTS = W + "rFonts"
# A paragraph without any of these is the text of its ``w:t`` elements, which is the fastest thing to ask for.
_RICH_TAGS = (
    "del", "fldChar", "fldSimple", "framePr", "moveFrom", "rStyle", "rt", "sdt", "sym", "txbxContent", "vanish"
)  # fmt: skip
_RICH_CONTENT = (*_CHARACTERS, *(W + tag for tag in _RICH_TAGS), MATH + "t", ALTERNATIVES)
# A cell without any of these and with ordinary styles only is the text of its paragraphs, in one column and row.
_CELL = W + "tc"
_RICH_CELL_CONTENT = (*_RICH_CONTENT, *MERGES, _STYLE, _NUMBERING, _TABLE, _CHUNK)
_SOFT_HYPHEN, _NON_BREAKING_HYPHEN = "\u00ad", "\u2011"
_UNUSUAL_CHARACTER = re.compile("[\n\uf000-\uf0ff]")
_PRIVATE_CHARACTER = re.compile("[\uf000-\uf0ff]")


class _Line:
    """A paragraph as it is read, with what ran on into it from the ones before."""

    __slots__ = (
        "automatic_number", "boxes", "fields", "is_dropped_capital", "is_style_hidden", "label", "mark",
        "numbering", "pieces", "style",
    )  # fmt: skip

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.label = ""
        self.pieces: list[str] = []
        self.boxes: list[str] = []

    def begin_paragraph(self, default_style: str | None, is_style_hidden: bool) -> None:
        self.style = default_style
        self.is_style_hidden = is_style_hidden
        self.numbering: etree._Element | None = None
        self.mark: etree._Element | None = None
        self.is_dropped_capital = False
        self.automatic_number = 0

    def text(self) -> str:
        text = _without_marks("".join(self.pieces))
        line = self.label + text if text else self.label.rstrip()
        return "\n".join(filter(None, [line, *self.boxes])) if self.boxes else line


class TextReader:
    """Reads blocks in document order; list numbers are counted as it goes, so every block is to be read once.

    ``chunks`` are the embedded HTML files by relationship id, ``table_cells`` the most cells that a table may have.
    """

    def __init__(
        self,
        document: etree._Element,
        styles: Styles,
        numbers: ListNumbers,
        chunks: Mapping[str, bytes],
        table_cells: int,
    ) -> None:
        self._styles = styles
        self._is_default_style_hidden = styles.is_hidden(styles.default_paragraph_style)
        self._rich_paragraphs = {next(one.iterancestors(_PARAGRAPH), None) for one in document.iter(*_RICH_CONTENT)}
        self._rich_cells = {
            next(one.iterancestors(_CELL), None)
            for one in document.iter(*_RICH_CELL_CONTENT)
            if one.tag != _STYLE or not styles.is_ordinary(one.get(W + "val"))
        }
        self._has_plain_cells = styles.is_ordinary(styles.default_paragraph_style)
        self._numbers = numbers
        self._chunks = chunks
        self._table_cells = table_cells
        self._automatic_numbers = 0
        self._readers: dict[str, Callable[[etree._Element, _Line, bool], None]] = {
            ALTERNATIVES: self._read_alternatives,
            CONTENT_CONTROL: self._read_content_control,
            _PARAGRAPH_PROPERTIES: self._read_paragraph_properties,
            W + "fldChar": self._read_field_mark,
            W + "instrText": self._read_instruction,
            W + "fldSimple": self._read_simple_field,
            W + "sym": self._read_symbol,
            W + "txbxContent": self._read_text_box,
            MATH + "t": self._read_math_text,
            MATH + "r": self._read_math_run,
            MATH + "f": self._read_fraction,
            MATH + "d": self._read_delimited,
        }

    def blocks(self, story: etree._Element) -> list[str | Table]:
        """Paragraph texts and tables of a body, cell or text box.

        A paragraph whose mark is a tracked deletion or hidden runs on into the next one.
        """
        read: list[str | Table] = []
        fields = Fields(story)
        line: _Line | None = None
        for block in children(story, _BLOCKS):
            if block.tag == _PARAGRAPH:
                line = line or _Line(fields)
                if self._read_paragraph(block, line):
                    read.append(line.text())
                    line = None
                continue
            if line is not None and (line.pieces or line.boxes):
                read.append(line.text())
            line = None
            if block.tag == _TABLE and (frame := layout_cell(block)) is not None:
                read += self.blocks(frame)
            elif block.tag == _TABLE:
                table = read_table(block, self._read_cell, self._table_cells, self._rich_cells)
                self._table_cells -= sum(map(len, table.rows))
                read.append(table)
            else:
                read += html_blocks(self._chunks.pop(block.get(_CHUNK_ID, ""), b""))
        if line is not None and (line.pieces or line.boxes):
            read.append(line.text())
        return read

    def story(self, element: etree._Element) -> str:
        """A cell's or text box's whole text: a line a paragraph; nested tables a line a row, cells parted by tabs."""
        return "\n".join([one if isinstance(one, str) else one.as_text() for one in self.blocks(element)]).strip("\n")

    def _read_cell(self, cell: etree._Element) -> str:
        if not self._has_plain_cells or cell in self._rich_cells:
            return self.story(cell)
        content = cell.iter(_PARAGRAPH, _TEXT)
        text = "".join(["\n" if one.tag == _PARAGRAPH else (one.text or "").replace("\n", " ") for one in content])
        return self.story(cell) if _PRIVATE_CHARACTER.search(text) else _without_marks(text).strip("\n")

    def _read_paragraph(self, paragraph: etree._Element, line: _Line) -> bool:
        """Add a paragraph to the line; False where it runs on into the next paragraph."""
        styles = self._styles
        line.begin_paragraph(styles.default_paragraph_style, self._is_default_style_hidden)
        if paragraph in self._rich_paragraphs:
            self._read(paragraph, line, self._is_default_style_hidden)
        else:
            self._read_plain(paragraph, line)
        mark = line.mark
        if line.is_dropped_capital or (
            mark is not None and next(mark.iterchildren(_DELETED, _MOVED), None) is not None
        ):
            return False
        is_mark_hidden = line.is_style_hidden if mark is None else styles.hides(mark, line.is_style_hidden)
        if not is_mark_hidden:
            line.label = self._numbers.label(line.numbering, line.style) or line.label
            return True
        if line.pieces or line.boxes:
            label = self._numbers.label(line.numbering, line.style)
            if not line.label and child(mark, _SEPARATES_STYLES) is not None:
                line.label = label
        return False

    def _read_plain(self, paragraph: etree._Element, line: _Line) -> None:
        for one in paragraph:
            if one.tag == _PARAGRAPH_PROPERTIES:
                self._read_paragraph_properties(one, line, False)
            break
        if not (line.is_style_hidden or line.fields.is_hiding):
            text = "".join([one.text or "" for one in paragraph.iter(_TEXT)])
            if _UNUSUAL_CHARACTER.search(text):
                text = "".join([_characters(one) for one in paragraph.iter(_TEXT)])
            if text:
                line.pieces.append(text)

    def _read(self, parent: etree._Element, line: _Line, is_hidden: bool) -> None:
        # The commonest elements come first, compared one by one: that is faster than a look-up.
        for one in parent:
            tag = one.tag
            if tag == _RUN:
                self._read(one, line, line.is_style_hidden)
            elif tag == _TEXT:
                self._show(_characters(one), line, is_hidden)
            elif tag == _RUN_PROPERTIES:
                is_hidden = self._styles.hides(one, line.is_style_hidden)
            elif tag in self._readers:
                self._readers[tag](one, line, is_hidden)
            elif tag in _CHARACTERS:
                self._show(_CHARACTERS[tag], line, is_hidden)
            elif tag not in NO_CONTENT and isinstance(tag, str):
                self._read(one, line, is_hidden)

    def _read_paragraph_properties(self, properties: etree._Element, line: _Line, is_hidden: bool) -> None:
        for one in properties:
            tag = one.tag
            if tag == _STYLE:
                line.style = one.get(W + "val")
                line.is_style_hidden = self._styles.is_hidden(line.style)
            elif tag == _NUMBERING:
                line.numbering = one
            elif tag == _RUN_PROPERTIES:
                line.mark = one
            elif tag == _FRAME:
                line.is_dropped_capital = one.get(W + "dropCap", "none") != "none"

    def _read_math_text(self, element: etree._Element, line: _Line, is_hidden: bool) -> None:
        self._show(element.text or "", line, is_hidden)

    def _read_math_run(self, element: etree._Element, line: _Line, is_hidden: bool) -> None:
        self._read(element, line, line.is_style_hidden)

    @staticmethod
    def _show(text: str, line: _Line, is_hidden: bool) -> None:
        if text and not (is_hidden or line.fields.is_hiding):
            line.pieces.append(text)

    def _read_alternatives(self, alternatives: etree._Element, line: _Line, is_hidden: bool) -> None:
        branch = shown_branch(alternatives)
        if branch is not None:
            self._read(branch, line, is_hidden)

    def _read_content_control(self, control: etree._Element, line: _Line, is_hidden: bool) -> None:
        if not is_placeholder(control):
            self._read(control, line, is_hidden)

    def _read_field_mark(self, mark: etree._Element, line: _Line, is_hidden: bool) -> None:
        shown = line.fields.follow(mark, lambda: self._next_number(line))
        if not is_hidden:
            line.pieces.append(shown)

    def _read_instruction(self, instruction: etree._Element, line: _Line, is_hidden: bool) -> None:
        line.fields.instruct(instruction.text or "")

    def _read_simple_field(self, element: etree._Element, line: _Line, is_hidden: bool) -> None:
        if child(element, W + "r") is not None:
            self._read(element, line, is_hidden)
        else:
            instruction = element.get(W + "instr", "")
            self._show(text_without_result(instruction, lambda: self._next_number(line)), line, is_hidden)

    def _read_symbol(self, element: etree._Element, line: _Line, is_hidden: bool) -> None:
        try:
            code = int(element.get(W + "char", ""), 16)
        except ValueError:
            return
        self._show(symbol(element.get(W + "font", ""), code), line, is_hidden)

    def _read_text_box(self, box: etree._Element, line: _Line, is_hidden: bool) -> None:
        if not is_hidden and not line.fields.is_hiding:
            line.boxes.append(self.story(box))

    def _read_fraction(self, fraction: etree._Element, line: _Line, is_hidden: bool) -> None:
        for part in fraction.iterchildren(MATH + "num", MATH + "den"):
            if part.tag == MATH + "den":
                self._show("/", line, is_hidden)
            self._read(part, line, is_hidden)

    def _read_delimited(self, delimited: etree._Element, line: _Line, is_hidden: bool) -> None:
        properties = child(delimited, MATH + "dPr")
        opening, separator, closing = (
            sign.get(MATH + "val", "") if (sign := child(properties, MATH + name)) is not None else usual
            for name, usual in (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
        )
        for index, part in enumerate(delimited.iterchildren(MATH + "e")):
            self._show(separator if index else opening, line, is_hidden)
            self._read(part, line, is_hidden)
        self._show(closing, line, is_hidden)

    def _next_number(self, line: _Line) -> int:
        """Automatic-number fields count paragraphs: all of one paragraph show the same number."""
        if not line.automatic_number:
            self._automatic_numbers += 1
            line.automatic_number = self._automatic_numbers
        return line.automatic_number


def _without_marks(text: str) -> str:
    """The text without soft hyphens, non-breaking ones made plain."""
    return text if text.isascii() else text.replace(_SOFT_HYPHEN, "").replace(_NON_BREAKING_HYPHEN, "-")


def _characters(element: etree._Element) -> str:
    """The text of ``w:t`` as shown: line ends are spaces, private characters are those of the run's symbol font."""
    text = (element.text or "").replace("\n", " ")
    if _PRIVATE_CHARACTER.search(text):
        fonts = child(child(element.getparent(), _RUN_PROPERTIES), _FONTS)
        font = "" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""
        text = _PRIVATE_CHARACTER.sub(lambda match: symbol(font, ord(match[0])), text)
    return text
