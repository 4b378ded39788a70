"""The ``events`` command: run the pipeline, open its UI, tell what is published."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from orchestration.settings import settings

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Warehouse of municipal international events.")
console = Console(file=sys.stdout)


@app.command()
def run() -> None:
    """Read what is new in the reports folder, rebuild the marts, check them and publish the warehouse."""
    from orchestration.assets.build import another_run_is_under_way, hold_run_lock
    from orchestration.assets.plan import plan_run
    from orchestration.assets.publish import read_manifest
    from orchestration.summary import print_summary

    config = settings()
    if not config.reports_dir.is_dir():
        console.print(f"[red]There is no folder {config.reports_dir}[/]: make it, or set EVENTS_REPORTS_DIR.")
        raise typer.Exit(1)
    if another_run_is_under_way(config.build_database):
        console.print("Another run is under way; waiting for it to end.")
    hold_run_lock(config.build_database)
    plan = plan_run(config)
    if plan.is_needed:
        console.print(f"[bold]{len(plan.changed)} changed files[/] in {config.reports_dir}", soft_wrap=True)
        for span in plan.spans:
            console.print(f"[bold]Run[/] for {span}")
            _run_job(span.partition_tags)
    else:
        console.print("[bold]Nothing is new[/]: the published warehouse holds exactly what lies in the reports folder.")
    print_summary(console, config, read_manifest(config))


def _run_job(tags: dict[str, str]) -> None:
    from orchestration.progress import execute

    _prepare_dagster_home()
    failure = execute(console, tags)
    if failure is None:
        return
    from orchestration.assets.build import build_database
    from orchestration.summary import refusal_panel, refusals

    with build_database(settings().build_database) as connection:
        refused = refusals(connection)
    if refused:
        console.print(refusal_panel(refused))
    console.print(f"[bold red]The run failed[/] in step [bold]{failure.step}[/]")
    console.print(failure.message, style="red", markup=False)
    served = settings().published_database
    console.print(
        f"{served} stays as it was." if served.exists() else "Nothing has been published yet.", soft_wrap=True
    )
    console.print(f"Details: `events ui`, page Runs; {settings().dagster_home / 'last_run.log'}", soft_wrap=True)
    raise typer.Exit(1)


@app.command()
def ui(port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 3000) -> None:
    """Open the Dagster UI and let its daemon run the sensor and the schedule."""
    _prepare_dagster_home()
    dagster = str(Path(sys.executable).with_name("dagster"))
    os.execv(dagster, [dagster, "dev", "-m", "orchestration.definitions", "-h", "127.0.0.1", "-p", str(port)])


@app.command()
def status() -> None:
    """Tell what is published, how fresh it is, and whether the reports folder holds news."""
    from orchestration.assets.plan import plan_run
    from orchestration.assets.publish import read_manifest
    from orchestration.summary import print_summary

    config = settings()
    manifest = read_manifest(config)
    if manifest is None:
        console.print("Nothing has been published yet: `events run`.")
        raise typer.Exit(1)
    print_summary(console, config, manifest)
    plan = plan_run(config)
    if plan.is_needed:
        console.print(
            f"[yellow]Not yet published[/]: {', '.join(plan.changed) or 'a change of the code'}; `events run`."
        )


def _prepare_dagster_home() -> None:
    """Give Dagster its home in the warehouse folder, with today's instance settings."""
    home = settings().dagster_home
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(__file__).with_name("dagster.yaml"), home / "dagster.yaml")
    os.environ["DAGSTER_HOME"] = str(home)


if __name__ == "__main__":
    app()
