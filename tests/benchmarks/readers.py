"""How well and how fast Word files are read beside other readers: the tables of ``orchestration/docs/reading.md``.

    python tests/benchmarks/readers.py [--report FILE] [--python READER=INTERPRETER …]

The other readers are no dependencies: one that an interpreter does not have is left out.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import fields
from io import BytesIO
from pathlib import Path

import docx
from lxml import etree

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS / "documents")]

from traps import TRAPS, Trap  # noqa: E402

from orchestration.documents.limits import Limits  # noqa: E402
from orchestration.documents.reader import read_document  # noqa: E402

READERS = {
    "this_project": "this project",
    "python_docx": "python-docx",
    "docx2python": "docx2python",
    "mammoth": "mammoth",
    "pandoc": "pandoc",
    "docling": "docling",
}
REPEATS = 5
UNLIMITED = Limits(**{one.name: 10**12 for one in fields(Limits) if one.type == "int"})
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--report", type=Path, help="a report to measure speed on")
    parser.add_argument(
        "--python", action="append", default=[], help="READER=INTERPRETER, e.g. docling=/venv/bin/python"
    )
    arguments = parser.parse_args()
    interpreters = dict(one.split("=", 1) for one in arguments.python)
    sys.stdout.write(trap_table(interpreters) + "\n")
    if arguments.report:
        sys.stdout.write("\n" + speed_table(arguments.report.read_bytes()) + "\n")


def trap_table(interpreters: dict[str, str]) -> str:
    """Traps passed, a row a family, a column a reader (Markdown)."""
    with tempfile.TemporaryDirectory() as folder:
        for index, trap in enumerate(TRAPS):
            (Path(folder) / f"{index:03d}.docx").write_bytes(trap.data)
        answers = {name: _answers(name, interpreters.get(name, sys.executable), folder) for name in READERS}
    passed = {
        name: [is_passed(trap, read.get(f"{index:03d}.docx")) for index, trap in enumerate(TRAPS)]
        for name, read in answers.items()
        if read
    }
    families = list(dict.fromkeys(trap.family for trap in TRAPS))
    lines = [["traps", "", *(READERS[name] for name in passed)], ["---", *["---:"] * (len(passed) + 1)]]
    for family in families:
        members = [index for index, trap in enumerate(TRAPS) if trap.family == family]
        lines.append([family, str(len(members)), *(str(sum(one[i] for i in members)) for one in passed.values())])
    lines.append(["**all**", str(len(TRAPS)), *(f"**{sum(one)}**" for one in passed.values())])
    return _markdown(lines)


def is_passed(trap: Trap, rows: list[list[str | None]] | str | None) -> bool:
    """Whether the reader gives the right text at every place of the grid.

    Spaces, the sign after a number and how a span goes on (nothing, empty, text repeated) are left to the reader.
    """
    if not isinstance(rows, list) or len(rows) != len(trap.expected):
        return False
    for y, line in enumerate(trap.expected):
        for x, text in enumerate(line):
            read = rows[y][x] if x < len(rows[y]) else None
            around = {*line, *(above[x] for above in trap.expected)}
            allowed = {"", *(_plain(one) for one in around if one)} if text is None else {_plain(text)}
            if _plain(read or "") not in allowed:
                return False
    return True


def speed_table(data: bytes) -> str:
    """CPU time on the report and on 10 and 100 times its rows: medians in milliseconds, and ratios (Markdown)."""
    lines = [
        ["rows", "unzip + lxml", "this project", "python-docx `row.cells`", "÷ unzip + lxml", "÷ `row.cells`"],
        ["---:"] * 6,
    ]
    for factor in (1, 10, 100):
        content, rows = repeated(data, factor)
        # Taken in turn, so that a busy machine slows all of them alike.
        samples = [
            [cpu_of(work, content, max(1, 20 // factor)) for work in (unpack_and_parse, read, _row_cells)]
            for _ in range(REPEATS)
        ]
        floor, ours, cells = (statistics.median(column) * 1000 for column in zip(*samples, strict=True))
        ratios = [f"{ours / floor:.1f}", f"{ours / cells:.2f}"]
        lines.append([str(rows), f"{floor:.1f}", f"{ours:.1f}", f"{cells:.1f}", *ratios])
    return _markdown(lines)


def repeated(data: bytes, factor: int) -> tuple[bytes, int]:
    """The report with its table's rows this many times over, and how many rows that are."""
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        root = etree.fromstring(source.read("word/document.xml"))
        table = max(root.iter(W + "tbl"), key=len)
        rows = list(table.iterchildren(W + "tr"))
        markup = [etree.tostring(row) for row in rows]
        for _ in range(factor - 1):
            table.extend(map(etree.fromstring, markup))
        for info in source.infolist():
            is_document = info.filename == "word/document.xml"
            target.writestr(info.filename, etree.tostring(root) if is_document else source.read(info))
    return output.getvalue(), len(rows) * factor


def _answers(reader: str, interpreter: str, folder: str) -> dict[str, list[list[str | None]] | str]:
    """What a reader makes of the files; empty where it cannot be run."""
    environment = os.environ | {"PYTHONPATH": str(TESTS.parent)}
    command = [interpreter, str(Path(__file__).with_name("rivals.py")), reader, folder]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    answers = json.loads(done.stdout) if done.returncode == 0 else {}
    is_missing = all(
        isinstance(one, str) and one.startswith(("ModuleNotFound", "FileNotFound")) for one in answers.values()
    )
    return {} if is_missing else answers


def _plain(text: str) -> str:
    lines = (re.sub(r"^(\w{1,5}(?:\.\w{1,3})*)[.)]+(?=\s|$)", r"\1.", line.strip()) for line in text.splitlines())
    return re.sub(r"\s+", " ", " ".join(lines)).strip()


def cpu_of(work: Callable[[bytes], object], content: bytes, times: int) -> float:
    """Seconds of CPU for one run, over several."""
    # Nobody pays for what the one before has left.
    gc.collect()
    start = time.process_time()
    for _ in range(times):
        work(content)
    return (time.process_time() - start) / times


def unpack_and_parse(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        etree.fromstring(archive.read("word/document.xml"), etree.XMLParser(huge_tree=True))


def read(content: bytes) -> None:
    read_document(content, "отчёт.docx", UNLIMITED)


def _row_cells(content: bytes) -> None:
    for table in docx.Document(BytesIO(content)).tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


def _markdown(lines: Iterable[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
