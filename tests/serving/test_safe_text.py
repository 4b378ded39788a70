"""Whatever a report says stays text in the workbook, and what Excel cannot hold is told."""

from __future__ import annotations

import shutil
import zipfile

import duckdb
import openpyxl
import pytest

from orchestration.serving.excel import export
from orchestration.serving.excel_layout import text_for_excel
from orchestration.settings import Settings

pytestmark = pytest.mark.xdist_group("published")

HOSTILE = [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org","щёлкните")',
    "+7 (4812) 00-00-00",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "<script>alert(1)</script> & «кавычки»",
    "http://example.org/отчёт",
    "mailto:a@example.org",
    "internal:'События'!A1",
    "_x0041_ – не буква",
    "'); drop table marts.obt_event; --",
    "Фестиваль 👩‍🚀",
]
LONG = "Ш" * 40_000


@pytest.fixture(scope="module")
def workbook(published, tmp_path_factory):
    """A workbook of events that are named as HOSTILE says, then one with a control character and one too long."""
    folder = tmp_path_factory.mktemp("hostile")
    settings = Settings(warehouse_dir=folder)
    shutil.copy(published.database, settings.published_database)
    with duckdb.connect(str(settings.published_database)) as connection:
        for number, text in enumerate([*HOSTILE, "Звонок\x07\x1b[31m", LONG], 1):
            connection.execute("update marts.obt_event set name = ? where sequence_number = ?", [text, number])
    return export(settings)


@pytest.fixture(scope="module")
def names(workbook):
    sheet = openpyxl.load_workbook(workbook)["События"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Мероприятие")
    return {row - 1: sheet.cell(row, column) for row in range(2, sheet.max_row + 1)}


@pytest.mark.parametrize(("number", "text"), list(enumerate(HOSTILE, 1)))
def test_text_stays_text(names, number, text):
    assert names[number].data_type == "s"
    assert openpyxl.utils.escape.unescape(names[number].value) == text
    assert names[number].hyperlink is None


@pytest.mark.parametrize("number", range(1, 7))
def test_what_begins_like_a_formula_stays_text_when_edited(names, number):
    assert names[number].quotePrefix


def test_control_characters_go_and_long_text_is_cut(names):
    assert names[len(HOSTILE) + 1].value == "Звонок[31m"
    assert names[len(HOSTILE) + 2].value == "Ш" * 32_766 + "…"


def test_what_was_changed_is_told(workbook):
    told = [row for row in openpyxl.load_workbook(workbook)["О выгрузке"].iter_rows(values_only=True) if row[2]]
    assert ("События", 1, "Мероприятие: удалены управляющие символы") in told
    assert ("События", 1, "Мероприятие: обрезано: в ячейку Excel входит 32767 знаков") in told


def test_links_lead_only_into_the_workbook(workbook):
    with zipfile.ZipFile(workbook) as package:
        assert not [name for name in package.namelist() if name.startswith("xl/worksheets/_rels")]
        assert not [name for name in package.namelist() if "externalLink" in name]


@pytest.mark.parametrize(
    ("text", "expected", "changed"),
    [
        ("Мир\u00a0– дружба\n", "Мир\u00a0– дружба\n", 0),
        ("а\x00б\x7f\x85\uffff", "аб", 1),
        ("😀" * 16_384, "😀" * 16_383 + "…", 1),
        ("ы" * 32_767, "ы" * 32_767, 0),
        ("", "", 0),
    ],
)
def test_what_a_cell_can_hold(text, expected, changed):
    assert (text_for_excel(text)[0], len(text_for_excel(text)[1])) == (expected, changed)
