import os
import pickle
import random
import warnings
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from word_files import TITLE, body_bytes, paragraph, rewrite, save

from orchestration.documents import DocumentError, Limits, errors, read_document
from orchestration.documents.model import Paragraph

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "raw_reports" / "smolensk-oblast-2025-q4.docx"
CORPUS = Path(os.environ.get("WORD_CORPUS", ROOT.parent / "shared" / "word_corpus"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def zip_of(**entries: str) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return output.getvalue()


def plain() -> bytes:
    return body_bytes(paragraph("текст"))


FOREIGN = {
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "png": (b"\x89PNG\r\n\x1a\n", "PNG"),
    "jpeg": (b"\xff\xd8\xff\xe0", "JPEG"),
    "rtf": (b"{\\rtf1\\ansi", "RTF"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), ".doc"),
    "xls": (OLE + "Workbook".encode("utf-16-le"), ".xls"),
    "rar": (b"Rar!\x1a\x07\x00", "RAR"),
    "html": (b"<!DOCTYPE html><html><body>", "HTML"),
    "word xml": (b'<?xml version="1.0"?><pkg:package/>', "XML"),
    "text": ("Отчёт за IV квартал".encode(), "текстовый"),
    "text of Windows": ("Отчёт за IV квартал".encode("cp1251"), "текстовый"),
    "zeros": (bytes(1000), "нулевых"),
    "binary": (b"\x01\x02\x03\x04", "неизвестного"),
    "other zip": (zip_of(a="b"), "архив ZIP"),
    "empty zip": (zip_of(), "пустой архив"),
    "xlsx": (zip_of(**{"[Content_Types].xml": "<a/>", "xl__workbook.xml": "<a/>"}), ".xlsx"),
    "odt": (zip_of(**{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "OpenDocument"),
}


@pytest.mark.parametrize(("data", "named"), FOREIGN.values(), ids=FOREIGN.keys())
def test_foreign_files_are_named(data: bytes, named: str) -> None:
    with pytest.raises(errors.NotADocument) as caught:
        read_document(data, "отчет.docx")
    assert named in caught.value.message
    assert "«отчет.docx»" in caught.value.message


def test_empty_and_encrypted_files() -> None:
    with pytest.raises(errors.EmptyFile):
        read_document(b"", "a.docx")
    with pytest.raises(errors.EncryptedDocument):
        read_document(OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx")


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9, 0.999])
def test_truncated_file(share: float) -> None:
    data = plain()
    with pytest.raises(errors.TruncatedFile):
        read_document(data[: int(len(data) * share)], "a.docx")


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(file_bytes=1000), "МБ"),
        (Limits(entries=3), "частей"),
        (Limits(unpacked_bytes=1000), "распакованном"),
        (Limits(part_bytes=1000), "часть"),
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


def test_duplicate_entries_are_refused() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        data = rewrite(plain(), {}, {"word/Document.xml": b"<a/>"})
    with pytest.raises(errors.UnsafeDocument):
        read_document(data, "a.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused(encoding: str) -> None:
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(encoding)
    with pytest.raises(errors.UnsafeDocument):
        read_document(rewrite(plain(), {"word/document.xml": bomb}), "a.docx")


@pytest.mark.parametrize(
    "replaced",
    [
        {"word/document.xml": b"<w:document"},
        {"word/document.xml": b"<other/>"},
        {"word/styles.xml": b""},
        {"_rels/.rels": b"<broken"},
        {"_rels/.rels": None},
        {"word/document.xml": None},
    ],
)
def test_broken_parts_are_refused(replaced: dict[str, bytes | None]) -> None:
    with pytest.raises(DocumentError):
        read_document(rewrite(plain(), replaced), "a.docx")


@pytest.mark.parametrize(
    "replaced",
    [
        {"[Content_Types].xml": None},
        {"word/theme/theme1.xml": b"broken"},
        {"word/settings.xml": None},
        {"docProps/core.xml": None},
        {"word/styles.xml": None},
        {"word/numbering.xml": None},
    ],
)
def test_parts_that_carry_no_text_may_be_broken(replaced: dict[str, bytes | None]) -> None:
    assert read_document(rewrite(plain(), replaced), "a.docx").blocks == (Paragraph("текст"),)


def test_file_that_tells_no_time_of_modification() -> None:
    assert read_document(rewrite(plain(), {"docProps/core.xml": None}), "a.docx").modified_at is None


def test_strict_variant() -> None:
    data = plain()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        document, package = archive.read("word/document.xml"), archive.read("_rels/.rels")
    schemas, strict = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    document = document.replace(schemas + b"wordprocessingml/2006/main", strict + b"wordprocessingml/main")
    package = package.replace(schemas + b"officeDocument/2006/", strict + b"officeDocument/")
    strict_file = rewrite(data, {"word/document.xml": document, "_rels/.rels": package})
    assert read_document(strict_file, "a.docx").blocks == (Paragraph("текст"),)


def test_deep_nesting_is_read_or_refused() -> None:
    for depth in (20, 80, 5_000):
        body = "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth
        document = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
        data = rewrite(plain(), {"word/document.xml": document.encode()})
        try:
            read_document(data, "a.docx")
        except DocumentError:
            assert depth > 20


def test_errors_travel_between_processes() -> None:
    for kind in DocumentError.__subclasses__():
        error = kind("отчет.docx", "подробность")
        copy = pickle.loads(pickle.dumps(error))
        assert type(copy) is kind
        assert (copy.code, copy.message, copy.remedy) == (error.code, error.message, error.remedy)
        assert "отчет.docx" in copy.message
        assert copy.remedy


def test_damaged_bytes_never_crash_the_reader() -> None:
    word = docx.Document()
    word.add_paragraph(TITLE)
    word.add_table(3, 6)
    data = save(word)
    generator = random.Random(20_25)
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(generator.choice((1, 5, 50))):
            damaged[generator.randrange(len(damaged))] = generator.randrange(256)
        try:
            read_document(bytes(damaged), "a.docx")
        except DocumentError:
            continue


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no folder of public Word files")
def test_public_word_files_are_read_or_refused() -> None:
    files = [path for path in CORPUS.rglob("*") if path.suffix in {".docx", ".docm", ".dotx", ".dotm"}]
    refused = {}
    for path in files:
        try:
            read_document(path.read_bytes(), path.name)
        except DocumentError as error:
            refused[path.name] = error.code
    assert len(refused) < len(files) * 0.05, refused
