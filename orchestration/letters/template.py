"""Filling a letter's Word template: placeholders, rows repeated for a list, passages left out.

``{period}`` in a text stands for a value. A table row with ``{findings.message}`` is repeated for every item of the
list. Paragraphs ``{if notes}`` and ``{end}`` enclose what is left out where the list is empty. All else, wording and
looks, belongs to the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from orchestration.letters.wording import typeset

_PLACEHOLDER = re.compile(r"\{(?!end\})([a-z_]+(?:\.[a-z_]+)?)\}")
_MARKER = re.compile(r"\s*\{(?:if ([a-z_]+)|(end))\}\s*")
_LIKE_MARKER = re.compile(r"\{(?:if\b[^}]*|end)\}")

UNOPENED = (OpcError, BadZipFile, KeyError, ValueError, OSError, etree.XMLSyntaxError)
"""What python-docx raises for a file that is no Word document."""

Values = Mapping[str, str]
Lists = Mapping[str, Sequence[Values]]


class TemplateError(ValueError):
    """A template cannot be filled; names the file and what to change in it."""

    def __init__(self, template: Path, problem: str) -> None:
        super().__init__(f"{template}: {problem}")
        self.template = template


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of letter: its template's file name, the placeholders it knows, and those no template goes without."""

    file_name: str
    fields: frozenset[str]
    lists: Mapping[str, frozenset[str]]
    required: frozenset[str]

    @property
    def placeholders(self) -> frozenset[str]:
        """All names that may stand in braces."""
        return self.fields | {f"{name}.{field}" for name, fields in self.lists.items() for field in fields}


@dataclass(frozen=True, slots=True)
class Template:
    """A Word file fit to be filled."""

    content: bytes

    @classmethod
    def read(cls, form: Form, directory: Path) -> Template:
        """The form's template of ``directory``; raises ``TemplateError``."""
        path = directory / form.file_name
        try:
            content = path.read_bytes()
            document = docx.Document(BytesIO(content))
        except UNOPENED as error:
            raise TemplateError(path, f"not a Word document that can be opened ({error})") from error
        _check(path, form, document)
        return cls(content)

    def fill(self, values: Values, lists: Lists) -> Document:
        """The template with every placeholder filled; a line feed in a value is a line break.

        Values are taken as they are: braces in them mean nothing.
        """
        document = docx.Document(BytesIO(self.content))
        _keep_or_drop_passages(document, lists)
        for story in _stories(document):
            repeated = [(row, name) for row in story.iter(qn("w:tr")) if (name := _list_of(row))]
            in_rows = {paragraph for row, _ in repeated for paragraph in row.iter(qn("w:p"))}
            for paragraph in story.iter(qn("w:p")):
                if paragraph not in in_rows:
                    _fill_paragraph(paragraph, values)
            for row, name in repeated:
                for item in lists[name]:
                    row.addprevious(_filled_row(row, {**values, **_qualified(name, item)}))
                row.getparent().remove(row)
        return document


def _check(path: Path, form: Form, document: Document) -> None:
    found: set[str] = set()
    for story in _stories(document):
        for paragraph in story.iter(qn("w:p")):
            text = _text(paragraph)
            found |= set(_PLACEHOLDER.findall(text))
            if _LIKE_MARKER.search(text) and not (_MARKER.fullmatch(text) and paragraph.getparent() is story):
                raise TemplateError(path, f"«{text.strip()}» must be a paragraph of its own outside of tables")
            for name in (name for name in _PLACEHOLDER.findall(text) if "." in name):
                row = next(paragraph.iterancestors(qn("w:tr")), None)
                if row is None or _list_of(row) != name.partition(".")[0]:
                    raise TemplateError(path, f"{{{name}}} must stand in a table row of its own list")
    if unknown := found - form.placeholders:
        known = ", ".join(sorted(form.placeholders))
        raise TemplateError(path, f"unknown placeholder {_braced(unknown)}; there are {known}")
    if missing := form.required - found:
        raise TemplateError(path, f"the placeholder {_braced(missing)} is missing")
    _check_passages(path, form, document)


def _check_passages(path: Path, form: Form, document: Document) -> None:
    is_open = False
    for _, name in _markers(document):
        if name is not None and name not in form.lists:
            raise TemplateError(
                path, f"{{if {name}}}: there is no such list; there are {', '.join(sorted(form.lists))}"
            )
        if is_open == (name is not None):
            raise TemplateError(path, "every {if …} needs its {end} before the next {if …}")
        is_open = not is_open
    if is_open:
        raise TemplateError(path, "the last {if …} has no {end}")


def _braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _stories(document: Document) -> Iterator[BaseOxmlElement]:
    """The body, and every header and footer that the template has."""
    yield document.element.body
    for relationship in document.part.rels.values():
        if relationship.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
            yield relationship.target_part.element


def _markers(document: Document) -> Iterator[tuple[BaseOxmlElement, str | None]]:
    """The paragraphs that are markers, each with the list's name, None for an end."""
    for paragraph in document.element.body.findall(qn("w:p")):
        if match := _MARKER.fullmatch(_text(paragraph)):
            yield paragraph, match[1]


def _keep_or_drop_passages(document: Document, lists: Lists) -> None:
    markers = list(_markers(document))
    for (start, name), (end, _) in zip(markers[::2], markers[1::2], strict=True):
        if not lists[name]:
            for element in list(start.itersiblings()):
                if element is end:
                    break
                element.getparent().remove(element)
        for marker in (start, end):
            marker.getparent().remove(marker)


def _list_of(row: BaseOxmlElement) -> str | None:
    """The list that repeats the row."""
    names = _PLACEHOLDER.findall("".join(_text(paragraph) for paragraph in row.iter(qn("w:p"))))
    return next((name.partition(".")[0] for name in names if "." in name), None)


def _qualified(name: str, item: Values) -> Values:
    return {f"{name}.{field}": text for field, text in item.items()}


def _filled_row(row: BaseOxmlElement, values: Values) -> BaseOxmlElement:
    filled = deepcopy(row)
    for paragraph in list(filled.iter(qn("w:p"))):
        if (
            _fill_paragraph(paragraph, values)
            and not _text(paragraph)
            and len(paragraph.getparent().findall(qn("w:p"))) > 1
        ):
            paragraph.getparent().remove(paragraph)
    return filled


def _text_nodes(paragraph: BaseOxmlElement) -> list[BaseOxmlElement]:
    """The texts of the paragraph without those of text boxes in it."""
    return [node for node in paragraph.iter(qn("w:t")) if next(node.iterancestors(qn("w:p"))) is paragraph]


def _text(paragraph: BaseOxmlElement) -> str:
    return "".join(node.text or "" for node in _text_nodes(paragraph))


def _fill_paragraph(paragraph: BaseOxmlElement, values: Values) -> bool:
    """Fill the placeholders, which Word may have split into several runs; tell whether there were any."""
    matches = list(_PLACEHOLDER.finditer(_text(paragraph)))
    nodes = _text_nodes(paragraph)
    for match in reversed(matches):
        _replace(nodes, match.start(), match.end(), values[match[1]])
    for node in nodes if matches else ():
        node.text = typeset(node.text or "")
        _break_lines(node)
    return bool(matches)


def _replace(nodes: Sequence[BaseOxmlElement], start: int, end: int, value: str) -> None:
    """Put the value into the node where ``start`` falls and take the placeholder's rest out of those behind it."""
    position = 0
    for node in nodes:
        text = node.text or ""
        left, right = max(start - position, 0), min(end - position, len(text))
        if left < right:
            node.text = text[:left] + (value if position + left == start else "") + text[right:]
        position += len(text)


def _break_lines(node: BaseOxmlElement) -> None:
    first, *others = (node.text or "").split("\n")
    _set_text(node, first)
    for line in others:
        following = OxmlElement("w:t")
        _set_text(following, line)
        line_break = OxmlElement("w:br")
        node.addnext(line_break)
        line_break.addnext(following)
        node = following


def _set_text(node: BaseOxmlElement, text: str) -> None:
    node.text = text
    node.set(qn("xml:space"), "preserve")
