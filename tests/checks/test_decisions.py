"""A file of decisions that a spreadsheet has spoilt is told by its name, its line and what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orchestration.checks.acceptance import count_of_expired
from orchestration.checks.decisions import COLUMNS, DecisionFileError, check_decisions, read_decisions

from paths import PROJECT_ROOT

SEEDS = PROJECT_ROOT / "dbt_project" / "seeds"
HEADER = "finding,reason,by,until"
FIRST = "3b618148b433cab0,Жюри конкурса,Иванова,"
SECOND = 'a2b1f52ea4459121,"Письмом, от 5 мая",Петров,2026-12-31'


def written(folder: Path, content: str | bytes, name: str = "accepted_findings.csv") -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def test_the_files_of_the_project_are_fit() -> None:
    check_decisions(SEEDS)
    assert {name: (SEEDS / name).read_text(encoding="utf-8").splitlines()[0] for name in COLUMNS} == {
        name: ",".join(columns) for name, columns in COLUMNS.items()
    }


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"{HEADER}\n{FIRST}\n{SECOND}\n", id="as committed"),
        pytest.param(f"{HEADER}\r\n{FIRST}\r\n{SECOND}", id="Windows line ends"),
        pytest.param(f"\ufeff{HEADER}\n{FIRST}\n{SECOND}\n\n \n", id="a byte order mark, blank lines at the end"),
        pytest.param(f'"finding","reason","by","until"\n{FIRST}\n{SECOND}\n', id="a quoted header"),
    ],
)
def test_what_spreadsheets_and_editors_do_harmlessly(content: str, tmp_path: Path) -> None:
    records = read_decisions(written(tmp_path, content))
    assert [record["by"] for record in records] == ["Иванова", "Петров"]
    assert records[1]["reason"] == "Письмом, от 5 мая"


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        (f"{HEADER}\n{FIRST}\n".encode("cp1251"), 2, "not in UTF-8. Save the file anew as «CSV UTF-8"),
        (f"{HEADER}\n{FIRST}\n".encode("utf-16"), 1, "not in UTF-8"),
        (f"{HEADER}\n{FIRST}\n".replace(",", ";"), 1, "semicolons between the columns, not commas. Save"),
        (f"{HEADER}\n{FIRST}\n".replace(",", "\t"), 1, "tabs between the columns"),
        (f"{HEADER}\n{FIRST.replace(',', ';')}\n", 2, "1 cell, not 4 (finding, reason, by, until), and semicolons"),
        (f"{HEADER}\n{FIRST}\na2,Письмом, от 5 мая,Петров,\n", 3, "5 cells, not 4"),
        (f"{HEADER}\n{FIRST}\n\n{SECOND}\n", 3, "the line is blank. Delete it"),
        (f'{HEADER}\na2,"Жюри\nконкурса",Иванова,\n', 2, "a quotation mark is not closed"),
        (f"finding,reason,until\n{FIRST}\n", 1, "Put there: finding,reason,by,until"),
        ("", 1, "the columns are missing"),
    ],
)
def test_a_spoilt_file_is_told_with_its_line_and_remedy(
    content: str | bytes, line: int, told: str, tmp_path: Path
) -> None:
    with pytest.raises(DecisionFileError) as raised:
        read_decisions(written(tmp_path, content))
    assert str(raised.value).startswith(f"accepted_findings.csv, line {line}: ")
    assert told in str(raised.value)
    assert raised.value.line == line


@pytest.mark.parametrize("name", COLUMNS)
def test_every_file_is_checked(name: str, tmp_path: Path) -> None:
    for other, columns in COLUMNS.items():
        written(tmp_path, ",".join(columns), other)
    check_decisions(tmp_path)
    written(tmp_path, ";".join(COLUMNS[name]), name)
    with pytest.raises(DecisionFileError, match=name):
        check_decisions(tmp_path)


def test_a_spoilt_file_stops_the_run_not_the_question_whether_one_is_due(tmp_path: Path) -> None:
    spoilt = written(tmp_path, f"{HEADER}\n{FIRST}\n".encode("cp1251"))
    assert count_of_expired(date(2026, 1, 1), spoilt) == 0
