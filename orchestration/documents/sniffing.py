"""What a file is, told from its bytes or its zip directory, whatever its ending: in the words of a message."""

from __future__ import annotations

import codecs
import re
import struct
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its Russian name (nominative), and the ending under which LibreOffice opens it, if it can."""

    description: str
    convertible_as: str | None = None


ENCRYPTED = FileKind("файл, защищённый паролем")
_DOC = FileKind("документ старого формата Word 97–2003 (.doc)", ".doc")
_ODT = FileKind("текст OpenDocument (.odt)", ".odt")
_RTF = FileKind("документ RTF", ".rtf")
HTML = FileKind("страница HTML", ".html")
WEB_ARCHIVE = FileKind("веб-архив (.mht)", ".mht")
TEXT = FileKind("текстовый файл")
_WORD_XML = FileKind("документ Word 2003 XML", ".xml")
_FLAT_ODT = FileKind("текст OpenDocument одним файлом XML (.fodt)", ".fodt")

_ZIP_START = b"PK\x03\x04"
_SIGNATURES = (
    (b"%PDF", "файл PDF"),
    (b"\x89PNG", "изображение PNG"),
    (b"\xff\xd8\xff", "изображение JPEG"),
    (b"GIF8", "изображение GIF"),
    (b"BM", "изображение BMP"),
    (b"II*\x00", "изображение TIFF"),
    (b"MM\x00*", "изображение TIFF"),
    (b"AT&TFORM", "файл DjVu"),
    (b"%!PS", "файл PostScript"),
    (b"Rar!", "архив RAR"),
    (b"7z\xbc\xaf", "архив 7-Zip"),
    (b"\x1f\x8b", "архив GZIP"),
    (b"BZh", "архив BZIP2"),
    (b"\xfd7zXZ", "архив XZ"),
    (b"MZ", "программа Windows"),
    (b"\x7fELF", "программа Linux"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "ярлык Windows (.lnk), а не сам файл"),
    (b"\xffWPC", "документ WordPerfect"),
    (b"SQLite format 3", "база данных SQLite"),
)
_MEDIA_BRANDS = ((b"heic", "изображение HEIC"), (b"mif1", "изображение HEIC"), (b"avif", "изображение AVIF"))
# What Word keeps beside an open document under «~$…»: the user's name, padded to this size.
_OWNER_FILE_BYTES, _LONGEST_OWNER = 162, 53

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", ENCRYPTED),
    ("WordDocument", _DOC),
    ("Workbook", FileKind("книга старого формата Excel 97–2003 (.xls)")),
    ("PowerPoint Document", FileKind("презентация старого формата PowerPoint (.ppt)")),
    ("VisioDocument", FileKind("схема Visio (.vsd)")),
    ("__properties_version1.0", FileKind("письмо Outlook (.msg)")),
)
# The class of the root tells a workbook from a document that is embedded in it; stream names alone do not.
_OLE_CLASSES = {
    "2008020000000000c000000000000046": "Workbook",
    "108d81649b4fcf1186ea00aa00b929e8": "PowerPoint Document",
}
_OLE_ENTRY_NAME_BYTES, _OLE_STREAM, _FIB_WORD_97, _FIB_ENCRYPTED = 64, 2, 0xA5EC, 0x0100

_PACKAGE_FOLDERS = (
    ("xl/", "книга Excel (.xlsx)"),
    ("ppt/", "презентация PowerPoint (.pptx)"),
    ("visio/", "схема Visio (.vsdx)"),
    ("index/document.iwa", "документ Apple Pages"),
    ("androidmanifest.xml", "программа Android"),
    ("meta-inf/manifest.mf", "программа Java"),
    ("fixeddocseq.fdseq", "документ XPS"),
)
_WORD_ENDINGS = (".docx", ".docm", ".doc", ".odt", ".rtf")
_HEAD_BYTES = 4096
_TEXT_CONTROL_BYTES = frozenset(b"\t\n\f\r\x1b")
_TEXT_ENCODINGS = ("utf-8", "utf-16", "ascii", "cp125", "cp866", "iso8859", "koi8", "mac-cyrillic")
_PAGE_START = re.compile(
    r"(?:<\?xml[^>]*>\s*|(?><!--.*?-->)\s*)*<(?:!doctype\s+html|html|head|body|meta|title|table|div|center|p)[\s>]",
    re.DOTALL,
)
_MAIL_HEADERS = re.compile(r"(?m)^(?:mime-version|received|message-id|return-path):")


def describe_foreign_file(data: bytes) -> FileKind | None:
    """What bytes that are no zip archive are, None for a zip archive, even one cut within its first bytes."""
    if data.startswith(b"PK") or _ZIP_START.startswith(data):
        return None
    if data.startswith(_OLE):
        return _describe_ole(data)
    if data.lstrip().startswith(b"{\\rtf"):
        return _RTF
    for signature, description in _SIGNATURES:
        if data.startswith(signature):
            return FileKind(description)
    head = data[:_HEAD_BYTES]
    if head[4:8] == b"ftyp":
        return FileKind(next((kind for brand, kind in _MEDIA_BRANDS if head[8:12] == brand), "видеофайл"))
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return FileKind("изображение WebP")
    if b"%PDF-" in head[:1024]:
        return FileKind("файл PDF")
    if len(data) == _OWNER_FILE_BYTES and 0 < data[0] <= _LONGEST_OWNER and b"\x00" in data:
        return FileKind("служебный файл Word («~$…»), который есть, пока документ открыт")
    return _describe_markup(head) or _describe_plain(head)


def describe_foreign_package(names: Collection[str], mimetype: bytes, has_main_part: bool) -> FileKind | None:
    """What a zip archive with these lower-case entry names is, None where it may be a Word document.

    ``mimetype`` is the content of the entry of that name, by which OpenDocument and EPUB files tell what they are.
    """
    if has_main_part and any(name.startswith("word/") for name in names):
        return None
    if mimetype.startswith(b"application/vnd.oasis.opendocument."):
        is_text = mimetype.startswith(b"application/vnd.oasis.opendocument.text")
        return _ODT if is_text else FileKind("таблица или презентация OpenDocument (.ods, .odp)")
    if mimetype.startswith(b"application/epub"):
        return FileKind("электронная книга EPUB")
    for start, description in _PACKAGE_FOLDERS:
        if any(name.startswith(start) for name in names):
            return FileKind(description)
    if has_main_part:
        return None
    if not names:
        return FileKind("пустой архив ZIP")
    documents = sorted(name for name in names if name.endswith(_WORD_ENDINGS))
    if documents:
        return FileKind(f"архив ZIP, внутри которого лежат документы ({len(documents)}); распакуйте его")
    return FileKind("архив ZIP без документа Word внутри")


def decode_markup(data: bytes) -> str:
    """Text in the encoding that its byte order mark or its own declaration names; UTF-8 or else Windows-1251."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    declared = re.search(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", data[:_HEAD_BYTES])
    encodings = ["utf-8-sig", "cp1251"]
    if declared:
        encodings.insert(0, declared[1].decode("ascii"))
    for encoding in filter(is_text_encoding, encodings):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    return data.decode("cp1251", "replace")


def is_text_encoding(name: str) -> bool:
    """Whether this is the name of an encoding that documents use; some of Python's codecs are none or very slow."""
    try:
        return codecs.lookup(name).name.startswith(_TEXT_ENCODINGS)
    except LookupError:
        return False


def _describe_markup(head: bytes) -> FileKind | None:
    text = decode_markup(head[: _HEAD_BYTES // 2 * 2]).lstrip("\ufeff \t\r\n").lower()
    if "schemas.microsoft.com/office/word/2003/wordml" in text:
        return _WORD_XML
    if "<office:document" in text and "opendocument.text" in text:
        return _FLAT_ODT
    if _MAIL_HEADERS.search(text) and "content-type:" in text:
        is_web_archive = "multipart/related" in text or "text/html" in text
        return WEB_ARCHIVE if is_web_archive and "received:" not in text else FileKind("письмо электронной почты")
    if _PAGE_START.match(text):
        return HTML
    if text.startswith("<?xml"):
        return FileKind("документ XML")
    return None


def _describe_plain(head: bytes) -> FileKind:
    if not head.strip(b"\x00"):
        return FileKind("файл из нулевых байтов (сбой копирования)")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or not any(b < 32 and b not in _TEXT_CONTROL_BYTES for b in head):
        return TEXT
    return FileKind("двоичный файл неизвестного вида")


def _describe_ole(data: bytes) -> FileKind:
    """Which program's compound file this is, by its directory's entries."""
    root_class = _OLE_CLASSES.get(_ole_root_class(data))
    for stream, kind in _OLE_STREAMS:
        entry = _ole_entry(data, stream)
        if entry is not None and root_class in (None, stream):
            return ENCRYPTED if kind is _DOC and _is_encrypted_doc(data, entry) else kind
    return FileKind("файл Office старого формата (OLE)")


def _ole_entry(data: bytes, stream: str) -> int | None:
    """Where the directory entry of a stream stands in the file."""
    name = stream.encode("utf-16-le")
    pattern = name.ljust(_OLE_ENTRY_NAME_BYTES, b"\x00") + struct.pack("<HB", len(name) + 2, _OLE_STREAM)
    position = data.find(pattern)
    return None if position < 0 else position


def _ole_root_class(data: bytes) -> str:
    try:
        (shift,), (directory,) = struct.unpack_from("<H", data, 30), struct.unpack_from("<I", data, 48)
    except struct.error:
        return ""
    start = ((directory + 1) << min(shift, 12)) + 80
    return data[start : start + 16].hex()


def _is_encrypted_doc(data: bytes, entry: int) -> bool:
    """Whether the flags at the start of the «WordDocument» stream say that the text is encrypted."""
    try:
        (shift,), (sector,) = struct.unpack_from("<H", data, 30), struct.unpack_from("<I", data, entry + 116)
        start = (sector + 1) << min(shift, 12)
        (magic,), (flags,) = struct.unpack_from("<H", data, start), struct.unpack_from("<H", data, start + 10)
    except struct.error:
        return False
    return magic == _FIB_WORD_97 and bool(flags & _FIB_ENCRYPTED)
