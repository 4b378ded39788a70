"""The rows of report tables: sections, events, and everything between them that is skipped and told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from orchestration.documents.columns import (
    EVENT_FIELDS,
    Header,
    assign_cells,
    covering_grid,
    field_texts,
    is_column_numbers,
    read_header,
    row_cells,
)
from orchestration.documents.model import Cell, ReportIssue, ReportRow, Table
from orchestration.documents.title import read_municipality, read_period
from orchestration.documents.wording import find_wording, squeeze

_SEQUENCE_NUMBER = re.compile(r"(?:№\s*)?(\d{1,5})\s*[.)]?")
_NUMBERING = re.compile(r"^(?:(?:№\s*)?\d{1,3}(?:\.\d{1,3})*\s*[.)]|[IVXІХ]{1,6}[.)])\s*")
_NUMBER_LIKE = re.compile(r"(?:№\s*)?[\dIVXІХ]{0,6}(?:\.\d+)*\s*[.)]?")
_BLANK = re.compile(r"[\s\-–—.]*")
_MUNICIPALITY_END = " \t\n-–—:;,(«"
_CUT_OF_NO_EVENTS = re.compile(
    r"[\s\-–—:;,(]*\b(?:(?:международн\w+\s+)?мероприяти\w*|не\s+\w+|нет\b|отсутств\w+).*"
    r"|^(?:В|Во|На территории|По)\s+",
    re.IGNORECASE | re.DOTALL,
)


class RowReader:
    """Reads the headings and tables of one report in order; its public lists grow as it goes."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.rows: list[ReportRow] = []
        self.issues: list[ReportIssue] = []
        self.sections: list[str] = []
        self._section = ""
        self._header: Header | None = None
        self._seen_numbers: set[int] = set()
        self._last_number = 0
        self._may_restart = True
        self._last_event_at = (0, 0)

    def issue(
        self,
        code: str,
        severity: str,
        message: str,
        remedy: str = "",
        *,
        at: tuple[int, int] | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Add an issue; ``at`` is (table, row) counted from 1 and is told in the message."""
        table, row = at or (None, None)
        place = f"Таблица {table}, строка {row}: " if at else ""
        text = place + (message[0].lower() + message[1:] if place else message)
        self.issues.append(ReportIssue(code, severity, text, remedy, table, row, column, value))

    def read_title(self, text: str) -> None:
        """A title; where it is a new one of a single municipality, the following rows are that municipality's."""
        title = squeeze(text)
        if title in self.titles[-1:]:
            return
        self.titles.append(title)
        municipality = read_municipality(title)
        if municipality is not None:
            self.open_section(municipality)

    def open_section(self, text: str) -> None:
        """Put the following rows under this municipality; a number before its name is left out.

        Numbers of rows may begin anew there; whether they do, the next row tells.
        """
        self._section = _without_numbering(text)
        self.sections.append(self._section)
        self._may_restart = True

    def read_no_events(self, text: str, at: tuple[int, int] | None = None) -> None:
        """A line that says that a municipality held no events."""
        municipality = _CUT_OF_NO_EVENTS.sub("", text).strip(_MUNICIPALITY_END)
        if municipality and find_wording("municipality", municipality) and not find_wording("no_events", municipality):
            self.open_section(municipality)
        where = f" ({squeeze(self._section)})" if self._section else ""
        self.issue("no_events", "info", f"Мероприятия не проводились{where}.", at=at, value=squeeze(text))

    def read_closing(self, texts: Sequence[str]) -> None:
        """The paragraphs after the last table: sections without events are told, signatures are not."""
        for text in texts:
            if find_wording("no_events", text):
                self.read_no_events(text)

    def read_table(self, table: Table, number: int) -> None:
        """Read the rows of a table, the ``number``-th of the document.

        A table without a header goes on from the previous one if it is as wide, otherwise it is skipped and told.
        """
        grid = covering_grid(table)
        start = next((row for row in range(len(grid)) if read_header(grid, row) is not None), None)
        width = max((len(row_cells(line)) for line in grid), default=0)
        if start is None and (self._header is None or width != len(self._header.columns)):
            if any(cell is not None and cell.text.strip() for line in grid for cell in line):
                self.issue(
                    "table_skipped",
                    "info",
                    f"Таблица {number} пропущена: у неё нет заголовков столбцов отчёта.",
                    "Если в ней есть мероприятия, добавьте строку заголовков.",
                )
            return
        self._may_restart = True
        row = 0 if self._header is not None or start is None else start
        while row < len(grid):
            header = read_header(grid, row)
            if header is not None:
                self._open_header(header, number, row + 1)
                row += header.height
                continue
            if self._header is not None:
                self._read_row(grid[row], self._header, (number, row + 1))
            row += 1

    def _open_header(self, header: Header, table: int, row: int) -> None:
        is_repeated = self._header is not None and header.headings == self._header.headings
        self._header = header
        if is_repeated:
            return
        at = (table, row)
        for column in header.columns:
            if not column.fields:
                self.issue(
                    "unknown_column",
                    "info",
                    f"Столбец «{column.heading}» не относится к известным, его текст сохранён без разбора.",
                    "Назовите столбец, как в образце отчёта, если в нём сведения о мероприятии.",
                    at=at,
                    column=column.heading,
                )
            elif len(column.fields) > 1:
                self.issue(
                    "combined_column",
                    "info",
                    f"В столбце «{column.heading}» несколько сведений сразу.",
                    "Лучше отвести для каждого отдельный столбец.",
                    at=at,
                    column=column.heading,
                )
        for field, name in (("place", "место"), ("dates", "сроки"), ("participants", "участники")):
            if not header.has(field):
                self.issue(
                    "missing_column",
                    "warning",
                    f"В таблице нет столбца «{name}».",
                    "Добавьте столбец, если эти сведения есть.",
                    at=at,
                    column=field,
                )

    def _read_row(self, line: list[Cell | None], header: Header, at: tuple[int, int]) -> None:
        if is_column_numbers([text for _, _, cell in row_cells(line) if (text := cell.text.strip())]):
            return
        heading = self._heading_of(line, header)
        if heading is not None:
            self._read_heading(heading, at)
        else:
            self._read_event(line, header, at)

    def _heading_of(self, line: list[Cell | None], header: Header) -> str | None:
        """The text of a row that is a heading: one cell over (nearly) all columns, or a municipality all alone."""
        cells = row_cells(line)
        filled = [(start, end, cell.text.strip()) for start, end, cell in cells if cell.text.strip()]
        named = [one for one in filled if not _NUMBER_LIKE.fullmatch(one[2])]
        if len(named) != 1:
            return None
        start, end, text = named[0]
        covered = sum(start <= column.start < end for column in header.columns)
        if len(cells) == 1 or (covered > 1 and covered >= len(header.columns) - 1):
            return text
        # Not merged: the other cells of the row are there, but empty.
        is_lone_name = len(filled) == 1 and (find_wording("municipality", text) or find_wording("totals", text))
        is_lone_name = is_lone_name and not self._is_in_column(start, header, "description")
        return text if is_lone_name else None

    @staticmethod
    def _is_in_column(start: int, header: Header, field: str) -> bool:
        return any(field in column.fields and column.start <= start < column.end for column in header.columns)

    def _read_heading(self, text: str, at: tuple[int, int]) -> None:
        if find_wording("totals", text):
            self._skip_totals(text, at)
        elif find_wording("no_events", text):
            self.read_no_events(text, at)
        elif find_wording("title", text) or (read_period(text) and not find_wording("municipality", text)):
            self.read_title(text)
        elif find_wording("subheading", text) and not find_wording("municipality", text) and self._section:
            self.issue("subheading_skipped", "info", f"Подзаголовок «{squeeze(text)}» пропущен.", at=at, value=text)
        else:
            self.open_section(text)

    def _read_event(self, line: list[Cell | None], header: Header, at: tuple[int, int]) -> None:
        fields, extra = field_texts(assign_cells(header, line))
        told = [text for field in EVENT_FIELDS if not _BLANK.fullmatch(text := fields.get(field, ""))]
        if header.has("municipality") and not self._is_totals(fields):
            self._follow_municipality(fields.get("municipality", ""))
        if not told:
            self.issue("empty_row", "info", "Пустая строка пропущена.", at=at)
        elif self._is_totals(fields):
            self._skip_totals(" ".join(told), at)
        elif len(set(told)) == 1 and find_wording("no_events", told[0]):
            self.read_no_events(told[0], at)
        elif self._continues_previous(fields, header, at):
            self._continue_previous(fields, at)
        else:
            if not fields.get("name"):
                self.issue(
                    "missing_name", "warning", "Нет названия мероприятия.", "Впишите название мероприятия.", at=at
                )
            if not self._section:
                self.issue(
                    "missing_municipality",
                    "warning",
                    "Не указано муниципальное образование.",
                    "Добавьте над строкой заголовок с названием муниципального образования.",
                    at=at,
                )
            number = self._sequence_number(fields.get("number", ""), at) if header.has("number") else None
            texts = {field: fields.get(field, "") for field in EVENT_FIELDS}
            self.rows.append(ReportRow(number, self._section, *at, **texts, extra=extra))
            self._last_event_at = at

    @staticmethod
    def _is_totals(fields: dict[str, str]) -> bool:
        texts = (fields.get(field, "") for field in ("number", "municipality", "name"))
        return not fields.get("dates") and any(find_wording("totals", text) for text in texts)

    def _follow_municipality(self, text: str) -> None:
        """A municipality column: an empty cell stands for the municipality above."""
        name = _without_numbering(text)
        if name and name != self._section:
            self.open_section(name)

    def _continues_previous(self, fields: dict[str, str], header: Header, at: tuple[int, int]) -> bool:
        """Whether the row only goes on with the texts of the row above, as where a page break was made by hand."""
        heads = ("number", "name", "dates", "place")
        return (
            bool(self.rows)
            and self._last_event_at == (at[0], at[1] - 1)
            and all(header.has(field) for field in heads)
            and not any(fields.get(field) for field in heads)
        )

    def _continue_previous(self, fields: dict[str, str], at: tuple[int, int]) -> None:
        previous = self.rows[-1]
        texts = {name: "\n".join(filter(None, [getattr(previous, name), fields.get(name)])) for name in EVENT_FIELDS}
        self.rows[-1] = replace(previous, **texts)
        self._last_event_at = at
        self.issue(
            "row_continued",
            "warning",
            "Строка без номера, названия, места и сроков присоединена к предыдущей.",
            "Объедините её с предыдущей строкой или заполните.",
            at=at,
        )

    def _skip_totals(self, text: str, at: tuple[int, int]) -> None:
        self.issue("totals_row", "info", "Итоговая строка пропущена.", at=at, value=squeeze(text))

    def _sequence_number(self, text: str, at: tuple[int, int]) -> int | None:
        match = _SEQUENCE_NUMBER.fullmatch(text.strip())
        if match is None:
            code, message = ("missing_number", "Нет порядкового номера.")
            if text.strip():
                code, message = ("unreadable_number", f"Порядковый номер «{squeeze(text)}» не прочитан.")
            self.issue(code, "warning", message, "Пронумеруйте строки по порядку.", at=at, value=text or None)
            return None
        number = int(match[1])
        if number == 1 and self._may_restart:
            self._seen_numbers.clear()
        self._may_restart = False
        if number in self._seen_numbers:
            self._warn_of_number("repeated_number", f"Номер {number} повторяется.", number, at)
        elif number != self._last_number + 1 and self._seen_numbers:
            self._warn_of_number("number_out_of_order", f"После {self._last_number} идёт {number}.", number, at)
        self._seen_numbers.add(number)
        self._last_number = number
        return number

    def _warn_of_number(self, code: str, message: str, number: int, at: tuple[int, int]) -> None:
        self.issue(code, "warning", message, "Проверьте, не пропущена ли строка.", at=at, value=str(number))


def _without_numbering(text: str) -> str:
    return _NUMBERING.sub("", text.strip(), count=1)
