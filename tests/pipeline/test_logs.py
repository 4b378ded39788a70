"""The log as EVENTS_LOG_FORMAT asks for it: what a collector reads of a run, and what Dagster's servers are told."""

from __future__ import annotations

import json
import logging

import pytest
from dagster import RunRequest

from orchestration import automation, logs
from orchestration.assets.plan import RunPlan
from orchestration.settings import Settings

PLAN = RunPlan(("отчёт.docx",), "2025-Q4", "2025-Q4")


@pytest.fixture
def in_json(monkeypatch):
    monkeypatch.setattr(logs, "settings", lambda: Settings(log_format="json"))


def record(message: str, **extra: object) -> logging.LogRecord:
    made = logging.makeLogRecord({"name": "dagster.run", "levelname": "INFO", "msg": message})
    made.__dict__.update(extra)
    return made


def test_a_line_of_a_run_names_run_and_step():
    meta = {"orig_message": "read отчёт.docx", "job_name": "warehouse", "run_id": "r", "step_key": "read_reports"}
    line = logs.JsonLines().format(record("warehouse - r - read отчёт.docx", dagster_meta=meta))
    assert "\n" not in line and "отчёт" in line
    told = json.loads(line)
    assert told["event"] == "read отчёт.docx"
    assert (told["job"], told["run"], told["step"]) == ("warehouse", "r", "read_reports")
    assert told["level"] == "info" and told["timestamp"].endswith("+00:00")


def test_a_line_of_another_module_holds_its_exception():
    try:
        raise ValueError("two\nlines")
    except ValueError as error:
        line = logs.JsonLines().format(record("broken", exc_info=(type(error), error, error.__traceback__)))
    assert "\n" not in line and "two\nlines" in json.loads(line)["exception"]


def test_servers_and_runs_are_told_the_format(in_json):
    assert logs.log_options() == ("--log-format", "json")
    request = automation._request(PLAN)
    assert isinstance(request, RunRequest) and request.run_config == {"loggers": {"console": {}}}


def test_without_the_setting_dagster_writes_as_it_does():
    assert logs.log_options() == ("--log-format", "colored")
    assert automation._request(PLAN).run_config == {}
