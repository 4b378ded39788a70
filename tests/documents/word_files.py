"""Word files built in code: bodies of raw WordprocessingML, and report tables of plain texts."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from lxml import etree

from orchestration.documents.layout import read_report
from orchestration.documents.model import Document, Report, ReportOverride
from orchestration.documents.reader import read_document

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
HEADINGS = (
    "№ п/п",
    "Наименование мероприятия",
    "Место проведения",
    "Сроки проведения",
    "Цель, содержание и результат",
    "Участники",
)
TITLE = "Отчет о международных мероприятиях муниципальных образований Псковской области в IV квартале 2025 года"


def save(word: WordDocument) -> bytes:
    output = BytesIO()
    word.save(output)
    return output.getvalue()


def body_bytes(body: str, numbering: str = "", styles: str = "") -> bytes:
    """A file with this body; ``numbering`` and ``styles`` are elements added to python-docx's default parts."""
    word = docx.Document()
    for element in parse_xml(f"<w:body {NAMESPACES}>{body}</w:body>"):
        word.element.body.insert(len(word.element.body) - 1, element)
    if numbering:
        root = word.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        root.extend(list(parse_xml(f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>")))
    if styles:
        word.styles.element.extend(list(parse_xml(f"<w:styles {NAMESPACES}>{styles}</w:styles>")))
    return save(word)


def read_body(body: str, numbering: str = "", styles: str = "") -> Document:
    return read_document(body_bytes(body, numbering, styles), "проба.docx")


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def cell(text: str, properties: str = "") -> str:
    paragraphs = "".join(paragraph(line) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def row(cells: Iterable[str], properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], width: int = 0) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>{''.join(rows)}</w:tbl>"


def wide(text: str, span: int) -> str:
    """A cell over so many grid columns."""
    return cell(text, f'<w:gridSpan w:val="{span}"/>')


def top(text: str) -> str:
    """A cell that is merged with the ones below it."""
    return cell(text, '<w:vMerge w:val="restart"/>')


def below(text: str = "") -> str:
    """A cell that belongs to the one above it."""
    return cell(text, "<w:vMerge/>")


def merged(text: str, span: int) -> str:
    return row([wide(text, span)])


def text_table(rows: Iterable[str | Sequence[str]], width: int) -> str:
    """A table of texts (or ready cells); a row that is one string is merged over the whole width."""
    return table((merged(one, width) if isinstance(one, str) else row(map(_as_cell, one)) for one in rows), width)


def _as_cell(text: str) -> str:
    return text if text.startswith("<w:tc>") else cell(text)


def report_of(*blocks: str, override: ReportOverride | None = None) -> Report:
    return read_report(read_body("".join(blocks)), override)


def event(number: str, name: str) -> tuple[str, ...]:
    return (number, name, "г. Псков", "5 октября 2025 года", "Обмен опытом", "20 человек")


def rewrite(data: bytes, replaced: dict[str, bytes | None], added: dict[str, bytes] | None = None) -> bytes:
    """The zip with some entries replaced (None: left out) and others added."""
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = replaced.get(info.filename, source.read(info))
            if content is not None:
                target.writestr(info.filename, content)
        for name, content in (added or {}).items():
            target.writestr(name, content)
    return output.getvalue()


def yardstick() -> float:
    """Processor seconds of a fixed piece of XML work (parsing and walking 600,000 elements) on this machine, now."""
    started = time.process_time()
    for element in etree.fromstring(b"<a>" + b'<p b="1"><r>text</r></p>' * 300_000 + b"</a>").iter():
        element.get("b")
    return time.process_time() - started
