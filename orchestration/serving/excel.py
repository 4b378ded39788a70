"""The published warehouse as one Excel workbook for people: a sheet a subject, every column explained."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from orchestration.serving.excel_layout import STYLES, Column, Sheet, is_like_formula, sheets, text_for_excel
from orchestration.settings import Settings

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_MAXIMUM_ROWS = 1_048_575  # below the header
_BATCH = 5_000
_MOST_LINKED_EVENTS = 5_000  # above, Excel would search the keys for minutes whenever it opens the file
_EVENT_KEY = "event_key"
_EVENTS, _DICTIONARY, _ABOUT = "События", "Словарь", "О выгрузке"
_FLAGS = {True: "да", False: "нет"}
_FINDING_A_SENTENCE = (
    "Каждое сведение ведёт к отчёту: столбцы «Файл отчёта», «Таблица Word» и «Строка Word» листа «События» называют "
    "строку в документе, а столбцы «… – как в отчёте» повторяют её графы.",
    "Номер мероприятия на других листах – ссылка на его строку листа «События»; она верна и после сортировки. Если "
    f"мероприятий больше {_MOST_LINKED_EVENTS}, ссылок нет: ищите по столбцу «Ключ мероприятия».",
    "Команда «events explain НОМЕР --period КВАРТАЛ» покажет строку отчёта, где подчёркнуто каждое прочитанное "
    "сведение.",
    "Событие, о котором сообщили несколько муниципалитетов, занимает несколько строк. Чтобы не считать его дважды, "
    "отберите на листе «События» строки с «да» в столбце «В итогах».",
)


class NothingToExportError(RuntimeError):
    """Nothing that was asked for is published; the message says what there is."""


def export(
    settings: Settings, period: str | None = None, region: str | None = None, output: Path | None = None
) -> Path:
    """Write the workbook and return its path; the same published version gives the same bytes.

    ``period`` ('2025-Q4') and ``region`` (any part of its name) choose the reports, else all current ones are taken.
    Raises NothingToExportError if nothing is published or no report is meant.
    """
    from xlsxwriter import Workbook

    if not settings.published_database.exists():
        raise NothingToExportError("Nothing has been published yet: `events run`.")
    path = output or settings.exports_dir / f"{'-'.join(filter(None, ['events', period]))}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    with duckdb.connect(str(settings.published_database), read_only=True) as connection:
        _choose(connection, period, region)
        with Workbook(str(partial), {"constant_memory": True}) as workbook:
            _WorkbookWriter(workbook, connection).write()
    partial.replace(path)
    return path


def _choose(connection: duckdb.DuckDBPyConnection, period: str | None, region: str | None) -> None:
    """Make table ``chosen`` of the reports meant."""
    connection.execute(
        """
        create temp table chosen as
        select report_key, period, region_name
        from marts.dim_report
        where is_current and period = coalesce($period, period)
            and contains(lower(region_name), lower(coalesce($region, '')))
        """,
        {"period": period, "region": region},
    )
    (count,) = connection.execute("select count(*) from chosen").fetchone()
    if not count:
        raise NothingToExportError(
            "No report of this quarter and region is published: `events status` tells which there are."
        )


class _WorkbookWriter:
    """Writes the sheets one after another, row by row, and keeps what had to be changed for Excel."""

    def __init__(self, workbook: Workbook, connection: duckdb.DuckDBPyConnection) -> None:
        self._workbook = workbook
        self._connection = connection
        self._formats = {name: self._format(style) for name, style in STYLES.items()}
        # Such text stays text even after someone has edited its cell.
        self._quoted = {name: self._format(STYLES[name] | {"quote_prefix": True}) for name in ("text", "line")}
        self._row_counts: dict[str, int] = {}
        self._changes: Counter[tuple[str, str, str]] = Counter()

    def write(self) -> None:
        published_at, version, code_version = self._connection.execute(
            "select published_at, version, code_version from published.version"
        ).fetchone()
        self._workbook.set_properties({"title": "Международные мероприятия муниципалитетов", "created": published_at})
        for sheet in sheets():
            self._write_sheet(sheet)
        self._write_dictionary()
        self._write_about(published_at, version, code_version)

    def _format(self, style: dict[str, object]) -> Format:
        return self._workbook.add_format({"valign": "top"} | style)

    def _write_sheet(self, sheet: Sheet) -> None:
        result = self._connection.execute(sheet.query)
        names = [name for name, *_ in result.description]
        if names != [column.name for column in sheet.columns]:
            raise ValueError(f"excel.yml, {sheet.title}: the query gives {names}, not the sheet's columns in order")
        worksheet = self._add_worksheet(sheet.title, sheet.columns, sheet.frozen)
        key = names.index(_EVENT_KEY) if _EVENT_KEY in names else None
        last = 0
        for last, row in enumerate(_rows(result), 1):
            if last > _MAXIMUM_ROWS:
                self._changes[sheet.title, "все", "строк не поместилось: больше не вмещает лист Excel"] += 1
                continue
            for index, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
                if column.style == "event":
                    self._write_event_link(worksheet, last, index, value, key, row[key])
                elif value is not None:
                    self._write_value(worksheet, last, index, value, column, sheet.title)
        self._row_counts[sheet.title] = last
        worksheet.autofilter(0, 0, min(last, _MAXIMUM_ROWS), len(names) - 1)

    def _add_worksheet(self, title: str, columns: Sequence[Column], frozen: int) -> Worksheet:
        worksheet = self._workbook.add_worksheet(title)
        worksheet.freeze_panes(1, frozen)
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.repeat_rows(0)
        worksheet.set_footer("&L&A&R&P / &N")
        if title != _EVENTS:
            worksheet.fit_to_pages(1, 0)
        worksheet.set_row(0, 48)
        for index, column in enumerate(columns):
            worksheet.set_column(index, index, column.width)
            worksheet.write_string(0, index, column.heading, self._formats["header"])
        return worksheet

    def _write_value(self, worksheet: Worksheet, row: int, index: int, value: Any, column: Column, title: str) -> None:
        style = self._formats[column.style]
        if column.style == "flag":
            worksheet.write_string(row, index, _FLAGS[value], style)
        elif column.style in {"date", "time"}:
            worksheet.write_datetime(row, index, value, style)
        elif column.style in self._quoted:
            text, changes = text_for_excel(value)
            self._changes.update((title, column.heading, change) for change in changes)
            worksheet.write_string(row, index, text, self._quoted[column.style] if is_like_formula(text) else style)
        else:
            worksheet.write_number(row, index, value, style)

    def _write_event_link(
        self, worksheet: Worksheet, row: int, index: int, number: int | None, key_column: int, key: str | None
    ) -> None:
        """A number that finds its event by the key, wherever sorting has moved either row."""
        from xlsxwriter.utility import xl_col_to_name

        if key is None:
            return
        if self._row_counts[_EVENTS] > _MOST_LINKED_EVENTS:
            if number is not None:
                worksheet.write_number(row, index, number, self._formats["plain"])
            return
        events = sheets()[0]
        keys = xl_col_to_name([column.name for column in events.columns].index(_EVENT_KEY))
        found = (
            f"MATCH(${xl_col_to_name(key_column)}{row + 1},"
            f"'{_EVENTS}'!${keys}$1:${keys}${self._row_counts[_EVENTS] + 1},0)"
        )
        shown = "→" if number is None else number
        label = f'"{shown}"' if number is None else number
        formula = f"=HYPERLINK(\"#'{_EVENTS}'!A\"&{found},{label})"
        worksheet.write_formula(row, index, formula, self._formats["event"], shown)

    def _write_dictionary(self) -> None:
        """What every column of every sheet means."""
        comments = {
            source: _in_words(comment)
            for source, comment in self._connection.execute(
                "select table_name || '.' || column_name, comment from duckdb_columns() "
                "where schema_name = 'marts' and comment is not null"
            ).fetchall()
        }
        columns = [
            Column("sheet", "Лист", 16, "line"),
            Column("column", "Столбец", 34, "text"),
            Column("about", "Что значит", 100, "text"),
            Column("source", "Столбец хранилища", 50, "line"),
        ]
        worksheet = self._add_worksheet(_DICTIONARY, columns, 2)
        rows = [
            (sheet.title, column.heading, column.about or comments.get(column.source, ""), column.source or "")
            for sheet in sheets()
            for column in sheet.columns
        ]
        for number, row in enumerate(rows, 1):
            for index, (column, value) in enumerate(zip(columns, row, strict=True)):
                self._write_value(worksheet, number, index, value, column, _DICTIONARY)
        worksheet.autofilter(0, 0, len(rows), len(columns) - 1)

    def _write_about(self, published_at: datetime, version: str, code_version: str) -> None:
        """Where the figures come from, what lies on which sheet, what was changed for Excel."""
        worksheet = self._workbook.add_worksheet(_ABOUT)
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.fit_to_pages(1, 0)
        worksheet.set_column(0, 0, 26)
        worksheet.set_column(1, 1, 14)
        worksheet.set_column(2, 2, 110)
        periods, regions, reports = self._connection.execute(
            "select string_agg(distinct period, ', ' order by period), "
            "string_agg(distinct region_name, ', ' order by region_name), count(*) from chosen"
        ).fetchone()
        line, text, label = (self._formats[name] for name in ("line", "text", "label"))
        worksheet.write_string(0, 0, "Международные мероприятия муниципалитетов", self._formats["title"])
        facts = {
            "Периоды": periods,
            "Регионы": regions,
            "Отчётов": str(reports),
            "Опубликовано (UTC)": f"{published_at:%d.%m.%Y %H:%M}",
            "Версия хранилища": version,
            "Версия программы": code_version,
        }
        row = 2
        for name, value in facts.items():
            worksheet.write_string(row, 0, name, label)
            worksheet.write_string(row, 1, text_for_excel(value)[0], line)
            row += 1
        row = self._write_header(worksheet, row + 1, ("Лист", "Строк", "Что на нём"))
        for sheet in sheets():
            worksheet.write_url(row, 0, f"internal:'{sheet.title}'!A1", self._formats["link"], sheet.title)
            worksheet.write_number(row, 1, self._row_counts[sheet.title], self._formats["number"])
            worksheet.write_string(row, 2, sheet.about, text)
            row += 1
        worksheet.write_url(row, 0, f"internal:'{_DICTIONARY}'!A1", self._formats["link"], _DICTIONARY)
        worksheet.write_string(row, 2, "Что значит каждый столбец.", text)
        row += 2
        worksheet.write_string(row, 0, "Как найти предложение", label)
        for sentence in _FINDING_A_SENTENCE:
            row += 1
            worksheet.write_string(row, 0, sentence, line)
        row += 2
        if not self._changes:
            worksheet.write_string(row, 0, "Текст отчётов перенесён в таблицу без изменений.", line)
            return
        row = self._write_header(worksheet, row, ("Лист", "Сколько", "Что пришлось изменить для Excel"))
        for (title, heading, change), count in sorted(self._changes.items()):
            worksheet.write_string(row, 0, title, line)
            worksheet.write_number(row, 1, count, self._formats["number"])
            worksheet.write_string(row, 2, f"{heading}: {change}", text)
            row += 1

    def _write_header(self, worksheet: Worksheet, row: int, headings: Sequence[str]) -> int:
        for index, heading in enumerate(headings):
            worksheet.write_string(row, index, heading, self._formats["header"])
        return row + 1


def _in_words(comment: str) -> str:
    """The Russian line of a column's comment as the workbook shows values: empty cells, «да» and «нет»."""
    russian = comment.partition("\n")[0].replace("`", "")
    return re.sub(r"\bNULL\b", "пусто", russian).replace("Истина", "«Да»")


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := result.fetchmany(_BATCH):
        yield from batch
