"""The ``events`` command: run the pipeline, open its UI, tell what is published."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from orchestration.lake_cli import app as lake_app
from orchestration.server_cli import app as server_app
from orchestration.settings import settings
from orchestration.terminal import Terminal

if TYPE_CHECKING:
    from orchestration.assets.plan import FolderState

app = typer.Typer(no_args_is_help=True, add_completion=False)
app.add_typer(lake_app, name="lake")
app.add_typer(server_app, name="server")
console = Terminal(file=sys.stdout)
_POSTGRES_STEP = "published__postgres"


@app.callback()
def guard_files() -> None:
    """Warehouse of municipal international events."""
    os.umask(os.umask(0o077) | 0o002)  # nothing that a command writes may be changed by everybody


@app.command()
def run(
    full: Annotated[bool, typer.Option(help="Run though nothing is new; publishes what was rolled back, too.")] = False,
    period: Annotated[
        list[str] | None, typer.Option(help="Read the reports of this quarter again, such as 2025-Q4; repeatable.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Read the reports of this quarter and all later again.")] = None,
) -> None:
    """Read what is new in the reports folder, rebuild the marts, check them and publish the warehouse."""
    from orchestration.assets.plan import database_is_behind, plan_run
    from orchestration.assets.run_lock import another_run_is_under_way, hold_run_lock, run_under_way
    from orchestration.serving.manifest import read_manifest
    from orchestration.summary import print_refusals, print_summary

    config = settings()
    quarters = _asked_quarters(period or [], since)
    if another_run_is_under_way(config.build_database):
        console.print(f"Another run is under way ({run_under_way(config.build_database)}); waiting for it to end.")
    hold_run_lock(config.build_database)
    state = _folder_state()
    read_again = _known_quarters(state, quarters)
    if state.is_published and not full and not read_again:
        console.print("[bold]Nothing is new[/]: the warehouse holds exactly what lies in the reports folder.")
    elif state.rollback and not full:
        console.print(
            "[bold]Nothing is new[/] since the rollback: `events run --full` publishes the reports folder again."
        )
        if read_again:
            console.print("Reading quarters again would take the rollback back: add --full if that is what you want.")
            raise typer.Exit(1)
    else:
        plan = plan_run(config, state, read_again)
        span = " … ".join(dict.fromkeys((plan.first_quarter, plan.last_quarter)))
        reason = "asked for, though nothing is new" if state.is_settled else _changes(plan.changed)
        again = f"; read again: {', '.join(read_again)}" if read_again else ""
        console.print(f"[bold]Run[/] for {span}: {reason}{again}", soft_wrap=True)
        _run_job(plan.tags)
    if state.is_settled and not (full or read_again) and database_is_behind(config, state):
        console.print("[bold]PostgreSQL[/] does not hold it yet.")
        _run_job(plan_run(config, state).tags, _POSTGRES_STEP)
    print_summary(console, config, read_manifest(config))
    print_refusals(console, config.published_database)


def _asked_quarters(periods: Sequence[str], since: str | None) -> list[str]:
    """The quarters to read again; exits where what was asked for makes no sense."""
    from orchestration.assets.quarters import current_quarter, quarters_between

    current = current_quarter()
    for quarter in (*periods, *([since] if since else [])):
        if not re.fullmatch(r"\d{4}-Q[1-4]", quarter) or quarter > current:
            raise typer.BadParameter(f"{quarter!r} is no quarter up to {current}; write it as 2025-Q4.")
    if periods and since:
        raise typer.BadParameter("Say either --period or --since.")
    return quarters_between(since, current) if since else sorted(set(periods))


def _known_quarters(state: FolderState, asked: Sequence[str]) -> list[str]:
    """Those of ``asked`` of which a report is published; exits where quarters are asked for and none has one."""
    files = state.manifest.source_files.values() if state.manifest else ()
    known = {entry["period"] for entry in files if entry["period"]}
    found = [quarter for quarter in asked if quarter in known]
    if asked and not found and state.is_settled:
        there_are = ", ".join(sorted(known)) or "none"
        console.print(f"No report of {', '.join(asked)} is in the warehouse, and none is new. Quarters: {there_are}.")
        raise typer.Exit(1)
    return found


def _folder_state() -> FolderState:
    from orchestration.assets.folder import ReportsFolderMissingError
    from orchestration.assets.plan import folder_state

    try:
        return folder_state(settings())
    except ReportsFolderMissingError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error


def _changes(changed: Sequence[str]) -> str:
    if not changed:
        return "the program or its settings have changed"
    files = "1 file" if len(changed) == 1 else f"{len(changed)} files"
    return f"{files} new, changed or gone in {escape(str(settings().reports_dir))}"


def _run_job(tags: dict[str, str], only: str | None = None) -> None:
    import duckdb
    from dagster import AssetKey

    from orchestration.dagster_home import prepare_dagster_home
    from orchestration.progress import execute
    from orchestration.summary import print_refusals

    prepare_dagster_home()
    failure = execute(console, tags, [AssetKey(only.split("__"))] if only else ())
    if failure is None:
        return
    try:
        print_refusals(console, settings().build_database)
    except duckdb.Error as error:
        console.print(f"The build database cannot be opened: {error}", markup=False, soft_wrap=True)
    console.print(f"[bold red]The run failed[/] in step [bold]{failure.step}[/]")
    console.print(failure.message, style="red", markup=False, soft_wrap=True)
    served = settings().published_database
    consequence = f"{served} stays as it was." if served.exists() else "Nothing has been published yet."
    if failure.step == _POSTGRES_STEP:
        consequence = f"{served} is published; `events run` brings PostgreSQL what it lacks."
    console.print(consequence, markup=False, soft_wrap=True)
    log = settings().dagster_home / "last_run.log"
    console.print(f"Details: `events ui`, page Runs; {log}", markup=False, soft_wrap=True)
    raise typer.Exit(1)


@app.command()
def ui(port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 3000) -> None:
    """Open the Dagster UI and let its daemon run the sensor and the schedule."""
    import signal

    from dagster import DagsterInstance
    from dagster._cli import main

    from orchestration.dagster_home import prepare_dagster_home
    from orchestration.dead_runs import end_dead_runs_of_home
    from orchestration.logs import log_options

    prepare_dagster_home()
    end_dead_runs_of_home()
    # `dagster dev` ends its servers on Ctrl-C alone; a service manager and a closed terminal send these.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    sys.argv = ["dagster", "dev", "-m", "orchestration.definitions", "-h", "127.0.0.1", "-p", str(port), *log_options()]
    try:
        main()
    finally:
        # A person ended it: nobody is to miss the daemon.
        with DagsterInstance.get() as instance:
            instance.wipe_daemon_heartbeats()


@app.command()
def status() -> None:
    """Tell what is published, whether all is well, and what to do where it is not."""
    from orchestration.assets.quarters import utc_now
    from orchestration.health.conditions import conditions
    from orchestration.serving.manifest import read_manifest
    from orchestration.summary import health_panel, print_summary

    config = settings()
    manifest = read_manifest(config)
    if manifest is None:
        console.print("Nothing has been published yet: `events run`.")
        raise typer.Exit(1)
    print_summary(console, config, manifest)
    console.print(health_panel(conditions(config, utc_now())))


@app.command()
def versions() -> None:
    """List the kept versions of the warehouse, the newest first."""
    from orchestration.serving.history import kept_versions
    from orchestration.serving.manifest import read_manifest
    from orchestration.summary import print_versions

    config = settings()
    print_versions(console, kept_versions(config), read_manifest(config))


@app.command()
def rollback(
    to: Annotated[str | None, typer.Option(help="Version or its beginning; else the one before.")] = None,
    dry_run: Annotated[bool, typer.Option(help="Only tell which version would be served.")] = False,
) -> None:
    """Serve an earlier version again; it stays until new files or a new program come, or `events run --full`."""
    from orchestration.assets.run_lock import another_run_is_under_way, hold_run_lock
    from orchestration.serving.history import RollbackError, find_version, roll_back
    from orchestration.serving.postgres import load
    from orchestration.serving.postgres_session import PostgresError
    from orchestration.summary import print_summary

    config = settings()
    if another_run_is_under_way(config.build_database):
        console.print("A run is under way and may publish: wait for its end, then say which version to serve.")
        raise typer.Exit(1)
    hold_run_lock(config.build_database)
    try:
        target = find_version(config, to)
    except RollbackError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error
    if dry_run:
        console.print(f"{target.version} would be served.", markup=False, highlight=False, soft_wrap=True)
        return
    print_summary(console, config, roll_back(config, target))
    if config.postgres_url:
        try:
            load(config, target.fingerprint)
        except PostgresError as error:
            console.print(f"{error} The file is rolled back.", style="red", markup=False, soft_wrap=True)
            raise typer.Exit(1) from error
        console.print("[bold]PostgreSQL[/] serves it too.")


@app.command()
def explain(
    event: Annotated[str, typer.Argument(help="Number of the row in its report, or the beginning of an event_key.")],
    period: Annotated[str | None, typer.Option(help="Quarter of the report, such as 2025-Q4.")] = None,
    region: Annotated[str | None, typer.Option(help="Part of the region's name.")] = None,
) -> None:
    """Show an event as it was written, with every fact underlined, named and led back to its rule."""
    import duckdb

    from orchestration.explain import find_events, print_choice, print_event

    database = settings().published_database
    if not database.exists():
        console.print("Nothing has been published yet: `events run`.")
        raise typer.Exit(1)
    with duckdb.connect(str(database), read_only=True) as connection:
        found = find_events(connection, event, period, region)
        if len(found) == 1:
            print_event(console, connection, found[0])
            return
        if found:
            console.print("Several events are meant; add --period, --region, or take the key:")
            print_choice(console, found)
        else:
            console.print(
                f"No event {event!r} in the published warehouse; `sequence_number` and `event_key` of "
                "marts.dim_event tell which there are.",
                markup=False,
                soft_wrap=True,
            )
    raise typer.Exit(1)


@app.command()
def letters(
    period: Annotated[str | None, typer.Option(help="Quarter, such as 2025-Q4; else the newest.")] = None,
    region: Annotated[str | None, typer.Option(help="Part of the region's name; else all regions.")] = None,
    output: Annotated[Path | None, typer.Option(help="Folder; else <warehouse>/letters.")] = None,
    with_info: Annotated[bool, typer.Option(help="Tell what is only for information too.")] = False,
) -> None:
    """Write Word letters that send the checks' findings back: one to each municipality, one to the region."""
    import duckdb

    from orchestration.letters.contents import find_reports, read_findings
    from orchestration.letters.template import TemplateError
    from orchestration.letters.writing import Writer
    from orchestration.serving.manifest import read_manifest

    config = settings()
    manifest = read_manifest(config)
    if manifest is None:
        console.print("Nothing has been published yet: `events run`.")
        raise typer.Exit(1)
    published_at = datetime.fromisoformat(manifest.published_at)
    try:
        writer = Writer.of(config.letter_templates_dir, published_at, config.letter_working_days, with_info)
    except TemplateError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error
    with duckdb.connect(str(config.published_database), read_only=True) as connection:
        reports = find_reports(connection, period, region)
        if not reports:
            console.print("No report of this quarter and region is published: `events status` tells which there are.")
            raise typer.Exit(1)
        for report in reports:
            written = writer.write(read_findings(connection, report), output or config.letters_dir)
            count = "1 letter" if len(written.written) == 1 else f"{len(written.written)} letters"
            line = f"{report.region}, {report.period}: {count} in {written.folder}"
            console.print(line, markup=False, highlight=False, soft_wrap=True)
            for path in written.kept:
                line = f"  kept, since someone has edited it: {path.name}; delete or move it to have it written anew"
                console.print(line, style="yellow", markup=False, soft_wrap=True)


@app.command()
def export(
    period: Annotated[str | None, typer.Option(help="Quarter, such as 2025-Q4; else all quarters.")] = None,
    region: Annotated[str | None, typer.Option(help="Part of the region's name; else all regions.")] = None,
    output: Annotated[Path | None, typer.Option(help="File to write; else in <warehouse>/exports.")] = None,
) -> None:
    """Write what is published into one Excel workbook, to read, filter and hand on."""
    from orchestration.serving.excel import NothingToExportError, export

    try:
        path = export(settings(), period, region, output)
    except NothingToExportError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error
    console.print(f"Workbook: {path}", markup=False, highlight=False, soft_wrap=True)


@app.command()
def dashboard(port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 2718) -> None:
    """Open the dashboard of what is published, for a browser on this machine."""
    from orchestration.dashboard.server import serve

    console.print(f"Dashboard: http://127.0.0.1:{port}", highlight=False)
    serve(port)


@app.command()
def report(
    period: Annotated[str | None, typer.Option(help="Quarter, such as 2025-Q4; default: the newest.")] = None,
    region: Annotated[str | None, typer.Option(help="Part of the region's name; default: all regions.")] = None,
    output: Annotated[Path | None, typer.Option(help="File to write.")] = None,
) -> None:
    """Write the quarter as one HTML file that can be mailed and printed."""
    from orchestration.dashboard.report import write_report
    from orchestration.dashboard.warehouse import WarehouseUnreadableError
    from orchestration.serving.manifest import read_manifest

    manifest = read_manifest(settings())
    published_at = datetime.fromisoformat(manifest.published_at) if manifest else None
    try:
        path = write_report(settings(), published_at, period, region, output)
    except WarehouseUnreadableError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error
    console.print(f"Report: {path}", markup=False, highlight=False, soft_wrap=True)


@app.command()
def docs() -> None:
    """Write the static site that documents the published warehouse: tables, metrics, lineage, dbt."""
    from orchestration.documentation.site import DocumentationError, build_site

    try:
        page = build_site(settings())
    except DocumentationError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error
    console.print(f"Documentation: {page}", markup=False, highlight=False, soft_wrap=True)


@app.command()
def demo() -> None:
    """Build a second warehouse, of made-up reports with corrections and faults, in a folder of its own."""
    from orchestration.demo.build import DeliveryFailedError, FolderTakenError, build, environment

    folder = settings().demo_dir
    try:
        build(folder)
    except FolderTakenError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error
    except DeliveryFailedError as error:
        raise typer.Exit(1) from error
    variables = " ".join(shlex.quote(f"{name}={value}") for name, value in environment(folder).items())
    console.print("[bold]Made up, to look at[/]; `events` with these settings shows it:")
    for command in ("dashboard", "ui", "status", "letters"):
        console.print(f"  {variables} events {command}", markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    app()
