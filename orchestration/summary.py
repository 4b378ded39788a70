"""The published warehouse at a glance, for the terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from orchestration.assets.corrected import corrected_reports
from orchestration.assets.refusals import refusals
from orchestration.health.conditions import Condition, worst
from orchestration.serving.manifest import Manifest
from orchestration.settings import Settings

_SHOWN_REPORTS = 8
_WORST_SECTIONS = 3
EXAMPLE_QUERY = "select country_name_ru, count(*) as events from marts.fct_event_country group by all order by 2 desc"


def print_refusals(console: Console, database: Path) -> None:
    """The refused files that ``database`` tells of, each with its remedy; raises duckdb.Error where it is unfit."""
    with duckdb.connect(str(database), read_only=True) as connection:
        refused = refusals(connection)
    if not refused:
        return
    lines = [
        Text.assemble(f"{refusal.source_file}\n", (f"  {refusal.message}\n", "bold"), "  ", _told(refusal.remedy))
        for refusal in refused
    ]
    console.print(Panel(Group(*lines), title=f"refused: {len(refused)}", border_style="red", title_align="left"))


def health_panel(found: Sequence[Condition]) -> RenderableType:
    """What is not green, the worst first, each with what to do; a line that all is well where nothing is."""
    style = worst(found)
    lines = [
        Text.assemble(
            (f"{condition.area}: {condition.subject}\n", "red" if condition.state == "red" else "yellow"),
            (f"  {condition.message}\n", "bold"),
            "  ",
            _told(condition.remedy),
        )
        for condition in found
        if condition.state != "green"
    ]
    body = Group(*lines) if lines else Text("Всё в порядке.")
    colour = {"amber": "yellow"}.get(style, style)
    return Panel(body, title="health", border_style=colour, title_align="left")


def _told(text: str) -> Text:
    """``text`` with what stands in backticks, which is to be typed, in colour."""
    parts = text.split("`")
    return Text.assemble(*((part, "cyan" if number % 2 else "") for number, part in enumerate(parts)))


def print_summary(console: Console, settings: Settings, manifest: Manifest) -> None:
    """What the served warehouse holds, how its checks went and how to query it."""
    with duckdb.connect(str(settings.published_database), read_only=True) as connection:
        table = Table.grid(padding=(0, 2))
        table.add_column(style="dim", no_wrap=True)
        table.add_column()
        for label, value in _figures(connection, manifest):
            table.add_row(label, value)
        console.print(Panel(table, title="published warehouse", title_align="left", border_style="green"))
    console.print(f"[dim]warehouse[/]  {escape(str(settings.published_database))}", soft_wrap=True)
    console.print(f"[dim]parquet[/]    {escape(str(settings.parquet_dir))}", soft_wrap=True)
    command = f"duckdb.connect({str(settings.published_database)!r}, read_only=True).sql({EXAMPLE_QUERY!r}).show()"
    console.print(
        "[dim]try[/]        ", Text(f'{sys.executable} -c "import duckdb; {command}"'), sep="", soft_wrap=True
    )


def _figures(connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> list[tuple[str, str]]:
    def scalar(query: str) -> int:
        return connection.execute(query).fetchone()[0]

    def counts(query: str) -> str:
        return ", ".join(f"{count} {name}" for name, count in connection.execute(query).fetchall()) or "none"

    files = connection.execute(
        "select status, count(*) from raw.source_file join raw.document using (document_sha256) "
        "where is_present group by all order by 1"
    ).fetchall()
    reports = connection.execute(
        "select region_name, period, version, event_count from marts.dim_report where is_current order by period, 1"
    ).fetchall()
    shown = "\n".join(
        f"{period} {region}" + (f" (version {version})" if version > 1 else "") + f": {events} events"
        for region, period, version, events in reports[-_SHOWN_REPORTS:]
    )
    return [
        ("published", _age(manifest)),
        *_rollback(manifest),
        ("files", ", ".join(f"{count} {status}" for status, count in files)),
        ("reports", f"{len(reports)}" + (f", the last {_SHOWN_REPORTS}:" if len(reports) > _SHOWN_REPORTS else "")),
        ("", shown),
        *_corrected(connection),
        ("events", str(scalar("select count(*) from marts.fct_event"))),
        ("municipalities", str(scalar("select count(distinct municipality_key) from marts.fct_event"))),
        ("foreign countries", str(scalar("select count(distinct country_code) from marts.fct_event_country"))),
        ("partners", counts("select kind, count(*) from marts.dim_partner group by all order by 2 desc")),
        ("agreements", counts("select status, count(*) from marts.dim_agreement group by all order by 2 desc")),
        ("checks", ", ".join(f"{count} {name}" for name, count in manifest.checks.items())),
        (
            "findings",
            counts(
                "select if(is_accepted, 'accepted', severity), count(*) from marts.fct_quality_finding "
                "group by all order by 1"
            ),
        ),
        *_worst_sections(connection),
    ]


def _corrected(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    corrected = corrected_reports(connection, _SHOWN_REPORTS)
    return [("corrected", "\n".join(map(str, corrected)))] if corrected else []


def _worst_sections(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """The municipalities with the lowest scores in the newest period, if any lost a point."""
    sections = connection.execute(
        f"""
        select
            quality.period,
            municipality.name || if(
                count(distinct municipality.region_name) over () > 1, ' (' || municipality.region_name || ')', ''
            ) as municipality,
            quality_score,
            error_count + warning_count as warnings,
            info_count,
            event_count
        from marts.fct_report_quality as quality
        join marts.dim_municipality as municipality using (municipality_key)
        where period = (select max(period) from marts.fct_report_quality)
        order by quality_score, warnings desc, info_count desc, municipality
        limit {_WORST_SECTIONS}
        """
    ).fetchall()
    lines = [
        f"{municipality}: {score:g} of 100; "
        f"{_counted(warnings, 'warning')} and {_counted(notes, 'note')} on {_counted(events, 'event')}"
        for _, municipality, score, warnings, notes, events in sections
        if score < 100
    ]
    return [(f"worst of {sections[0][0]}", "\n".join(lines))] if lines else []


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _rollback(manifest: Manifest) -> list[tuple[str, str]]:
    record = manifest.rolled_back
    if record is None:
        return []
    when = datetime.fromisoformat(record.rolled_back_at)
    return [("rolled back", f"on {when:%Y-%m-%d %H:%M} UTC, from {record.from_version} to {manifest.version}")]


def _age(manifest: Manifest) -> str:
    published_at = datetime.fromisoformat(manifest.published_at).replace(tzinfo=UTC)
    age = datetime.now(UTC) - published_at
    if age.days:
        ago = f"{age.days} d"
    elif age.seconds >= 3600:
        ago = f"{age.seconds // 3600} h"
    else:
        ago = f"{age.seconds // 60} min"
    return f"{published_at:%Y-%m-%d %H:%M} UTC ({ago} ago)"


def print_versions(console: Console, kept: list[Manifest], served: Manifest | None) -> None:
    """The kept versions, a line each: what it holds and how its events differ from those of the version before."""
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for heading, justify in (("version", "left"), ("events", "right"), ("+", "right"), ("−", "right"), ("~", "right")):
        table.add_column(heading, justify=justify, no_wrap=True)
    for heading in ("files", "program", ""):
        table.add_column(heading, no_wrap=True)
    for manifest in kept:
        events = (manifest.difference or {}).get("dim_event")
        changes = (events.added, events.removed, events.changed) if events else ("", "", "")
        table.add_row(
            manifest.version,
            str(manifest.row_counts["dim_event"]),
            *(str(figure or "") for figure in changes),
            str(len(manifest.source_files)),
            manifest.code_version[:8],
            "served" if served and manifest.version == served.version else "",
        )
    console.print(table)
