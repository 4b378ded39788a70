"""What the whole line costs as the reports become many: runs from nothing, then one report more on top of each.

    python tests/benchmarks/growth.py [--reports 10 100 1000] [--folder FOLDER]

Made-up reports of 61 events each, of all regions and as many quarters as it takes; every run is the command that users
run, in a process of its own, and its time is divided by what reading and extracting the same reports takes in a bare
loop on one core. Memory is the peak of the whole process tree. The figures go into ``growth.json`` beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb
import psutil
from rich.console import Console
from rich.table import Table

from orchestration.demo.plan import plan_of
from orchestration.demo.reports import generate, write

PROJECT_ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("growth.json")
SAMPLE = 25
_STEPS = (
    "read the reports", "extract the facts", "build the marts with dbt", "check with Great Expectations", "publish",
)  # fmt: skip
_STEP = re.compile(r"✓ (?P<step>.+?) +(?P<seconds>[\d.]+) s$", re.MULTILINE)
_LOOP = """
import sys, time
from pathlib import Path
from orchestration.assets.quarters import quarter_bounds
from orchestration.documents.layout import read_report
from orchestration.documents.reader import read_document
from orchestration.extraction import extract_event
from orchestration.extraction.model import ReportContext, RowText
started, rows = time.monotonic(), 0
for path in map(Path, sys.argv[1:]):
    report = read_report(read_document(path.read_bytes(), path.name))
    context = ReportContext(report.region, *quarter_bounds(report.period))
    for row in report.rows:
        texts = (row.municipality, row.name, row.place, row.dates, row.description, row.participants)
        extract_event(RowText(*texts, extra=row.extra), context)
        rows += 1
print(time.monotonic() - started, rows)
"""


@dataclass(frozen=True)
class Run:
    """One run: seconds of wall and CPU, by step, peak megabytes of its processes together, load before it."""

    wall: float
    cpu: float
    megabytes: float
    load: float
    steps: dict[str, float] = field(default_factory=dict)


def main() -> None:
    """Measure every number of reports, print the table and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--folder", type=Path, help="where to build, and keep what was built")
    arguments = parser.parse_args()
    if arguments.folder:
        arguments.folder.mkdir(parents=True, exist_ok=True)
        figures = [measure(arguments.folder.absolute(), reports) for reports in arguments.reports]
    else:
        with tempfile.TemporaryDirectory() as folder:
            figures = [measure(Path(folder), reports) for reports in arguments.reports]
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []
    measured = {each["reports"] for each in figures}
    kept = [each for each in known if each["reports"] not in measured]
    figures = sorted([*kept, *figures], key=lambda each: each["reports"])
    RESULTS.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    Console().print(table_of(figures))


def measure(folder: Path, reports: int) -> dict[str, object]:
    """Run over ``reports`` reports from nothing, then with one more."""
    place = folder / str(reports)
    shutil.rmtree(place, ignore_errors=True)
    held_back = place / "held_back"
    paths = [write(place / "reports", report).path for report in generate(plan_of(reports + 1))]
    last = paths[reports]
    for name in paths[reports:]:
        path = held_back / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (place / "reports" / name).replace(path)
    loop = bare_loop([place / "reports" / name for name in paths[:reports]])
    whole = run(place)
    target = place / "reports" / last
    target.parent.mkdir(parents=True, exist_ok=True)
    (held_back / last).replace(target)
    more = run(place)
    with duckdb.connect(str(place / "warehouse" / "warehouse.duckdb"), read_only=True) as connection:
        (events,) = connection.execute("select count(*) from marts.fct_event").fetchone()
    return {
        "reports": reports,
        "events": events,
        "bare_loop": loop,
        "from_nothing": asdict(whole),
        "one_more": asdict(more),
        "published_megabytes": (place / "warehouse" / "warehouse.duckdb").stat().st_size / 1e6,
    }


def bare_loop(files: list[Path]) -> float:
    """Seconds of reading and extracting the files one after another; where they are many, some stand for all."""
    step = max(1, len(files) // SAMPLE)
    some = files[::step]
    output = subprocess.run(
        [sys.executable, "-c", _LOOP, *map(str, some)],
        cwd=PROJECT_ROOT, env=os.environ | {"PYTHONPATH": str(PROJECT_ROOT)},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return float(output.split()[0]) * len(files) / len(some)


def run(place: Path) -> Run:
    """``events run`` on the folders below ``place``."""
    environment = {
        **os.environ, "PYTHONPATH": str(PROJECT_ROOT), "EVENTS_REPORTS_DIR": str(place / "reports"),
        "EVENTS_WAREHOUSE_DIR": str(place / "warehouse"), "EVENTS_FIRST_QUARTER": "2000-Q1",
        "EVENTS_KEPT_VERSIONS": "1", "COLUMNS": "160",
    }  # fmt: skip
    load = os.getloadavg()[0]
    started = time.monotonic()
    with (place / "run.log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "orchestration.cli", "run"], cwd=PROJECT_ROOT, env=environment, stdout=log,
        )  # fmt: skip
        watch = _Watch(process.pid)
        status = process.wait()
        wall = time.monotonic() - started
        log.seek(0)
        told = log.read()
    if status:
        raise SystemExit(f"`events run` in {place}: exit status {status}\n{told}")
    steps = {match["step"]: float(match["seconds"]) for match in _STEP.finditer(told)}
    return Run(wall, *watch.stop(), load, steps)


class _Watch:
    """What a process and its children use, looked at five times a second: CPU in all, the most memory together."""

    def __init__(self, pid: int) -> None:
        self._process, self._peak, self._ended = psutil.Process(pid), 0, threading.Event()
        self._cpu: dict[tuple[int, float], float] = {}
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> tuple[float, float]:
        """End the watch; seconds of CPU and megabytes."""
        self._ended.set()
        self._thread.join()
        return sum(self._cpu.values()), self._peak / 1e6

    def _look(self) -> None:
        while not self._ended.wait(0.2):
            held = 0
            try:
                for process in (self._process, *self._process.children(recursive=True)):
                    held += process.memory_full_info().pss
                    times = process.cpu_times()
                    self._cpu[process.pid, process.create_time()] = times.user + times.system
            except psutil.Error:
                continue
            self._peak = max(self._peak, held)


def table_of(figures: list[dict]) -> Table:
    """The figures, a line for every number of reports."""
    table = Table(
        "reports", "events", "bare loop", "from nothing", "÷ loop", "read", "extract", "dbt", "checks", "publish",
        "CPU", "peak MB", "one more", "load", title="from nothing, and one report more",
    )  # fmt: skip
    for each in figures:
        whole, more = each["from_nothing"], each["one_more"]
        table.add_row(
            str(each["reports"]), str(each["events"]), f"{each['bare_loop']:.1f} s", f"{whole['wall']:.1f} s",
            f"{whole['wall'] / each['bare_loop']:.2f}", *(f"{whole['steps'][step]:.1f}" for step in _STEPS),
            f"{whole['cpu']:.0f} s", f"{max(whole['megabytes'], more['megabytes']):.0f}", f"{more['wall']:.1f} s",
            f"{whole['load']:.1f}",
        )  # fmt: skip
    return table


if __name__ == "__main__":
    main()
