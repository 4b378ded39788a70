"""What the letters tell, read from the published marts: whose report, which findings, what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import duckdb

from orchestration.checks.suites import load_suites
from orchestration.letters.wording import (
    clean,
    day_in_words,
    number_ranges,
    quarter_in_words,
    shorten,
    with_quarters_in_words,
)

BETWEEN_MUNICIPALITIES = "_between_municipalities"
"""How the name of a rule ends that compares what several municipalities tell of one event."""

_COLUMNS = {
    "number": "№ п/п",
    "municipality": "Муниципальное образование",
    "name": "Наименование мероприятия",
    "place": "Место проведения",
    "dates": "Сроки проведения",
    "description": "Цель, содержание и результат",
    "participants": "Участники",
}
_NAME_LENGTH = 70
_VALUE_LENGTH = 160
_VALUE_LENGTH_AMONG_SEVERAL = 80
_VALUES_SHOWN = 3
_MESSAGE_LENGTH = 400
_UNKNOWN = "—"
_SILENCE = "municipality_silent"
_REFUSAL = "document_refused"


@dataclass(frozen=True, slots=True)
class Report:
    """A current report of a region; ``received_at`` in UTC."""

    report_key: str
    region: str
    period: str
    source_file: str
    received_at: datetime
    event_count: int


@dataclass(frozen=True, slots=True)
class Row:
    """A reported event as the report's reader finds it again."""

    event_key: str
    table: int
    row: int
    number: int | None
    name: str

    @property
    def address(self) -> str:
        """The number the report gives the event, else where it stands."""
        return f"строка {self.row} таблицы {self.table}" if self.number is None else f"№ {self.number}"


@dataclass(slots=True)
class Matter:
    """One thing to put right: what is odd and what is asked, with every row it concerns and what stands there."""

    rule: str
    severity: str
    column: str | None
    message: str
    request: str
    values: dict[Row | None, str | None] = field(default_factory=dict)

    @property
    def position(self) -> tuple[int, int]:
        """Where the matter stands first: table and row; what is told of no row comes before all."""
        return min((row.table, row.row) if row else (0, 0) for row in self.values)

    def cells(self) -> dict[str, str]:
        """The matter as a row of the letter's table."""
        rows = sorted((row for row in self.values if row), key=lambda row: (row.table, row.row))
        return {
            "number": _addresses(rows),
            "event": shorten(clean(rows[0].name), _NAME_LENGTH) if len(rows) == 1 else "",
            "column": _COLUMNS.get(self.column or "", clean(self.column or _UNKNOWN)),
            "value": self._value(rows),
            "message": shorten(with_quarters_in_words(clean(self.message)), _MESSAGE_LENGTH),
            "request": self.request,
        }

    def _value(self, rows: Sequence[Row]) -> str:
        if len(set(self.values.values())) == 1:
            return _shown(next(iter(self.values.values())), _VALUE_LENGTH)
        if len(rows) > _VALUES_SHOWN:
            return "см. эти строки отчёта"
        return "\n".join(f"{row.address}: {_shown(self.values[row], _VALUE_LENGTH_AMONG_SEVERAL)}" for row in rows)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of a report: how many events it reports, what is to be put right, what is told by the way."""

    municipality_key: str
    name: str
    event_count: int
    findings: tuple[Matter, ...]
    notes: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the letters about one report tell; the lists are rows for the region's letter.

    ``silent``: municipalities of earlier reports that tell of no event in this one. ``shared``: events that several
    municipalities tell differently. ``refused`` is empty where the warehouse holds several regions, since the region
    of a file that was not read is unknown.
    """

    report: Report
    municipalities: tuple[Municipality, ...]
    general: tuple[Matter, ...]
    silent: tuple[dict[str, str], ...]
    shared: tuple[dict[str, str], ...]
    refused: tuple[dict[str, str], ...]


def find_reports(connection: duckdb.DuckDBPyConnection, period: str | None, region: str | None) -> list[Report]:
    """The current reports of ``period`` ('2025-Q4'), without it the newest of each region.

    ``region`` is any part of the region's name.
    """
    rows = connection.execute(
        """
        select report_key, region_name, period, source_file, received_at, event_count
        from marts.dim_report
        where is_current and ($region is null or contains(lower(region_name), lower($region)))
        qualify period = coalesce(upper($period), max(period) over (partition by region_name))
        order by region_name
        """,
        {"period": period, "region": region},
    ).fetchall()
    return [Report(*row) for row in rows]


def read_findings(connection: duckdb.DuckDBPyConnection, report: Report) -> Findings:
    """What the checks found in the report, by municipality and for the region."""
    matters = _matters(connection, report)
    municipalities = tuple(
        _municipality(key, name, event_count, matters.pop(key, []))
        for key, name, event_count in _municipalities(connection, report)
    )
    return Findings(
        report=report,
        municipalities=municipalities,
        general=tuple(each for rest in matters.values() for each in rest if each.rule != _SILENCE),
        silent=tuple(_silent(connection, report)),
        shared=tuple(_shared(connection, report)),
        refused=tuple(_refused(connection)),
    )


def _municipality(key: str, name: str, event_count: int, matters: Sequence[Matter]) -> Municipality:
    notes = tuple(matter for matter in matters if matter.severity == "info")
    findings = tuple(matter for matter in matters if matter.severity != "info")
    return Municipality(key, clean(name), event_count, findings, notes)


def report_cells(report: Report) -> dict[str, str]:
    """The report as a letter names it."""
    return {
        "region": clean(report.region),
        "period": quarter_in_words(report.period),
        "source_file": clean(report.source_file),
        "received": day_in_words(report.received_at.date()),
    }


def matter_cells(matters: Iterable[Matter]) -> list[dict[str, str]]:
    """The matters as rows of a table, in the order of the report."""
    return [matter.cells() for matter in sorted(matters, key=lambda matter: (matter.position, matter.rule))]


def _requests() -> Mapping[str, str]:
    return {
        rule.rule: rule.ask_ru
        for suite in load_suites(with_disabled=True)
        for rule in suite.expectations
        if rule.ask_ru
    }


def _matters(connection: duckdb.DuckDBPyConnection, report: Report) -> dict[str | None, list[Matter]]:
    """The report's matters by municipality_key, None for what concerns the whole report."""
    requests = _requests()
    found: dict[tuple[str | None, ...], Matter] = {}
    for municipality_key, rule, severity, column, value, message, *row in connection.execute(
        """
        select
            finding.municipality_key, rule, severity, column_name, value, message_ru,
            event_key, source_table, source_row, sequence_number, coalesce(event.name, '')
        from marts.fct_quality_finding as finding
        left join marts.dim_event as event using (event_key)
        where finding.report_key = ? and not is_accepted
        order by source_table, source_row, rule, message_ru, finding_key
        """,
        [report.report_key],
    ).fetchall():
        if rule in requests:
            matter = found.setdefault(
                (municipality_key, rule, column, message), Matter(rule, severity, column, message, requests[rule])
            )
            matter.values.setdefault(Row(*row) if row[0] else None, value)
    matters: dict[str | None, list[Matter]] = {}
    for (municipality_key, *_), matter in found.items():
        matters.setdefault(municipality_key, []).append(matter)
    return matters


def _municipalities(connection: duckdb.DuckDBPyConnection, report: Report) -> list[tuple[str, str, int]]:
    """Key, name and number of events of each, in the order of the report."""
    return connection.execute(
        """
        select municipality_key, municipality.name, count(event.event_key)
        from marts.dim_municipality as municipality
        inner join marts.dim_event as event using (municipality_key)
        where event.report_key = $report
        group by all
        order by min((source_table, source_row))
        """,
        {"report": report.report_key},
    ).fetchall()


def _silent(connection: duckdb.DuckDBPyConnection, report: Report) -> list[dict[str, str]]:
    rows = connection.execute(
        """
        select municipality.name, max(earlier.period)
        from marts.fct_quality_finding as finding
        inner join marts.dim_municipality as municipality using (municipality_key)
        inner join marts.dim_event as event using (municipality_key)
        inner join marts.dim_report as earlier on event.report_key = earlier.report_key
        where finding.rule = $rule and finding.report_key = $report_key and not finding.is_accepted
            and earlier.is_current and earlier.period < $period
        group by municipality_key, municipality.name
        order by municipality.name
        """,
        {"rule": _SILENCE, "report_key": report.report_key, "period": report.period},
    ).fetchall()
    request = _requests()[_SILENCE]
    return [
        {"municipality": clean(name), "last_period": quarter_in_words(period), "request": request}
        for name, period in rows
    ]


def _shared(connection: duckdb.DuckDBPyConnection, report: Report) -> list[dict[str, str]]:
    """Events told differently, each with what its municipalities say of it."""
    rows = connection.execute(
        """
        with doubtful as (
            select distinct occurrence_key
            from marts.fct_quality_finding as finding
            inner join marts.dim_event as event using (event_key)
            where finding.report_key = $report and not is_accepted and ends_with(rule, $ending)
        )
        select
            occurrence_key, municipality.name, report.period, dates_text, participants_total,
            event_key, source_table, source_row, sequence_number, coalesce(event.name, '')
        from doubtful
        inner join marts.dim_event as event using (occurrence_key)
        inner join marts.fct_event using (event_key)
        inner join marts.dim_report as report on report.report_key = event.report_key
        inner join marts.dim_municipality as municipality on municipality.municipality_key = event.municipality_key
        where report.is_current and report.region_name = $region
        order by
            min((report.report_key <> $report, source_table, source_row)) over (partition by occurrence_key),
            occurrence_key, report.report_key <> $report, period, source_table, source_row
        """,
        {"report": report.report_key, "region": report.region, "ending": BETWEEN_MUNICIPALITIES},
    ).fetchall()
    events: dict[str, dict[str, str]] = {}
    for occurrence_key, municipality, period, dates, total, *row in rows:
        event = Row(*row)
        elsewhere = "" if period == report.period else f" (отчёт за {quarter_in_words(period)})"
        participants = "" if total is None else f"; участников: {total}"
        told = _shown(dates, _VALUE_LENGTH_AMONG_SEVERAL) + participants
        line = f"{clean(municipality)}, {event.address}{elsewhere}: {told}"
        if occurrence_key in events:
            events[occurrence_key]["tellings"] += f"\n{line}"
        else:
            events[occurrence_key] = {"event": shorten(clean(event.name), _NAME_LENGTH), "tellings": line}
    return list(events.values())


def _refused(connection: duckdb.DuckDBPyConnection) -> list[dict[str, str]]:
    rows = connection.execute(
        """
        select value, message_ru
        from marts.fct_quality_finding
        where
            rule = ? and not is_accepted
            and (select count(distinct region_name) from marts.dim_report) = 1
        order by all
        """,
        [_REFUSAL],
    ).fetchall()
    return [
        {"file": _shown(file, _VALUE_LENGTH), "message": shorten(clean(message), _MESSAGE_LENGTH)}
        for file, message in rows
    ]


def _addresses(rows: Sequence[Row]) -> str:
    """'42', '42–46' or, where one has no number, where each stands."""
    numbers = [row.number for row in rows if row.number is not None]
    if not rows:
        return _UNKNOWN
    return number_ranges(numbers) if len(numbers) == len(rows) else ", ".join(row.address for row in rows)


def _shown(value: str | None, length: int) -> str:
    return shorten(clean(value or ""), length) or _UNKNOWN
