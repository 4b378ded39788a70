"""A person's judgement silences a finding until its row changes or its day is past; the scores follow."""

from __future__ import annotations

from datetime import date

import docx
import pytest
from dagster import AssetKey, DagsterInstance

from orchestration.serving import manifest
from orchestration.settings import settings

FINDINGS = """
select finding_key, is_accepted, accepted_reason, accepted_by, accepted_until, source_table, source_row
from marts.fct_quality_finding
inner join marts.dim_event using (event_key)
where rule = 'participants_missing'
order by source_table, source_row
limit 2
"""

# What the description of `fct_report_quality` says, counted from the findings once more.
RECOUNTED_SCORES = """
with cells as (
    select report_key, municipality_key, event_key, max(coalesce(of_rule.points, of_severity.points)) as points
    from marts.fct_quality_finding as finding
    left join reference.finding_points as of_rule on of_rule.scope = 'rule' and of_rule.code = rule
    left join reference.finding_points as of_severity on of_severity.scope = 'severity' and of_severity.code = severity
    where not is_accepted
    group by report_key, municipality_key, event_key, column_name
),
events as (
    select report_key, municipality_key, least(sum(points), 100) as points
    from cells
    group by report_key, municipality_key, event_key
)
select quality.municipality_key, round(100 - coalesce(sum(points), 0) / any_value(event_count), 1)
from marts.fct_report_quality as quality
left join events using (report_key, municipality_key)
group by all
order by all
"""
SCORES = "select municipality_key, quality_score from marts.fct_report_quality order by all"


def add_to_description(project, source_table, source_row):
    document = docx.Document(project.report)
    cells = document.tables[source_table - 1].rows[source_row - 1].cells
    cells[4].paragraphs[-1].add_run(" Подробности – на сайте.")
    document.save(project.report)


def idle_lines(project):
    return project.query("select value from marts.fct_quality_finding where rule = 'accepted_finding_idle' order by 1")


@pytest.mark.slow
@pytest.mark.xdist_group("runs")
def test_an_accepted_finding_returns_when_its_row_changes(project):
    assert project.run().returncode == 0
    (first, *_, table, row), (second, *_) = project.query(FINDINGS)
    scores = project.query(SCORES)
    assert scores == project.query(RECOUNTED_SCORES)

    project.write_seed(
        "accepted_findings",
        (first, "Участники – жюри", "Иванова", ""),
        (second, "Участники – жюри", "Иванова", "2026-01-31"),
    )
    result = project.run()
    assert result.returncode == 0, result.stdout + result.stderr
    assert "1 accepted" in result.stdout
    assert [found[:5] for found in project.query(FINDINGS)] == [
        (first, True, "Участники – жюри", "Иванова", None),
        (second, False, None, None, None),
    ]
    assert idle_lines(project) == [(second,)], "its day is past"
    better = project.query(SCORES)
    assert sum(score for _, score in better) > sum(score for _, score in scores)
    assert better == project.query(RECOUNTED_SCORES)

    add_to_description(project, table, row)
    assert project.run().returncode == 0
    assert [accepted for _, accepted, *_ in project.query(FINDINGS)] == [False, False]
    assert first not in [key for key, *_ in project.query(FINDINGS)]
    assert idle_lines(project) == sorted([(first,), (second,)])
    assert project.query(SCORES) == scores

    content = project.published.read_bytes()
    project.write_seed("accepted_findings", (second, "", "Иванова", ""), ("f", "Письмо", "Иванова", "31.12.2026"))
    refused = project.run()
    assert refused.returncode == 1, refused.stdout
    assert f"accepted_findings.csv, line 2 ({second}): `reason` must be given" in refused.stdout
    assert "accepted_findings.csv, line 3 (f): `until` «31.12.2026» is no date" in refused.stdout
    assert project.published.read_bytes() == content


def test_a_day_on_which_a_finding_comes_back_asks_for_a_run(monkeypatch):
    monkeypatch.setattr(manifest, "count_of_expired", lambda day, _: int(day > date(2026, 6, 30)))
    before, last, after = (
        manifest.fingerprint([], settings(), day) for day in (date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1))
    )
    assert before == last != after


@pytest.mark.xdist_group("published")
def test_figures_are_plotted_over_the_runs(published, monkeypatch):
    monkeypatch.setenv("DAGSTER_HOME", str(published.warehouse_dir / "dagster"))
    with DagsterInstance.get() as instance:
        event = instance.get_latest_materialization_event(AssetKey(["quality", "finding"]))
        measured = [
            instance.get_latest_materialization_event(AssetKey(key)).asset_materialization.metadata
            for key in (["raw", "report_row"], ["parsed", "event"], ["marts", "fct_event"], ["published", "warehouse"])
        ]
    for each in (*measured, event.asset_materialization.metadata):
        assert each["step_seconds"].value > 0 and each["peak_memory_mb"].value > 50
        assert each["dagster/row_count"].value > 0
    metadata = {name: entry.value for name, entry in event.asset_materialization.metadata.items()}
    assert {"errors", "warnings", "notes", "accepted", "leftover_percent", "mean_score"} <= metadata.keys()
    assert 0 < metadata["mean_score"] <= 100
    assert "2025-Q4" in metadata["by_quarter"]


@pytest.mark.xdist_group("published")
def test_the_summary_names_the_worst_municipalities(published):
    worst = published.query(
        "select name from marts.fct_report_quality join marts.dim_municipality using (municipality_key) "
        "where quality_score < 100 order by quality_score, warning_count desc, info_count desc, name limit 3"
    )
    told = published.events("status").stdout
    assert "worst of 2025-Q4" in told
    assert [name for (name,) in worst if name not in told] == []
