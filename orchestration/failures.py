"""Why a run failed: its first failed step and the message meant for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dagster import DagsterEvent

_UNEXPECTED = (
    "Nothing in the reports explains this: `events run` tries again; if it comes back, give the log to those who look "
    "after the program."
)
_INTERRUPTIONS = {"DagsterExecutionInterruptedError", "KeyboardInterrupt", "SystemExit"}
_INTERRUPTED = "The run was interrupted: its process was told to end. `events run` does what is left."


@dataclass(frozen=True, slots=True)
class RunFailure:
    """The first step that failed and why."""

    step: str
    message: str


def first_failure(events: Iterable[DagsterEvent]) -> RunFailure:
    """The failure among the events of a failed run; one that failed before its first step says so."""
    for event in events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            cause = error.cause or error
            if cause.cls_name in _INTERRUPTIONS:
                return RunFailure(event.step_key, _INTERRUPTED)
            description = event.step_failure_data.user_failure_data
            message = description.description if description else f"{cause.message.strip()}\n{_UNEXPECTED}"
            return RunFailure(event.step_key, message)
    return RunFailure("start", "The run failed before its first step.")
