"""``Document`` → ``Report``: title, sections of municipalities and event rows, in whatever layout they came."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.documents.columns import CoveringGrid, covering_grid, read_header, row_cells
from orchestration.documents.errors import NoPeriod, NoRegion, NoReportTable, OverrideInvalid, SeveralReports
from orchestration.documents.lines import LineKind, line_kind
from orchestration.documents.model import Document, Paragraph, Report, ReportOverride
from orchestration.documents.rows import RowReader
from orchestration.documents.title import (
    Title,
    explain_missing_period,
    explain_missing_region,
    period_text,
    read_period,
    read_region,
    read_title,
    title_end,
)
from orchestration.documents.wording import find_wording, shorten, squeeze

_COLUMNS_OF_DATA = 3

Block = str | CoveringGrid


def read_report(document: Document, override: ReportOverride | None = None) -> Report:
    """The quarterly report that a document holds.

    Raises ``NoReportTable``, ``NoPeriod``, ``NoRegion``, ``SeveralReports`` or (for an unknown region stated in
    ``override``) ``OverrideInvalid``; everything less is an issue of the report.
    """
    override = override or ReportOverride()
    stated_region = _stated_region(document.name, override)
    blocks = _blocks(document)
    first = next((i for i, block in enumerate(blocks) if not isinstance(block, str) and _has_header(block)), None)
    if first is None and not _says_only_no_events(blocks):
        raise NoReportTable(document.name, _what_is_there(blocks))
    first = len(blocks) if first is None else first
    lines = _lines_before(blocks, first)
    title = read_title(lines)
    period = (override.year, override.quarter) if override.year and override.quarter else title.period
    reader = RowReader()
    _read_blocks(blocks, first, lines, title, reader)
    for text in reader.sections.titles:
        _refuse_other_report(document.name, text, title)
    if period is None:
        raise NoPeriod(document.name, explain_missing_period(lines))
    region = stated_region or title.region or _region_of_sections(reader.sections.names)
    if region is None:
        raise NoRegion(document.name, explain_missing_region(lines))
    if override.year and title.period and title.period != period:
        reader.issues.add(
            "period_overridden",
            "info",
            f"В заголовке указан {period_text(title.period)}, принят {period_text(period)}.",
            f"Проверьте период в файле «{document.name}.yml».",
        )
    if stated_region and title.region and title.region != stated_region:
        reader.issues.add(
            "region_overridden",
            "info",
            f"В заголовке указан регион «{title.region}», принят «{stated_region}».",
            f"Проверьте регион в файле «{document.name}.yml».",
        )
    return Report(title.text, region, period[0], period[1], tuple(reader.rows), tuple(reader.issues))


def _stated_region(name: str, override: ReportOverride) -> str | None:
    if override.region is None:
        return None
    region = read_region(override.region)
    if region is None:
        raise OverrideInvalid(name, f"нет субъекта Российской Федерации «{override.region}»")
    return region


def _blocks(document: Document) -> list[Block]:
    """The lines and the tables (on their covering grids) of a document, in order; blank lines left out."""
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            blocks += [line] if (line := block.text.strip()) else []
        else:
            blocks.append(covering_grid(block))
    return blocks


def _read_blocks(blocks: list[Block], first: int, lines: Sequence[str], title: Title, reader: RowReader) -> None:
    """Feed the reader with the tables and the lines between them."""
    table_number = 0
    for block in blocks[:first]:
        if not isinstance(block, str):
            table_number += 1
            if len(block) > 1 and max(len(row_cells(line)) for line in block) >= _COLUMNS_OF_DATA:
                reader.skip_table(block, table_number)
    reader.sections.read_title(title.text)
    _read_lines(lines[title_end(lines) :], reader)
    between: list[str] = []
    for block in blocks[first:]:
        if isinstance(block, str):
            between.append(block)
            continue
        _read_lines(between, reader)
        between = []
        table_number += 1
        reader.read_table(block, table_number)
    reader.read_closing(between)


def _read_lines(lines: Sequence[str], reader: RowReader) -> None:
    """The lines before a table; a title among them may take several."""
    title_lines = 0
    for index, line in enumerate(lines):
        if index < title_lines:
            continue
        if line_kind(line) is LineKind.TITLE:
            title_lines = index + max(1, title_end(lines[index:]))
            reader.sections.read_title(" ".join(lines[index:title_lines]))
        else:
            reader.sections.read_paragraph(line)


def _refuse_other_report(name: str, text: str, title: Title) -> None:
    """Raise ``SeveralReports`` where a title further on tells another period or region than the first."""
    period, region = read_period(text), read_region(text)
    if period and title.period and period != title.period:
        raise SeveralReports(name, f"{period_text(title.period)} и {period_text(period)}")
    if period and region and title.region and region != title.region:
        raise SeveralReports(name, f"{title.region} и {region}")


def _says_only_no_events(blocks: list[Block]) -> bool:
    """Whether a document without a table is the report of a quarter in which no events were held."""
    lines = [block for block in blocks if isinstance(block, str)]
    if len(lines) < len(blocks) or not any(find_wording("no_events", line) for line in lines):
        return False
    title = read_title(lines)
    return title.period is not None and title.region is not None


def _header_row(grid: CoveringGrid) -> int | None:
    return next((row for row in range(len(grid)) if read_header(grid, row) is not None), None)


def _has_header(grid: CoveringGrid) -> bool:
    return _header_row(grid) is not None


def _lines_before(blocks: list[Block], first: int) -> list[str]:
    """The lines above the header of the first report table: paragraphs, other tables, rows over the header."""
    lines: list[str] = []
    for index, block in enumerate(blocks[: first + 1]):
        if isinstance(block, str):
            lines.append(block)
        else:
            rows = block[: _header_row(block) if index == first else None]
            lines += (text for row in rows for _, _, cell in row_cells(row) if (text := cell.text.strip()))
    return lines


def _what_is_there(blocks: list[Block]) -> str:
    grids = [block for block in blocks if not isinstance(block, str)]
    if not grids:
        return "в документе нет ни одной таблицы"
    headings = [squeeze(cell.text) for _, _, cell in row_cells(grids[0][0])] if grids[0] else []
    found = shorten(" | ".join(headings))
    return f"ни одна из таблиц ({len(grids)}) не имеет его столбцов, первая начинается с «{found}»"


def _region_of_sections(sections: Sequence[str]) -> str | None:
    """The region that section headings name («… муниципальный округ» … области»), where they name just one."""
    found = {region for region in map(read_region, sections) if region is not None}
    return found.pop() if len(found) == 1 else None
