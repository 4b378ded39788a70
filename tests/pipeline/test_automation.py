"""What starts runs: the sensor asks once for each state of the reports folder."""

from __future__ import annotations

import os
import shutil
import time
from datetime import timedelta

import pytest
from dagster import (
    DagsterInstance,
    DagsterRunStatus,
    RunRequest,
    SkipReason,
    build_schedule_context,
    build_sensor_context,
)
from dagster._core.test_utils import create_run_for_test

from orchestration import automation
from orchestration.assets import intake, plan
from orchestration.assets.intake import read_file
from orchestration.assets.plan import folder_state
from orchestration.assets.quarters import current_quarter
from orchestration.assets.versions import code_version
from orchestration.serving.manifest import Manifest, manifest_json
from orchestration.settings import Settings

from paths import GOLDEN, REPORTS


@pytest.fixture
def reports(tmp_path, monkeypatch):
    config = Settings(reports_dir=tmp_path / "reports", warehouse_dir=tmp_path / "warehouse", settling_seconds=0)
    config.reports_dir.mkdir()
    monkeypatch.setattr(automation, "settings", lambda: config)
    shutil.copy(REPORTS / "smolensk-oblast-2025-q4.docx", config.reports_dir)
    return config.reports_dir


def sensor_context():
    return build_sensor_context(instance=DagsterInstance.ephemeral())


def quarters(request: RunRequest) -> tuple[str, str]:
    prefix = "dagster/asset_partition_range"
    return request.tags[f"{prefix}_start"], request.tags[f"{prefix}_end"]


def test_sensor_asks_for_the_quarter_of_a_new_file(reports):
    assert quarters(automation.reports_folder(sensor_context())) == (
        "2025-Q4",
        "2025-Q4",
    )


def test_sensor_asks_once_for_a_state_and_again_when_it_returns(reports):
    context = sensor_context()
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
    assert report.name in automation.reports_folder(sensor_context()).skip_message
    os.utime(report, times=(time.time() - 61,) * 2)
    assert isinstance(automation.reports_folder(sensor_context()), RunRequest)


def test_a_date_in_the_future_does_not_stop_the_sensor(reports, monkeypatch):
    patient = automation.settings().model_copy(update={"settling_seconds": 60})
    monkeypatch.setattr(automation, "settings", lambda: patient)
    (report,) = reports.iterdir()
    os.utime(report, times=(time.time() + 86_400,) * 2)
    assert isinstance(automation.reports_folder(sensor_context()), RunRequest)


def test_sensor_waits_for_a_run_to_end(reports, monkeypatch):
    monkeypatch.setattr(automation, "another_run_is_under_way", lambda _: True)
    monkeypatch.setattr(automation, "run_under_way", lambda _: "process 7")
    assert isinstance(automation.reports_folder(sensor_context()), SkipReason)


def test_missing_folder_is_a_reason_to_skip(reports):
    shutil.rmtree(reports)
    assert "EVENTS_REPORTS_DIR" in automation.reports_folder(sensor_context()).skip_message


def test_schedule_asks_every_day_for_what_is_not_published(reports):
    for _ in range(2):
        assert quarters(automation.daily_backstop(build_schedule_context())) == ("2025-Q4", "2025-Q4")


def test_a_run_whose_process_is_gone_does_not_hold_the_queue(reports, monkeypatch):
    with DagsterInstance.ephemeral() as instance:
        run = create_run_for_test(instance, job_name="warehouse", status=DagsterRunStatus.STARTED)
        automation.reports_folder(build_sensor_context(instance=instance))
        assert instance.get_run_by_id(run.run_id).status is DagsterRunStatus.STARTED, "it may only just have begun"
        monkeypatch.setattr(automation, "_LONGEST_START", timedelta())
        automation.reports_folder(build_sensor_context(instance=instance))
        assert instance.get_run_by_id(run.run_id).status is DagsterRunStatus.FAILURE


def publish(config: Settings) -> None:
    """Let what lies in the reports folder be what is published, as far as the sensor looks."""
    state = folder_state(config)
    manifest = Manifest(
        version="20260101T000000.000Z-00000000", previous=None, published_at="2026-01-01T00:00:00",
        fingerprint=state.fingerprint, inputs=state.inputs, code_version=code_version(), lock_sha256=None,
        source_files={
            file.path: {"sha256": file.sha256, "override": file.override, "period": read_file(file, config).period}
            for file in state.files
        },
        row_counts={}, content_hashes={}, checks={}, difference=None,
    )  # fmt: skip
    config.warehouse_dir.mkdir(exist_ok=True)
    config.published_database.touch()
    config.manifest.write_text(manifest_json(manifest), encoding="utf-8")


def test_sensor_sees_whatever_happens_to_files_and_nothing_else(reports):
    (report,) = reports.iterdir()
    content = report.read_bytes()
    publish(automation.settings())
    context = sensor_context()
    assert "exactly the files" in automation.reports_folder(context).skip_message
    os.utime(report, times=(1, 1))
    assert "exactly the files" in automation.reports_folder(context).skip_message, "the content counts, not the time"

    moved = report.rename(reports / "moved.docx")
    assert quarters(automation.reports_folder(context)) == ("2025-Q4", "2025-Q4")
    moved.rename(report)
    assert "exactly the files" in automation.reports_folder(context).skip_message, "what was reverted is published"
    moved = report.rename(moved)
    assert isinstance(automation.reports_folder(context), SkipReason), "asked for before"

    moved.rename(report)
    times = report.stat()
    report.write_bytes(content[:-1] + b"!")
    os.utime(report, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert isinstance(automation.reports_folder(context), RunRequest), "another content, the same size and time"
    report.write_bytes(content)
    (reports / f"{report.name}.yml").write_text("period: 2025-Q2", encoding="utf-8")
    assert quarters(automation.reports_folder(context)) == ("2025-Q2", "2025-Q2")
    (reports / f"{report.name}.yml").unlink()

    report.unlink()
    assert quarters(automation.reports_folder(context)) == ("2025-Q4", "2025-Q4"), "the quarter of what is gone"
    for number in range(3):
        (reports / f"{number}.docx").write_bytes(content)
    assert quarters(automation.reports_folder(context)) == ("2025-Q4", "2025-Q4"), "one run for several"


def test_a_tick_opens_no_more_files_than_it_has_time_for(reports, monkeypatch):
    monkeypatch.setattr(plan, "_MOST_OPENED", 0)
    monkeypatch.setattr(intake, "read_file", None)
    request = automation.reports_folder(sensor_context())
    assert quarters(request) == (automation.settings().first_quarter, current_quarter())
