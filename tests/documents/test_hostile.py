import signal
import struct
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from orchestration.documents import errors
from orchestration.documents.errors import DocumentError
from orchestration.documents.reader import read_document

from word_files import NAMESPACES, body_bytes, paragraph, rewrite, yardstick

# What a hostile file may cost: so many times the yardstick (0.2 s of an idle processor), so much memory.
YARDSTICKS, MEGABYTES = 25, 500
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def plain() -> bytes:
    return body_bytes(paragraph("текст"))


def body(markup: str | bytes, **parts: str) -> bytes:
    """A file with this body; other parts by name, e.g. ``styles``."""
    markup = markup.encode() if isinstance(markup, str) else markup
    document = f"<w:document {NAMESPACES} {R}><w:body>".encode() + markup + b"</w:body></w:document>"
    others = {f"word/{name}.xml": f"<w:{name} {NAMESPACES}>{xml}</w:{name}>".encode() for name, xml in parts.items()}
    return stored(rewrite(plain(), {"word/document.xml": b""} | others), "word/document.xml", document)


def stored(data: bytes, path: str, content: bytes) -> bytes:
    """The zip with an entry that is not packed, so that no ratio gives it away, but what would not fit in the file."""
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(output, "w") as target:
        for info in source.infolist():
            is_small = info.filename != path or len(content) < 45 * 2**20
            target.writestr(
                info.filename,
                content if info.filename == path else source.read(info),
                zipfile.ZIP_STORED if is_small else zipfile.ZIP_DEFLATED,
            )
    return output.getvalue()


def chunk(content: bytes, times: int = 1) -> bytes:
    relationships = (
        f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="c" Target="c.html" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"/></Relationships>'
    )
    data = body('<w:altChunk r:id="c"/>' * times)
    return rewrite(data, {"word/_rels/document.xml.rels": relationships.encode()}, {"word/c.html": content})


def nested(opening: str, closing: str, depth: int, inside: str = "<w:p/>") -> str:
    return opening * depth + inside + closing * depth


def declared(data: bytes, path: str, size: int) -> bytes:
    """The zip with another unpacked size declared for an entry, in its directory and its own header."""
    output = bytearray(data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        header = archive.getinfo(path).header_offset
    struct.pack_into("<I", output, header + 22, size)
    position = data.rfind(path.encode()) - 46
    struct.pack_into("<I", output, position + 24, size)
    return bytes(output)


def lying_bomb() -> bytes:
    data = rewrite(plain(), {"word/document.xml": bytes(300 * 2**20)})
    return declared(data, "word/document.xml", 1000)


def overlapping_entries() -> bytes:
    """Directory entries that all point to the same packed bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(2**20)) + packer.flush()
    names = [b"word/%04d.xml" % number for number in range(4000)]
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, zlib.crc32(bytes(2**20)), len(packed), 2**20, 13, 0)
    first = b"PK\x03\x04" + common + names[0] + packed
    directory = b"".join(
        b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name for name in names
    )
    end = struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(directory), len(first), 0)
    return first + directory + b"PK\x05\x06" + end


def overlapping_small_entries() -> bytes:
    data = bytearray(plain())
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = struct.pack("<I", 1)
    return bytes(data)


def many_entries(count: int) -> bytes:
    """A directory of very many entries, which says that there is one."""
    entry = b"PK\x01\x02" + bytes(24) + struct.pack("<H", 1) + bytes(16) + b"a"
    return b"PK\x03\x04" + entry * count + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry) * count, 4, 0)


def duplicate_entries() -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return rewrite(plain(), {}, {"word/Document.xml": b"<a/>"})


def nested_zips() -> bytes:
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(16):
            archive.writestr(f"{number}.zip", bytes(2**20))
    return rewrite(plain(), {}, {f"word/embeddings/{number}.zip": inner.getvalue() for number in range(16)})


def typed(document_type: str) -> bytes:
    document = f"<!DOCTYPE a {document_type}><w:document {NAMESPACES}><w:body><w:p/></w:body></w:document>"
    return stored(plain(), "word/document.xml", document.encode())


def chained_styles(count: int) -> bytes:
    styles = "".join(
        f'<w:style w:styleId="s{number}"><w:basedOn w:val="s{number - 1}"/></w:style>' for number in range(count)
    )
    return body("".join(paragraph("т", f'<w:pStyle w:val="s{number}"/>') for number in range(count)), styles=styles)


def many_lists(count: int) -> bytes:
    levels = '<w:lvl w:ilvl="0"/>' * count
    lists = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/></w:num>' for number in range(count))
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{lists}'
    properties = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='{}'/></w:numPr>"
    return body("".join(paragraph("т", properties.format(number)) for number in range(1000)), numbering=numbering)


def grid(rows: int, cells: int, properties: str) -> str:
    row = f"<w:tr>{f'<w:tc><w:tcPr>{properties}</w:tcPr><w:p/></w:tc>' * cells}</w:tr>"
    return f"<w:tbl>{row * rows}</w:tbl>"


def wide_tables(count: int) -> str:
    return f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * 63}</w:tblGrid>{'<w:tr/>' * 15_000}</w:tbl>" * count


REFUSED: dict[str, Callable[[], bytes]] = {
    "bomb": lambda: rewrite(plain(), {"word/document.xml": bytes(60 * 2**20)}),
    "bomb of many parts": lambda: rewrite(plain(), {}, {f"word/{n}.xml": bytes(3 * 2**20) for n in range(70)}),
    "bomb that lies about its size": lying_bomb,
    "overlapping entries": overlapping_entries,
    "overlapping small entries": overlapping_small_entries,
    "duplicate entries": duplicate_entries,
    "a million entries": lambda: many_entries(1_000_000),
    "part over 64 MB": lambda: body(b"<!--" + b"text" * 17 * 2**20 + b"-->"),
    "billion laughs": lambda: typed('[<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]'),
    "external entity": lambda: typed('[<!ENTITY a SYSTEM "file:///etc/passwd">]'),
    "external subset": lambda: typed('SYSTEM "http://127.0.0.1:9/"'),
    "nesting of 100,000": lambda: body(nested("<w:ins>", "</w:ins>", 100_000)),
    "ten million empty elements": lambda: body(b"<w:p/>" * 10_000_000),
    "ten million attributes": lambda: body(b"<w:p " + b" ".join(b'a%d=""' % n for n in range(5_000_000)) + b"/>"),
    "a million runs": lambda: body(b"<w:p>" + b"<w:r><w:t>a</w:t></w:r>" * 1_000_000 + b"</w:p>"),
    "a million paragraphs": lambda: body(b"<w:p><w:r/></w:p>" * 1_000_000),
    "unclosed brackets": lambda: body(b"<" * 900_000 + b"a" * 20 * 2**20),
    "declaration without end": lambda: stored(plain(), "word/document.xml", b"<?xml " + b"encoding='a' " * 10**6),
    "40 MB of text": lambda: body(b"<w:p>" + (b"<w:r><w:t>" + b"text " * 10**6 + b"</w:t></w:r>") * 8 + b"</w:p>"),
    "comments before no page": lambda: b"<!-- -->" * 5_000_000,
    "attributes of a page": lambda: b"<html><p " + b" ".join(b"a%x" % number for number in range(3_000_000)) + b">",
}
# What is in the limits, or harmless: read or refused, but at little cost.
ENDURED: dict[str, Callable[[], bytes]] = {
    "nested zips": nested_zips,
    "300,000 runs": lambda: body(b"<w:p>" + b"<w:r><w:t>a</w:t></w:r>" * 300_000 + b"</w:p>"),
    "700,000 paragraphs": lambda: body(b"<w:p/>" * 700_000),
    "250,000 paragraphs": lambda: body(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 250_000),
    "80,000 numbered paragraphs": lambda: body(paragraph("т", '<w:pStyle w:val="ListNumber"/>') * 80_000),
    "paragraphs with deleted marks": lambda: body(paragraph("т", "<w:rPr><w:del/></w:rPr>") * 80_000),
    "15 MB in one character of four bytes": lambda: body(
        "<w:p>" + f"<w:r><w:t>\U0001f600{'text ' * 500_000}</w:t></w:r>" * 6 + "</w:p>"
    ),
    "40 MB of attributes": lambda: body((b'<w:p w:rsidR="' + b"a" * 400_000 + b'"/>') * 100),
    "40 MB in UTF-16": lambda: stored(
        plain(), "word/document.xml", body_document(f'<w:p w:rsidR="{"я" * 50_000}"/>' * 400).encode("utf-16")
    ),
    "700,000 attributes": lambda: body(b"<w:p " + b" ".join(b'a%d=""' % number for number in range(700_000)) + b"/>"),
    "tables, 60 deep": lambda: body(nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 60) * 300),
    "tables, 83 deep": lambda: body(nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 83)),
    "wrappers, 250 deep": lambda: body(nested("<w:ins>", "</w:ins>", 250, paragraph("т") * 1000)),
    "text boxes, 80 deep": lambda: body(
        nested("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>", 80, "<w:p/>" * 1000)
    ),
    "alternatives, 120 deep": lambda: body(
        nested("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>", 120, paragraph("т") * 1000)
    ),
    "empty alternatives, 120 deep": lambda: body(
        nested(
            "<mc:AlternateContent><mc:Choice/><mc:Fallback>",
            "</mc:Fallback></mc:AlternateContent>",
            120,
            "<w:x/>" * 900,
        )
        * 100
    ),
    "huge spans": lambda: body(grid(1000, 60, '<w:gridSpan w:val="2147483647"/><w:vMerge/>')),
    "huge span in each row": lambda: body(grid(50_000, 1, '<w:gridSpan w:val="999999999999999999999999"/>')),
    "merged cells without end": lambda: body(grid(1800, 60, "<w:vMerge/><w:hMerge/>")),
    "wide tables": lambda: body(wide_tables(50)),
    "skipped columns": lambda: body(
        '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="999999999"/></w:trPr><w:tc/></w:tr></w:tbl>' * 1000
    ),
    "fields without end": lambda: body(
        "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>a</w:t></w:r>' * 100_000 + "</w:p>"
    ),
    "chained styles": lambda: chained_styles(30_000),
    "many lists of many levels": lambda: many_lists(100_000),
    "number of 12 digits": lambda: body(
        paragraph("т", '<w:numPr><w:numId w:val="1"/></w:numPr>'),
        numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="999999999999"/>'
        '<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1%1%1%1%1%1%1%1"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    ),
    "chunk of nested elements": lambda: chunk(b"<html><body>" + b"<div>" * 100_000),
    "chunk of wide cells": lambda: chunk(b"<table>" + b"<tr><td rowspan=99999 colspan=99999>" * 20_000),
    "chunk of nested tables": lambda: chunk(b"<table><tr><td>" * 50_000),
    "chunk of attributes": lambda: chunk(b"<p " + b" ".join(b"a%x" % number for number in range(500_000)) + b">"),
    "one chunk many times": lambda: chunk(b"<p>text</p>" * 10_000, 20_000),
    "chunk of mail in mail": lambda: chunk(
        b"MIME-Version: 1.0\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(3000))
    ),
}


def body_document(markup: str) -> str:
    return f"<w:document {NAMESPACES}><w:body>{markup}</w:body></w:document>"


class TooSlow(BaseException):
    """The reader did not come to an end; no handler of errors in it catches this."""


def stop(*_) -> None:
    raise TooSlow


def measured(data: bytes) -> tuple[DocumentError | None, float, float]:
    """The refusal if any, processor time in yardsticks and megabytes that reading took."""
    unit = yardstick()
    Path("/proc/self/clear_refs").write_text("5")
    before = resident("VmRSS")
    started = time.process_time()
    error = None
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(60)
    try:
        read_document(data, "a.docx")
    except DocumentError as refusal:
        error = refusal
    finally:
        signal.alarm(0)
    spent = time.process_time() - started
    megabytes = (resident("VmHWM") - before) / 1024
    return error, spent / max(unit, yardstick()), megabytes


def resident(field: str) -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{field}:")[2].split()[0])


def test_refused_at_little_cost(hostile_refused) -> None:
    error, cost, megabytes = measured(hostile_refused())
    assert isinstance(error, errors.TooLarge | errors.UnsafeDocument | errors.TruncatedFile | errors.NotADocument)
    assert cost < YARDSTICKS
    assert megabytes < MEGABYTES


def test_endured_at_little_cost(hostile_endured) -> None:
    _, cost, megabytes = measured(hostile_endured())
    assert cost < YARDSTICKS
    assert megabytes < MEGABYTES


@pytest.fixture(params=REFUSED.values(), ids=REFUSED.keys())
def hostile_refused(request) -> Callable[[], bytes]:
    return request.param


@pytest.fixture(params=[pytest.param(case, id=name) for name, case in ENDURED.items()])
def hostile_endured(request) -> Callable[[], bytes]:
    return request.param


def test_lying_size_is_told_as_damage() -> None:
    with pytest.raises(errors.TruncatedFile):
        read_document(declared(plain(), "word/document.xml", 10), "a.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused(encoding: str) -> None:
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(encoding)
    with pytest.raises(errors.UnsafeDocument, match="DOCTYPE"):
        read_document(rewrite(plain(), {"word/document.xml": bomb}), "a.docx")
