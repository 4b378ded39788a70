"""What the whole line costs as the reports become many: a run from nothing, then one with a report more.

    python -m benchmarks.growth [--reports 10 100 1000] [--folder FOLDER]

Every run is the command that users run, in a process of its own; its yardstick is reading and extracting the same
reports in a bare loop on one core. The figures are kept in ``growth.json`` beside this file and drawn as the plot of
``orchestration/docs/scaling.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from .measuring import PROJECT_ROOT, Cost, Figure, environment_of, events, python
from .plot import draw
from .reports import Folder

RESULTS = Path(__file__).with_name("growth.json")
SAMPLE = 25
STEPS = (
    "read the reports", "extract the facts", "build the marts with dbt", "check with Great Expectations", "publish",
)  # fmt: skip
_STEP = re.compile(r"✓ (?P<step>.+?) +(?P<seconds>[\d.]+) s$", re.MULTILINE)


def main() -> None:
    """Measure every number of reports, keep the figures, print and draw them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--folder", type=Path, help="where to build, and keep what was built")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for reports in arguments.reports:
            keep(measure(arguments.folder or Path(temporary), reports))
    Console().print(table_of(kept()))
    draw(kept())


def figures(place: Path) -> list[Figure]:
    """The rows of the table: what 1,000 reports cost is measured now, what 10,000 cost is what was kept last."""
    for reports in (1, 1000):
        keep(measure(place, reports))
    _, told = python("-m", "benchmarks.checks", environment=_with_tests(place / "1000"))
    judged = json.loads(told.splitlines()[-1])
    taken = {each["reports"]: each for each in kept()}
    draw(kept())
    few, thousand = taken[1], taken[1000]
    whole, load = thousand["from_nothing"], thousand["from_nothing"]["load"]
    rows = [
        _figure("1,000 reports from nothing", "bare loop", "wall", whole["wall"] / thousand["bare_loop"], 0.75, whole),
        _figure("… their memory", "MB", "absolute", whole["megabytes"], 2000, whole),
        _figure("one more on 1,000", "on an empty warehouse", "wall",
                thousand["one_more"]["wall"] / few["from_nothing"]["wall"], 1.5, thousand["one_more"]),
        Figure("checks over 61,000 events", "s", "absolute", judged["seconds"], 60, 1, load),
        Figure("… their memory", "MB", "absolute", judged["megabytes"], 1000, 1, load),
    ]  # fmt: skip
    if most := taken.get(10000):
        run = most["from_nothing"]
        rows += [
            _figure("10,000 reports from nothing", "1,000", "wall", run["wall"] / whole["wall"], 12, run),
            _figure("… their memory", "MB", "absolute", run["megabytes"], 6000, run),
            _figure("… marts' rebuild", "s", "absolute", run["steps"][STEPS[2]], 60, run),
            _figure("… publication", "s", "absolute", run["steps"][STEPS[4]], 20, run),
        ]
    return rows


def _figure(what: str, yardstick: str, kind: str, ratio: float, goal: float, run: dict) -> Figure:
    cost = Cost(*(run[name] for name in ("wall", "cpu", "megabytes", "load")))
    return Figure(what, yardstick, kind, ratio, goal, 1, cost.load, cost)


def _with_tests(place: Path) -> dict[str, str]:
    environment = environment_of(place)
    return environment | {"PYTHONPATH": os.pathsep.join((environment["PYTHONPATH"], str(PROJECT_ROOT / "tests")))}


def measure(folder: Path, reports: int) -> dict[str, object]:
    """Run over ``reports`` reports from nothing, then with one more."""
    place = folder.absolute() / str(reports)
    coming = Folder(place, reports + 1)
    loop = bare_loop(coming.put(reports), place)
    whole = run(place)
    coming.put()
    more = run(place)
    database = place / "warehouse" / "warehouse.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        (count,) = connection.execute("select count(*) from marts.fct_event").fetchone()
    return {
        "reports": reports,
        "events": count,
        "bare_loop": loop,
        "from_nothing": whole,
        "one_more": more,
        "published_megabytes": database.stat().st_size / 1e6,
    }


def bare_loop(files: Sequence[Path], place: Path) -> float:
    """Seconds of reading and extracting the files one after another; where they are many, some stand for all."""
    some = files[:: max(1, len(files) // SAMPLE)]
    _, told = python("-m", "benchmarks.extraction", *map(str, some), environment=_with_tests(place))
    return json.loads(told)["whole"] * len(files) / len(some)


def run(place: Path) -> dict[str, object]:
    """What ``events run`` costs, in all and by step."""
    cost, told = events(place, "run", EVENTS_KEPT_VERSIONS="1")
    return asdict(cost) | {"steps": {match["step"]: float(match["seconds"]) for match in _STEP.finditer(told)}}


def kept() -> list[dict]:
    """The figures that are kept, by number of reports."""
    return json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []


def keep(figure: dict[str, object]) -> None:
    """Put the figure in the place of the one of as many reports."""
    figures = [each for each in kept() if each["reports"] != figure["reports"]]
    figures = sorted([*figures, figure], key=lambda each: each["reports"])
    RESULTS.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def table_of(figures: Sequence[dict]) -> Table:
    """The figures, a line for every number of reports."""
    table = Table(
        "reports", "events", "bare loop", "from nothing", "÷ loop", "read", "extract", "dbt", "checks", "publish",
        "CPU", "peak MB", "one more", "load", title="from nothing, and one report more",
    )  # fmt: skip
    for each in figures:
        whole, more = each["from_nothing"], each["one_more"]
        table.add_row(
            str(each["reports"]), str(each["events"]), f"{each['bare_loop']:.1f} s", f"{whole['wall']:.1f} s",
            f"{whole['wall'] / each['bare_loop']:.2f}", *(f"{whole['steps'][step]:.1f}" for step in STEPS),
            f"{whole['cpu']:.0f} s", f"{max(whole['megabytes'], more['megabytes']):.0f}", f"{more['wall']:.1f} s",
            f"{whole['load']:.1f}",
        )  # fmt: skip
    return table


if __name__ == "__main__":
    main()
