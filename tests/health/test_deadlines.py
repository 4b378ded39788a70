"""Which reports are missing, and until when they are awaited."""

from datetime import date

import pytest

from orchestration.health.deadlines import MissingReport, due_days, missing_reports

SMOLENSK, PSKOV = "Смоленская область", "Псковская область"


def test_nothing_is_missing_of_a_quarter_that_has_not_ended():
    assert missing_reports([(SMOLENSK, "2025-Q4")], date(2026, 3, 31)) == []


def test_a_quarter_that_has_ended_is_awaited_until_its_day():
    (missing,) = missing_reports([(SMOLENSK, "2025-Q4")], date(2026, 4, 1))
    assert missing == MissingReport(SMOLENSK, "2026-Q1", date(2026, 4, 30))


def test_gaps_are_told_region_by_region_from_the_first_report_on():
    missing = missing_reports([(SMOLENSK, "2025-Q1"), (SMOLENSK, "2025-Q3"), (PSKOV, "2025-Q3")], date(2025, 12, 31))
    assert [(each.region, each.period) for each in missing] == [(SMOLENSK, "2025-Q2")]


@pytest.mark.parametrize("today", [date(2025, 1, 1), date(2026, 11, 22)])
def test_no_report_at_all_misses_nothing(today):
    assert missing_reports([], today) == []


def test_every_region_has_a_deadline():
    assert due_days("Неизвестная область") == 30
