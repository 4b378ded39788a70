"""What an operator is told of a published warehouse, and what to do about it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from dagster import DagsterInstance
from dagster._daemon.types import DaemonHeartbeat
from pydantic import SecretStr

from orchestration.health.conditions import conditions, worst
from orchestration.health.monitor import health_metadata
from orchestration.settings import Settings

IN_TIME = datetime(2026, 1, 15, 8, 0)


@pytest.fixture
def config(published, tmp_path):
    shutil.copytree(published.warehouse_dir, tmp_path / "warehouse", symlinks=True)
    shutil.copytree(published.reports_dir, tmp_path / "reports")
    return Settings(reports_dir=tmp_path / "reports", warehouse_dir=tmp_path / "warehouse")


def told(config: Settings, now: datetime = IN_TIME) -> dict[tuple[str, str], str]:
    return {(each.area, each.state): f"{each.subject} {each.message} {each.remedy}" for each in conditions(config, now)}


def test_nothing_published_is_red_and_says_what_to_do(tmp_path):
    (tmp_path / "reports").mkdir()
    config = Settings(reports_dir=tmp_path / "reports", warehouse_dir=tmp_path / "warehouse")
    assert "events run" in told(config)["Хранилище", "red"]


def test_a_folder_as_published_raises_no_concern(config):
    found = told(config)
    assert ("Файлы", "green") in found and ("Отчёты", "red") not in found


def test_a_missing_report_is_awaited_and_then_overdue(config):
    assert "2026-Q1" in told(config, datetime(2026, 4, 15))["Отчёты", "amber"]
    late = conditions(config, datetime(2026, 5, 2))
    assert worst(late) == "red" and late[0].key == "overdue:Смоленская область:2026-Q1"


def test_news_in_the_folder_is_amber(config):
    shutil.copy(next(config.reports_dir.glob("*.docx")), config.reports_dir / "copy.docx")
    assert "events run" in told(config)["Отчёты", "amber"]


def test_the_table_escapes_what_reports_say(config):
    (config.reports_dir / "a|b<script>.docx").write_bytes(b"")
    text = health_metadata(conditions(config, IN_TIME))["health"].md_str
    assert "<script>" not in text


def test_a_daemon_that_fell_silent_is_red_and_one_that_never_ran_is_not_missed(config):
    assert not [found for found in told(config) if found[0] == "Служба"]
    with DagsterInstance.from_config(str(config.dagster_home)) as instance:
        instance.add_daemon_heartbeat(DaemonHeartbeat(IN_TIME.replace(tzinfo=UTC).timestamp(), "SENSOR", "one", []))
        assert ("Служба", "green") in told(config, IN_TIME + timedelta(minutes=2))
        silent = told(config, IN_TIME + timedelta(minutes=6))["Служба", "red"]
        assert "15.01.2026 08:00" in silent and "restart events-daemon" in silent
        instance.wipe_daemon_heartbeats()
    assert ("Служба", "red") not in told(config, IN_TIME + timedelta(minutes=6))


def test_the_history_of_runs_in_a_server_that_is_down_is_told_without_its_address(config):
    away = config.model_copy(update={"dagster_postgres_url": SecretStr("postgresql://events:secret@127.0.0.1:9/x")})
    silent = told(away)["Служба", "red"]
    assert "не отвечает" in silent and "secret" not in silent
