"""People are told of a condition once, of its return again, and nothing is lost when a service is down."""

from __future__ import annotations

import pytest

from orchestration.health.alerts import AlertNotSentError, send_alerts
from orchestration.health.conditions import Condition
from orchestration.settings import Settings

REFUSED = Condition("Файлы", "отчёт.docx", "red", "Файл пуст.", "Пришлите заново.", "refused:отчёт.docx:empty_file")
LOW = Condition("Замечания", "Велижский округ", "amber", "Оценка 40.", "events letters")
OVERDUE = Condition("Отчёты", "2026-Q1", "red", "Срок истёк.", "Запросите.", "overdue:Смоленская область:2026-Q1")


def test_a_condition_is_told_once_and_again_when_it_returns(receiver):
    config = Settings(alert_urls=receiver.address)
    told = send_alerts(config, [REFUSED, LOW], ())
    told = send_alerts(config, [REFUSED, LOW], told)
    told = send_alerts(config, [REFUSED, OVERDUE, LOW], told)
    told = send_alerts(config, [], told)
    send_alerts(config, [REFUSED], told)
    assert len(receiver.messages) == 3
    first, second, third = (message["message"] for message in receiver.messages)
    assert first == third == "Файлы: отчёт.docx\nФайл пуст.\nПришлите заново."
    assert "2026-Q1" in second and "отчёт.docx" not in second
    assert "вмешательство" in receiver.messages[0]["title"]


def test_a_service_that_is_down_is_tried_again():
    config = Settings(alert_urls="json://127.0.0.1:9")
    with pytest.raises(AlertNotSentError):
        send_alerts(config, [REFUSED], ())


def test_an_unknown_service_is_told_without_its_address():
    config = Settings(alert_urls="carrier-pigeon://secret@roof")
    with pytest.raises(AlertNotSentError) as error:
        send_alerts(config, [REFUSED], ())
    assert "secret" not in str(error.value) and "secret" not in repr(config)


def test_a_service_that_is_named_later_hears_of_all_that_stands(receiver):
    told = send_alerts(Settings(), [REFUSED, LOW], ())
    assert told == ()
    assert send_alerts(Settings(alert_urls=receiver.address), [REFUSED], told) == (REFUSED.key,)
    assert len(receiver.messages) == 1
