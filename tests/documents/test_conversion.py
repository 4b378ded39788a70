import base64
import http.server
import os
import quopri
import shutil
import subprocess
import threading
import time
from pathlib import Path

import pytest

from orchestration.documents import errors
from orchestration.documents.conversion import _inert_page
from orchestration.documents.layout import read_report
from orchestration.documents.limits import Limits
from orchestration.documents.model import Paragraph, Report, Table
from orchestration.documents.reader import read_document

SAMPLE = Path(__file__).parents[2] / "raw_reports" / "smolensk-oblast-2025-q4.docx"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
RTF = b"{\\rtf1\\ansi text\\par}"
PAGE = """<html><head><meta http-equiv=Content-Type content="text/html; charset=windows-1251">
<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><style>p {color:red}</style></head><body>
<p class=MsoNormal>Отчёт<o:p></o:p></p><table><tr><td colspan=2><b>г. Псков</b></td></tr>
<tr><td><p><![if !supportLists]><span style='mso-list:Ignore'>1.</span><![endif]></p></td>
<td>Встреча <del>с гостями</del><ins>с делегацией</ins><span style='display:none;mso-hide:all'>тайно</span> города
<img src="http://127.0.0.1:9/x.png"></td></tr></table></body></html>"""
PAGE_CELLS = [["г. Псков", None], ["1.", "Встреча с делегацией города"]]


def web_archive(encoding: str) -> bytes:
    page = PAGE.encode("cp1251")
    encoded = base64.encodebytes(page) if encoding == "base64" else quopri.encodestring(page)
    return (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_X"\r\n\r\nWord web archive.\r\n'
        b"--=_X\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
        b'--=_X\r\nContent-Type: text/html;\r\n\tcharset="windows-1251"\r\nContent-Transfer-Encoding: '
        + encoding.encode()
        + b"\r\n\r\n"
        + encoded
        + b"\r\n--=_X--\r\n"
    )


PAGES = {
    "windows-1251": PAGE.encode("cp1251"),
    "utf-8": PAGE.replace("windows-1251", "utf-8").encode(),
    "utf-16": PAGE.replace("windows-1251", "unicode").encode("utf-16"),
    "not declared": PAGE.replace("charset=windows-1251", "").encode("cp1251"),
    "mht, quoted-printable": web_archive("quoted-printable"),
    "mht, base64": web_archive("base64"),
}


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Puts a shell script in LibreOffice's place; it finds the folder for results in $results."""

    def install(script: str) -> Path:
        program = tmp_path / "bin" / "soffice"
        program.parent.mkdir()
        # The last but one argument is the folder for results.
        lines = ["#!/bin/sh", f"echo run >> {tmp_path}/runs", 'for one; do results="$source"; source="$one"; done']
        program.write_text("\n".join([*lines, script]))
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
        return tmp_path / "runs"

    return install


def test_where_libreoffice_is_missing_the_refusal_names_its_package(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(errors.ConversionUnavailable) as caught:
        read_document(RTF, "отчет.docx")
    assert "RTF" in caught.value.message
    assert "apt-get install --no-install-recommends libreoffice-writer-nogui" in caught.value.remedy


def test_result_is_read(office) -> None:
    runs = office(f'mkdir "$results" && cp {SAMPLE} "$results/report.docx"')
    assert read_document(RTF, "a.rtf").blocks == read_document(SAMPLE.read_bytes(), "a.docx").blocks
    assert runs.read_text() == "run\n"


def test_failure_is_tried_again(office, tmp_path) -> None:
    first = f"test -e {tmp_path}/second || {{ touch {tmp_path}/second; exit 1; }}"
    runs = office(f'{first}\nmkdir "$results" && cp {SAMPLE} "$results/report.docx"')
    assert read_document(RTF, "a.rtf").blocks
    assert runs.read_text() == "run\n" * 2


@pytest.mark.parametrize("script", ["exit 77", "exit 0", "kill -SEGV $$", 'mkdir "$results" "$results/report.docx"'])
def test_second_failure_is_told(office, script: str) -> None:
    runs = office(script)
    with pytest.raises(errors.ConversionFailed, match="не смог"):
        read_document(RTF, "a.rtf")
    assert runs.read_text() == "run\n" * 2


def test_result_that_is_no_document_is_told(office) -> None:
    office(f'mkdir "$results" && cp {__file__} "$results/report.docx"')
    with pytest.raises(errors.ConversionFailed, match="текстовый файл"):
        read_document(RTF, "a.rtf")


def test_time_out_ends_all_processes(office, tmp_path) -> None:
    runs = office(f"sleep 30 & echo $! >> {tmp_path}/pids\nsleep 30")
    with pytest.raises(errors.ConversionFailed, match=r"0\.3 с"):
        read_document(RTF, "a.rtf", Limits(conversion_seconds=0.3))
    assert runs.read_text() == "run\n" * 2
    time.sleep(0.1)
    for process in (tmp_path / "pids").read_text().split():
        status = Path(f"/proc/{process}/stat")
        assert not status.exists() or status.read_text().split()[2] == "Z"


def test_nothing_is_left_in_the_temporary_folder(office, tmp_path, monkeypatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    office("exit 1")
    with pytest.raises(errors.ConversionFailed):
        read_document(RTF, "a.rtf")
    assert not list(temporary.iterdir())


def test_page_is_made_inert() -> None:
    page = """<html><head><base href="http://a/"><link rel=stylesheet href="http://a/c"><script>1</script></head>
    <body background="http://a/b"><iframe src="http://a/f">x</iframe><a href="file:///etc/passwd">ссылка</a>
    <p style="background:u\\72l(http://a/i)">текст<img src="http://a/i">хвост</p><object data="http://a/o"></object>"""
    inert = _inert_page(page.encode(), "a.html", Limits()).decode()
    assert "http://" not in inert
    assert "file:" not in inert
    for text in ("ссылка", "текст", "хвост"):
        assert text in inert


@pytest.mark.parametrize(
    "page",
    [
        b"<html>" + b"<p>" * 1_000_001,
        b"<html>" + b"text " * 4_000_000,
        b"<html><p " + b" ".join(b"a%x" % number for number in range(1_000_000)),
    ],
)
def test_huge_page_is_refused(office, page: bytes) -> None:
    runs = office("exit 1")
    with pytest.raises(errors.TooLarge):
        read_document(page, "a.html")
    assert not runs.exists()


def test_web_archive_without_a_page(office) -> None:
    office("exit 1")
    data = web_archive("base64").replace(b"text/html", b"text/plain", 1)
    with pytest.raises(errors.NotADocument, match="веб-архив"):
        read_document(data, "a.mht")


@pytest.fixture(scope="module")
def original() -> Report:
    return read_report(read_document(SAMPLE.read_bytes(), SAMPLE.name))


def spaced(report: Report) -> list[tuple]:
    cells = ("municipality", "name", "place", "dates", "description", "participants")
    return [(one.sequence_number, *(" ".join(getattr(one, cell).split()) for cell in cells)) for one in report.rows]


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("output", ["doc:MS Word 97", "odt", "rtf:Rich Text Format", "html:HTML (StarWriter)", "fodt"])
@pytest.mark.parametrize("ending", ["", ".docx"])
def test_report_in_other_formats(output: str, ending: str, original: Report, tmp_path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", output, "--outdir", tmp_path, SAMPLE]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    source = (tmp_path / SAMPLE.name).with_suffix("." + output.partition(":")[0])
    report = read_report(read_document(source.read_bytes(), source.stem + (ending or source.suffix)))
    assert [row.sequence_number for row in report.rows] == list(range(1, 62))
    assert len({row.municipality for row in report.rows}) == 10
    assert (report.region, report.period) == (original.region, original.period)
    assert spaced(report) == spaced(original)


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("data", PAGES.values(), ids=PAGES.keys())
def test_pages_as_word_saves_them(data: bytes) -> None:
    title, table, *_ = read_document(data, "отчет.doc").blocks
    assert title == Paragraph("Отчёт")
    assert isinstance(table, Table)
    assert [[cell and " ".join(cell.text.split()) for cell in row] for row in table.rows] == PAGE_CELLS


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("is_page_made_inert", [True, False])
def test_conversion_follows_no_links(is_page_made_inert: bool, tmp_path, monkeypatch) -> None:
    requests = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def handle(self) -> None:
            requests.append(self.request.recv(1000))

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    secret = tmp_path / "secret.txt"
    secret.write_text("тайна")
    if not is_page_made_inert:
        monkeypatch.setattr("orchestration.documents.conversion._inert_page", lambda data, name, limits: data)
    page = f'<html><link rel=stylesheet href="{address}/c"><body background="{address}/b"><img src="{address}/i">текст'
    rtf = (
        f'{{\\rtf1\\ansi{{\\*\\template {address}/t.dot}}text{{\\field{{\\*\\fldinst INCLUDEPICTURE "{address}/i"}}}}'
        f'{{\\field{{\\*\\fldinst INCLUDETEXT "{secret.as_uri()}"}}}}\\par}}'
    )
    section = '<text:section text:name="{0}"><text:section-source xlink:href="{0}" xlink:type="simple"/></text:section>'
    names = {"office": "office", "text": "text", "draw": "drawing"}
    namespaces = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for key, name in names.items()
    )
    fodt = (
        f'<office:document {namespaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>текст'
        f'<draw:frame><draw:image xlink:href="{address}/i" xlink:type="simple"/></draw:frame></text:p>'
        f"{section.format(address + '/s')}{section.format(secret.as_uri())}</office:text></office:body>"
        "</office:document>"
    )
    for markup in (page, rtf, fodt):
        text = str(read_document(markup.encode(), "a.doc").blocks)
        assert "тайна" not in text
        assert "text" in text or "текст" in text
    server.shutdown()
    assert requests == []


@pytest.mark.slow
@needs_office
def test_garbage_within_a_foreign_format_is_refused_or_read() -> None:
    for data in (b"{\\rtf1" + bytes(range(256)) * 50, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(4000)):
        try:
            read_document(data, "a.doc")
        except (errors.ConversionFailed, errors.NotADocument):
            continue
