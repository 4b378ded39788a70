"""``events explain``: every fact of an event under the characters it was read from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from orchestration.explain import Fact, underline

if TYPE_CHECKING:
    from pipelines import Pipeline

pytestmark = pytest.mark.xdist_group("published")


def fact(number: int, start: int, end: int) -> Fact:
    return Fact(number, "partner", "партнёр", "", "place", start, end, "rule", 1.0)


def drawn(text: str, facts: list[Fact], width: int = 80) -> list[str]:
    return [line.plain for line in underline(text, facts, width)]


def test_an_underline_stands_under_its_characters_and_carries_its_number() -> None:
    assert drawn("город Витебск, Беларусь", [fact(1, 6, 13), fact(2, 15, 23)]) == [
        "город Витебск, Беларусь",
        "      └──1──┘  └──2───┘",
    ]


def test_facts_that_share_characters_stand_on_rows_of_their_own() -> None:
    assert drawn("школа № 3 города Минска", [fact(1, 0, 23), fact(2, 10, 23)]) == [
        "школа № 3 города Минска",
        "          └─────2─────┘",
        "└──────────1──────────┘",
    ]


def test_a_fact_goes_on_over_a_line_break() -> None:
    lines = drawn("Подписано соглашение о сотрудничестве сторон", [fact(7, 10, 37)], 24)
    assert lines == ["Подписано соглашение о", "          └────7──────", "сотрудничестве сторон", "──────7──────┘"]


def test_a_number_wider_than_its_characters_is_still_told() -> None:
    assert drawn("X турнир", [fact(12, 0, 1)]) == ["X турнир", "12"]


def test_explain_shows_the_row_as_written_and_each_fact_once(published: Pipeline) -> None:
    result = published.events("explain", "2", "--period", "2025-q4", COLUMNS="200")
    assert result.returncode == 0, result.stderr
    assert "Смоленская область, 2025-Q4, город Смоленск, № 2" in result.stdout
    assert "X Международный конкурс фольклора и ремесел «Смоленский Рожок 2025»" in result.stdout
    key = re.search(r"event_key (\w+)", result.stdout)[1]
    for number, name in published.query(
        f"select fact_number, fact_name_ru from marts.fct_event_fact where event_key = '{key}'"
    ):
        assert len(re.findall(rf"(?m)^\s*{number}\s+{name}", result.stdout)) == 1
    assert published.events("explain", key[:10]).stdout == published.events("explain", key).stdout


def test_an_unknown_event_is_told(published: Pipeline) -> None:
    result = published.events("explain", "9999")
    assert result.returncode == 1
    assert "No event '9999'" in result.stdout


def test_nothing_published_is_told(pipeline: Pipeline) -> None:
    result = pipeline.events("explain", "1")
    assert result.returncode == 1
    assert "Nothing has been published yet" in result.stdout
