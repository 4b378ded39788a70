"""From bytes to an open Word package: what the file is, whether it is safe to open, and python-docx opening it.

python-docx is given a copy with only the parts that carry text, styles, numbering and properties, so that a broken
picture, a dangling relationship or a macro-enabled variant does not stop the report from being read.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from orchestration.documents.errors import (
    EmptyFile,
    EncryptedDocument,
    NotADocument,
    TooLarge,
    TruncatedFile,
    UnsafeDocument,
)
from orchestration.documents.sniffing import describe_foreign_file, describe_foreign_package

_MEGABYTE = 1024 * 1024
# Where a part declares its namespaces and document type.
_HEAD_BYTES = 16 * 1024
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
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_STRICT_NAMESPACES = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)
_PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PACKAGE_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN, _STYLES, _NUMBERING, _CORE = "word/document.xml", "word/styles.xml", "word/numbering.xml", "docProps/core.xml"
_PART_TYPES = {
    _MAIN: (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, CONTENT_TYPE.WML_DOCUMENT_MAIN),
    _CORE: (RELATIONSHIP_TYPE.CORE_PROPERTIES, CONTENT_TYPE.OPC_CORE_PROPERTIES),
    _STYLES: (RELATIONSHIP_TYPE.STYLES, CONTENT_TYPE.WML_STYLES),
    _NUMBERING: (RELATIONSHIP_TYPE.NUMBERING, CONTENT_TYPE.WML_NUMBERING),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a report may reasonably hold: bytes, zip entries, grid cells of one table."""

    file_bytes: int = 50 * _MEGABYTE
    entries: int = 5_000
    unpacked_bytes: int = 200 * _MEGABYTE
    part_bytes: int = 64 * _MEGABYTE
    table_cells: int = 1_000_000


def open_package(data: bytes, name: str, limits: Limits) -> WordDocument:
    """The python-docx document of a .docx, .docm, .dotx or .dotm file (``name`` is for messages).

    Raises the ``DocumentError`` that tells why the bytes are no readable Word document.
    """
    if not data:
        raise EmptyFile(name)
    if len(data) > limits.file_bytes:
        raise TooLarge(name, f"{_megabytes(len(data))} при допустимых {_megabytes(limits.file_bytes)}")
    foreign = describe_foreign_file(data)
    if foreign == "encrypted":
        raise EncryptedDocument(name)
    if foreign:
        raise NotADocument(name, foreign)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = _text_parts(_Archive(archive, name, limits), name)
    except _ZIP_ERRORS as error:
        raise TruncatedFile(name, "архив .docx не читается") from error
    try:
        return docx.Document(BytesIO(_package_of(parts)))
    except etree.XMLSyntaxError as error:
        raise TruncatedFile(name, f"ошибка разметки XML ({error.msg})") from error
    except (PackageNotFoundError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise TruncatedFile(name, "внутреннее устройство документа нарушено") from error


class _Archive:
    """A zip file whose directory has passed the limits; entries are found as OPC does, whatever their case."""

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
        self._archive = archive
        self._name = name
        infos = archive.infolist()
        if len(infos) > limits.entries:
            raise TooLarge(name, f"{len(infos)} вложенных частей при допустимых {limits.entries}")
        if sum(info.file_size for info in infos) > limits.unpacked_bytes:
            raise TooLarge(name, f"в распакованном виде больше {_megabytes(limits.unpacked_bytes)}")
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            key = _entry_key(info.filename)
            if key in self._infos:
                raise UnsafeDocument(name, f"часть «{info.filename}» записана дважды")
            if info.file_size > limits.part_bytes:
                raise TooLarge(name, f"часть «{info.filename}» больше {_megabytes(limits.part_bytes)}")
            if info.flag_bits & 0x1:
                raise EncryptedDocument(name)
            self._infos[key] = info

    @property
    def names(self) -> frozenset[str]:
        """Entry names in lower case."""
        return frozenset(self._infos)

    def read(self, path: str) -> bytes | None:
        """The bytes of an XML part, None where there is no such part."""
        info = self._infos.get(_entry_key(path))
        if info is None:
            return None
        content = self._archive.read(info)
        if any(doctype in content for doctype in _DOCTYPES):
            raise UnsafeDocument(self._name, f"часть «{info.filename}» содержит DOCTYPE")
        return content

    def targets(self, part: str) -> dict[str, str]:
        """The first existing part of each relationship type of ``part`` ("" for the package).

        Keys are the last step of the type, the same in transitional and strict files.
        """
        folder, base = posixpath.split(part)
        content = self.read(f"{folder}/_rels/{base}.rels")
        if content is None:
            return {}
        targets: dict[str, str] = {}
        for relationship in _parse(content, self._name).iter(f"{{{_PACKAGE_RELATIONSHIPS}}}Relationship"):
            path = posixpath.normpath(posixpath.join("/", folder, relationship.get("Target", "")))
            if relationship.get("TargetMode") != "External" and _entry_key(path) in self._infos:
                targets.setdefault(_last_step(relationship.get("Type", "")), path.lstrip("/"))
        return targets


def _text_parts(archive: _Archive, name: str) -> dict[str, bytes]:
    """Bytes of the parts that the reader needs, under their names in the copy."""
    package_targets = archive.targets("")
    main = package_targets.get(_last_step(RELATIONSHIP_TYPE.OFFICE_DOCUMENT))
    foreign = describe_foreign_package(archive.names, main)
    if main is None or foreign:
        raise NotADocument(name, foreign or "архив без документа Word внутри")
    main_targets = archive.targets(main)
    sources = {_MAIN: main}
    for part in (_CORE, _STYLES, _NUMBERING):
        step = _last_step(_PART_TYPES[part][0])
        source = (package_targets if part == _CORE else main_targets).get(step)
        if source is not None:
            sources[part] = source
    return {part: _transitional(archive.read(source) or b"") for part, source in sources.items()}


def _package_of(parts: dict[str, bytes]) -> bytes:
    """A package of just these parts."""
    types = [f'<Types xmlns="{_PACKAGE_TYPES}">']
    types += ['<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>']
    types += [f'<Override PartName="/{part}" ContentType="{_PART_TYPES[part][1]}"/>' for part in parts]
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as copy:
        copy.writestr("[Content_Types].xml", "".join([*types, "</Types>"]))
        copy.writestr("_rels/.rels", _relationships(part for part in parts if part in (_MAIN, _CORE)))
        copy.writestr("word/_rels/document.xml.rels", _relationships(p for p in parts if p in (_STYLES, _NUMBERING)))
        for part, content in parts.items():
            copy.writestr(part, content)
    return output.getvalue()


def _relationships(parts: Iterable[str]) -> str:
    rows = [
        f'<Relationship Id="rId{number}" Type="{_PART_TYPES[part][0]}" Target="/{part}"/>'
        for number, part in enumerate(parts, start=1)
    ]
    return "".join([f'<Relationships xmlns="{_PACKAGE_RELATIONSHIPS}">', *rows, "</Relationships>"])


def _transitional(content: bytes) -> bytes:
    """The part with the namespaces of ISO 29500 strict replaced by the transitional ones."""
    if b"http://purl.oclc.org/ooxml/" in content[:_HEAD_BYTES]:
        for strict, transitional in _STRICT_NAMESPACES:
            content = content.replace(strict, transitional)
    return content


def _parse(content: bytes, name: str) -> etree._Element:
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise TruncatedFile(name, f"ошибка разметки XML ({error.msg})") from error


def _entry_key(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").casefold()


def _last_step(relationship_type: str) -> str:
    return relationship_type.rpartition("/")[2]


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:.0f} МБ"
