"""Runs as an operator meets them: nothing new, refused files, no report, readers meanwhile."""

from __future__ import annotations

import shutil
import threading
import time

import duckdb
import pytest

from contract import CONTRACT
from layouts import LAYOUTS
from paths import GOLDEN, REPORTS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("runs")]

Q4 = REPORTS / "smolensk-oblast-2025-q4.docx"
Q3 = GOLDEN / "smolensk-oblast-2025-q3.docx"


def all_rows(pipeline):
    return {table: sorted(map(str, pipeline.query(f"select * from marts.{table}"))) for table in CONTRACT}


def test_a_second_run_has_nothing_to_do_and_changes_nothing(pipeline):
    shutil.copy(Q4, pipeline.reports_dir)
    first = pipeline.events("run")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "61" in first.stdout and "Смоленская область" in first.stdout and "2025-Q4" in first.stdout
    rows, content = all_rows(pipeline), pipeline.database.read_bytes()
    second = pipeline.events("run")
    assert second.returncode == 0
    assert "Nothing is new" in second.stdout
    assert pipeline.database.read_bytes() == content
    assert all_rows(pipeline) == rows


def test_a_second_quarter_joins_the_first(pipeline):
    shutil.copy(Q4, pipeline.reports_dir)
    assert pipeline.events("run").returncode == 0
    before = pipeline.query("select event_key, name from marts.dim_event order by all")
    shutil.copy(Q3, pipeline.reports_dir)
    result = pipeline.events("run")
    assert result.returncode == 0, result.stdout + result.stderr
    assert pipeline.query("select period, event_count from marts.dim_report order by all") == [
        ("2025-Q3", 40),
        ("2025-Q4", 61),
    ]
    assert set(before) <= set(pipeline.query("select event_key, name from marts.dim_event"))
    reader = pipeline.query("select count(distinct received_at) from raw.document")
    assert reader == [(2,)], "the first report is not read again"


def test_quarters_with_a_gap_are_one_run_and_another_region_makes_the_facts_anew(pipeline):
    shutil.copy(Q4, pipeline.reports_dir)
    shutil.copy(Q3, pipeline.reports_dir / "early.docx")
    sidecar = pipeline.reports_dir / "early.docx.yml"
    sidecar.write_text("period: 2024-Q2", encoding="utf-8")
    result = pipeline.events("run")
    assert result.returncode == 0, result.stdout + result.stderr
    assert pipeline.query("select period, event_count from marts.dim_report order by all") == [
        ("2024-Q2", 40),
        ("2025-Q4", 61),
    ]
    sidecar.write_text("period: 2024-Q2\nregion: Псковская область", encoding="utf-8")
    assert pipeline.events("run").returncode == 0
    sides = dict(
        pipeline.query(
            "select side, count(*) from marts.fct_event_partner join marts.dim_event using (event_key) "
            "join marts.dim_report using (report_key) where region_name = 'Псковская область' group by all"
        )
    )
    assert sides["domestic"] > sides.get("home", 0)


def test_other_layouts_reach_the_marts_row_by_row(pipeline):
    """The municipality column, merged cells and one table a municipality of two made-up reports."""
    expected = []
    for name, build in LAYOUTS.items():
        word, report = build()
        word.save(pipeline.reports_dir / f"{name}.docx")
        expected += [(report.region, report.period, " ".join(row["name"].split())) for row in report.rows]
    result = pipeline.events("run")
    assert result.returncode == 0, result.stdout + result.stderr
    found = pipeline.query(
        "select region_name, period, name from marts.obt_event order by region_name, sequence_number, source_row"
    )
    assert sorted(found) == sorted(expected)
    municipalities = pipeline.query("select name, region_name from marts.dim_municipality order by all")
    assert municipalities == [
        ("Великоустюгский муниципальный округ", "Вологодская область"),
        ("Находкинский городской округ", "Приморский край"),
        ("Уссурийский городской округ", "Приморский край"),
        ("Череповецкий муниципальный район", "Вологодская область"),
        ("город Вологда", "Вологодская область"),
    ]
    assert pipeline.query("select count(*) from marts.fct_event where start_date is null") == [(0,)]


def test_a_file_that_is_no_report_is_refused_and_stops_nothing(pipeline):
    shutil.copy(Q4, pipeline.reports_dir)
    (pipeline.reports_dir / "план.docx").write_bytes(b"%PDF-1.7 not a Word file")
    result = pipeline.events("run")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "план.docx" in result.stdout and "refused" in result.stdout
    issues = pipeline.query(
        "select source_file, severity, message_ru, remedy_ru from raw.report_issue where severity = 'error'"
    )
    assert [(file, severity) for file, severity, _, _ in issues] == [("план.docx", "error")]
    assert all(message and remedy for _, _, message, remedy in issues)
    assert pipeline.query("select count(*) from marts.fct_event") == [(61,)]


def test_a_run_without_a_readable_report_fails_and_leaves_the_warehouse(pipeline):
    shutil.copy(Q4, pipeline.reports_dir)
    assert pipeline.events("run").returncode == 0
    content = pipeline.database.read_bytes()
    (pipeline.reports_dir / Q4.name).write_bytes(b"")
    result = pipeline.events("run")
    assert result.returncode == 1
    assert "No readable report" in result.stdout and Q4.name in result.stdout
    assert pipeline.database.read_bytes() == content


def test_readers_are_never_shut_out(pipeline):
    shutil.copy(Q4, pipeline.reports_dir)
    assert pipeline.events("run").returncode == 0
    shutil.copy(Q3, pipeline.reports_dir)
    ended = threading.Event()
    failures, reads = [], 0

    def run():
        if pipeline.events("run").returncode:
            failures.append("run")
        ended.set()

    thread = threading.Thread(target=run)
    thread.start()
    while not ended.is_set():
        try:
            with duckdb.connect(str(pipeline.database), read_only=True) as connection:
                assert connection.execute("select count(*) from marts.fct_event").fetchone()[0] in {61, 101}
                assert connection.execute("select count(*) from marts.obt_event").fetchone()[0] in {61, 101}
                reads += 1
        except duckdb.Error as error:
            failures.append(str(error))
        time.sleep(0.05)
    thread.join()
    assert failures == []
    assert reads > 20
    assert pipeline.query("select count(*) from marts.fct_event") == [(101,)]
