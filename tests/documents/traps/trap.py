"""A trap: the smallest Word file with one difficulty, and the table that a person sees in it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from word_files import body_bytes, cell, paragraph, rewrite, row

Grid = tuple[tuple[str | None, ...], ...]
_RELATIONSHIPS = "word/_rels/document.xml.rels"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@dataclass(frozen=True)
class Part:
    """A part beside the document, referred to by ``relationship_id``."""

    name: str
    content: str
    content_type: str
    relationship: str
    relationship_id: str = "rIdTrap"


@dataclass(frozen=True)
class Trap:
    """``expected`` is the only table's true grid: a text a cell, None where a span goes on."""

    family: str
    name: str
    body: str
    expected: Grid
    numbering: str = ""
    styles: str = ""
    parts: Sequence[Part] = field(default=())

    @property
    def data(self) -> bytes:
        content = body_bytes(self.body, self.numbering, self.styles)
        for part in self.parts:
            content = _with_part(content, part)
        return content


def table(rows: Iterable[str], width: int = 0) -> str:
    """A table of these rows; ``width`` is the number of grid columns declared."""
    columns = '<w:gridCol w:w="1000"/>' * width
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def in_cell(content: str) -> str:
    """A table of one cell with this content."""
    return table([f"<w:tr><w:tc>{content}</w:tc></w:tr>"], 1)


def texts(family: str, cases: Mapping[str, tuple[str, str]], **more: str) -> list[Trap]:
    """Traps of one cell: name → (content of the cell, its text)."""
    return [Trap(family, name, in_cell(content), ((text,),), **more) for name, (content, text) in cases.items()]


def column(texts_: Iterable[str]) -> Grid:
    """A grid of one column."""
    return tuple((text,) for text in texts_)


def runs(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def mark(kind: str, form: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{form}</w:fldChar></w:r>'


def instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def complex_field(code: str, result: str | None = None) -> str:
    shown = "" if result is None else mark("separate") + result
    return mark("begin") + instruction(code) + shown + mark("end")


def _with_part(data: bytes, part: Part) -> bytes:
    relationship = (
        f'<Relationship Id="{part.relationship_id}" Type="{_OFFICE}{part.relationship}" Target="{part.name}"/>'
    )
    content_type = f'<Override PartName="/word/{part.name}" ContentType="{part.content_type}"/>'
    with zipfile.ZipFile(BytesIO(data)) as archive:
        relationships = archive.read(_RELATIONSHIPS).decode()
        types = archive.read("[Content_Types].xml").decode()
    return rewrite(
        data,
        {
            _RELATIONSHIPS: relationships.replace("</Relationships>", relationship + "</Relationships>").encode(),
            "[Content_Types].xml": types.replace("</Types>", content_type + "</Types>").encode(),
        },
        {f"word/{part.name}": part.content.encode()},
    )


__all__ = [
    "Grid", "Part", "Trap", "cell", "column", "complex_field", "control", "in_cell", "instruction", "mark",
    "paragraph", "row", "run", "runs", "table", "texts",
]  # fmt: skip
