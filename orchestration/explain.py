"""A reported event as it was written, with every fact underlined and named, for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

_HEADINGS = {
    "name": "Наименование мероприятия",
    "place": "Место проведения",
    "dates": "Сроки проведения",
    "description": "Цель, содержание и результат",
    "participants": "Участники",
}
_STYLES = {
    "partner": "magenta",
    "agreement": "green",
    "participants_total": "yellow",
    "participant_group": "yellow",
    "leftover": "bold red",
}
_DEFAULT_STYLE = "cyan"
_SHOWN_VALUE = 120


@dataclass(frozen=True, slots=True)
class EventAddress:
    """Where a reported event stands: report, row number, table and row as in Word."""

    event_key: str
    region: str
    period: str
    municipality: str
    sequence_number: int | None
    source_file: str
    source_table: int
    source_row: int
    name: str
    report_row_number: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with its half-open character range ``[start, end)`` of the cell; ``column`` is None for a default."""

    number: int
    kind: str
    label: str
    value: str
    column: str | None
    start: int
    end: int
    rule: str
    confidence: float | None

    @property
    def style(self) -> str:
        """Colour of the fact's underline."""
        return _STYLES.get(self.kind, _DEFAULT_STYLE)


def find_events(
    connection: duckdb.DuckDBPyConnection, event: str, period: str | None = None, region: str | None = None
) -> list[EventAddress]:
    """The events meant by ``event``: the number of a row, or the beginning of an ``event_key``.

    ``period`` ('2025-Q4') and ``region`` (any part of its name) narrow the choice.
    """
    rows = connection.execute(
        """
        select
            event_key, report.region_name, period, municipality.name, sequence_number,
            source_file, source_table, source_row, coalesce(event.name, '') as name, report_row_number
        from marts.dim_event as event
        inner join marts.dim_report as report using (report_key)
        inner join marts.dim_municipality as municipality using (municipality_key)
        where
            (sequence_number = try_cast($event as integer) or (length($event) >= 6 and starts_with(event_key, $event)))
            and ($period is null or period = upper($period))
            and ($region is null or contains(lower(report.region_name), lower($region)))
        order by period desc, report.region_name, sequence_number
        """,
        {"event": event, "period": period, "region": region},
    ).fetchall()
    return [EventAddress(*row) for row in rows]


def print_choice(console: Console, events: Sequence[EventAddress]) -> None:
    """The events that an ambiguous address may mean, each with its key."""
    table = Table("key", "period", "region", "№", "event", box=None, padding=(0, 2, 0, 0), header_style="dim")
    for event in events:
        number = "" if event.sequence_number is None else str(event.sequence_number)
        table.add_row(event.event_key[:12], event.period, event.region, number, escape(event.name))
    console.print(table)


def print_event(console: Console, connection: duckdb.DuckDBPyConnection, event: EventAddress) -> None:
    """The event's cells with numbered underlines, the facts behind the numbers, and what the checks told of it."""
    facts = _facts(connection, event.event_key)
    number = "без номера" if event.sequence_number is None else f"№ {event.sequence_number}"
    console.print(f"[bold]{event.region}, {event.period}, {escape(event.municipality)}, {number}[/]", soft_wrap=True)
    place = f"{event.source_file}, таблица {event.source_table}, строка {event.source_row}; event_key {event.event_key}"
    line = f"строка corrections.csv: {event.region} {event.period},{event.report_row_number},…"
    console.print(f"{place}\n{line}\n", style="dim", markup=False, highlight=False, soft_wrap=True)
    for column, text in _cells(connection, event.event_key):
        console.print(_HEADINGS[column], style="bold dim")
        for line in underline(text, [fact for fact in facts if fact.column == column], console.width - 2):
            console.print(Text("  ") + line, no_wrap=True, overflow="ignore", crop=False)
        console.print()
    console.print(_legend(facts))
    _print_findings(console, connection, event.event_key)


def _cells(connection: duckdb.DuckDBPyConnection, event_key: str) -> Iterator[tuple[str, str]]:
    row = connection.execute(
        "select name_text, place_text, dates_text, description_text, participants_text from marts.dim_event "
        "where event_key = ?",
        [event_key],
    ).fetchone()
    yield from ((column, text) for column, text in zip(_HEADINGS, row, strict=True) if text)


def _facts(connection: duckdb.DuckDBPyConnection, event_key: str) -> list[Fact]:
    rows = connection.execute(
        """
        select fact_number, fact, fact_name_ru, value, source_column, char_start, char_end, rule, confidence
        from marts.fct_event_fact where event_key = ? order by fact_number
        """,
        [event_key],
    ).fetchall()
    return [Fact(*row) for row in rows]


def underline(text: str, facts: Sequence[Fact], width: int) -> Iterator[Text]:
    """The text wrapped to ``width`` characters, each line followed by the underlines of the facts that touch it.

    An underline carries its fact's number; facts that share characters stand on rows of their own, short ones first.
    """
    position = 0
    for line in textwrap.wrap(text, max(width, 20), break_on_hyphens=False):
        start = text.index(line, position)
        position = start + len(line)
        yield Text(line)
        touching = [fact for fact in facts if fact.start < position and start < fact.end]
        lanes: list[Text] = []
        for fact in sorted(touching, key=lambda fact: (fact.end - fact.start, fact.start)):
            left = max(fact.start - start, 0)
            right = min(fact.end - start, len(line))
            mark = _mark(str(fact.number), right - left, fact.start >= start, fact.end <= position)
            lane = next((lane for lane in lanes if _is_free(lane, left, left + len(mark))), None)
            if lane is None:
                lane = Text(" " * max(len(line), left + len(mark)))
                lanes.append(lane)
            _write(lane, left, mark, fact.style)
        for lane in lanes:
            lane.rstrip()
            yield lane


def _mark(label: str, length: int, begins: bool, ends: bool) -> str:
    """A line of ``length`` characters with the label in its middle; longer where the label needs it."""
    if length < len(label) + 2:
        return label.ljust(length, "╌")
    return ("└" if begins else "─") + label.center(length - 2, "─") + ("┘" if ends else "─")


def _is_free(lane: Text, left: int, right: int) -> bool:
    return not lane.plain[max(left - 1, 0) : right + 1].strip()


def _write(lane: Text, left: int, mark: str, style: str) -> None:
    lane.plain = lane.plain[:left].ljust(left) + mark + lane.plain[left + len(mark) :]
    lane.stylize(style, left, left + len(mark))


def _legend(facts: Sequence[Fact]) -> Table:
    table = Table("№", "Факт", "Значение", "Правило", "Уверенность", box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.columns[0].justify = "right"
    for fact in facts:
        confidence = "" if fact.confidence is None else f"{fact.confidence:.0%}"
        value = textwrap.shorten(fact.value, _SHOWN_VALUE, placeholder=" …")
        table.add_row(
            str(fact.number), Text(fact.label, fact.style), Text(value), Text(fact.rule, "dim"), Text(confidence, "dim")
        )
    return table


def _print_findings(console: Console, connection: duckdb.DuckDBPyConnection, event_key: str) -> None:
    rows = connection.execute(
        """
        select severity_name_ru, message_ru, finding_key
        from marts.fct_quality_finding
        where event_key = ? and not is_accepted
        order by 1, 2
        """,
        [event_key],
    ).fetchall()
    if rows:
        lines = Text("\n").join(
            Text.assemble((f"{severity}: ", "bold"), message, (f"  {key}", "dim")) for severity, message, key in rows
        )
        console.print(Panel(lines, title="замечания проверок", title_align="left", border_style="yellow"))
