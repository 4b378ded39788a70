"""Readers of Word files side by side: ``python rivals.py READER FOLDER`` prints the first table of each file as JSON.

Runs under any interpreter that has the reader: {file name: rows of cell texts, None where a span goes on, or an error}.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Rows = list[list[str | None]]


def this_project(path: Path) -> Rows:
    from orchestration.documents.model import Table
    from orchestration.documents.reader import read_document

    tables = (block for block in read_document(path.read_bytes(), path.name).blocks if isinstance(block, Table))
    return [[cell and cell.text for cell in row] for row in next(tables).rows]


def python_docx(path: Path) -> Rows:
    import docx

    return [[cell.text for cell in row.cells] for row in docx.Document(str(path)).tables[0].rows]


def docx2python(path: Path) -> Rows:
    from docx2python import docx2python

    with docx2python(path) as document:
        tables = [[["\n".join(cell) for cell in row] for row in table] for table in document.body]
    return max(tables, key=lambda table: sum(len(text) + 1 for row in table for text in row))


def mammoth(path: Path) -> Rows:
    import mammoth

    with path.open("rb") as file:
        return _html_table(mammoth.convert_to_html(file).value)


def pandoc(path: Path) -> Rows:
    command = ["pandoc", "--from=docx", "--to=html", "--wrap=none", str(path)]
    return _html_table(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode())


def docling() -> Callable[[Path], Rows]:
    from docling.datamodel.base_models import InputFormat
    from docling.document_converter import DocumentConverter

    converter = DocumentConverter(allowed_formats=[InputFormat.DOCX])

    def read(path: Path) -> Rows:
        document = converter.convert(path).document
        if document.tables:
            return [[cell.text for cell in row] for row in document.tables[0].data.grid]
        # A table of one cell is given as plain paragraphs.
        return [["\n".join(f"{getattr(one, 'marker', '') or ''} {one.text}" for one in document.texts)]]

    return read


def _html_table(page: str) -> Rows:
    from lxml import html

    table = html.fromstring(f"<div>{page}</div>").find(".//table")
    taken: dict[tuple[int, int], str | None] = {}
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for y, row in enumerate(rows):
        x = 0
        for cell in row.iterchildren("td", "th"):
            while (y, x) in taken:
                x += 1
            spans = [range(int(cell.get(name, "1"))) for name in ("rowspan", "colspan")]
            taken |= {(y + down, x + right): None for down in spans[0] for right in spans[1]}
            taken[y, x] = _html_text(cell)
    width = max((x for _, x in taken), default=-1) + 1
    return [[taken.get((y, x)) for x in range(width)] for y in range(len(rows))]


def _html_text(element) -> str:
    """The text with a list item's number where the page shows one."""
    pieces = [element.text or ""]
    for index, child in enumerate(element):
        if child.tag == "li" and element.tag == "ol":
            pieces.append("\n" + _item_number(int(element.get("start", "1")) + index, element.get("type", "1")) + ". ")
        pieces.append(_html_text(child) if isinstance(child.tag, str) else "")
        pieces.append("\n" if child.tag in ("p", "br", "li", "tr", "div") else " " if child.tag in ("td", "th") else "")
        pieces.append(child.tail or "")
    return "".join(pieces)


def _item_number(number: int, kind: str) -> str:
    if kind in ("a", "A"):
        return chr(ord(kind) + (number - 1) % 26) * ((number - 1) // 26 + 1)
    if kind in ("i", "I"):
        roman = ""
        for value, digits in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
            roman += digits * (number // value)
            number %= value
        return roman if kind == "i" else roman.upper()
    return str(number)


def main(reader: str, folder: str) -> None:
    """Print what the reader makes of each file."""
    read = docling() if reader == "docling" else globals()[reader]
    results: dict[str, Rows | str] = {}
    for path in sorted(Path(folder).glob("*.docx")):
        try:
            results[path.name] = read(path)
        except Exception as error:  # noqa: BLE001 - whatever a reader raises is its answer
            results[path.name] = repr(error)
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
