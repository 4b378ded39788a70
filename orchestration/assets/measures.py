"""What a step took, as numbers that Dagster's UI plots over the runs."""

from __future__ import annotations

import functools
import resource
import sys
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from dagster import MaterializeResult, Output

T = TypeVar("T")
_MEGABYTE = 1024**2 if sys.platform == "darwin" else 1024  # getrusage tells bytes there, kilobytes elsewhere


def measured(step: Callable[..., Iterator[T]]) -> Callable[..., Iterator[T]]:
    """Add to the assets that a step makes how long it took and the most memory that the run has needed so far."""

    @functools.wraps(step)
    def timed(*arguments: object, **resources: object) -> Iterator[T]:
        started = time.monotonic()
        for event in step(*arguments, **resources):
            if isinstance(event, MaterializeResult):
                event = event._replace(metadata={**event.metadata, **measures(started)})
            elif isinstance(event, Output):
                event = event.with_metadata({**event.metadata, **measures(started)})
            yield event

    return timed


def measures(started: float) -> dict[str, float]:
    """Seconds since ``started`` (of ``time.monotonic``), and megabytes of the run's process or its largest child."""
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"step_seconds": round(time.monotonic() - started, 2), "peak_memory_mb": round(peak / _MEGABYTE, 1)}
