"""Builds the demonstration warehouse: two deliveries of made-up reports, each read by the real pipeline."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from orchestration.demo.knowledge import read_table
from orchestration.demo.model import ReportFile
from orchestration.demo.plan import DemoPlan, demo_plan
from orchestration.demo.reports import generate, write

_DELIVERIES = (1, 2)
_NOTE = """# Вымышленные отчёты

Всё в этой папке придумано для демонстрации: события, числа, документы, учреждения. Настоящие здесь только названия
регионов, городов и стран. `plan.json` перечисляет файлы и ошибки, которые допущены в них намеренно.

Everything in this folder is made up for demonstration: events, numbers, documents, institutions. Only the names of
regions, towns and countries are real. `plan.json` lists the files and the faults planted in them.
"""


class FolderTakenError(Exception):
    """The demonstration's folder holds something that it did not make."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} holds other files than the demonstration's: move them, or choose another folder.")


class DeliveryFailedError(Exception):
    """The pipeline did not publish a delivery; what it printed says why."""


def build(folder: Path, plan: DemoPlan | None = None) -> None:
    """Write the plan's reports into ``folder`` / raw_reports and publish them in ``folder``, in two deliveries.

    A folder that holds both deliveries is only brought up to date; anything else of the demonstration's is made anew.
    Raises FolderTakenError, DeliveryFailedError.
    """
    plan = plan or demo_plan()
    files = list(generate(plan))
    reports_dir = folder / "raw_reports"
    content = _plan_content(plan, files)
    if _stands(folder, content, _present(files, _DELIVERIES[-1])):
        _run(folder)
        return
    if folder.exists():
        if any(folder.iterdir()) and not (folder / "plan.json").exists():
            raise FolderTakenError(folder)
        shutil.rmtree(folder)
    reports_dir.mkdir(parents=True)
    (folder / "plan.json").write_text(content, encoding="utf-8")
    (folder / "README.md").write_text(_NOTE, encoding="utf-8")
    for delivery in _DELIVERIES:
        for report in files:
            if report.arrives == delivery:
                write(reports_dir, report)
            if report.leaves == delivery:
                (reports_dir / report.path).unlink()
        _run(folder)


def environment(folder: Path) -> dict[str, str]:
    """The settings that point the pipeline and the tools that look at the warehouse to the demonstration."""
    return {"EVENTS_REPORTS_DIR": str(folder / "raw_reports"), "EVENTS_WAREHOUSE_DIR": str(folder)}


def _run(folder: Path) -> None:
    # No other setting reaches the demonstration, so that it is never served where the real marts are.
    others = {name: value for name, value in os.environ.items() if not name.startswith("EVENTS_")}
    command = [sys.executable, "-m", "orchestration.cli", "run"]
    outcome = subprocess.run(command, env={**others, **environment(folder)}, check=False)
    if outcome.returncode:
        raise DeliveryFailedError


def _present(files: Iterable[ReportFile], delivery: int) -> list[ReportFile]:
    """The files that are there after a delivery."""
    return [each for each in files if each.arrives <= delivery and (each.leaves is None or each.leaves > delivery)]


def _stands(folder: Path, content: str, files: Sequence[ReportFile]) -> bool:
    """Whether the folder holds this plan's last delivery, published."""
    plan, reports_dir = folder / "plan.json", folder / "raw_reports"
    if not (plan.exists() and (folder / "manifest.json").exists()) or plan.read_text(encoding="utf-8") != content:
        return False
    present = {path.relative_to(reports_dir).as_posix() for path in reports_dir.rglob("*") if path.is_file()}
    return present == {each.path for each in files} and all(
        (reports_dir / each.path).read_bytes() == each.data for each in files
    )


def _plan_content(plan: DemoPlan, files: Sequence[ReportFile]) -> str:
    """The plan for machines: files by delivery, faults with their rows and the rules that find them."""
    descriptions = {row["kind"]: row["description"] for row in read_table("faults.csv")}
    content = {
        "made_up": True,
        "regions": plan.regions,
        "quarters": plan.quarters,
        "seed": plan.seed,
        "files": [
            {"path": each.path, "region": each.region, "period": each.period, "version": each.version,
             "events": len(each.events), "arrives": each.arrives, "leaves": each.leaves}
            for each in files
        ],
        "faults": [
            asdict(fault) | {"path": each.path, "description": descriptions[fault.kind]}
            for each in files
            for fault in each.faults
        ],
    }  # fmt: skip
    overdue = [fault for fault in plan.faults if fault.kind == "overdue"]
    content["faults"] += [
        asdict(fault) | {"rule": "", "row": None, "path": None, "description": descriptions["overdue"]}
        for fault in overdue
    ]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
