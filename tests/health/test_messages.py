"""What people are told of a real line that goes wrong: of each trouble once, in Russian, with file, row and remedy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import datetime

import pytest
from dagster import DagsterInstance, build_sensor_context

from orchestration.assets.quarters import current_quarter, utc_now
from orchestration.definitions import defs
from orchestration.health import monitor
from orchestration.settings import Settings

from paths import GOLDEN, PROJECT_ROOT, REPORTS

Q4 = REPORTS / "smolensk-oblast-2025-q4.docx"
Q3 = GOLDEN / "smolensk-oblast-2025-q3.docx"

FAILING_CHECK = """
import dataclasses
from orchestration.checks import definitions
from orchestration.checks.outcome import Finding
run_suites = definitions.run_suites

def with_a_failure(connection, *arguments):
    outcomes = run_suites(connection, *arguments)
    first, *others = sorted(outcomes, key=lambda outcome: outcome.severity != "error")
    keys = connection.execute("select report_key, municipality_key, event_key from marts.obt_event "
                              "where sequence_number = 12 and period = '2025-Q4'").fetchone()
    found = Finding("k", first.rule, "error", *keys, "Сроки проведения", None, "Дата не прочитана.", first.suite)
    return [dataclasses.replace(first, passed=False, failed_rows=2, findings=(found,)), *others]

definitions.run_suites = with_a_failure
from orchestration.cli import app
app(["run"])
"""


class Daemon:
    """Ticks of the health sensor beside a pipeline, as its daemon makes them, at a time of one's choice."""

    def __init__(self, pipeline, receiver, monkeypatch) -> None:
        self.config = Settings(
            reports_dir=pipeline.reports_dir, warehouse_dir=pipeline.warehouse_dir, alert_urls=receiver.address
        )
        self.now, self.cursor, self.receiver = utc_now(), None, receiver
        monkeypatch.setattr(monitor, "settings", lambda: self.config)
        monkeypatch.setattr(monitor, "utc_now", lambda: self.now)

    def told(self) -> list[str]:
        """What people are told at the next two ticks."""
        self.receiver.messages.clear()
        with DagsterInstance.from_config(str(self.config.dagster_home)) as instance:
            for _ in range(2):
                repository = defs.get_repository_def()
                with build_sensor_context(instance, cursor=self.cursor, repository_def=repository) as context:
                    monitor.pipeline_health(context)
                    self.cursor = context.cursor
        return [message["message"] for message in self.receiver.messages]


def run_with_failing_check(pipeline) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", FAILING_CHECK],
        cwd=PROJECT_ROOT, env=pipeline.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_each_trouble_is_told_once_with_what_to_do(pipeline, receiver, monkeypatch):
    shutil.copy(Q4, pipeline.reports_dir)
    assert pipeline.events("run").returncode == 0
    daemon = Daemon(pipeline, receiver, monkeypatch)
    overdue = daemon.told()
    content = pipeline.database.read_bytes()

    shutil.copy(Q3, pipeline.reports_dir)
    (pipeline.reports_dir / "план.docx").write_bytes(b"%PDF-1.7 not a Word file")
    result = run_with_failing_check(pipeline)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "Blocking checks failed" in result.stdout and "and 1 more" in result.stdout, result.stdout
    assert pipeline.database.read_bytes() == content
    (blocked,) = daemon.told()
    assert "Запуски: проверки" in blocked and "хранилище осталось прежним" in blocked
    assert f"{Q4.name}, № 12, «Сроки проведения»: Дата не прочитана." in blocked
    assert "выполните `events run`" in blocked

    healed = pipeline.events("run")
    assert healed.returncode == 0, healed.stdout
    assert pipeline.query("select count(*) from marts.dim_report") == [(2,)]
    (refused,) = daemon.told()
    assert "Файлы: план.docx" in refused and "не является документом Word" in refused and "«Сохранить как»" in refused
    assert "Запуски" not in refused

    daemon.now = datetime(2040, 1, 1)
    (late,) = daemon.told()
    assert f"Смоленская область, {current_quarter()}" in late and "срок истёк" in late and "план.docx" not in late
    daemon.now = utc_now()
    assert daemon.told() == []
    daemon.now = datetime(2040, 1, 1)
    assert len(daemon.told()) == 1, "what has passed and returned is told again"
    assert sum("2026-Q1" in message for message in overdue) == 1
