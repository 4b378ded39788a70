"""Builds a warehouse of golden reports with the real pipeline and reads a report's events back from its marts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from .model import Agreement, Event, Named, Place
from .registry import GoldenReport
from paths import PROJECT_ROOT

_EVENTS = """
select
    event_key, sequence_number, municipality.name as municipality, event.name, edition, event_type, role, format,
    start_date, end_date, is_ongoing, date_precision, venue, settlement, district, region,
    place.country_code as country, participants_total, participants_source, participants_is_approximate,
    occurrence_key
from marts.dim_event as event
join marts.dim_report as report using (report_key)
join marts.fct_event as fact using (event_key)
left join marts.dim_municipality as municipality on municipality.municipality_key = event.municipality_key
left join marts.dim_place as place using (place_key)
where report.is_current and report.period = ? and report.region_name = ?
order by sequence_number, source_table, source_row
"""
_DAYS = "select date_key from marts.fct_event_day where event_key = ? order by all"
_HEADCOUNTS = "select headcount from marts.fct_event_participant_group where event_key = ? order by group_number"
_COUNTRIES = "select country_code from marts.fct_event_country where event_key = ? order by all"
_PARTNERS = """
select partner.kind, partner.side, partner.name, partner.country_code
from marts.fct_event_partner join marts.dim_partner as partner using (partner_key)
where event_key = ?
order by all
"""
_AGREEMENTS = """
select
    agreement.kind, status, valid_from_year, valid_to_year,
    list(party.name order by party.name) filter (party.name is not null)
from marts.fct_agreement
join marts.dim_agreement as agreement using (agreement_key)
left join marts.fct_agreement_party using (agreement_key)
left join marts.dim_partner as party using (partner_key)
where event_key = ?
group by agreement_key, agreement.kind, status, valid_from_year, valid_to_year
order by agreement_key
"""


class PublicationError(RuntimeError):
    """The pipeline did not publish the golden reports, for the reason in the message."""


def publish(reports: Iterable[GoldenReport], folder: Path) -> Path:
    """Run ``events run`` over the reports in an empty folder; the published database, or a PublicationError."""
    reports_dir, warehouse_dir = folder / "reports", folder / "warehouse"
    reports_dir.mkdir()
    for report in reports:
        shutil.copy(report.path, reports_dir)
    completed = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "run"],
        cwd=PROJECT_ROOT,
        env={**os.environ, "EVENTS_REPORTS_DIR": str(reports_dir), "EVENTS_WAREHOUSE_DIR": str(warehouse_dir)},
        capture_output=True,
        text=True,
        check=False,
    )
    if completed.returncode:
        raise PublicationError(f"The golden reports were not published.\n{completed.stdout}{completed.stderr}")
    return warehouse_dir / "warehouse.duckdb"


def read_events(connection: duckdb.DuckDBPyConnection, report: GoldenReport) -> list[Event]:
    """The report's events in the order of their numbers; LookupError where the warehouse lacks the report."""
    cursor = connection.execute(_EVENTS, [report.period, report.region])
    columns = [column for column, *_ in cursor.description]
    rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    if not rows:
        raise LookupError(f"{report.file}: the warehouse holds no report of {report.region} for {report.period}")
    return [_event(connection, row) for row in rows]


def _event(connection: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> Event:
    def query(sql: str) -> list[tuple[Any, ...]]:
        return connection.execute(sql, [row["event_key"]]).fetchall()

    partners = query(_PARTNERS)

    def named(wanted_kind: str, *sides: str) -> tuple[Named, ...]:
        return tuple(
            Named(name, country) for kind, side, name, country in partners if kind == wanted_kind and side in sides
        )

    return Event(
        sequence_number=row["sequence_number"],
        municipality=row["municipality"],
        name=row["name"],
        edition=row["edition"],
        event_types=(row["event_type"],),
        role=row["role"],
        format=row["format"],
        start_date=row["start_date"] and row["start_date"].isoformat(),
        end_date=row["end_date"] and row["end_date"].isoformat(),
        is_ongoing=bool(row["is_ongoing"]),
        date_precision=row["date_precision"],
        days=tuple(day.isoformat() for (day,) in query(_DAYS)),
        place=Place(row["venue"], row["settlement"], row["district"], row["region"], row["country"]),
        participants_total=row["participants_total"],
        participants_source=row["participants_source"],
        participants_is_approximate=bool(row["participants_is_approximate"]),
        group_headcounts=tuple(headcount for (headcount,) in query(_HEADCOUNTS)),
        countries=tuple(country for (country,) in query(_COUNTRIES)),
        settlements=named("settlement", "domestic", "foreign"),
        partner_organisations=named("organisation", "domestic", "foreign"),
        home_organisations=named("organisation", "home"),
        territories=named("territory", "domestic", "foreign"),
        agreements=tuple(
            Agreement(kind, status, tuple(parties or ()), (valid_from, valid_to))
            for kind, status, valid_from, valid_to, parties in query(_AGREEMENTS)
        ),
        occurrence_key=row["occurrence_key"],
    )
