"""The ``events lake`` commands: reports into a DuckLake by many processes, the marts on it, what readers attach."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from orchestration.settings import settings

app = typer.Typer(no_args_is_help=True, help="The warehouse as a DuckLake: many writers, readers pinned to a snapshot.")
console = Console(file=sys.stdout)


@app.command()
def ingest(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Reports or folders; else the whole reports folder.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; else one a core.")] = None,
    forget_missing: Annotated[
        bool, typer.Option(help="Mark as gone what the lake holds and the whole reports folder does not.")
    ] = False,
) -> None:
    """Read and extract what the lake does not hold yet; run it from as many machines as you like."""
    from orchestration.assets import lake
    from orchestration.assets.folder import ReportsFolderMissingError, scan
    from orchestration.serving.ducklake import DuckLakeError
    from orchestration.serving.extensions import ExtensionMissingError

    config = settings()
    chosen = [path.absolute() for path in files or [config.reports_dir]]
    if forget_missing and files:
        _fail("--forget-missing compares the whole reports folder: name no files.")
    try:
        all_files = scan(config.reports_dir)
        wanted = [file for file in all_files if any(file.location.is_relative_to(path) for path in chosen)]
        if files and not wanted:
            _fail(f"None of these is a report in {config.reports_dir}.")
        lake.prepare(config)
        unread = lake.news(config, wanted)
        read = events = left = 0
        for outcome in lake.ingest(config, unread, workers or config.workers):
            read, events, left = read + outcome.read, events + outcome.events, left + outcome.left
            for refusal in outcome.refused:
                console.print(refusal, style="yellow", markup=False, soft_wrap=True)
            console.print(f"{read} of {len(unread)} files, {events} events")
        gone = lake.forget_missing(config, all_files) if forget_missing else 0
    except (DuckLakeError, ExtensionMissingError, ReportsFolderMissingError) as error:
        _fail(str(error))
    known = len(wanted) - len(unread)
    console.print(
        f"Read {read} of {len(wanted)} files; {known} were known, {left} are read elsewhere, {gone} are gone."
    )


@app.command()
def build() -> None:
    """Build the marts on the lake with dbt, check them, and note the snapshot as published."""
    from orchestration.assets import lake
    from orchestration.checks.outcome import CheckExecutionError
    from orchestration.serving.ducklake import DuckLakeError
    from orchestration.serving.extensions import ExtensionMissingError

    try:
        publication = lake.build(settings(), console.print)
    except (lake.LakeBuildError, CheckExecutionError, DuckLakeError, ExtensionMissingError) as error:
        _fail(str(error))
    console.print(
        f"Published snapshot {publication.snapshot_id}: {publication.reports} reports, {publication.events} events."
    )


@app.command()
def snapshots() -> None:
    """List the publications, the newest first, and how to open one."""
    from orchestration.serving.ducklake import DuckLakeError, attach_statement, connect, publications
    from orchestration.serving.extensions import ExtensionMissingError

    try:
        with connect(settings()) as connection:
            found = publications(connection)
    except (DuckLakeError, ExtensionMissingError) as error:
        _fail(str(error))
    if not found:
        _fail("The lake holds no publication yet: `events lake build`.")
    for each in found:
        console.print(f"{each.snapshot_id}: {each.published_at} UTC, {each.reports} reports, {each.events} events")
    console.print(attach_statement(settings(), found[0].snapshot_id), markup=False, highlight=False, soft_wrap=True)


def _fail(message: str) -> None:
    console.print(message, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(1)
