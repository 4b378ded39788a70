"""Word file → ``Document``: its paragraphs and tables in order, as a reader of the document sees them."""

from __future__ import annotations

from datetime import UTC, datetime

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from orchestration.documents.errors import TooLarge, TruncatedFile
from orchestration.documents.grid import TableTooLarge, read_table
from orchestration.documents.model import Document, Paragraph, Table
from orchestration.documents.numbering import ListNumbers
from orchestration.documents.package import Limits, open_package
from orchestration.documents.styles import Styles
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
    styles = Styles(_part_root(word, RELATIONSHIP_TYPE.STYLES))
    reader = TextReader(styles, ListNumbers(_part_root(word, RELATIONSHIP_TYPE.NUMBERING), styles))
    blocks: list[Paragraph | Table] = []
    try:
        for block in reader.blocks(body):
            is_text = isinstance(block, str)
            blocks.append(Paragraph(block) if is_text else read_table(block, reader, limits.table_cells))
    except TableTooLarge as error:
        raise TooLarge(name, f"в таблице больше {limits.table_cells} ячеек") from error
    return Document(name, tuple(blocks), _modified_at(word))


def _part_root(word: WordDocument, relationship_type: str) -> etree._Element | None:
    try:
        return word.part.part_related_by(relationship_type).element
    except KeyError:
        return None


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
