"""Which quarters a run covers."""

from __future__ import annotations

import shutil

import pytest

from orchestration.assets import plan as plans
from orchestration.assets.quarters import quarter_bounds, quarters_between
from orchestration.settings import Settings
from paths import GOLDEN, REPORTS


@pytest.mark.parametrize(
    ("quarters", "spans"),
    [
        ({"2025-Q4"}, ["2025-Q4"]),
        ({"2025-Q4", "2026-Q1"}, ["2025-Q4 … 2026-Q1"]),
        ({"2024-Q2", "2025-Q1", "2025-Q2", "2026-Q1"}, ["2024-Q2", "2025-Q1 … 2025-Q2", "2026-Q1"]),
    ],
)
def test_a_run_covers_no_quarter_without_a_report(quarters, spans):
    assert [str(span) for span in plans._spans(quarters)] == spans


def test_a_plan_names_what_changed(tmp_path):
    shutil.copy(REPORTS / "smolensk-oblast-2025-q4.docx", tmp_path / "new.docx")
    shutil.copy(GOLDEN / "smolensk-oblast-2025-q3.docx", tmp_path)
    (tmp_path / "note.txt").write_text("не отчёт", encoding="utf-8")
    (tmp_path / "~$new.docx").write_bytes(b"lock file of Word")
    plan = plans.plan_run(Settings(reports_dir=tmp_path, warehouse_dir=tmp_path / "warehouse"))
    assert plan.is_needed
    assert plan.changed == ("new.docx", "note.txt", "smolensk-oblast-2025-q3.docx")
    assert [str(span) for span in plan.spans] == ["2025-Q3 … 2025-Q4"]


def test_quarters_run_on_over_the_year():
    assert quarters_between("2024-Q3", "2025-Q2") == ["2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2"]
    assert [str(day) for day in quarter_bounds("2024-Q1")] == ["2024-01-01", "2024-03-31"]
    assert [str(day) for day in quarter_bounds("2025-Q4")] == ["2025-10-01", "2025-12-31"]
