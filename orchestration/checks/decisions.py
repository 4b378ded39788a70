"""The files that people write decisions into: each must be readable, with one record a line, before dbt reads it."""

from __future__ import annotations

import csv
from pathlib import Path

COLUMNS = {
    "accepted_findings.csv": ("finding", "reason", "by", "until"),
    "corrections.csv": ("report", "row", "column", "expected", "corrected", "reason"),
    "partner_aliases.csv": (
        "kind", "alias_identity", "alias_settlement", "identity", "settlement", "country_code", "decision", "reason",
        "decided_by",
    ),
}  # fmt: skip

_SAVE_AS = "Save the file anew as «CSV UTF-8 (comma delimited)»"


class DecisionFileError(ValueError):
    """A file of decisions is not what it must be; names the file, the line as an editor counts it, and the remedy."""

    def __init__(self, file: Path, line: int, problem: str, remedy: str) -> None:
        super().__init__(f"{file.name}, line {line}: {problem}. {remedy}.")
        self.file = file
        self.line = line


def check_decisions(folder: Path) -> None:
    """Read all files of decisions in ``folder``; raises DecisionFileError for the first that is unfit."""
    for name in COLUMNS:
        read_decisions(folder / name)


def read_decisions(file: Path) -> list[dict[str, str]]:
    """The records of a file of decisions by its columns, the one on line n at n - 2; raises DecisionFileError.

    A record is told by its line, so no line between records may be blank and no cell may hold a line break.
    """
    lines = _text(file).rstrip().splitlines()
    expected = COLUMNS[file.name]
    _check_header(file, lines[0] if lines else "", expected)
    records = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            raise DecisionFileError(file, number, "the line is blank", "Delete it: decisions are told by their lines")
        try:
            (cells,) = csv.reader([line], strict=True)
        except csv.Error as error:
            remedy = "A text has one quotation mark at its start and one at its end, those within it are doubled"
            raise DecisionFileError(file, number, "a quotation mark is not closed", remedy) from error
        if len(cells) != len(expected):
            problem = f"it has {_cells(len(cells))}, not {len(expected)} ({', '.join(expected)})"
            if len(line.split(";")) == len(expected):
                raise DecisionFileError(file, number, f"{problem}, and semicolons between them", _SAVE_AS)
            raise DecisionFileError(file, number, problem, "A text with a comma stands in quotation marks")
        records.append(dict(zip(expected, cells, strict=True)))
    return records


def _text(file: Path) -> str:
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DecisionFileError(file, line, "its letters are not in UTF-8", _SAVE_AS) from error


def _check_header(file: Path, header: str, expected: tuple[str, ...]) -> None:
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header.split(separator)) > 1:
            raise DecisionFileError(file, 1, f"there are {name} between the columns, not commas", _SAVE_AS)
    written = [column.strip().strip('"') for column in header.split(",")]
    if written != list(expected):
        raise DecisionFileError(file, 1, f"the columns are {header or 'missing'}", f"Put there: {','.join(expected)}")


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"
