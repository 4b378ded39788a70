"""What a run works through, counted instead of timed: files read, events extracted, models of dbt, facts written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from dagster import AssetKey, DagsterInstance

from .measuring import events
from .reports import Folder


@dataclass(frozen=True)
class Work:
    """Counts of one run; all 0 where it had nothing to do."""

    files_read: int
    events_extracted: int
    nodes_built: int


NONE = Work(0, 0, 0)


def of_runs(place: Path, reports: int) -> dict[str, Work]:
    """What is done for ``reports`` reports, for one more beside them, and when nothing is new."""
    folder = Folder(place, reports + 1)
    folder.put(reports)
    done = {"from nothing": _run(place)}
    folder.put()
    return done | {"one more": _run(place), "nothing new": _run(place)}


def _run(place: Path) -> Work:
    home = place / "warehouse" / "dagster"
    before = _runs(home)
    events(place, "run")
    if _runs(home) == before:
        return NONE
    results = json.loads((place / "warehouse" / "dbt" / "run_results.json").read_text(encoding="utf-8"))["results"]
    return Work(
        _told(home, ["raw", "document"], "files_read"),
        _told(home, ["parsed", "event"], "events_extracted"),
        sum(result["unique_id"].startswith(("model.", "seed.")) for result in results),
    )


def _runs(home: Path) -> int:
    if not home.exists():
        return 0
    with DagsterInstance.from_config(str(home)) as instance:
        return instance.get_runs_count()


def _told(home: Path, asset: list[str], name: str) -> int:
    with DagsterInstance.from_config(str(home)) as instance:
        event = instance.get_latest_materialization_event(AssetKey(asset))
    return event.asset_materialization.metadata[name].value


def excess(done: dict[str, Work], reports: int) -> list[str]:
    """What was done beyond what the news ask for; empty where nothing was."""
    whole, more = done["from nothing"], done["one more"]
    asked = {
        "from nothing: every file once": whole.files_read == reports,
        "one more: one file": more.files_read == 1,
        "one more: one report's events": more.events_extracted * reports == whole.events_extracted,
        "one more: the same models": more.nodes_built == whole.nodes_built,
        "nothing new: nothing": done["nothing new"] == NONE,
    }
    return [what for what, is_so in asked.items() if not is_so]
