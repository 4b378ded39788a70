"""Counts, numbers, days and terms as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from orchestration.dashboard import wording

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0 мероприятий"), (1, "1 мероприятие"), (2, "2 мероприятия"), (5, "5 мероприятий"), (11, "11 мероприятий"),
        (12, "12 мероприятий"), (21, "21 мероприятие"), (24, "24 мероприятия"), (111, "111 мероприятий"),
        (1234, "1 234 мероприятия"), (1000001, "1 000 001 мероприятие"),
    ],
)  # fmt: skip
def test_counts_agree_with_their_noun(count, expected):
    assert wording.counted(count, "event").replace(NBSP, " ") == expected


@pytest.mark.parametrize(("value", "digits", "expected"), [(97.5, 1, "97,5"), (1234.0, 0, "1 234"), (None, 0, "–")])
def test_numbers(value, digits, expected):
    assert wording.number(value, digits).replace(NBSP, " ") == expected


@pytest.mark.parametrize(("difference", "expected"), [(12, "+12"), (-3, "−3"), (0, "±0"), (-12345, "−12 345")])
def test_differences_carry_their_sign(difference, expected):
    assert wording.signed(difference).replace(NBSP, " ") == expected


@pytest.mark.parametrize(
    ("start", "end", "is_ongoing", "expected"),
    [
        (None, None, False, ""),
        (date(2025, 9, 21), date(2025, 9, 21), False, "21.09.2025"),
        (date(2025, 9, 1), date(2025, 9, 5), False, "01–05.09.2025"),
        (date(2025, 9, 28), date(2025, 10, 2), False, "28.09–02.10.2025"),
        (date(2025, 12, 30), date(2026, 1, 2), False, "30.12.2025–02.01.2026"),
        (date(2025, 9, 1), None, True, "с 01.09.2025"),
    ],
)
def test_spans_of_days(start, end, is_ongoing, expected):
    assert wording.span_of_days(start, end, is_ongoing).replace(NBSP, " ") == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (2024, 2026, "2024–2026"),
        (2025, 2025, "2025"),
        (2025, None, "с 2025"),
        (None, 2026, "до 2026"),
        (None, None, ""),
    ],
)
def test_terms(first, last, expected):
    assert wording.years(first, last).replace(NBSP, " ") == expected


def test_quarters():
    assert wording.quarter("2025-Q4").replace(NBSP, " ") == "IV квартал 2025 года"
    assert wording.previous_quarter("2026-Q1") == "2025-Q4"


def test_marks_that_turn_the_text_around_become_spaces_of_the_same_length():
    text = "счёт\u202eтекст\x07"
    assert wording.visible(text) == "счёт текст " and len(wording.visible(text)) == len(text)
