"""From bytes to an open Word package: what the file is, whether it is safe to open, and python-docx holding its parts.

Only the parts that carry text, styles, numbering and properties are loaded, so that a broken picture, a dangling
relationship or a macro-enabled variant does not stop the report from being read, and nothing external is followed.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO
from urllib.parse import unquote

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, PartFactory, XmlPart
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from orchestration.documents.conversion import ENDLESS_TAG, convert, page_of_web_archive
from orchestration.documents.errors import (
    ConversionFailed,
    EmptyFile,
    EncryptedDocument,
    NotADocument,
    TooLarge,
    TruncatedFile,
    UnsafeDocument,
)
from orchestration.documents.limits import Limits, megabytes
from orchestration.documents.sniffing import (
    ENCRYPTED,
    HTML,
    TEXT,
    WEB_ARCHIVE,
    FileKind,
    decode_markup,
    describe_foreign_file,
    describe_foreign_package,
    is_text_encoding,
)
from orchestration.documents.wordml import W

_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    UnicodeError,
    ValueError,
)
_DIRECTORY_ENTRY, _DIRECTORY_END = b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_HEADER_BYTES = 30
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# Small parts may well repeat themselves; blank rows of a table are packed a hundred times.
_RATIO_COUNTS_FROM = 4 * 1024 * 1024
_MARKUP = re.compile(rb"<[^<>]*>")
_DECLARATION_BYTES = 512
_EXCESSIVE_DEPTH = "depth"
_DECLARATION = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"'][^>]*\?>")
_UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMESPACES = (
    (_STRICT + b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (_STRICT + b"drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (_STRICT + b"officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_USUAL_MAIN = "word/document.xml"
_OFFICE_DOCUMENT, _CORE_PROPERTIES, _CHUNK = (
    one.rpartition("/")[2]
    for one in (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES, RELATIONSHIP_TYPE.A_F_CHUNK)
)


def open_package(data: bytes, name: str, limits: Limits) -> WordDocument:
    """The python-docx document of a Word file (``name`` is for messages), other text formats converted to it first.

    Imported pages (``w:altChunk``) are related parts of its part, as HTML in UTF-8.
    Raises the ``DocumentError`` that tells why the bytes are no readable document.
    """
    if not data:
        raise EmptyFile(name)
    opened = _open(data, name, limits)
    if opened is ENCRYPTED:
        raise EncryptedDocument(name)
    if not isinstance(opened, FileKind):
        return opened
    if opened.convertible_as is None:
        raise NotADocument(name, opened.description)
    converted = _open(convert(data, opened, name, limits), name, limits)
    if isinstance(converted, FileKind):
        raise ConversionFailed(name, f"{opened.description}, а результат LibreOffice — {converted.description}")
    return converted


def guard_size(name: str, size: int, limits: Limits) -> None:
    """Raise TooLarge for a file of more bytes than a report may have."""
    if size > limits.file_bytes:
        raise TooLarge(name, f"{megabytes(size)} при допустимых {megabytes(limits.file_bytes)}")


def _open(data: bytes, name: str, limits: Limits) -> WordDocument | FileKind:
    """The document, or what the file is instead."""
    guard_size(name, len(data), limits)
    kind = describe_foreign_file(data)
    if kind is not None:
        return kind
    _check_directory(data, name, limits)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _load(_Archive(archive, name, limits))
    except _ZIP_ERRORS as error:
        raise TruncatedFile(name, "архив .docx не читается") from error


def _load(archive: _Archive) -> WordDocument | FileKind:
    package_relationships = archive.relationships("")
    main = _first(package_relationships, _OFFICE_DOCUMENT)
    if main is None and archive.has(_USUAL_MAIN):
        main = _USUAL_MAIN
    kind = describe_foreign_package(archive.names, archive.read("mimetype") or b"", main is not None)
    if kind is not None:
        return archive.check_open_document(kind) if kind.convertible_as else kind
    if main is None:
        return FileKind("архив ZIP без документа Word внутри")
    root = archive.parse(main)
    if root.tag != W + "document":
        raise TruncatedFile(archive.name, "в главной части нет документа Word")
    package = Package()
    word = DocumentPart(PackURI(f"/{_USUAL_MAIN}"), CONTENT_TYPE.WML_DOCUMENT_MAIN, root, package)
    package.load_rel(RELATIONSHIP_TYPE.OFFICE_DOCUMENT, word, "rId1")
    core = _first(package_relationships, _CORE_PROPERTIES)
    if core is not None:
        _load_core_properties(archive, core, package)
    relationships = archive.relationships(main)
    styles, numbering = _first(relationships, "styles"), _first(relationships, "numbering")
    if styles is not None:
        # Not parsed here: the reader leaves out most of them before it does.
        part = Part(PackURI("/word/styles.xml"), CONTENT_TYPE.WML_STYLES, archive.read_xml(styles), package)
        word.load_rel(RELATIONSHIP_TYPE.STYLES, part, "styles")
    if numbering is not None:
        part = XmlPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, archive.parse(numbering), package)
        word.load_rel(RELATIONSHIP_TYPE.NUMBERING, part, "numbering")
    for identifier, step, path in relationships:
        page = archive.read_page(path) if step == _CHUNK else None
        if page is not None:
            word.load_rel(
                RELATIONSHIP_TYPE.A_F_CHUNK, Part(PackURI(f"/{path}"), "text/html", page, package), identifier
            )
    return word.document


def _load_core_properties(archive: _Archive, path: str, package: Package) -> None:
    """Unreadable properties are as good as none."""
    location, kind = PackURI("/docProps/core.xml"), RELATIONSHIP_TYPE.CORE_PROPERTIES
    with suppress(etree.XMLSyntaxError):
        part = PartFactory(location, CONTENT_TYPE.OPC_CORE_PROPERTIES, kind, archive.read_xml(path), package)
        package.load_rel(kind, part, "rId2")


class _Archive:
    """A zip file whose directory has passed the limits; entries are found as OPC does, whatever their case.

    What is unpacked is bounded by the sizes that the directory declares, and those by the limits.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
        self.name = name
        self._archive = archive
        self._nodes_left, self._text_left = limits.xml_nodes, limits.text_bytes
        infos = archive.infolist()
        if sum(info.file_size for info in infos) > limits.unpacked_bytes:
            raise TooLarge(name, f"в распакованном виде больше {megabytes(limits.unpacked_bytes)}")
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            self._check_entry(info, limits)
            key = _entry_key(info.filename)
            if key in self._infos and not info.is_dir():
                raise UnsafeDocument(name, f"часть «{info.filename}» записана дважды")
            self._infos[key] = info
        end = 0
        for info in sorted(infos, key=lambda info: info.header_offset):
            if info.header_offset < end:
                raise UnsafeDocument(name, f"часть «{info.filename}» наложена на другую")
            end = info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size
        self.names = frozenset(self._infos)

    def has(self, path: str) -> bool:
        """Whether there is an entry of this name."""
        return _entry_key(path) in self._infos

    def read(self, path: str) -> bytes | None:
        """The bytes of an entry, None where there is no such entry."""
        info = self._infos.get(_entry_key(path))
        if info is None:
            return None
        with self._archive.open(info) as stream:
            # Asked for a number of bytes, zipfile unpacks no more, whatever the compressed data would yield.
            return stream.read(info.file_size)

    def read_xml(self, path: str) -> bytes | None:
        """The bytes of an XML part in UTF-8 and in the transitional namespaces, having passed the limits."""
        content = self.read(path)
        if content is None:
            return None
        content = _utf_8(content, self.name)
        if b"<!DOCTYPE" in content:
            raise UnsafeDocument(self.name, f"часть «{path}» содержит DOCTYPE")
        self._count_nodes(content)
        if len(content) > self._text_left:
            self._text_left -= len(_MARKUP.sub(b"", content))
            if self._text_left < 0:
                raise TooLarge(self.name, "в документе слишком много текста")
        if _STRICT in content:
            for strict, transitional in _STRICT_NAMESPACES:
                content = content.replace(strict, transitional)
        return content

    def read_page(self, path: str) -> bytes | None:
        """An existing part as an HTML page in UTF-8, None where it is something else; its size counts as text."""
        content = self.read(path) or b""
        self._text_left -= len(content)
        if self._text_left < 0:
            raise TooLarge(self.name, "в документе слишком много вставленного содержимого")
        kind = describe_foreign_file(content)
        if kind is WEB_ARCHIVE:
            with suppress(NotADocument):
                content, kind = page_of_web_archive(content, self.name), HTML
        if kind not in (HTML, TEXT):
            return None
        page = b'<meta charset="utf-8">' + decode_markup(content).encode()
        self._count_nodes(page)
        if ENDLESS_TAG.search(page):
            raise TooLarge(self.name, "разметка вставленной страницы слишком объёмна")
        return page

    def parse(self, path: str) -> etree._Element:
        """The root of an existing XML part."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_blank_text=True, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(self.read_xml(path) or b"", parser)
        except etree.XMLSyntaxError as error:
            if _EXCESSIVE_DEPTH in (error.msg or "").lower():
                raise UnsafeDocument(self.name, "разметка вложена слишком глубоко") from error
            raise TruncatedFile(self.name, f"ошибка разметки XML в части «{path}»") from error

    def relationships(self, part: str) -> list[tuple[str, str, str]]:
        """Identifier, kind and path of the existing internal targets of ``part`` ("" for the package).

        The kind is the last step of the relationship's type, the same in transitional and strict files.
        """
        folder, base = posixpath.split(part)
        path = f"{folder}/_rels/{base}.rels"
        found: list[tuple[str, str, str]] = []
        for element in self.parse(path).iter(_RELATIONSHIP) if self.has(path) else ():
            if element.get("TargetMode") != "External":
                target = element.get("Target", "").replace("\\", "/")
                paths = (posixpath.normpath(posixpath.join("/", folder, one)) for one in (target, unquote(target)))
                existing = next(filter(self.has, paths), None)
                if existing is not None:
                    step = element.get("Type", "").rpartition("/")[2]
                    found.append((element.get("Id", ""), step, existing.lstrip("/")))
        return found

    def check_open_document(self, kind: FileKind) -> FileKind:
        """The kind, or ``ENCRYPTED``, of an OpenDocument file whose entries are what the directory says."""
        manifest = self.read_xml("META-INF/manifest.xml") or b""
        if b"encryption-data" in manifest:
            return ENCRYPTED
        for path in ("content.xml", "styles.xml"):
            self.read_xml(path)
        if self._archive.testzip() is not None:
            raise TruncatedFile(self.name, "архив не читается")
        return kind

    def _count_nodes(self, markup: bytes) -> None:
        self._nodes_left -= markup.count(b"<") - markup.count(b"</") + markup.count(b"=")
        if self._nodes_left < 0:
            raise TooLarge(self.name, "разметка документа слишком объёмна")

    def _check_entry(self, info: zipfile.ZipInfo, limits: Limits) -> None:
        if info.file_size > limits.part_bytes:
            raise TooLarge(self.name, f"часть «{info.filename}» больше {megabytes(limits.part_bytes)}")
        if info.file_size > max(_RATIO_COUNTS_FROM, info.compress_size * limits.compression_ratio):
            raise TooLarge(self.name, f"часть «{info.filename}» сжата более чем в {limits.compression_ratio} раз")
        if info.flag_bits & 0x1:
            raise EncryptedDocument(self.name)
        if info.compress_type not in _METHODS:
            raise UnsafeDocument(self.name, f"часть «{info.filename}» сжата необычным способом")


def _check_directory(data: bytes, name: str, limits: Limits) -> None:
    """Count the entries of the zip directory before it is read; the number that it states itself may be wrong."""
    end = data.rfind(_DIRECTORY_END)
    size = int.from_bytes(data[end + 12 : end + 16], "little") if end >= 0 else 0
    if data.count(_DIRECTORY_ENTRY, max(0, end - size), max(0, end)) > limits.entries:
        raise TooLarge(name, f"больше {limits.entries} вложенных частей")


def _utf_8(content: bytes, name: str) -> bytes:
    """An XML part in UTF-8, without a declaration of another encoding."""
    encoding = next((encoding for start, encoding in _UTF_16.items() if content.startswith(start)), None)
    declaration = None if encoding else _DECLARATION.match(content[:_DECLARATION_BYTES])
    if declaration is not None and declaration[1].lower() != b"utf-8":
        declared = declaration[1].decode("latin-1")
        if not is_text_encoding(declared):
            raise TruncatedFile(name, f"неизвестная кодировка «{declared}»")
        # What is declared as UTF-16 and read so far is no UTF-16.
        encoding = "utf-8" if declared.lower().startswith("utf-16") else declared
    if encoding is None:
        return content
    try:
        content = content.decode(encoding).lstrip("\ufeff").encode()
    except UnicodeError as error:
        raise TruncatedFile(name, "текст записан не в той кодировке, которая указана") from error
    declaration = _DECLARATION.match(content[:_DECLARATION_BYTES])
    return content[declaration.end() :] if declaration else content


def _first(relationships: list[tuple[str, str, str]], kind: str) -> str | None:
    """The path of the first target of a kind."""
    return next((path for _, step, path in relationships if step == kind), None)


def _entry_key(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").casefold()
