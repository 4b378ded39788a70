"""What the extraction costs once it is loaded: CPU an event, and events a second by two processes at once."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from .measuring import PAIRS, PROJECT_ROOT, Figure, environment_of

WARM_UP = 20


def figures(reports: list[Path]) -> list[Figure]:
    """Over reports whose sentences are in no cache: the first ones only load what is loaded once."""
    load = os.getloadavg()[0]
    one = [_together(reports, 1) for _ in range(PAIRS)]
    two = [_together(reports, 2) for _ in range(PAIRS)]
    milliseconds = statistics.median(1000 * taken["cpu"] / taken["events"] for (taken,) in one)
    rate = statistics.median(sum(each["events"] / each["wall"] for each in taken) for taken in two)
    megabytes = max(each["megabytes"] for taken in two for each in taken)
    return [
        Figure("extract an event", "ms CPU", "absolute", milliseconds, 5, PAIRS, load),
        Figure("events by 2 processes", "a second", "absolute", rate, 300, PAIRS, load, at_least=True),
        Figure("memory of one of them", "MB", "absolute", megabytes, 500, PAIRS, load),
    ]


def _together(reports: list[Path], processes: int) -> list[dict[str, float]]:
    command = [sys.executable, "-m", "benchmarks.extraction", *map(str, reports)]
    environment = environment_of(reports[0].parent)
    environment["PYTHONPATH"] = os.pathsep.join((environment["PYTHONPATH"], str(PROJECT_ROOT / "tests")))
    started = [
        subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    told = [process.communicate()[0] for process in started]
    if any(process.returncode for process in started):
        raise SystemExit("The extraction of made-up reports failed.")
    return [json.loads(each) for each in told]


def read_and_extract(path: Path) -> tuple[float, float, int]:
    """Seconds of CPU and wall that the extraction takes, and the number of events."""
    from orchestration.assets.quarters import quarter_bounds
    from orchestration.documents.layout import read_report
    from orchestration.documents.reader import read_document
    from orchestration.extraction import extract_event
    from orchestration.extraction.model import ReportContext, RowText

    report = read_report(read_document(path.read_bytes(), path.name))
    context = ReportContext(report.region, *quarter_bounds(report.period))
    cpu, wall = time.process_time(), time.monotonic()
    for row in report.rows:
        texts = (row.municipality, row.name, row.place, row.dates, row.description, row.participants)
        extract_event(RowText(*texts, extra=row.extra), context)
    return time.process_time() - cpu, time.monotonic() - wall, len(report.rows)


def main() -> None:
    """Print what the reports cost together but the first ones, and the seconds of reading and extracting them all."""
    import resource

    started = time.monotonic()
    taken = [read_and_extract(Path(path)) for path in sys.argv[1:]]
    whole = time.monotonic() - started
    cpu, wall, events = (sum(column) for column in zip(*(taken[WARM_UP:] or taken), strict=True))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    figures = {"cpu": cpu, "wall": wall, "events": events, "megabytes": megabytes, "whole": whole}
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main()
