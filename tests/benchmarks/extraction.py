"""What the extraction costs: start-up, CPU an event once loaded, size of the gazetteer.

    python tests/benchmarks/extraction.py

Each report is timed in a process of its own that has read all the other reports before: loaded, and not one of its own
sentences in any cache.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

PROJECT_ROOT = Path(__file__).resolve().parents[2]
REPORTS = sorted([*(PROJECT_ROOT / "tests" / "golden").glob("*.docx"), *(PROJECT_ROOT / "raw_reports").glob("*.docx")])
REPEATS = 5
START_UP = """
from datetime import date
import time
from orchestration.extraction import extract_event
from orchestration.extraction.model import ReportContext, RowText
row = RowText("Город Псков", "Приём гостей", "г. Псков", "5 мая 2025 года", "Был концерт.", "15 человек")
extract_event(row, ReportContext("Псковская область", date(2025, 4, 1), date(2025, 6, 30)))
print(time.process_time())
"""


def main() -> None:
    """Print the figures; with a report's name as the only argument, that report's seconds CPU and events."""
    if len(sys.argv) > 1:
        sys.stdout.write("{} {}\n".format(*measure(Path(sys.argv[1]))))
        return
    console = Console()
    bare = statistics.median(seconds("-c", "import time; print(time.process_time())")[0] for _ in range(REPEATS))
    started = statistics.median(seconds("-c", START_UP)[0] for _ in range(REPEATS))
    console.print(f"start-up, imports and one event: {started - bare:.2f} s CPU (interpreter {bare:.2f} s apart)")
    data = PROJECT_ROOT / "orchestration" / "extraction" / "data"
    size = sum((data / name).stat().st_size for name in ("gazetteer.tsv.gz", "subdivisions.tsv.gz"))
    console.print(f"gazetteer: {size / 1e6:.2f} MB")
    table = Table("report", "events", "ms CPU an event", title="extraction, once loaded")
    total_seconds, total_events = 0.0, 0
    for report in REPORTS:
        runs = [seconds(__file__, str(report)) for _ in range(REPEATS)]
        cpu, events = statistics.median(run[0] for run in runs), int(runs[0][1])
        table.add_row(report.stem, str(events), f"{1000 * cpu / events:.1f}")
        total_seconds, total_events = total_seconds + cpu, total_events + events
    table.add_row("all", str(total_events), f"{1000 * total_seconds / total_events:.1f}", style="bold")
    console.print(table)


def seconds(*arguments: str) -> list[float]:
    """The figures that a fresh interpreter prints."""
    result = subprocess.run([sys.executable, *arguments], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True)
    return [float(figure) for figure in result.stdout.split()]


def measure(report: Path) -> tuple[float, int]:
    """Seconds CPU and number of events of a report, after all others have been extracted."""
    sys.path.insert(0, str(PROJECT_ROOT))
    from orchestration.assets.quarters import quarter_bounds
    from orchestration.documents.layout import read_report
    from orchestration.documents.reader import read_document
    from orchestration.extraction import extract_event
    from orchestration.extraction.model import ReportContext, RowText

    def extract(path: Path) -> tuple[float, int]:
        read = read_report(read_document(path.read_bytes(), path.name))
        context = ReportContext(read.region, *quarter_bounds(f"{read.year}-Q{read.quarter}"))
        begin = time.process_time()
        for row in read.rows:
            text = RowText(
                row.municipality, row.name, row.place, row.dates, row.description, row.participants, extra=row.extra
            )
            extract_event(text, context)
        return time.process_time() - begin, len(read.rows)

    for other in REPORTS:
        if other != report:
            extract(other)
    return extract(report)


if __name__ == "__main__":
    main()
