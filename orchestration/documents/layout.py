"""``Document`` → ``Report``: title, sections of municipalities and event rows, in whatever layout they came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.documents.columns import covering_grid, read_header, row_cells
from orchestration.documents.errors import NoPeriod, NoRegion, NoReportTable, SeveralReports
from orchestration.documents.model import Document, Paragraph, Report, Table
from orchestration.documents.rows import RowReader
from orchestration.documents.title import Title, read_period, read_region, read_title, title_end
from orchestration.documents.wording import find_wording, squeeze

_LONGEST_SECTION = 200
_LONGEST_BARE_NAME = 80
# A settlement or district named without its kind: a few words, the first with a capital.
_BARE_NAME = re.compile(r"(?:\d{1,3}[.)]\s*)?«?[А-ЯЁ][\w-]*(?:\s+[\w-]+){0,3}»?")
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


@dataclass(frozen=True, slots=True)
class ReportOverride:
    """What a person states about a report beside its file; it wins over what the title tells."""

    year: int | None = None
    quarter: int | None = None
    region: str | None = None


def read_report(document: Document, override: ReportOverride | None = None) -> Report:
    """The quarterly report that a document holds.

    Raises ``NoReportTable``, ``NoPeriod``, ``NoRegion`` or ``SeveralReports``; everything less is an issue of the
    report.
    """
    override = override or ReportOverride()
    first = _first_report_table(document)
    if first is None:
        raise NoReportTable(document.name, _what_is_there(document))
    lines = _lines_before(document, first)
    title = read_title(lines)
    period = (override.year, override.quarter) if override.year and override.quarter else title.period
    reader = RowReader()
    _read_blocks(document, first, reader, title)
    for text in reader.titles:
        _refuse_other_report(document.name, text, title)
    if period is None:
        raise NoPeriod(document.name, f"«{_shorten(title.text)}»" if title.text else "заголовка перед таблицей нет")
    stated = override.region and (read_region(override.region) or override.region)
    region = stated or title.region or _region_of_sections(reader.sections)
    if region is None:
        raise NoRegion(document.name, f"«{_shorten(title.text)}»" if title.text else "заголовка перед таблицей нет")
    if override.year and title.period and title.period != period:
        reader.issue(
            "period_overridden",
            "info",
            f"В заголовке указан {_period_text(title.period)}, принят {_period_text(period)}.",
            "Проверьте период в файле .yml рядом с отчётом.",
        )
    return Report(title.text, region, period[0], period[1], tuple(reader.rows), tuple(reader.issues))


def _read_blocks(document: Document, first: int, reader: RowReader, title: Title) -> None:
    """Feed the reader with the tables and the headings between them."""
    table_number = sum(isinstance(block, Table) for block in document.blocks[:first])
    texts = [squeeze(line) for line in _lines_before(document, first) if line.strip()]
    reader.read_title(title.text)
    _read_headings(texts[title_end(texts) :], reader)
    between: list[str] = []
    for block in document.blocks[first:]:
        if isinstance(block, Paragraph):
            between += [squeeze(block.text)] if block.text.strip() else []
            continue
        _read_headings(between, reader)
        between = []
        table_number += 1
        reader.read_table(block, table_number)
    reader.read_closing(between)


def _read_headings(texts: Sequence[str], reader: RowReader) -> None:
    """Paragraphs before a table: a repeated title, a section without events, the heading of a section."""
    title_lines = 0
    for index, text in enumerate(texts):
        if index < title_lines:
            continue
        if find_wording("no_events", text):
            reader.read_no_events(text)
        elif find_wording("title", text) or read_period(text):
            title_lines = index + max(1, title_end(texts[index:]))
            reader.read_title(" ".join(texts[index:title_lines]))
        elif _is_section_heading(text):
            reader.open_section(text)


def _is_section_heading(text: str) -> bool:
    if find_wording("stamp", text) or find_wording("subheading", text):
        return False
    if find_wording("municipality", text):
        return len(text) <= (_LONGEST_BARE_NAME if text.endswith(".") else _LONGEST_SECTION)
    return _BARE_NAME.fullmatch(text) is not None


def _refuse_other_report(name: str, text: str, title: Title) -> None:
    """Raise ``SeveralReports`` where a title further on tells another period or region than the first."""
    period, region = read_period(text), read_region(text)
    if period and title.period and period != title.period:
        raise SeveralReports(name, f"{_period_text(title.period)} и {_period_text(period)}")
    if period and region and title.region and region != title.region:
        raise SeveralReports(name, f"{title.region} и {region}")


def _first_report_table(document: Document) -> int | None:
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table) and _header_row(block) is not None:
            return index
    return None


def _header_row(table: Table) -> int | None:
    grid = covering_grid(table)
    return next((row for row in range(len(grid)) if read_header(grid, row) is not None), None)


def _lines_before(document: Document, first: int) -> list[str]:
    """The lines above the header of the first report table: paragraphs, other tables, rows over the header."""
    lines: list[str] = []
    for block in document.blocks[:first]:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += (cell.text for row in block.rows for cell in row if cell is not None)
    table = document.blocks[first]
    if isinstance(table, Table):
        rows = table.rows[: _header_row(table) or 0]
        lines += (cell.text for row in rows for cell in row if cell is not None)
    return lines


def _what_is_there(document: Document) -> str:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    if not tables:
        return "в документе нет ни одной таблицы"
    headings = [cell.text for _, _, cell in row_cells(covering_grid(tables[0])[0])] if tables[0].rows else []
    found = _shorten(" | ".join(headings))
    return f"ни одна из таблиц ({len(tables)}) не имеет его столбцов, первая начинается с «{found}»"


def _region_of_sections(sections: Sequence[str]) -> str | None:
    """The region that section headings name («… муниципальный округ» … области»), where they name just one."""
    found = {region for region in map(read_region, sections) if region is not None}
    return found.pop() if len(found) == 1 else None


def _period_text(period: tuple[int, int]) -> str:
    return f"{_ROMAN[period[1]]} квартал {period[0]} года"


def _shorten(text: str, length: int = 160) -> str:
    text = squeeze(text)
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
