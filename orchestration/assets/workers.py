"""Work on many documents at once: one process a core, results in the order of the work, memory bounded."""

from __future__ import annotations

import logging
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Below this the workers' start costs more than they save.
_FEWEST_ITEMS = 8
_IN_FLIGHT_A_WORKER = 2
progress_log = logging.getLogger("orchestration.progress")


def map_in_processes(function: Callable[[T], R], items: Iterable[T], total: int, workers: int) -> Iterator[R]:
    """``function`` of each of ``total`` items, in order; in this process where they are few or ``workers`` is 1.

    ``function`` and items are pickled. Items are taken only as workers become free, so that a lazy ``items`` holds
    little. An exception of one item ends the work; leaving the iterator cancels what has not begun.
    """
    if workers == 1 or total < _FEWEST_ITEMS:
        for done, item in enumerate(items, start=1):
            yield function(item)
            progress_log.info("%d of %d", done, total)
        return
    executor = ProcessPoolExecutor(
        min(workers, total), multiprocessing.get_context("forkserver"), initializer=_leave_interrupts_to_the_parent
    )
    try:
        waiting = iter(items)
        running: deque[Future[R]] = deque(
            executor.submit(function, item) for item in islice(waiting, workers * _IN_FLIGHT_A_WORKER)
        )
        for done in range(1, total + 1):
            result = running.popleft().result()
            running.extend(executor.submit(function, item) for item in islice(waiting, 1))
            yield result
            progress_log.info("%d of %d", done, total)
    finally:
        executor.shutdown(cancel_futures=True)


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches every process of the terminal; the parent alone decides what becomes of the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of up to ``size`` items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
