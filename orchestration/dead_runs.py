"""Runs whose process was killed: Dagster still counts them, and they would hold the queue."""

from dagster import DagsterInstance, DagsterRunStatus, RunsFilter


def end_dead_runs() -> None:
    """Mark runs as failed that claim to be under way; call it only where the run lock proves that none is."""
    under_way = RunsFilter(statuses=[DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING])
    with DagsterInstance.get() as instance:
        for run in instance.get_runs(under_way):
            instance.report_run_failed(run, "The process of this run ended without a word: it was killed.")
