"""What the reader needs of a document's styles: inheritance, numbering, hidden text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from orchestration.documents.wordml import W, child, is_on, parse_part, w_attribute, w_integer

_ROOT = re.compile(rb"<([\w.-]+:)?styles[\s>]")
_HEAD_BYTES = 16 * 1024
_VANISH, _RUN_STYLE, _RUN_PROPERTIES = W + "vanish", W + "rStyle", W + "rPr"
# Far more than Word lets styles be based on one another.
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class StyleNumbering:
    """How a style numbers its paragraphs: the list, the level where told, the styles from itself to its ancestors."""

    number_id: int
    level: int | None
    lineage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    number_id: int | None
    level: int | None
    is_hidden: bool | None


def parse_styles(content: bytes) -> etree._Element:
    """The root of a styles part, without table styles: they format no text of their own and are nine tenths of it.

    Raises ``etree.XMLSyntaxError``.
    """
    try:
        return parse_part(_without_table_styles(content))
    except etree.XMLSyntaxError:
        return parse_part(content)


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._read: dict[str, _Style] = {}
        self._hidden: dict[str | None, bool] = {}
        self._numbering: dict[str | None, StyleNumbering | None] = {}
        self.default_paragraph_style: str | None = None
        for element in () if root is None else root.iterchildren(W + "style"):
            style_id = element.get(W + "styleId")
            if style_id is None:
                continue
            self._elements[style_id] = element
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                self.default_paragraph_style = style_id

    def numbering(self, style_id: str | None) -> StyleNumbering | None:
        """How paragraphs in this style are numbered, None where they are not."""
        if style_id not in self._numbering:
            chain = self._chain(style_id)
            number_id = next((one.number_id for one in chain.values() if one.number_id is not None), None)
            level = next((one.level for one in chain.values() if one.level is not None), None)
            self._numbering[style_id] = None if number_id is None else StyleNumbering(number_id, level, tuple(chain))
        return self._numbering[style_id]

    def is_hidden(self, style_id: str | None) -> bool:
        """Whether text in this style is hidden."""
        if style_id not in self._hidden:
            flags = (style.is_hidden for style in self._chain(style_id).values() if style.is_hidden is not None)
            self._hidden[style_id] = next(flags, False)
        return self._hidden[style_id]

    def is_ordinary(self, style_id: str | None) -> bool:
        """Whether text in this style is neither numbered nor hidden."""
        return self.numbering(style_id) is None and not self.is_hidden(style_id)

    def hides(self, properties: etree._Element, is_paragraph_hidden: bool) -> bool:
        """Whether text with these run properties is hidden in a paragraph whose style hides it or not.

        A character style toggles what the paragraph style says; the run's own property decides over both.
        """
        is_toggled = False
        for one in properties.iterchildren(_VANISH, _RUN_STYLE):
            if one.tag == _VANISH:
                return is_on(one)
            is_toggled = self.is_hidden(one.get(W + "val"))
        return is_paragraph_hidden != is_toggled

    def _chain(self, style_id: str | None) -> dict[str, _Style]:
        """The style and its ancestors, itself first."""
        chain: dict[str, _Style] = {}
        while style_id in self._elements and style_id not in chain and len(chain) < _LONGEST_CHAIN:
            if style_id not in self._read:
                self._read[style_id] = _read(self._elements[style_id])
            chain[style_id] = self._read[style_id]
            style_id = chain[style_id].based_on
        return chain


def _without_table_styles(content: bytes) -> bytes:
    root = _ROOT.search(content[:_HEAD_BYTES])
    prefix = (root[1] if root else None) or b""
    opening, closing = b"<" + prefix + b"style ", b"</" + prefix + b"style>"
    *styles, tail = content.split(closing)
    kept = []
    for style in styles:
        start = style.rfind(opening)
        is_of_table = b'type="table"' in style[start : style.find(b">", start)]
        kept.append(style[:start] if is_of_table else style + closing)
    return b"".join([*kept, tail])


def _read(element: etree._Element) -> _Style:
    numbering = child(child(element, W + "pPr"), W + "numPr")
    vanish = child(child(element, _RUN_PROPERTIES), _VANISH)
    return _Style(
        based_on=w_attribute(element, "basedOn"),
        number_id=w_integer(numbering, "numId"),
        level=w_integer(numbering, "ilvl"),
        is_hidden=None if vanish is None else is_on(vanish),
    )
