"""Walking WordprocessingML: the elements that hold content, past the wrappers that only annotate it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES, _CONTENT_CONTROL = _MC + "AlternateContent", W + "sdt"
# Properties, deleted or moved-away content, field instructions and readings over ruby text are no content.
_PROPERTIES = ("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "customXmlPr", "smartTagPr")
_UNREAD = ("del", "moveFrom", "delText", "instrText", "delInstrText", "rt")
_SKIPPED = frozenset(W + tag for tag in (*_PROPERTIES, *_UNREAD))


def children(element: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
    """Nearest descendants with a wanted tag, in document order.

    Content controls, hyperlinks, smart tags, custom XML, insertions, simple fields and unknown wrappers are looked
    through; of alternative contents the first branch that holds anything wanted is taken; placeholders are left out.
    """
    for one in element:
        tag = one.tag
        if tag in wanted:
            yield one
        elif tag in _SKIPPED or not isinstance(tag, str):
            continue
        elif tag == _ALTERNATIVES:
            yield from _alternative(one, wanted)
        elif tag != _CONTENT_CONTROL or not _is_placeholder(one):
            yield from children(one, wanted)


def child(element: etree._Element | None, tag: str) -> etree._Element | None:
    """The first child with this tag; several times faster than ``find``."""
    return None if element is None else next(element.iterchildren(tag), None)


def children_by_tag(element: etree._Element | None) -> dict[str, etree._Element]:
    """The children of a property element; one pass is cheaper than several look-ups."""
    return {} if element is None else {one.tag: one for one in element}


def w_attribute(parent: etree._Element | None, tag: str, attribute: str = "val") -> str | None:
    """The attribute of a property element under ``parent``, None where either is missing."""
    element = child(parent, W + tag)
    return None if element is None else element.get(W + attribute)


def w_integer(parent: etree._Element | None, tag: str, attribute: str = "val") -> int | None:
    """As ``w_attribute``, as an integer; None where it is no number."""
    return parse_integer(w_attribute(parent, tag, attribute))


def parse_integer(value: str | None) -> int | None:
    """The integer that an attribute holds, None where it is missing or no number."""
    try:
        return None if value is None else int(value)
    except ValueError:
        return None


def _is_placeholder(control: etree._Element) -> bool:
    return child(child(control, W + "sdtPr"), W + "showingPlcHdr") is not None


def _alternative(alternatives: etree._Element, wanted: frozenset[str]) -> list[etree._Element]:
    for branch in alternatives:
        found = list(children(branch, wanted)) if isinstance(branch.tag, str) else []
        if found:
            return found
    return []
