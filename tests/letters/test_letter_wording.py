"""Russian of the letters: hostile text made fit, quarters and days in words, lines that do not end anywhere."""

from __future__ import annotations

from datetime import date

import pytest

from orchestration.letters.wording import (
    clean,
    day_in_words,
    number_ranges,
    quarter_in_words,
    shorten,
    typeset,
    with_quarters_in_words,
    working_days,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Ярмарка\n\tремёсел\u00a0  «Лад» ", "Ярмарка ремёсел «Лад»"),
        ("без\x00 нулей\x1f и\x0b полос", "без нулей и полос"),
        ("\u202eтекст наоборот\u202c", "текст наоборот"),
        ("половина пары \ud83d и \uffff", "половина пары и"),
        ('=HYPERLINK("x")', '=HYPERLINK("x")'),
    ],
)
def test_what_a_report_says_fits_one_line_of_word(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("Неделя кино", 11, "Неделя кино"),
        ("Неделя польского кино", 18, "Неделя польского…"),
        ("Фестиваль – конкурс", 12, "Фестиваль…"),
        ("а" * 30, 10, "а" * 9 + "…"),
    ],
)
def test_long_text_is_cut_between_words(text: str, length: int, expected: str) -> None:
    assert shorten(text, length) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("№ 7 и № 12", "№~7 и №~12"),
        ("г. Орша, с. Красное", "г.~Орша, с.~Красное"),
        ("школа им. А. С. Пушкина", "школа им.~А.~С.~Пушкина"),
        ("5 мая 2025 года – 6 июня", "5~мая 2025~года~– 6~июня"),
        ("III квартал, IV квартал, I квартал", "III~квартал, IV~квартал, I~квартал"),
        ("мероприятий: 12, человек: много", "мероприятий:~12, человек: много"),
        ("40 человек за 10 рабочих дней", "40~человек за 10~рабочих дней"),
    ],
)
def test_lines_do_not_end_inside_what_belongs_together(text: str, expected: str) -> None:
    assert typeset(text) == expected.replace("~", "\u00a0")


def test_quarters_and_days_are_told_in_words() -> None:
    assert quarter_in_words("2026-Q2") == "II квартал 2026 года"
    assert day_in_words(date(2025, 3, 1)) == "1 марта 2025 года"
    message = "Уже указано в отчёте 2025-Q3 (№ 4); артикул X2025-Q3 прежний."
    assert with_quarters_in_words(message) == (
        "Уже указано в отчёте за III квартал 2025 года (№ 4); артикул X2025-Q3 прежний."
    )


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "1 рабочего дня"), (5, "5 рабочих дней"), (11, "11 рабочих дней"), (21, "21 рабочего дня")],
)
def test_working_days_agree_with_their_number(count: int, expected: str) -> None:
    assert working_days(count) == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([4], "4"), ([4, 5], "4, 5"), ([1, 4, 5, 6, 9], "1, 4–6, 9"), ([2, 2, 3], "2, 2, 3"), ([], "")],
)
def test_runs_of_numbers_are_drawn_together(numbers: list[int], expected: str) -> None:
    assert number_ranges(numbers) == expected
