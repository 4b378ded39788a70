"""Runs whose process was killed: Dagster still counts them, and they would hold the queue."""

from datetime import UTC, datetime, timedelta

from dagster import DagsterInstance, DagsterRunStatus, RunsFilter

from orchestration.assets.run_lock import another_run_is_under_way
from orchestration.settings import settings


def end_dead_runs_of_home() -> None:
    """End the dead runs of ``DAGSTER_HOME`` unless another process is running."""
    if not another_run_is_under_way(settings().build_database):
        with DagsterInstance.get() as instance:
            end_dead_runs(instance)


def end_dead_runs(instance: DagsterInstance, silent_for: timedelta = timedelta()) -> list[str]:
    """Mark runs as failed that claim to be under way; call it only where the run lock proves that none is.

    ``silent_for`` spares runs that have just begun and not yet asked for the lock. Returns the ids of those ended.
    """
    under_way = RunsFilter(
        statuses=[DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING],
        updated_before=datetime.now(UTC) - silent_for,
    )
    dead = instance.get_runs(under_way)
    for run in dead:
        instance.report_run_failed(run, "The process of this run ended without a word: it was killed.")
    return [run.run_id for run in dead]
