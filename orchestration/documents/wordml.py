"""Walking WordprocessingML: the elements that hold content, past the wrappers that only annotate it."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES, CONTENT_CONTROL = _MC + "AlternateContent", W + "sdt"
_CHOICE, _FALLBACK = _MC + "Choice", _MC + "Fallback"
_UNDERSTOOD = (
    "http://schemas.microsoft.com/office/",
    "http://schemas.openxmlformats.org/",
    "urn:schemas-microsoft-com:",
)
# Properties, deleted or moved-away content, field instructions and readings over ruby text are no content.
_PROPERTIES = ("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sdtPr", "customXmlPr")
_UNREAD = ("del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "smartTagPr", "rubyPr")
NO_CONTENT = frozenset(W + tag for tag in (*_PROPERTIES, *_UNREAD))
_OFF = frozenset({"0", "false", "off"})


def parse_part(content: bytes) -> etree._Element:
    """The root of an XML part; comments and processing instructions say nothing.

    Raises ``etree.XMLSyntaxError``.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(content, parser)


def children(element: etree._Element, wanted: frozenset[str]) -> list[etree._Element]:
    """Nearest descendants with a wanted tag, in document order.

    Content controls, hyperlinks, smart tags, custom XML, insertions, simple fields and unknown wrappers are looked
    through; of alternative contents the branch that Word shows is taken; placeholders are left out.
    """
    found: list[etree._Element] = []
    for one in element:
        tag = one.tag
        if tag in wanted:
            found.append(one)
        elif tag in NO_CONTENT or not isinstance(tag, str):
            continue
        elif tag == ALTERNATIVES:
            branch = shown_branch(one)
            if branch is not None:
                found += children(branch, wanted)
        elif tag != CONTENT_CONTROL or not is_placeholder(one):
            found += children(one, wanted)
    return found


def shown_branch(alternatives: etree._Element) -> etree._Element | None:
    """The first choice whose namespaces Word understands, else the fallback."""
    for choice in alternatives.iterchildren(_CHOICE):
        required = [choice.nsmap.get(prefix, "") for prefix in choice.get("Requires", "").split()]
        if required and all(namespace.startswith(_UNDERSTOOD) for namespace in required):
            return choice
    return child(alternatives, _FALLBACK)


def is_placeholder(control: etree._Element) -> bool:
    """Whether a content control shows its prompt («Место для ввода текста») instead of content."""
    prompt = child(child(control, W + "sdtPr"), W + "showingPlcHdr")
    return prompt is not None and is_on(prompt)


def child(element: etree._Element | None, tag: str) -> etree._Element | None:
    """The first child with this tag; several times faster than ``find``."""
    return None if element is None else next(element.iterchildren(tag), None)


def is_on(element: etree._Element) -> bool:
    """Whether an on/off property is on."""
    return element.get(W + "val", "1") not in _OFF


def w_attribute(parent: etree._Element | None, tag: str, attribute: str = "val") -> str | None:
    """The attribute of a property element under ``parent``, None where either is missing."""
    element = child(parent, W + tag)
    return None if element is None else element.get(W + attribute)


def w_integer(parent: etree._Element | None, tag: str, attribute: str = "val") -> int | None:
    """As ``w_attribute``, as an integer; None where it is no number."""
    return parse_integer(w_attribute(parent, tag, attribute))


def parse_integer(value: str | None, base: int = 10) -> int | None:
    """The integer that an attribute holds, None where it is missing or no number."""
    try:
        return None if value is None else int(value, base)
    except ValueError:
        return None
