"""A person's corrections reach the marts, and one that no longer holds stops the run before it publishes."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("runs")]

REPORT = "Смоленская область 2025-Q4"


def test_a_correction_reaches_the_marts_and_a_stale_one_publishes_nothing(project):
    lines = [
        (REPORT, 1, "start_date", "2025-09-19", "2025-10-01", "Письмо администрации"),
        (REPORT, 1, "end_date", "2025-09-19", "2025-10-02", "Письмо администрации"),
        (REPORT, 3, "participants_total", "27", "30", "Уточнено по телефону"),
        (REPORT, 5, "partner", "Китай", "", "Страна названа в приветствии"),
        (REPORT, 5, "edition", "12", "", "12-я – выставка, а не форум"),
    ]
    project.write_seed("corrections", *lines)
    first = project.run()
    assert first.returncode == 0, first.stdout + first.stderr
    assert project.query(
        "select start_date::varchar, end_date::varchar, duration_days, is_within_period from marts.fct_event "
        "join marts.dim_event using (event_key) where report_row_number = 1"
    ) == [("2025-10-01", "2025-10-02", 2, True)]
    assert project.query(
        "select participants_total, corrections from marts.obt_event where sequence_number = 3"
    ) == [(30, "participants_total: 27 → 30")]  # fmt: skip
    assert project.query(
        "select country_codes, contains(partners, 'Китай'), edition from marts.obt_event where sequence_number = 5"
    ) == [("BY", False, None)]
    assert project.query(
        "select distinct rule, confidence from marts.fct_event_evidence join marts.dim_event using (event_key) "
        "where report_row_number = 3 and field = 'participants_total'"
    ) == [("correction", 1.0)]
    assert project.query("select count(*) from marts.fct_correction") == [(len(lines),)]

    content = project.published.read_bytes()
    project.write_seed("corrections", (REPORT, 3, "participants_total", "28", "30", "Уточнено"))
    second = project.run()
    assert second.returncode == 1, second.stdout
    assert "corrections.csv, строка 2" in second.stdout and "«27», а не «28»" in second.stdout
    assert project.published.read_bytes() == content
