"""The rows of report tables: sections, events, and everything between them that is skipped and told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from orchestration.documents.columns import (
    EVENT_FIELDS,
    CoveringGrid,
    Header,
    RowCells,
    assign_cells,
    field_texts,
    is_column_numbers,
    read_header,
    row_cells,
)
from orchestration.documents.issues import Issues, Place
from orchestration.documents.lines import is_bare_name, is_municipality_name
from orchestration.documents.model import Cell, ReportRow
from orchestration.documents.numbers import RowNumbers
from orchestration.documents.sections import Sections
from orchestration.documents.wording import find_wording, shorten, squeeze

_NUMBER_LIKE = re.compile(r"(?:№\s*)?[\dIVXІХ]{0,6}(?:\.\d+)*\s*[.)]?")
_BLANK = re.compile(r"[\s\-–—.]*")
_DATE = re.compile(r"\d\s*(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)|\d\.\d\d|\b20\d\d\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Event:
    """The texts of a row by field and by unknown heading, and the cells that its number and name stand in."""

    fields: dict[str, str]
    extra: dict[str, str]
    cells: dict[str, list[Cell]]

    def told(self) -> list[str]:
        """The texts of the fields of an event that are more than dashes."""
        return [text for field in EVENT_FIELDS if not _BLANK.fullmatch(text := self.fields.get(field, ""))]


class RowReader:
    """Reads the headings and tables of one report in order; its public lists grow as it goes."""

    def __init__(self) -> None:
        self.rows: list[ReportRow] = []
        self.issues = Issues()
        self.sections = Sections(self.issues)
        self._numbers = RowNumbers(self.issues)
        self._lone_section_columns: set[int] = set()
        self._header: Header | None = None
        self._is_numbered = True
        self._previous: tuple[Place, _Event] | None = None

    def read_closing(self, texts: Sequence[str]) -> None:
        """The paragraphs after the last table, and the end of the report."""
        self.sections.read_closing(texts)
        self._numbers.close()

    def skip_table(self, grid: CoveringGrid, number: int) -> None:
        """Tell of a table that is none of the report's."""
        texts = list(dict.fromkeys(squeeze(cell.text) for line in grid for cell in line if cell and cell.text.strip()))
        if texts:
            beginning = shorten(" | ".join(texts), 80)
            self.issues.add(
                "table_skipped",
                "info",
                f"Таблица {number} пропущена: у неё нет заголовков столбцов отчёта, она начинается с «{beginning}».",
                "Если в ней есть мероприятия, добавьте строку заголовков, как в основной таблице.",
            )

    def read_table(self, grid: CoveringGrid, number: int) -> None:
        """Read the rows of a table, the ``number``-th of the document.

        A table without a header goes on from the previous one if it is as wide and as its rows, otherwise it is
        skipped and told.
        """
        headers = {row: header for row in range(len(grid)) if (header := read_header(grid, row)) is not None}
        if not headers and not self._goes_on(grid):
            self.skip_table(grid, number)
            return
        self._numbers.may_restart()
        row = 0 if self._header is not None else min(headers)
        while row < len(grid):
            if row in headers:
                self._open_header(headers[row], grid[row + headers[row].height :], (number, row + 1))
                row += headers[row].height
                continue
            if self._header is not None:
                self._read_row(grid[row], self._header, (number, row + 1))
            row += 1

    def _goes_on(self, grid: CoveringGrid) -> bool:
        """Whether a table without a header has rows as the header before it promises: a section or a dated event."""
        header = self._header
        if header is None or max((len(row_cells(line)) for line in grid), default=0) != len(header.columns):
            return False
        for line in grid:
            cells = row_cells(line)
            fields, _ = field_texts(assign_cells(header, cells))
            if _DATE.search(fields.get("dates", "")) or (
                not header.has("dates") and fields.get("number", "").isdigit()
            ):
                return True
        return False

    def _open_header(self, header: Header, below: CoveringGrid, at: Place) -> None:
        header = _with_municipalities(header, below)
        is_repeated = self._header is not None and header.headings == self._header.headings
        self._header = header
        self._is_numbered = header.has("number") and not _has_merged_numbers(header, below)
        if header.has("number") and not self._is_numbered:
            self.issues.add(
                "numbers_of_sections",
                "info",
                "Номер объединён на несколько мероприятий, поэтому мероприятия этой таблицы остались без номеров.",
                "Пронумеруйте каждое мероприятие отдельно.",
                at=at,
            )
        if is_repeated:
            return
        for column in header.columns:
            if not column.fields:
                self.issues.add(
                    "unknown_column",
                    "info",
                    f"Столбец «{column.heading}» не относится к известным, его текст сохранён без разбора.",
                    "Назовите столбец, как в образце отчёта, если в нём сведения о мероприятии.",
                    at=at,
                    column=column.heading,
                )
            elif len(column.fields) > 1:
                self.issues.add(
                    "combined_column",
                    "info",
                    f"В столбце «{column.heading}» несколько сведений сразу.",
                    "Лучше отвести для каждого отдельный столбец.",
                    at=at,
                    column=column.heading,
                )
        for field, name in (("place", "место"), ("dates", "сроки"), ("participants", "участники")):
            if not header.has(field):
                self.issues.add(
                    "missing_column",
                    "warning",
                    f"В таблице нет столбца «{name}».",
                    "Добавьте столбец, если эти сведения есть.",
                    at=at,
                    column=field,
                )

    def _read_row(self, line: list[Cell | None], header: Header, at: Place) -> None:
        cells = row_cells(line)
        texts = [text for _, _, cell in cells if (text := cell.text.strip())]
        if is_column_numbers(texts):
            return
        heading = self._heading_of(cells, header)
        if heading is not None:
            self.sections.read_row(heading, at)
        else:
            self._read_event(cells, header, at)

    def _heading_of(self, cells: RowCells, header: Header) -> str | None:
        """The text of a row that is a heading: one cell over (nearly) all columns, or a municipality all alone."""
        filled = [(start, end, text) for start, end, cell in cells if (text := cell.text.strip())]
        named = [one for one in filled if not _NUMBER_LIKE.fullmatch(one[2]) and not _BLANK.fullmatch(one[2])]
        if len(cells) == 1 and filled:
            return filled[0][2]
        if len(named) != 1:
            return None
        start, end, text = named[0]
        covered = sum(start <= column.start < end for column in header.columns)
        if covered > 1 and covered >= len(header.columns) - 1:
            return text
        # Not merged, or over a part of the columns: the other cells of the row are there, but empty.
        fields = header.fields_at(start)
        if "description" in fields or "participants" in fields or "municipality" in fields:
            return None
        if is_municipality_name(text) or find_wording("totals", text) or find_wording("no_events", text):
            self._lone_section_columns.add(start)
            return text
        # A bare name («Порхов») is a section's where events have their number beside it, or where others stood so.
        is_section = len(filled) == 1 and is_bare_name(text) and "dates" not in fields and "place" not in fields
        is_section = is_section and (
            "number" in fields or not self.sections.current or start in self._lone_section_columns
        )
        if is_section:
            self._lone_section_columns.add(start)
        return text if is_section else None

    def _read_event(self, cells: RowCells, header: Header, at: Place) -> None:
        assigned = assign_cells(header, cells)
        event = _Event(*field_texts(assigned), {field: found for column, found in assigned for field in column.fields})
        told = event.told()
        is_totals = self._is_totals(event.fields)
        municipality = event.fields.get("municipality", "")
        if not is_totals and not _BLANK.fullmatch(municipality) and not find_wording("no_events", municipality):
            # A municipality column; an empty cell stands for the municipality above.
            self.sections.open(municipality)
        says_no_events = len(set(told)) == 1 and find_wording("no_events", told[0]) is not None
        if is_totals or not told or says_no_events or self.sections.is_planned:
            self._numbers.skip(event.fields.get("number", ""))
        if is_totals:
            self.sections.skip_totals(" ".join(told), at)
        elif not told:
            self._read_row_without_event(event, at)
        elif says_no_events:
            self.sections.read_no_events(told[0], at)
        elif self.sections.is_planned:
            self.sections.skip_planned(told[0], at)
        elif self._continues_previous(event, header, at):
            self._continue_previous(event, at)
        elif self._is_same_as_previous(event, header, at):
            self._join_to_previous(event, at)
        else:
            self._add_event(event, at)

    def _add_event(self, event: _Event, at: Place) -> None:
        if not event.fields.get("name"):
            self.issues.add(
                "missing_name", "warning", "Нет названия мероприятия.", "Впишите название мероприятия.", at=at
            )
        if not self.sections.current:
            self.issues.add(
                "missing_municipality",
                "warning",
                "Не указано муниципальное образование.",
                "Добавьте над строкой заголовок с названием муниципального образования.",
                at=at,
            )
        number = None
        if self._is_numbered:
            number = self._numbers.read(event.fields.get("number", ""), self.sections.current, at)
        texts = {field: event.fields.get(field, "") for field in EVENT_FIELDS}
        self.rows.append(ReportRow(number, self.sections.current, *at, **texts, extra=event.extra))
        self.sections.add_event()
        self._previous = (at, event)

    @staticmethod
    def _is_totals(fields: dict[str, str]) -> bool:
        texts = (fields.get(field, "") for field in ("number", "municipality", "name"))
        return not _DATE.search(fields.get("dates", "")) and any(
            text and find_wording("totals", text) for text in texts
        )

    def _read_row_without_event(self, event: _Event, at: Place) -> None:
        """A row of dashes says that a municipality without events held none; an empty one says nothing."""
        municipality, number = (event.fields.get(field, "") for field in ("municipality", "number"))
        has_dashes = any(event.fields.get(field) for field in EVENT_FIELDS)
        if find_wording("no_events", municipality):
            self.sections.read_no_events(municipality, at)
        elif has_dashes and self.sections.current and not self.sections.has_events:
            self.sections.read_no_events("–", at)
        elif _NUMBER_LIKE.fullmatch(number) or _BLANK.fullmatch(number):
            self.issues.add("empty_row", "info", "Пустая строка пропущена.", "Удалите её.", at=at)
        else:
            self.sections.skip_note(number, at, is_expected=True)

    def _follows_event(self, at: Place) -> bool:
        return self._previous is not None and self._previous[0] == (at[0], at[1] - 1)

    def _continues_previous(self, event: _Event, header: Header, at: Place) -> bool:
        """Whether the row only goes on with the texts of the row above, as where a page break was made by hand."""
        heads = ("number", "name", "dates", "place")
        return (
            self._follows_event(at)
            and all(header.has(field) for field in heads)
            and not any(event.fields.get(field) for field in heads)
        )

    def _continue_previous(self, event: _Event, at: Place) -> None:
        self._join_to_previous(event, at)
        self.issues.add(
            "row_continued",
            "warning",
            "Строка без номера, названия, места и сроков присоединена к предыдущей.",
            "Объедините её с предыдущей строкой или заполните.",
            at=at,
        )

    def _is_same_as_previous(self, event: _Event, header: Header, at: Place) -> bool:
        """Whether the cells that make an event (number and name, or name, dates and place) go on from the row above."""
        if self._previous is None or not self._follows_event(at):
            return False
        before = self._previous[1].cells
        heads = ("number", "name") if self._is_numbered else ("name", "dates", "place")
        return all(
            len(event.cells[field]) == len(before[field]) == 1 and event.cells[field][0] is before[field][0]
            for field in heads
            if header.has(field)
        )

    def _join_to_previous(self, event: _Event, at: Place) -> None:
        previous = self.rows[-1]
        texts = {field: _joined(getattr(previous, field), event.fields.get(field, "")) for field in EVENT_FIELDS}
        extra = {key: _joined(previous.extra.get(key, ""), text) for key, text in event.extra.items()}
        self.rows[-1] = replace(previous, **texts, extra={**previous.extra, **extra})
        self._previous = (at, event)


def _joined(upper: str, lower: str) -> str:
    return upper if lower in upper.split("\n") or lower == upper else "\n".join(filter(None, [upper, lower]))


def _with_municipalities(header: Header, below: CoveringGrid) -> Header:
    """The header, where a column of unknown heading that holds nothing but names of municipalities tells these."""
    if header.has("municipality"):
        return header
    for index, column in enumerate(header.columns):
        if column.fields:
            continue
        cells = [cell for line in below if len(row_cells(line)) > 1 and (cell := line[column.start]) is not None]
        texts = [cell.text for cell in cells if cell.text.strip()]
        if texts and all(map(is_municipality_name, texts)):
            columns = list(header.columns)
            columns[index] = replace(column, fields=("municipality",))
            return replace(header, columns=tuple(columns), fields=header.fields | {"municipality"})
    return header


def _has_merged_numbers(header: Header, below: CoveringGrid) -> bool:
    """Whether one number stands beside several events: it is then that of a section."""
    number = next(column.start for column in header.columns if "number" in column.fields)
    name = next(column.start for column in header.columns if "name" in column.fields)
    return any(
        upper[number] is not None
        and upper[number] is lower[number]
        and upper[number] is not upper[name]
        and upper[name] is not lower[name]
        and upper[number].text.strip() != ""
        for upper, lower in pairwise(below)
    )
