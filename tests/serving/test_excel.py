"""The workbook for people: what is on its sheets, how cells are kept, which reports it holds."""

from __future__ import annotations

import zipfile
from datetime import datetime

import duckdb
import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from orchestration.serving import excel
from orchestration.serving.excel import NothingToExportError, export
from orchestration.serving.excel_layout import sheets
from orchestration.settings import Settings

pytestmark = pytest.mark.xdist_group("published")

TITLES = [
    "События", "Страны", "Партнёры", "Соглашения", "Участники", "Замечания", "Качество", "Отчёты", "Словарь",
    "О выгрузке",
]  # fmt: skip


@pytest.fixture(scope="module")
def workbook_path(published, tmp_path_factory):
    folder = tmp_path_factory.mktemp("excel")
    return export(Settings(warehouse_dir=published.warehouse_dir), output=folder / "events.xlsx")


@pytest.fixture(scope="module")
def workbook(workbook_path):
    return openpyxl.load_workbook(workbook_path)


def rows(sheet):
    """The sheet's rows below the header, by heading."""
    header, *values = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in values]


def test_sheets(workbook):
    assert workbook.sheetnames == TITLES


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("События", "select count(*) from marts.obt_event"),
        ("Страны", "select count(distinct country_code) from marts.fct_event_country"),
        ("Партнёры", "select count(*) from marts.dim_partner"),
        ("Соглашения", "select count(*) from marts.dim_agreement"),
        ("Участники", "select count(*) from marts.fct_event_participant_group"),
        ("Замечания", "select count(*) from marts.fct_quality_finding where report_key is not null"),
        ("Качество", "select count(*) from marts.fct_report_quality"),
        ("Отчёты", "select count(*) from marts.dim_report"),
    ],
)
def test_every_row_is_there(workbook, published, title, query):
    assert [(workbook[title].max_row - 1,)] == published.query(query)


@pytest.mark.parametrize("title", TITLES[:-1])
def test_a_sheet_filters_and_keeps_its_header_in_view(workbook, title):
    sheet = workbook[title]
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.freeze_panes[1:] == "2"
    assert sheet.print_title_rows == "$1:$1"


def test_an_event_is_told_in_words_and_dates(workbook):
    told = next(row for row in rows(workbook["События"]) if row["№"] == 5)
    expected = {
        "Период": "2025-Q4", "Муниципалитет": "город Смоленск", "Роль": "участник", "Формат": "очно",
        "Начало": datetime(2025, 9, 24), "Конец": datetime(2025, 9, 25), "Дней": 2, "В отчётном квартале": "нет",
        "Где": "зарубежная страна", "Страна места": "Беларусь", "Населённый пункт": "Орша",
        "Зарубежные страны": "Беларусь, Китай", "В итогах": "да",
    }  # fmt: skip
    assert {heading: told[heading] for heading in expected} == expected


def test_unknown_is_an_empty_cell(workbook):
    online = next(row for row in rows(workbook["События"]) if row["№"] == 1)
    assert online["Участников"] is None
    assert online["Страна места"] is None


def test_codes_have_their_russian_labels(workbook, published):
    codes = {code for (code,) in published.query("select code from reference.code_labels")}
    shown = {
        cell
        for title in TITLES[:8]
        for row in workbook[title].iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str)
    }
    assert not codes & shown


def test_a_number_leads_to_its_event_by_the_key(workbook):
    keys = {row["Ключ мероприятия"]: row["№"] for row in rows(workbook["События"])}
    column = get_column_letter([column.name for column in sheets()[0].columns].index("event_key") + 1)
    sheet = workbook["Соглашения"]
    for index, row in enumerate(rows(sheet), 2):
        own = get_column_letter(list(row).index("Ключ мероприятия") + 1)
        assert row["№ события"] == (
            f"=HYPERLINK(\"#'События'!A\"&MATCH(${own}{index},'События'!${column}$1:${column}${len(keys) + 1},0),"
            f"{keys[row['Ключ мероприятия']]})"
        )


def test_many_events_are_numbered_without_links(published, tmp_path, monkeypatch):
    monkeypatch.setattr(excel, "_MOST_LINKED_EVENTS", 60)
    path = export(Settings(warehouse_dir=published.warehouse_dir), output=tmp_path / "events.xlsx")
    assert rows(openpyxl.load_workbook(path)["Соглашения"])[0]["№ события"] == 1


def test_every_column_is_explained(workbook):
    told = [(row["Лист"], row["Столбец"]) for row in rows(workbook["Словарь"]) if row["Что значит"]]
    assert told == [(sheet.title, column.heading) for sheet in sheets() for column in sheet.columns]


def test_where_it_comes_from(workbook, published):
    told = {row[0]: row[1] for row in workbook["О выгрузке"].iter_rows(values_only=True)}
    (version, code_version) = published.query("select version, code_version from published.version")[0]
    assert told["Периоды"] == "2025-Q4"
    assert told["Регионы"] == "Смоленская область"
    assert (told["Версия хранилища"], told["Версия программы"]) == (version, code_version)
    assert told["События"] == 61
    assert "Текст отчётов перенесён в таблицу без изменений." in told


def test_the_same_warehouse_gives_the_same_bytes(workbook_path, published, tmp_path):
    again = export(Settings(warehouse_dir=published.warehouse_dir), "2025-Q4", "смолен", tmp_path / "again.xlsx")
    assert again.read_bytes() == workbook_path.read_bytes()


def test_created_when_published(workbook, published):
    ((published_at,),) = published.query("select date_trunc('second', published_at) from published.version")
    assert workbook.properties.created == published_at


@pytest.mark.parametrize(("period", "region"), [("2025-Q3", None), (None, "Псков"), (None, "%"), ("' or 1=1 --", None)])
def test_no_such_report(published, tmp_path, period, region):
    with pytest.raises(NothingToExportError, match="events status"):
        export(Settings(warehouse_dir=published.warehouse_dir), period, region, tmp_path / "none.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_published(pipeline):
    result = pipeline.events("export")
    assert (result.returncode, result.stdout) == (1, "Nothing has been published yet: `events run`.\n")


def test_the_command_tells_where_the_workbook_is(published, tmp_path):
    result = published.events("export", "--period", "2025-Q4", "--output", str(tmp_path / "таблица.xlsx"))
    assert result.stdout == f"Workbook: {tmp_path / 'таблица.xlsx'}\n"
    assert zipfile.is_zipfile(tmp_path / "таблица.xlsx")


def test_queries_give_the_columns_of_their_sheets(published):
    with duckdb.connect(str(published.database), read_only=True) as connection:
        connection.execute("create temp table chosen as select report_key, period, region_name from marts.dim_report")
        for sheet in sheets():
            names = [name for name, *_ in connection.execute(sheet.query).description]
            assert names == [column.name for column in sheet.columns]
