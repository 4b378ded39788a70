"""What starts runs: the sensor asks once for each state of the reports folder."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest
from dagster import SkipReason, build_schedule_context, build_sensor_context

from orchestration import automation
from orchestration.settings import Settings
from paths import GOLDEN, REPORTS


@pytest.fixture
def reports(tmp_path, monkeypatch):
    config = Settings(reports_dir=tmp_path / "reports", warehouse_dir=tmp_path / "warehouse")
    config.reports_dir.mkdir()
    monkeypatch.setattr(automation, "settings", lambda: config)
    shutil.copy(REPORTS / "smolensk-oblast-2025-q4.docx", config.reports_dir)
    return config.reports_dir


def test_sensor_asks_for_the_quarter_of_a_new_file(reports):
    (request,) = automation.reports_folder(build_sensor_context())
    assert request.tags["dagster/asset_partition_range_start"] == "2025-Q4"
    assert request.tags["dagster/asset_partition_range_end"] == "2025-Q4"


def test_sensor_asks_once_for_a_state_and_again_for_the_next(reports):
    context = build_sensor_context()
    automation.reports_folder(context)
    asked = build_sensor_context(cursor=context.cursor)
    assert isinstance(automation.reports_folder(asked), SkipReason)
    shutil.copy(GOLDEN / "smolensk-oblast-2025-q3.docx", reports)
    (request,) = automation.reports_folder(asked)
    assert request.tags["dagster/asset_partition_range_start"] == "2025-Q3"
    assert request.tags["dagster/asset_partition_range_end"] == "2025-Q4"


def test_schedule_tries_again_what_is_not_published(reports):
    days = [datetime(2026, 1, day, 2, tzinfo=UTC) for day in (20, 21)]
    keys = {
        request.run_key
        for day in days
        for request in automation.daily_backstop(build_schedule_context(scheduled_execution_time=day))
    }
    assert len(keys) == 2
