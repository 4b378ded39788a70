"""The text of paragraphs and cells as a reader of the document sees it: revisions accepted, hidden text left out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from orchestration.documents.numbering import ListNumbers
from orchestration.documents.styles import Styles, is_on
from orchestration.documents.wordml import MATH, W, child, children, children_by_tag, w_attribute

_PARAGRAPH, _TABLE, _ROW, _CELL, _RUN = W + "p", W + "tbl", W + "tr", W + "tc", W + "r"
_TEXT, _MATH_TEXT, _FIELD, _SYMBOL, _TEXT_BOX = W + "t", MATH + "t", W + "fldChar", W + "sym", W + "txbxContent"
_STYLE, _NUMBERING, _MARK = W + "pStyle", W + "numPr", W + "rPr"
_CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_RUN_CONTENT = frozenset({_TEXT, _MATH_TEXT, _FIELD, _SYMBOL, _TEXT_BOX, *_CHARACTERS})
_BLOCKS = frozenset({_PARAGRAPH, _TABLE})
_INLINES = frozenset({_RUN, _MATH_TEXT, _TEXT_BOX})
_SOFT_HYPHEN = "\u00ad"


class TextReader:
    """Reads blocks in document order; list numbers are counted as it goes, so every block is to be read once."""

    def __init__(self, styles: Styles, numbers: ListNumbers) -> None:
        self._styles = styles
        self._numbers = numbers

    def blocks(self, story: etree._Element) -> Iterator[str | etree._Element]:
        """Paragraph texts and table elements of a body, cell or text box.

        A paragraph whose mark is a tracked deletion runs on into the next one.
        """
        pending = ""
        for block in children(story, _BLOCKS):
            if block.tag == _TABLE:
                if pending:
                    yield pending
                pending = ""
                yield block
                continue
            properties = children_by_tag(child(block, W + "pPr"))
            is_mark_deleted = _is_mark_deleted(properties)
            pending += self._paragraph(block, properties, is_mark_deleted)
            if not is_mark_deleted:
                yield pending
                pending = ""
        if pending:
            yield pending

    def story(self, element: etree._Element) -> str:
        """A cell's or text box's whole text: a line a paragraph; nested tables a line a row, cells parted by tabs."""
        lines = [block if isinstance(block, str) else self._nested_table(block) for block in self.blocks(element)]
        return "\n".join(lines).strip("\n")

    def _nested_table(self, table: etree._Element) -> str:
        rows = children(table, frozenset({_ROW}))
        return "\n".join("\t".join(map(self.story, children(row, frozenset({_CELL})))) for row in rows)

    def _paragraph(
        self, paragraph: etree._Element, properties: dict[str, etree._Element], is_mark_deleted: bool
    ) -> str:
        style = self._styles.default_paragraph_style
        if _STYLE in properties:
            style = properties[_STYLE].get(W + "val")
        is_hidden = style is not None and self._styles.is_hidden(style)
        pieces: list[str] = []
        boxes: list[str] = []
        # One flag an open field: whether its instruction (not its result) is being read.
        fields: list[bool] = []
        for inline in children(paragraph, _INLINES):
            if inline.tag == _MATH_TEXT:
                pieces.append(inline.text or "")
            elif inline.tag == _TEXT_BOX:
                boxes.append(self.story(inline))
            elif not self._is_hidden(inline, is_hidden):
                self._run(inline, pieces, boxes, fields)
        text = "".join(pieces).replace(_SOFT_HYPHEN, "")
        # A wholly deleted paragraph is gone together with its number.
        label = "" if is_mark_deleted and not text else self._numbers.label(properties.get(_NUMBERING), style)
        return "\n".join(filter(None, [label + text if text else label.rstrip(), *boxes]))

    def _run(self, run: etree._Element, pieces: list[str], boxes: list[str], fields: list[bool]) -> None:
        for content in children(run, _RUN_CONTENT):
            if content.tag == _FIELD:
                _follow_field(content.get(W + "fldCharType"), fields)
            elif any(fields):
                continue
            elif content.tag == _TEXT_BOX:
                boxes.append(self.story(content))
            elif content.tag == _SYMBOL:
                pieces.append(_symbol(content))
            else:
                pieces.append(_CHARACTERS.get(content.tag) or content.text or "")

    def _is_hidden(self, run: etree._Element, is_paragraph_hidden: bool) -> bool:
        properties = child(run, W + "rPr")
        if properties is not None:
            vanish = child(properties, W + "vanish")
            if vanish is not None:
                return is_on(vanish)
            run_style = w_attribute(properties, "rStyle")
            if run_style is not None and self._styles.is_hidden(run_style):
                return True
        return is_paragraph_hidden


def _is_mark_deleted(properties: dict[str, etree._Element]) -> bool:
    mark = children_by_tag(properties.get(_MARK))
    return W + "del" in mark or W + "moveFrom" in mark


def _follow_field(kind: str | None, fields: list[bool]) -> None:
    if kind == "begin":
        fields.append(True)
    elif kind == "separate" and fields:
        fields[-1] = False
    elif kind == "end" and fields:
        fields.pop()


def _symbol(element: etree._Element) -> str:
    """The character of ``w:sym``; symbol fonts use the private area, where a code says nothing without the font."""
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    return "" if 0xD800 <= code <= 0xF8FF or not 0x20 <= code <= 0x10FFFF else chr(code)
