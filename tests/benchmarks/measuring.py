"""How a measurement is taken: a process with all it starts, in turn with its yardstick; medians of the pairs."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

PROJECT_ROOT = Path(__file__).resolve().parents[2]
PAIRS = 5


@dataclass(frozen=True)
class Cost:
    """Seconds of wall and of CPU, peak megabytes of the processes together, load of the machine before."""

    wall: float
    cpu: float
    megabytes: float
    load: float


@dataclass(frozen=True)
class Figure:
    """One row of the table; ``kind`` says of what the ratio is (wall, CPU …), ``goal`` is the most it may be.

    ``at_least`` turns the goal around. Costs are medians of each side; the ratio is the median of the pairs' ratios.
    """

    what: str
    yardstick: str
    kind: str
    ratio: float
    goal: float
    pairs: int
    load: float
    cost: Cost | None = None
    of_yardstick: Cost | None = None
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the figure is as good as the goal asks."""
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    def as_json(self) -> dict[str, object]:
        """The figure as it is kept."""
        return asdict(self) | {"is_met": self.is_met}


def environment_of(place: Path, **more: str) -> dict[str, str]:
    """What the program is told so that it works on ``place`` alone."""
    return {
        **os.environ, "PYTHONPATH": str(PROJECT_ROOT), "EVENTS_REPORTS_DIR": str(place / "reports"),
        "EVENTS_WAREHOUSE_DIR": str(place / "warehouse"), "EVENTS_FIRST_QUARTER": "2000-Q1",
        "EVENTS_BUILD_DATABASE": str(place / "warehouse" / "build" / "warehouse.duckdb"), "COLUMNS": "160", **more,
    }  # fmt: skip


def python(*arguments: str, environment: Mapping[str, str] | None = None) -> tuple[Cost, str]:
    """What this interpreter costs with these arguments, and what it prints; ends where it fails."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        started = time.monotonic()
        process = psutil.Popen(
            [sys.executable, *arguments], cwd=PROJECT_ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        with _Watch(process) as watch:
            status = process.wait()
        wall = time.monotonic() - started
        output.seek(0)
        told = output.read()
    if status:
        raise SystemExit(f"{' '.join(arguments)}: exit status {status}\n{told}")
    return Cost(wall, watch.cpu, watch.megabytes, load), told


def events(place: Path, *arguments: str, **environment: str) -> tuple[Cost, str]:
    """The ``events`` command on the folders below ``place``."""
    return python("-m", "orchestration.cli", *arguments, environment=environment_of(place, **environment))


def compare(
    what: str, yardstick: str, goal: float, one: Callable[[], Cost], other: Callable[[], Cost], pairs: int = PAIRS,
    kind: str = "wall", at_least: bool = False,
) -> Figure:  # fmt: skip
    """Both sides in turn, so that a busy machine slows them alike."""
    taken = [(one(), other()) for _ in range(pairs)]
    ratios = [getattr(left, kind.lower()) / getattr(right, kind.lower()) for left, right in taken]
    left, right = (median(side) for side in zip(*taken, strict=True))
    return Figure(what, yardstick, kind, statistics.median(ratios), goal, pairs, left.load, left, right, at_least)


def median(costs: Sequence[Cost]) -> Cost:
    """The median of every figure by itself."""
    return Cost(*(statistics.median(column) for column in zip(*(asdict(cost).values() for cost in costs), strict=True)))


class _Watch:
    """Looks at a process and its children ten times a second: CPU of all, the most memory held together."""

    def __init__(self, process: psutil.Process) -> None:
        self._process, self._ended = process, threading.Event()
        self._cpu: dict[tuple[int, float], float] = {}
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._before = os.times()
        self.megabytes = 0.0

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def cpu(self) -> float:
        """Seconds; what was waited for is known exactly, what was not is as it was seen last."""
        now = os.times()
        waited = now.children_user + now.children_system - self._before.children_user - self._before.children_system
        return max(waited, sum(self._cpu.values()))

    def _look(self) -> None:
        while not self._ended.wait(0.1):
            held = 0
            try:
                for process in (self._process, *self._process.children(recursive=True)):
                    held += process.memory_full_info().pss
                    times = process.cpu_times()
                    self._cpu[process.pid, process.create_time()] = times.user + times.system
            except psutil.Error:
                continue
            self.megabytes = max(self.megabytes, held / 1e6)
