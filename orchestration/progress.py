"""Runs the job in this process and shows each step as it goes."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Sequence

from dagster import AssetKey, DagsterInstance, Definitions, LoggerDefinition, logger
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from orchestration.assets.obstacles import obstacle_of, require_space
from orchestration.assets.workers import progress_log
from orchestration.automation import warehouse_job
from orchestration.dead_runs import end_dead_runs
from orchestration.definitions import defs
from orchestration.failures import RunFailure, first_failure
from orchestration.settings import settings

_STEPS = {
    "read_reports": "read the reports",
    "extract_facts": "extract the facts",
    "build_marts": "build the marts with dbt",
    "quality_checks": "check with Great Expectations",
    "published__warehouse": "publish",
    "published__postgres": "bring the marts to PostgreSQL",
}


class _StepHandler(logging.Handler):
    """Prints each step of a run as it ends, and how long it took; shows how far a long one has come."""

    def __init__(self, console: Console) -> None:
        super().__init__(logging.DEBUG)
        self._console = console
        self._started: dict[str, float] = {}
        self._status = console.status("")
        self._step = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == progress_log.name:
            self._status.update(f"{self._step}: {record.getMessage()}")
            return
        event = getattr(record, "dagster_event", None)
        if event is None:
            return
        step = event.step_key
        if event.event_type_value in {"STEP_START", "STEP_RESTARTED"}:
            self._started[step] = time.monotonic()
            self._step = _STEPS.get(step, step)
            self._status.update(self._step)
            self._status.start()
        elif event.is_step_up_for_retry:
            self._status.stop()
            retry = event.step_retry_data
            reason = (retry.error.cause or retry.error).message.strip()
            self._console.print(f"  [yellow]↻[/] {_STEPS.get(step, step):32} again in {retry.seconds_to_wait:g} s:")
            self._console.print(f"    {reason}", markup=False, soft_wrap=True)
        elif event.event_type_value in {"STEP_SUCCESS", "STEP_FAILURE"}:
            self._status.stop()
            mark = "[green]✓[/]" if event.event_type_value == "STEP_SUCCESS" else "[red]✗[/]"
            seconds = time.monotonic() - self._started.get(step, time.monotonic())
            self._console.print(f"  {mark} {_STEPS.get(step, step):32} [dim]{seconds:5.1f} s[/]")


def _console_logger(console: Console) -> LoggerDefinition:
    @logger
    def steps(_: object) -> logging.Logger:
        handler = _StepHandler(console)
        steps_logger = logging.Logger("steps")
        steps_logger.addHandler(handler)
        progress_log.setLevel(logging.INFO)
        progress_log.handlers = [handler]
        return steps_logger

    return steps


def execute(console: Console, tags: dict[str, str], selection: Sequence[AssetKey] = ()) -> RunFailure | None:
    """Run the whole line, or the assets of ``selection``, for the quarters in ``tags``; None when it succeeded.

    What the libraries print goes to ``last_run.log`` in Dagster's home.
    """
    definitions = Definitions.merge(defs, Definitions(loggers={"steps": _console_logger(console)}))
    try:
        require_space(settings())
        return _execute(definitions, tags, selection)
    except (OSError, SQLAlchemyError) as error:
        # Dagster keeps its records on the same disk, and ends without a word of its own when that is full.
        obstacle = obstacle_of(error, settings())
        if obstacle is None:
            raise
        return RunFailure("start", obstacle.message)


def _execute(definitions: Definitions, tags: dict[str, str], selection: Sequence[AssetKey]) -> RunFailure | None:
    log = settings().dagster_home / "last_run.log"
    with (
        log.open("w", encoding="utf-8") as file,
        contextlib.redirect_stdout(file),
        contextlib.redirect_stderr(file),
        DagsterInstance.get() as instance,
    ):
        end_dead_runs(instance)
        result = definitions.resolve_job_def(warehouse_job.name).execute_in_process(
            run_config={"loggers": {"steps": {}}},
            instance=instance,
            tags=tags,
            raise_on_error=False,
            asset_selection=selection or None,
        )
    if result.success:
        return None
    return first_failure(result.all_events)
