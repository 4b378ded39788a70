"""What starts runs: the sensor asks once for each state of the reports folder."""

from __future__ import annotations

import os
import shutil
import time

import pytest
from dagster import RunRequest, SkipReason, build_schedule_context, build_sensor_context

from orchestration import automation
from orchestration.settings import Settings

from paths import GOLDEN, REPORTS


@pytest.fixture
def reports(tmp_path, monkeypatch):
    config = Settings(reports_dir=tmp_path / "reports", warehouse_dir=tmp_path / "warehouse", settling_seconds=0)
    config.reports_dir.mkdir()
    monkeypatch.setattr(automation, "settings", lambda: config)
    shutil.copy(REPORTS / "smolensk-oblast-2025-q4.docx", config.reports_dir)
    return config.reports_dir


def quarters(request: RunRequest) -> tuple[str, str]:
    prefix = "dagster/asset_partition_range"
    return request.tags[f"{prefix}_start"], request.tags[f"{prefix}_end"]


def test_sensor_asks_for_the_quarter_of_a_new_file(reports):
    assert quarters(automation.reports_folder(build_sensor_context())) == ("2025-Q4", "2025-Q4")


def test_sensor_asks_once_for_a_state_and_again_when_it_returns(reports):
    context = build_sensor_context()
    automation.reports_folder(context)
    assert isinstance(automation.reports_folder(context), SkipReason)
    shutil.copy(GOLDEN / "smolensk-oblast-2025-q3.docx", reports)
    assert quarters(automation.reports_folder(context)) == ("2025-Q3", "2025-Q4")
    (reports / "smolensk-oblast-2025-q3.docx").unlink()
    again = automation.reports_folder(context)
    assert isinstance(again, RunRequest) and again.run_key is None


def test_sensor_waits_until_a_file_has_stopped_growing(reports, monkeypatch):
    patient = automation.settings().model_copy(update={"settling_seconds": 60})
    monkeypatch.setattr(automation, "settings", lambda: patient)
    (report,) = reports.iterdir()
    assert report.name in automation.reports_folder(build_sensor_context()).skip_message
    os.utime(report, times=(time.time() - 61,) * 2)
    assert isinstance(automation.reports_folder(build_sensor_context()), RunRequest)


def test_a_date_in_the_future_does_not_stop_the_sensor(reports, monkeypatch):
    patient = automation.settings().model_copy(update={"settling_seconds": 60})
    monkeypatch.setattr(automation, "settings", lambda: patient)
    (report,) = reports.iterdir()
    os.utime(report, times=(time.time() + 86_400,) * 2)
    assert isinstance(automation.reports_folder(build_sensor_context()), RunRequest)


def test_sensor_waits_for_a_run_to_end(reports, monkeypatch):
    monkeypatch.setattr(automation, "another_run_is_under_way", lambda _: True)
    assert isinstance(automation.reports_folder(build_sensor_context()), SkipReason)


def test_missing_folder_is_a_reason_to_skip(reports):
    shutil.rmtree(reports)
    assert "EVENTS_REPORTS_DIR" in automation.reports_folder(build_sensor_context()).skip_message


def test_schedule_asks_every_day_for_what_is_not_published(reports):
    for _ in range(2):
        assert quarters(automation.daily_backstop(build_schedule_context())) == ("2025-Q4", "2025-Q4")
