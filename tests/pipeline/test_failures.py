"""What people are told of a run that failed: its own message, that it was interrupted, or that nobody expected it."""

from __future__ import annotations

import pytest
from dagster import DagsterExecutionInterruptedError, Failure, job, op

from orchestration.failures import first_failure


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Failure("Файл пуст."), "Файл пуст."),
        (SystemExit(1), "interrupted"),
        (DagsterExecutionInterruptedError(), "interrupted"),
        (ZeroDivisionError("division by zero"), "division by zero"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_failed_run_says_why(error, told):
    @op
    def step() -> None:
        raise error

    @job
    def line() -> None:
        step()

    failure = first_failure(line.execute_in_process(raise_on_error=False).all_events)
    assert failure.step == "step" and told in failure.message
