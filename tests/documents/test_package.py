import pickle
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from orchestration.documents import errors
from orchestration.documents.errors import DocumentError
from orchestration.documents.limits import Limits
from orchestration.documents.model import Paragraph
from orchestration.documents.reader import read_document

from word_files import body_bytes, paragraph, rewrite

SAMPLE = Path(__file__).parents[2] / "raw_reports" / "smolensk-oblast-2025-q4.docx"
WORD_CLASS = bytes.fromhex("0609020000000000c000000000000046")
EXCEL_CLASS = bytes.fromhex("2008020000000000c000000000000046")
TEXT = (Paragraph("текст"),)


def zip_of(**entries: str) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return output.getvalue()


def ole(*streams: str, root_class: bytes = bytes(16), flags: int = 0) -> bytes:
    """A compound file: header, directory (sector 0), and a Word 97 file information block (sector 8)."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    directory = bytearray()
    for name, kind in (("Root Entry", 5), *((stream, 2) for stream in streams)):
        entry = bytearray(128)
        encoded = name.encode("utf-16-le")
        entry[: len(encoded)] = encoded
        struct.pack_into("<HB", entry, 64, len(encoded) + 2, kind)
        entry[80:96] = root_class if kind == 5 else bytes(16)
        struct.pack_into("<I", entry, 116, 8)
        directory += entry
    block = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x419, 0, flags)
    return bytes(header + directory.ljust(8 * 512, b"\x00") + block.ljust(512, b"\x00"))


def plain() -> bytes:
    return body_bytes(paragraph("текст"))


def part(path: str) -> bytes:
    with zipfile.ZipFile(BytesIO(plain())) as archive:
        return archive.read(path)


def read(data: bytes) -> tuple:
    return read_document(data, "a.docx").blocks


FOREIGN = {
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "pdf after a prologue": (b"\x00\x01junk%PDF-1.4", "PDF"),
    "png": (b"\x89PNG\r\n\x1a\n", "PNG"),
    "jpeg": (b"\xff\xd8\xff\xe0", "JPEG"),
    "tiff": (b"II*\x00", "TIFF"),
    "heic": (b"\x00\x00\x00\x18ftypheic", "HEIC"),
    "video": (b"\x00\x00\x00\x18ftypisom", "видео"),
    "webp": (b"RIFF\x00\x00\x00\x00WEBP", "WebP"),
    "djvu": (b"AT&TFORM", "DjVu"),
    "program": (b"MZ\x90\x00", "программа Windows"),
    "shortcut": (b"L\x00\x00\x00\x01\x14\x02\x00", "ярлык"),
    "owner file": (b"\x06Ivanov".ljust(55) + b"\x06\x00I\x00v".ljust(107), "~$"),
    "xls": (ole("Workbook"), ".xls"),
    "xls with a document in it": (ole("WordDocument", "Workbook", root_class=EXCEL_CLASS), ".xls"),
    "ppt": (ole("PowerPoint Document"), ".ppt"),
    "msg": (ole("__properties_version1.0"), "Outlook"),
    "other compound file": (ole("Другое"), "OLE"),
    "rar": (b"Rar!\x1a\x07\x00", "RAR"),
    "mail": (b"Received: from mail\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html>", "письмо"),
    "xml": (b'<?xml version="1.0"?><yml_catalog/>', "XML"),
    "text": ("Отчёт за IV квартал".encode(), "текстовый"),
    "text of Windows": ("Отчёт за IV квартал".encode("cp1251"), "текстовый"),
    "text in UTF-16": ("Отчёт за IV квартал".encode("utf-16"), "текстовый"),
    "zeros": (bytes(1000), "нулевых"),
    "binary": (b"\x01\x02\x03\x04", "неизвестного"),
    "other zip": (zip_of(a="b"), "архив ZIP"),
    "zip of reports": (zip_of(**{"псков.docx": "", "тула.DOC": ""}), "документы (2)"),
    "empty zip": (zip_of(), "пустой архив"),
    "xlsx": (zip_of(**{"[Content_Types].xml": "<a/>", "xl__workbook.xml": "<a/>"}), ".xlsx"),
    "pptx": (zip_of(**{"[Content_Types].xml": "<a/>", "ppt__presentation.xml": "<a/>"}), ".pptx"),
    "ods": (zip_of(mimetype="application/vnd.oasis.opendocument.spreadsheet"), ".ods"),
    "epub": (zip_of(mimetype="application/epub+zip"), "EPUB"),
}


@pytest.mark.parametrize(("data", "named"), FOREIGN.values(), ids=FOREIGN.keys())
def test_foreign_files_are_named(data: bytes, named: str) -> None:
    with pytest.raises(errors.NotADocument) as caught:
        read_document(data, "отчет.docx")
    assert named in caught.value.message
    assert "«отчет.docx»" in caught.value.message


def test_empty_file() -> None:
    with pytest.raises(errors.EmptyFile):
        read(b"")


def flagged_zip() -> bytes:
    data = bytearray(plain())
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


ENCRYPTED = {
    "docx with a password": ole("EncryptionInfo", "EncryptedPackage"),
    "doc with a password": ole("WordDocument", root_class=WORD_CLASS, flags=0x0100),
    "odt with a password": zip_of(
        **{
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF__manifest.xml": "<manifest><encryption-data/></manifest>",
            "content.xml": "<a/>",
        }
    ),
    "zip with a password": flagged_zip(),
}


@pytest.mark.parametrize("data", ENCRYPTED.values(), ids=ENCRYPTED.keys())
def test_encrypted_files(data: bytes) -> None:
    with pytest.raises(errors.EncryptedDocument) as caught:
        read(data)
    assert "парол" in caught.value.remedy


@pytest.mark.parametrize("cut", range(200))
def test_report_cut_anywhere_is_truncated(cut: int) -> None:
    data = SAMPLE.read_bytes()
    with pytest.raises(errors.TruncatedFile if cut else errors.EmptyFile):
        read(data[: len(data) * cut // 200])


@pytest.mark.parametrize("size", range(1, 60))
def test_report_cut_within_its_first_or_last_bytes_is_truncated(size: int) -> None:
    data = SAMPLE.read_bytes()
    for cut in (data[:size], data[:-size]):
        with pytest.raises(errors.TruncatedFile):
            read(cut)


@pytest.mark.parametrize(
    "replaced",
    [
        {"word/document.xml": b"<w:document"},
        {"word/document.xml": b"<other/>"},
        {"word/document.xml": b'<?xml version="1.0" encoding="punycode"?><a/>'},
        {"word/document.xml": '<?xml version="1.0" encoding="utf-16"?><a>'.encode("utf-16") + b"\x00\xd8"},
        {"word/styles.xml": b""},
        {"word/numbering.xml": b"<a>"},
        {"_rels/.rels": b"<broken"},
        {"word/document.xml": None},
    ],
)
def test_broken_parts_are_refused(replaced: dict[str, bytes | None]) -> None:
    with pytest.raises(DocumentError):
        read(rewrite(plain(), replaced))


@pytest.mark.parametrize(
    "replaced",
    [
        {"[Content_Types].xml": None},
        {"[Content_Types].xml": b"<Types/>"},
        {"_rels/.rels": None},
        {"word/_rels/document.xml.rels": None},
        {"word/theme/theme1.xml": b"broken"},
        {"word/settings.xml": None},
        {"docProps/core.xml": None},
        {"docProps/core.xml": b"broken"},
        {"docProps/core.xml": b"<other/>"},
        {"word/styles.xml": None},
        {"word/numbering.xml": None},
    ],
)
def test_parts_that_carry_no_text_may_be_missing_or_broken(replaced: dict[str, bytes | None]) -> None:
    assert read(rewrite(plain(), replaced)) == TEXT


@pytest.mark.parametrize("core", [None, b"broken", b"<other/>"])
def test_file_that_tells_no_time_of_modification(core: bytes | None) -> None:
    assert read_document(rewrite(plain(), {"docProps/core.xml": core}), "a.docx").modified_at is None


@pytest.mark.parametrize(
    "target",
    [
        "/word/document.xml",
        "word/document.xml",
        "./word/../word/document.xml",
        "WORD/Document.XML",
        "word\\document.xml",
        "/word/docum%65nt.xml",
    ],
)
def test_main_part_by_any_spelling_of_its_target(target: str) -> None:
    relationships = part("_rels/.rels").replace(b'"word/document.xml"', f'"{target}"'.encode())
    assert read(rewrite(plain(), {"_rels/.rels": relationships})) == TEXT


@pytest.mark.parametrize("path", ["word/document2.xml", "story.xml", "документ/главная часть.xml"])
def test_main_part_under_another_name(path: str) -> None:
    relationships = part("_rels/.rels").replace(b"word/document.xml", path.encode())
    replaced = {"_rels/.rels": relationships, "word/document.xml": None}
    assert read(rewrite(plain(), replaced, {path: part("word/document.xml")})) == TEXT


def test_dangling_and_external_relationships() -> None:
    added = b"".join(
        b'<Relationship Id="x%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
        b'Target="%s" %s/>' % (number, kind, target, mode)
        for number, (kind, target, mode) in enumerate(
            [
                (b"image", b"media/none.png", b""),
                (b"image", b"NULL", b""),
                (b"styles", b"none.xml", b""),
                (b"numbering", b"http://127.0.0.1/numbering.xml", b'TargetMode="External"'),
                (b"attachedTemplate", b"file:///etc/passwd", b'TargetMode="External"'),
                (b"aFChunk", b"file:///etc/passwd", b'TargetMode="External"'),
                (b"aFChunk", b"../../../../etc/passwd", b""),
            ]
        )
    )
    relationships = part("word/_rels/document.xml.rels").replace(b"</Relationships>", added + b"</Relationships>")
    document = part("word/document.xml").replace(b"<w:body>", b'<w:body><w:altChunk r:id="x5"/><w:altChunk r:id="x6"/>')
    assert (
        read(rewrite(plain(), {"word/_rels/document.xml.rels": relationships, "word/document.xml": document})) == TEXT
    )


def test_zip_names_with_backslashes_and_leading_slashes() -> None:
    data = plain()
    for slash in ("\\", "/"):
        output = BytesIO()
        with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(output, "w") as target:
            for info in source.infolist():
                name = info.filename.replace("/", slash)
                target.writestr(name if slash == "\\" else f"/{name}", source.read(info))
        assert read(output.getvalue()) == TEXT


@pytest.mark.parametrize(
    "main", ["vnd.ms-word.document.macroEnabled.main", "vnd.ms-word.template.macroEnabledTemplate.main"]
)
def test_macros_stay_closed(main: str) -> None:
    types = part("[Content_Types].xml").replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main", main.encode()
    )
    data = rewrite(plain(), {"[Content_Types].xml": types}, {"word/vbaProject.bin": ole("VBA")})
    assert read_document(data, "a.docm").blocks == TEXT


def test_strict_variant() -> None:
    schemas, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    replaced = {}
    for path in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
        content = part(path).replace(schemas + b"wordprocessingml/2006/main", strict + b"wordprocessingml/main")
        replaced[path] = content.replace(schemas + b"officeDocument/2006/", strict + b"officeDocument/")
    for path in ("_rels/.rels", "word/_rels/document.xml.rels"):
        replaced[path] = part(path).replace(schemas + b"officeDocument/2006/", strict + b"officeDocument/")
    numbered = '<w:pStyle w:val="ListNumber"/>'
    document = replaced["word/document.xml"].replace(b"<w:pPr/>", f"<w:pPr>{numbered}</w:pPr>".encode())
    data = rewrite(plain(), replaced | {"word/document.xml": document})
    assert read(data) == (Paragraph("1. текст"),)


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.replace("UTF-8", "utf-16").encode("utf-16"),
        lambda text: text.replace("UTF-8", "UTF-16").encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("UTF-8", "windows-1251").encode("cp1251"),
        lambda text: text.partition("?>")[2].encode(),
    ],
)
def test_encodings(encode) -> None:
    document = part("word/document.xml").decode()
    assert "UTF-8" in document
    assert read(rewrite(plain(), {"word/document.xml": encode(document)})) == TEXT


def test_odd_prefixes() -> None:
    document = part("word/document.xml").replace(b"<w:", b"<ns0:").replace(b"</w:", b"</ns0:")
    document = document.replace(b"xmlns:w=", b"xmlns:ns0=").replace(b" w:", b" ns0:")
    assert read(rewrite(plain(), {"word/document.xml": document})) == TEXT


def with_chunk(content: bytes) -> bytes:
    relationship = (
        b'<Relationship Id="x" Target="chunk" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"/></Relationships>'
    )
    relationships = part("word/_rels/document.xml.rels").replace(b"</Relationships>", relationship)
    document = part("word/document.xml").replace(b"<w:body>", b'<w:body><w:altChunk r:id="x"/>')
    replaced = {"word/_rels/document.xml.rels": relationships, "word/document.xml": document}
    return rewrite(plain(), replaced, {"word/chunk": content})


WEB_ARCHIVE = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html; "


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>вставка</p></body></html>".encode(),
        '<html><meta charset="windows-1251"><p>вставка</p></html>'.encode("cp1251"),
        "<html><p>вставка</p></html>".encode("cp1251"),
        "<p>вставка</p>".encode("utf-16"),
        "вставка".encode(),
        WEB_ARCHIVE + b"charset=windows-1251\n\n" + "<p>вставка</p>".encode("cp1251") + b"\n--x--",
    ],
    ids=["utf-8", "stated cp1251", "cp1251", "utf-16", "bare text", "web archive"],
)
def test_imported_pages(page: bytes) -> None:
    assert read(with_chunk(page)) == (Paragraph("вставка"), *TEXT)


@pytest.mark.parametrize(
    "content",
    [plain(), b"", b"%PDF-1.4", b"{\\rtf1 text}", ole("WordDocument"), bytes(100)],
    ids=["docx", "empty", "pdf", "rtf", "doc", "zeros"],
)
def test_imported_files_are_not_opened(content: bytes) -> None:
    assert read(with_chunk(content)) == TEXT


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(file_bytes=1000), "МБ"),
        (Limits(entries=3), "частей"),
        (Limits(unpacked_bytes=1000), "распакованном"),
        (Limits(part_bytes=1000), "часть"),
        (Limits(xml_nodes=50), "разметка"),
        (Limits(text_bytes=5), "текста"),
    ],
)
def test_limits(limits: Limits, said: str) -> None:
    with pytest.raises(errors.TooLarge) as caught:
        read_document(plain(), "a.docx", limits)
    assert said in caught.value.message


def test_limit_of_table_cells() -> None:
    data = body_bytes(f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * 60}</w:tblGrid>{'<w:tr/>' * 100}</w:tbl>")
    with pytest.raises(errors.TooLarge):
        read_document(data, "a.docx", Limits(table_cells=5_999))
    assert len(read_document(data, "a.docx", Limits(table_cells=6_000)).blocks[0].rows) == 100


def test_errors_travel_between_processes() -> None:
    for kind in DocumentError.__subclasses__():
        error = kind("отчет.docx", "подробность")
        copy = pickle.loads(pickle.dumps(error))
        assert type(copy) is kind
        assert (copy.code, copy.message, copy.remedy) == (error.code, error.message, error.remedy)
        assert "отчет.docx" in copy.message
        assert copy.remedy


def test_errors_are_told_apart() -> None:
    kinds = DocumentError.__subclasses__()
    assert len({kind.code for kind in kinds}) == len({kind.message_template for kind in kinds}) == len(kinds)
