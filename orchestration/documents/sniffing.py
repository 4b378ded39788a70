"""What a file is, told from its first bytes or its zip directory, in the words of a message."""

from __future__ import annotations

from collections.abc import Collection

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"%PDF", "файл PDF"),
    (b"\x89PNG", "изображение PNG"),
    (b"\xff\xd8\xff", "изображение JPEG"),
    (b"GIF8", "изображение GIF"),
    (b"BM", "изображение BMP"),
    (b"II*\x00", "изображение TIFF"),
    (b"MM\x00*", "изображение TIFF"),
    (b"{\\rtf", "документ RTF"),
    (b"Rar!", "архив RAR"),
    (b"7z\xbc\xaf", "архив 7-Zip"),
    (b"\x1f\x8b", "архив GZIP"),
    (b"MZ", "программа Windows"),
)
_OLE_STREAMS = (
    ("WordDocument", "документ старого формата Word 97–2003 (.doc)"),
    ("Workbook", "книга старого формата Excel 97–2003 (.xls)"),
    ("PowerPoint Document", "презентация старого формата PowerPoint (.ppt)"),
)
_PACKAGE_FOLDERS = (("xl/", "книга Excel (.xlsx)"), ("ppt/", "презентация PowerPoint (.pptx)"))
_TEXT_CONTROL_BYTES = frozenset(b"\t\n\f\r\x1b")


def describe_foreign_file(data: bytes) -> str | None:
    """What bytes that are no zip archive are (Russian, nominative), None for a zip archive.

    "encrypted" stands for an Office file protected by a password.
    """
    if data.startswith(b"PK"):
        return None
    for signature, description in _SIGNATURES:
        if data.startswith(signature):
            return description
    if data.startswith(_OLE):
        return _describe_ole(data)
    head = data[:1024]
    if b"%PDF-" in head:
        return "файл PDF"
    text = head.decode("utf-8", "ignore").lstrip("\ufeff \t\r\n").lower()
    if text.startswith(("<!doctype html", "<html")) or "<html" in text:
        return "страница HTML"
    if text.startswith("<?xml"):
        return "документ XML (возможно, «Документ Word XML»)"
    if not head.strip(b"\x00"):
        return "файл из нулевых байтов (сбой копирования)"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or not any(b < 32 and b not in _TEXT_CONTROL_BYTES for b in head):
        return "текстовый файл"
    return "двоичный файл неизвестного вида"


def describe_foreign_package(names: Collection[str], main_part: str | None) -> str | None:
    """What a zip archive with these lower-case entry names is, None where its main part may be a Word document."""
    if main_part is not None and any(name.startswith("word/") for name in names):
        return None
    for folder, description in _PACKAGE_FOLDERS:
        if any(name.startswith(folder) for name in names):
            return description
    if not names:
        return "пустой архив ZIP"
    if "content.xml" in names and "mimetype" in names:
        return "документ OpenDocument (LibreOffice, МойОфис)"
    return None if main_part is not None else "архив ZIP без документа Word внутри"


def _describe_ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted"
    for stream, description in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return description
    return "файл Office старого формата (OLE)"
