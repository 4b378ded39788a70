"""The ``events server`` commands: code location, daemon and UI as processes of their own, for a server."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from orchestration.settings import settings

app = typer.Typer(no_args_is_help=True, help="Code location, daemon and UI as processes of their own, for a server.")

_WORKSPACE = Path(__file__).parent / "deployment" / "workspace.yaml"
Host = Annotated[str, typer.Option(help="Address to listen on.")]


@app.command()
def code(host: Host = "127.0.0.1") -> None:
    """Serve the code location: sensors are evaluated and runs executed here. Its port is EVENTS_CODE_PORT."""
    from orchestration.dagster_home import prepare_dagster_home
    from orchestration.dead_runs import end_dead_runs_of_home
    from orchestration.logs import log_options

    prepare_dagster_home()
    end_dead_runs_of_home()
    where = ("-h", host, "-p", str(settings().code_port))
    _become("dagster", "api", "grpc", "-m", "orchestration.definitions", *where, *log_options())


@app.command()
def daemon() -> None:
    """Tick the sensors and the schedule, and launch the runs that wait."""
    from orchestration.logs import log_options

    _become("dagster-daemon", "run", *_workspace(), *log_options())


@app.command()
def ui(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 3000,
    read_only: Annotated[bool, typer.Option("--read-only", help="For viewers: nothing can be started.")] = False,
) -> None:
    """Serve the Dagster UI; it asks nobody for a password."""
    from orchestration.logs import log_options

    options = ["--read-only"] if read_only else []
    _become("dagster-webserver", "-h", host, "-p", str(port), *options, *_workspace(), *log_options())


@app.command()
def migrate() -> None:
    """Bring Dagster's storage up to a new version of Dagster; stop the other processes first."""
    from orchestration.dagster_home import prepare_dagster_home

    prepare_dagster_home()
    _become("dagster", "instance", "migrate")


@app.command()
def prune(days: Annotated[int, typer.Option(min=1, help="Runs that ended earlier are forgotten.")] = 365) -> None:
    """Forget old runs and their events; what they published stays."""
    from datetime import UTC, datetime, timedelta

    from dagster import DagsterInstance, RunsFilter
    from dagster._core.storage.dagster_run import FINISHED_STATUSES

    from orchestration.dagster_home import prepare_dagster_home

    prepare_dagster_home()
    before = datetime.now(UTC) - timedelta(days=days)
    old = RunsFilter(statuses=FINISHED_STATUSES, created_before=before)
    with DagsterInstance.get() as instance:
        run_ids = [record.dagster_run.run_id for record in instance.get_run_records(old)]
        for run_id in run_ids:
            instance.delete_run(run_id)
    typer.echo(f"Runs forgotten: {len(run_ids)}")


def _workspace() -> tuple[str, str]:
    from orchestration.dagster_home import prepare_dagster_home

    prepare_dagster_home()
    os.environ |= {"EVENTS_CODE_HOST": settings().code_host, "EVENTS_CODE_PORT": str(settings().code_port)}
    return "-w", str(_WORKSPACE)


def _become(program: str, *arguments: str) -> None:
    # Dagster ends on SIGTERM as it would on SIGINT, which a shell has its background jobs ignore.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    path = str(Path(sys.executable).with_name(program))
    os.execv(path, [path, *arguments])
