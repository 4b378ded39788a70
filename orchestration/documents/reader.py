"""Word file → ``Document``: its paragraphs and tables in order, as a reader of the document sees them."""

from __future__ import annotations

from datetime import UTC, datetime

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from lxml import etree

from orchestration.documents.errors import TooLarge, TruncatedFile
from orchestration.documents.grid import TableTooLarge
from orchestration.documents.model import Document, Paragraph
from orchestration.documents.numbering import ListNumbers
from orchestration.documents.package import Limits, open_package
from orchestration.documents.styles import Styles, parse_styles
from orchestration.documents.text import TextReader
from orchestration.documents.wordml import W, child

_DEFAULT_LIMITS = Limits()


def read_document(data: bytes, name: str, limits: Limits = _DEFAULT_LIMITS) -> Document:
    """The paragraphs and tables of a Word file; ``name`` (with extension) is what messages call it.

    Raises a ``DocumentError`` for any bytes that are no readable Word document.
    """
    word = open_package(data, name, limits)
    body = child(word.element, W + "body")
    if body is None:
        raise TruncatedFile(name, "в документе нет текста")
    styles = Styles(_styles_root(word, name))
    numbering = _related(word, RELATIONSHIP_TYPE.NUMBERING)
    numbers = ListNumbers(None if numbering is None else numbering.element, styles)
    reader = TextReader(body, styles, numbers, _embedded_html(word), limits.table_cells)
    try:
        blocks = tuple(Paragraph(block) if isinstance(block, str) else block for block in reader.blocks(body))
    except TableTooLarge as error:
        raise TooLarge(name, f"в таблице больше {limits.table_cells} ячеек") from error
    return Document(name, blocks, _modified_at(word))


def _styles_root(word: WordDocument, name: str) -> etree._Element | None:
    part = _related(word, RELATIONSHIP_TYPE.STYLES)
    try:
        return None if part is None else parse_styles(part.blob)
    except etree.XMLSyntaxError as error:
        raise TruncatedFile(name, "ошибка разметки XML в стилях") from error


def _related(word: WordDocument, relationship_type: str) -> Part | None:
    try:
        return word.part.part_related_by(relationship_type)
    except KeyError:
        return None


def _embedded_html(word: WordDocument) -> dict[str, bytes]:
    relationships = word.part.rels.values()
    return {
        one.rId: one.target_part.blob
        for one in relationships
        if one.reltype == RELATIONSHIP_TYPE.A_F_CHUNK and not one.is_external
    }


def _modified_at(word: WordDocument) -> datetime | None:
    """When the document says it was last modified, UTC without time zone."""
    package = word.part.package
    if all(relationship.reltype != RELATIONSHIP_TYPE.CORE_PROPERTIES for relationship in package.rels.values()):
        # python-docx would make up properties that were modified just now.
        return None
    try:
        modified = package.core_properties.modified
    except (AttributeError, OverflowError, TypeError, ValueError):
        # The part is something else, or its date is none.
        return None
    return (
        None
        if modified is None
        else modified.replace(tzinfo=modified.tzinfo or UTC).astimezone(UTC).replace(tzinfo=None)
    )
