"""What the reader needs of a document's styles: inheritance, numbering, hidden text."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from orchestration.documents.wordml import W, child, w_attribute, w_integer

_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    number_id: int | None
    level: int | None
    is_hidden: bool | None


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._hidden: dict[str, bool] = {}
        self._numbering: dict[str | None, tuple[str, int, int | None] | None] = {}
        self.default_paragraph_style: str | None = None
        for element in () if root is None else root.iterchildren(W + "style"):
            style_id = element.get(W + "styleId")
            if style_id is None:
                continue
            self._styles[style_id] = _read(element)
            if element.get(W + "type") == "paragraph" and element.get(W + "default", "0") not in _OFF:
                self.default_paragraph_style = style_id

    def numbering(self, style_id: str | None) -> tuple[str, int, int | None] | None:
        """The style in the chain of inheritance that numbers its paragraphs, with its numbering id and level."""
        if style_id not in self._numbering:
            numbered = (
                (name, one.number_id, one.level) for name, one in self._chain(style_id) if one.number_id is not None
            )
            self._numbering[style_id] = next(numbered, None)
        return self._numbering[style_id]

    def is_hidden(self, style_id: str) -> bool:
        """Whether text in this style is hidden."""
        if style_id not in self._hidden:
            flags = (style.is_hidden for _, style in self._chain(style_id) if style.is_hidden is not None)
            self._hidden[style_id] = next(flags, False)
        return self._hidden[style_id]

    def _chain(self, style_id: str | None) -> list[tuple[str, _Style]]:
        chain: dict[str, _Style] = {}
        while style_id is not None and style_id in self._styles and style_id not in chain:
            chain[style_id] = self._styles[style_id]
            style_id = chain[style_id].based_on
        return list(chain.items())


def is_on(element: etree._Element) -> bool:
    """Whether an on/off property is on."""
    return element.get(W + "val", "1") not in _OFF


def _read(element: etree._Element) -> _Style:
    paragraph, run = child(element, W + "pPr"), child(element, W + "rPr")
    numbering = child(paragraph, W + "numPr")
    vanish = child(run, W + "vanish")
    return _Style(
        based_on=w_attribute(element, "basedOn"),
        number_id=w_integer(numbering, "numId"),
        level=w_integer(numbering, "ilvl"),
        is_hidden=None if vanish is None else is_on(vanish),
    )
