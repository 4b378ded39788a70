"""``make bench``: everything that is measured, as one table in ``table.md`` and ``figures.json`` beside this file.

    python -m benchmarks [--short | --long | CASE …] [--folder FOLDER]

A row that is not measured this time stays as it was. ``--short`` counts work instead of time, and ends with status 1
where a run does more than the news ask for.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from . import cases, work
from .measuring import Figure

FOLDER = Path(__file__).parent
FIGURES, TABLE, WORK = FOLDER / "figures.json", FOLDER / "table.md", FOLDER / "work.json"
REPORTS_OF_SHORT = 3


def main() -> None:
    """Measure what is asked for, print the table and keep it."""
    known = cases.DEFAULT | cases.LONG
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "cases", nargs="*", metavar="CASE", help=f"of {', '.join(known)}; else {', '.join(cases.DEFAULT)}"
    )
    parser.add_argument("--long", action="store_true", help="all of them")
    parser.add_argument("--short", action="store_true", help="count the work of three small runs")
    parser.add_argument("--folder", type=Path, help="where to build, and keep what was built")
    arguments = parser.parse_args()
    if unknown := set(arguments.cases) - known.keys():
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    chosen = arguments.cases or (known if arguments.long else cases.DEFAULT)
    with tempfile.TemporaryDirectory() as temporary:
        place = (arguments.folder or Path(temporary)).absolute()
        if arguments.short:
            sys.exit(count(place))
        for name in chosen:
            sys.stderr.write(f"{name} …\n")
            place.mkdir(parents=True, exist_ok=True)
            keep(name, known[name](place))
    sys.stdout.write(TABLE.read_text(encoding="utf-8"))


def count(place: Path) -> int:
    """Count the work of three runs and keep it; 1 where one did more than the news ask for."""
    done = work.of_runs(place / "work", REPORTS_OF_SHORT)
    content = json.dumps({name: asdict(each) for name, each in done.items()}, indent=1) + "\n"
    WORK.write_text(content, encoding="utf-8")
    sys.stdout.write(content)
    return int(bool(work.excess(done, REPORTS_OF_SHORT)))


def keep(case: str, figures: Sequence[Figure]) -> None:
    """Put the rows of a case in the place of its former ones, and write the table anew."""
    kept = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    kept[case] = [each.as_json() for each in figures]
    kept = {name: kept[name] for name in cases.DEFAULT | cases.LONG if name in kept}
    FIGURES.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    TABLE.write_text(table([row for rows in kept.values() for row in rows]), encoding="utf-8")


def table(rows: Sequence[dict]) -> str:
    """The rows as Markdown."""
    lines = [
        "| what | beside | of | ratio or figure | goal | met | pairs | load | wall, s | CPU, s | peak MB |",
        "| --- | --- | --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        sign = "≥" if row["at_least"] else "≤"
        sides = [side for side in (row["cost"], row["of_yardstick"]) if side]
        costs = (" ÷ ".join(f"{side[name]:.3g}" if side[name] < 1000 else f"{side[name]:.0f}" for side in sides)
                 if any(side[name] for side in sides) else "" for name in ("wall", "cpu", "megabytes"))  # fmt: skip
        cells = (
            row["what"], row["yardstick"], row["kind"], f"{row['ratio']:.2f}", f"{sign} {row['goal']:g}",
            "yes" if row["is_met"] else "**no**", str(row["pairs"]), f"{row['load']:.1f}", *costs,
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return "\n".join([*lines, "", f"Medians, on {cores} cores; load is the machine's before, this program apart.", ""])


if __name__ == "__main__":
    main()
