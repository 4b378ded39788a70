"""Quarters asked for by name: `--period` and `--since` read their reports again, and say where that makes no sense."""

from __future__ import annotations

import shutil

import duckdb
import pytest
from typer.testing import CliRunner

from orchestration.assets.plan import READ_AGAIN, RunPlan, quarters_to_read_again
from orchestration.cli import app

from pipelines import Pipeline


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, ["2025-Q3", "2025-Q4"]),
        ({"dagster/backfill": "abc"}, ["2025-Q3", "2025-Q4"]),
        ({READ_AGAIN: "none"}, []),
        ({READ_AGAIN: "2024-Q1 2025-Q4"}, ["2024-Q1", "2025-Q4"]),
        (RunPlan(("a.docx",), "2025-Q3", "2025-Q4").tags, []),
        (RunPlan((), "2025-Q3", "2025-Q4", ("2025-Q3",)).tags, ["2025-Q3"]),
    ],
)
def test_a_run_for_news_reads_news_and_a_person_gets_the_chosen_quarters(tags, expected):
    assert quarters_to_read_again(tags, ["2025-Q3", "2025-Q4"]) == expected


@pytest.mark.parametrize(
    "arguments",
    [
        ["--period", "2025"],
        ["--period", "2025-Q5"],
        ["--period", "4 квартал 2025"],
        ["--since", "2099-Q1"],
        ["--period", "2025-Q4", "--since", "2025-Q1"],
    ],
)
def test_what_is_no_quarter_is_told_before_anything_is_done(arguments):
    result = CliRunner().invoke(app, ["run", *arguments], env={"COLUMNS": "200"})
    assert result.exit_code == 2
    assert "2025-Q4" in result.output or "either --period or --since" in result.output


@pytest.mark.slow
@pytest.mark.xdist_group("published")
def test_the_reports_of_a_quarter_are_read_again(published, tmp_path):
    pipeline = Pipeline(published.reports_dir, tmp_path / "warehouse")
    shutil.copytree(published.warehouse_dir, pipeline.warehouse_dir, symlinks=True)
    none = pipeline.events("run", "--period", "2024-Q1")
    assert none.returncode == 1
    assert "No report of 2024-Q1 is in the warehouse" in none.stdout and "Quarters: 2025-Q4" in none.stdout
    with duckdb.connect(str(pipeline.warehouse_dir / "build" / "warehouse.duckdb")) as connection:
        connection.execute("update raw.report_row set name_text = 'Чужое название'")
    result = pipeline.events("run", "--since", "2025-Q1")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "read again: 2025-Q4" in result.stdout
    assert pipeline.query("select count(*), count_if(name_text = 'Чужое название') from raw.report_row") == [(61, 0)]
    assert pipeline.query("select count(*) from marts.dim_event where name = 'Чужое название'") == [(0,)]
    assert pipeline.query("select count(distinct received_at) from raw.document") == [(1,)]
