"""Old Word, OpenDocument, RTF and HTML files → .docx through LibreOffice, which is run for one file at a time.

Each run has its own profile, folder and process group; the profile forbids macros, links to other files and network.
"""

from __future__ import annotations

import binascii
import os
import re
import resource
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree, html

from orchestration.documents.errors import ConversionFailed, ConversionUnavailable, NotADocument, TooLarge
from orchestration.documents.limits import Limits, megabytes
from orchestration.documents.sniffing import WEB_ARCHIVE, FileKind, decode_markup

_PROGRAMS = ("soffice", "libreoffice")
_ATTEMPTS = 2
_MEMORY_BYTES, _OUTPUT_BYTES = 3 * 1024**3, 256 * 1024**2
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""
# Elements of a page that run, embed or fetch something, and tracked deletions: no text of a report.
_DROPPED_ELEMENTS = (
    "del", "script", "style", "link", "base", "meta", "img", "image", "iframe", "frame", "object", "embed", "applet",
    "audio", "video", "source", "picture", "svg", "noscript",
)  # fmt: skip
_ADDRESSES = frozenset({"src", "href", "background", "data", "action", "cite", "longdesc", "srcset"})
# Of a web archive.
_MOST_PARTS = 1000
_BOUNDARY = re.compile(rb"boundary\s*=\s*\"?([^\"\s;]+)", re.IGNORECASE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_PAGE = re.compile(rb"^content-type:\s*text/html", re.IGNORECASE | re.MULTILINE)
_ENCODING = re.compile(rb"^content-transfer-encoding:\s*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(rb"charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)
_DECODERS = {b"quoted-printable": binascii.a2b_qp, b"base64": binascii.a2b_base64}
# libxml2 compares each attribute of a tag with all others.
ENDLESS_TAG = re.compile(rb"<[^<>\s]*+(?:\s++[^<>\s]++){300}")
_FETCHING_STYLE = re.compile(r"url|import|[\\@]", re.IGNORECASE)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)


def converter_is_available() -> bool:
    """Whether LibreOffice is installed."""
    return any(map(shutil.which, _PROGRAMS))


def convert(data: bytes, kind: FileKind, name: str, limits: Limits) -> bytes:
    """A file of a kind that LibreOffice opens, as .docx; a failed attempt is repeated once.

    Raises ``ConversionUnavailable`` where LibreOffice is not installed and ``ConversionFailed`` where it does not
    deliver.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise ConversionUnavailable(name, kind.description)
    suffix = kind.convertible_as or ""
    if kind is WEB_ARCHIVE:
        data, suffix = page_of_web_archive(data, name), ".html"
    if suffix == ".html":
        data = _inert_page(data, name, limits)
    failure = ""
    for _ in range(_ATTEMPTS):
        with TemporaryDirectory(prefix="report-conversion-", ignore_cleanup_errors=True) as folder:
            try:
                return _run(program, Path(folder), data, suffix, limits.conversion_seconds)
            except subprocess.TimeoutExpired:
                failure = f"LibreOffice не уложился в {limits.conversion_seconds:g} с"
            except (OSError, subprocess.CalledProcessError):
                failure = "LibreOffice не смог его открыть"
    raise ConversionFailed(name, f"{kind.description}, {failure}")


def _run(program: str, folder: Path, data: bytes, suffix: str, seconds: float) -> bytes:
    profile, source, results = folder / "profile", folder / f"report{suffix}", folder / "results"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE, encoding="utf-8")
    source.write_bytes(data)
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    command += ["--infilter=HTML (StarWriter)"] if suffix == ".html" else []
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(results), str(source)]
    environment = {"HOME": str(folder), "TMPDIR": str(folder), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for limit, size in ((resource.RLIMIT_AS, _MEMORY_BYTES), (resource.RLIMIT_FSIZE, _OUTPUT_BYTES)):
            with suppress(ProcessLookupError):
                resource.prlimit(process.pid, limit, (size, size))
        code = process.wait(seconds)
    finally:
        # The program is a script that starts others; all of them go.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if code != 0:
        raise subprocess.CalledProcessError(code, command)
    return (results / "report.docx").read_bytes()


def page_of_web_archive(data: bytes, name: str) -> bytes:
    """The first page of an .mht file, with its encoding; raises ``NotADocument`` where there is none."""
    boundary = _BOUNDARY.search(data)
    parts = [data] if boundary is None else data.split(b"\n--" + boundary[1], _MOST_PARTS)
    for part in parts:
        headers, *content = _BLANK_LINE.split(part, maxsplit=1)
        if content and _PAGE.search(headers):
            encoding, charset = _ENCODING.search(headers), _CHARSET.search(headers)
            declared = b"<meta charset=" + charset[1] + b">" if charset else b""
            decode = _DECODERS.get(encoding[1].lower() if encoding else b"", bytes)
            try:
                return declared + decode(content[0])
            except binascii.Error:
                break
    raise NotADocument(name, "веб-архив (.mht) без читаемой страницы внутри")


def _inert_page(data: bytes, name: str, limits: Limits) -> bytes:
    """The page in UTF-8 with nothing in it that could run or be fetched."""
    if len(data) > limits.text_bytes:
        raise TooLarge(name, f"страница HTML больше {megabytes(limits.text_bytes)}")
    if data.count(b"<") + data.count(b"=") > limits.xml_nodes or ENDLESS_TAG.search(data):
        raise TooLarge(name, "разметка страницы слишком объёмна")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(decode_markup(data).encode(), parser=parser)
    except etree.ParserError:
        return b"<html></html>"
    etree.strip_elements(page, *_DROPPED_ELEMENTS, with_tail=False)
    for element in list(page.iter(etree.Element)):
        style = element.get("style", "")
        if _HIDING_STYLE.search(style):
            element.clear(keep_tail=True)
        for attribute in [key for key in element.attrib if key.lower().rpartition(":")[2] in _ADDRESSES]:
            del element.attrib[attribute]
        if _FETCHING_STYLE.search(style):
            element.attrib.pop("style", None)
    head = b'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>'
    body = page.find("body")
    return head + etree.tostring(page if body is None else body, method="html", encoding="utf-8") + b"</html>"
