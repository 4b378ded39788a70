"""A made-up report as a Word file, written straight into the package, so that thousands take no time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from importlib import resources
from io import BytesIO
from itertools import groupby
from xml.sax.saxutils import escape

from orchestration.demo.knowledge import Layout
from orchestration.demo.model import Event

MARK = "Вымышленный отчёт (демонстрация)"
CLOSING = "Вымышлено: события, числа, документы и учреждения этого отчёта придуманы для демонстрации."
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TEXT_WIDTH = 14_570
_WIDTHS = {"number": 600, "municipality": 1700, "description": 4400, "participants": 2800}
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SECTION = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="850" w:left="1134" w:header="709" w:footer="709" w:gutter="0"/>'
    "</w:sectPr>"
)


def word_file(layout: Layout, title: str, events: Sequence[Event], written: date) -> bytes:
    """The report's .docx, ``written`` on the day it was last modified; the same arguments give the same bytes."""
    head = [_paragraph(MARK, "Mark"), _paragraph(title, "Title"), _paragraph("")]
    body = "".join([*head, *_tables(layout, events), _paragraph(""), _paragraph(CLOSING, "Mark"), _SECTION])
    root = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{_NAMESPACE}"><w:body>'
    parts = {**_fixed_parts(), "word/document.xml": f"{root}{body}</w:body></w:document>"}
    parts["docProps/core.xml"] = parts["docProps/core.xml"].format(written=f"{written:%Y-%m-%d}", mark=MARK)
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return output.getvalue()


def day_written(period_end: date, version: int) -> date:
    """A report is written ten days after its quarter, a corrected version a fortnight later."""
    return period_end + timedelta(days=10 + 14 * (version - 1))


@cache
def _fixed_parts() -> dict[str, str]:
    folder = resources.files(__package__) / "data" / "package"
    names = {
        "content_types.xml": "[Content_Types].xml",
        "relationships.xml": "_rels/.rels",
        "document_relationships.xml": "word/_rels/document.xml.rels",
        "styles.xml": "word/styles.xml",
        "core.xml": "docProps/core.xml",
    }
    return {name: (folder / file).read_text(encoding="utf-8") for file, name in names.items()}


def _tables(layout: Layout, events: Sequence[Event]) -> Iterable[str]:
    """The report's tables, with their headings where every municipality has one of its own."""
    numbered = [(number, event) for number, event in enumerate(events, start=1)]
    sections = [(name, list(rows)) for name, rows in groupby(numbered, lambda each: each[1].truth.municipality)]
    if layout.form == "tables":
        for name, rows in sections:
            yield _paragraph(name[:1].upper() + name[1:], "Section")
            yield _table(layout, (_row(layout, number, event) for number, event in rows))
            yield _paragraph("")
        return
    lines = []
    for name, rows in sections:
        if layout.form == "sections":
            lines.append(
                f"<w:tr>{_cell(name[:1].upper() + name[1:], _TEXT_WIDTH, len(layout.columns), 'Section')}</w:tr>"
            )
        lines += (_row(layout, number, event) for number, event in rows)
    yield _table(layout, lines)


def _table(layout: Layout, rows: Iterable[str]) -> str:
    widths = _widths(layout)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths.values())
    cells = "".join(_cell(layout.columns[field], width, 1, "Heading") for field, width in widths.items())
    heading = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cells}</w:tr>"
    properties = f'<w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{_TEXT_WIDTH}" w:type="dxa"/></w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{heading}{''.join(rows)}</w:tbl>"


def _row(layout: Layout, number: int, event: Event) -> str:
    texts = {
        "number": f"{number}.",
        "municipality": event.truth.municipality[:1].upper() + event.truth.municipality[1:],
        "name": event.name,
        "place": event.place,
        "dates": event.dates,
        "when_where": ",\n".join(filter(None, (event.dates, event.place))),
        "description": event.description,
        "participants": event.participants,
    }
    return f"<w:tr>{''.join(_cell(texts[field], width) for field, width in _widths(layout).items())}</w:tr>"


def _widths(layout: Layout) -> dict[str, int]:
    """The columns' widths in twentieths of a point."""
    fixed = {field: _WIDTHS[field] for field in layout.columns if field in _WIDTHS}
    others = (_TEXT_WIDTH - sum(fixed.values())) // (len(layout.columns) - len(fixed))
    return {field: fixed.get(field, others) for field in layout.columns}


def _cell(text: str, width: int, span: int = 1, style: str = "Cell") -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    paragraphs = "".join(_paragraph(line, style) for line in text.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}</w:tcPr>{paragraphs}</w:tc>'


def _paragraph(text: str, style: str = "Normal") -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{lines}</w:r></w:p>'
