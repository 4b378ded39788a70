"""The sensor that keeps the asset ``asset_health``: it records changes, tells people, and survives a dead service."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from dagster import AssetKey, AssetMaterialization, DagsterInstance, build_sensor_context

from orchestration.definitions import defs
from orchestration.health import monitor
from orchestration.health.alerts import AlertNotSentError
from orchestration.health.conditions import Condition

GREEN = Condition("Диск", "/", "green", "Места хватает.")
REFUSED = Condition("Файлы", "отчёт.docx", "red", "Файл пуст.", "Пришлите заново.", "refused:отчёт.docx:empty_file")
MORNING = datetime(2026, 1, 15, 8, 0)


class Watch:
    """Ticks of the sensor on an instance of its own, with the conditions and the time of one's choice."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, instance: DagsterInstance) -> None:
        self.instance, self.cursor, self.sent = instance, None, []
        self.found, self.now, self.is_down = [GREEN], MORNING, False
        monkeypatch.setattr(monitor, "conditions", lambda settings, now: list(self.found))
        monkeypatch.setattr(monitor, "utc_now", lambda: self.now)
        monkeypatch.setattr(monitor, "send_alerts", self._send)

    def _send(self, _, found, told):
        if self.is_down:
            raise AlertNotSentError("A service did not take the message.")
        keys = {condition.key for condition in found if condition.key}
        self.sent += sorted(keys - set(told))
        return tuple(keys)

    def tick(self) -> str:
        repository = defs.get_repository_def()
        with build_sensor_context(self.instance, cursor=self.cursor, repository_def=repository) as context:
            reason = monitor.pipeline_health(context)
            self.cursor = context.cursor
        return reason.skip_message

    @property
    def verdict(self) -> tuple[bool, str]:
        key = monitor.all_is_well.check_key
        (record,) = self.instance.event_log_storage.get_latest_asset_check_execution_by_key([key]).values()
        evaluation = record.event.asset_check_evaluation
        return evaluation.passed, evaluation.severity.value

    @property
    def shown(self) -> list[str]:
        records = self.instance.fetch_materializations(AssetKey("asset_health"), limit=100).records
        return [record.asset_materialization.metadata["state"].value for record in reversed(records)]


@pytest.fixture
def watch(monkeypatch):
    with DagsterInstance.ephemeral() as instance:
        yield Watch(monkeypatch, instance)


def test_a_change_is_recorded_once_and_told_once(watch):
    assert watch.tick().startswith("🟢")
    assert watch.verdict[0]
    watch.tick()
    watch.found = [GREEN, REFUSED]
    assert "Пришлите заново" in watch.tick()
    watch.tick()
    assert watch.shown == ["green", "red"]
    assert watch.verdict == (False, "ERROR")
    assert watch.sent == [REFUSED.key]


def test_without_a_change_it_is_renewed_once_a_day(watch):
    for hours in (0, 1, 25, 26, 50):
        watch.now = MORNING + timedelta(hours=hours)
        watch.tick()
    assert watch.shown == ["green"] * 3


def test_a_service_that_is_down_is_red_and_the_message_is_sent_when_it_is_back(watch):
    watch.found, watch.is_down = [GREEN, REFUSED], True
    watch.tick()
    watch.tick()
    assert watch.shown == ["red"] and not watch.sent
    watch.is_down = False
    watch.tick()
    assert watch.sent == [REFUSED.key]


def test_news_that_wait_for_an_hour_are_told_once_and_again_after_the_next_wait(watch):
    news = Condition("Отчёты", "папка", "amber", "Ещё не в хранилище файлов: 1.", "Дождитесь запуска.")
    for minutes, found in (
        (0, [news]),
        (59, [news]),
        (60, [news]),
        (61, [news]),
        (62, [GREEN]),
        (63, [news]),
        (130, [news]),
    ):
        watch.now, watch.found = MORNING + timedelta(minutes=minutes), found
        reason = watch.tick()
        assert ("С 15.01.2026 0" in reason) == (minutes in (60, 61, 130))
    assert watch.sent == ["waiting", "waiting"]
    assert "09:03" in reason and "страницу Runs" in reason


def test_what_is_to_be_typed_is_code_and_what_reports_say_is_not():
    typed = Condition("Хранилище", "*ж*", "red", "`", "Выполните `events run --full`, не `<b>` и не «`».")
    text = monitor.health_metadata([typed])["health"].md_str
    assert "Выполните `events run --full`" in text and "<b>" not in text and r"\*ж\*" in text


def test_every_asset_has_its_row_and_a_policy(watch):
    watch.instance.report_runless_asset_event(AssetMaterialization(["raw", "document"]))
    watch.tick()
    (record,) = watch.instance.fetch_materializations(AssetKey("asset_health"), limit=1).records
    table = record.asset_materialization.metadata["assets"].value
    assert "raw/document | 20" in table and r"marts/obt\_event | –" in table
    graph = defs.get_repository_def().asset_graph
    assert not [key for key in graph.materializable_asset_keys if graph.get(key).freshness_policy is None]


def test_what_an_earlier_program_left_in_the_cursor_is_forgotten(watch):
    watch.cursor = '{"shown": [["red", "a"]], "told": "[]"}'
    assert watch.tick().startswith("🟢")
