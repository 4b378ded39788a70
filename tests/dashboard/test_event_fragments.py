"""A cell is cut where facts begin and end, and stays the cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.dashboard.event import fragments

TEXT = "Ансамбль «Ива» из Гомеля, 12 человек"


def fact(number: int, start: int, end: int, kind: str = "partner") -> dict[str, object]:
    return {
        "fact_number": number, "char_start": start, "char_end": end, "fact": kind, "fact_name_ru": kind, "value": "x",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], [(TEXT, ())]),
        ([fact(1, 0, 14)], [(TEXT[:14], (1,)), (TEXT[14:], ())]),
        ([fact(1, 0, 24), fact(2, 18, 24)], [(TEXT[:18], (1,)), (TEXT[18:24], (2, 1)), (TEXT[24:], ())]),
        (
            [fact(1, 0, 20), fact(2, 10, 30)],
            [(TEXT[:10], (1,)), (TEXT[10:20], (1, 2)), (TEXT[20:30], (2,)), (TEXT[30:], ())],
        ),
    ],
    ids=["no facts", "one", "one within another", "two that overlap"],
)  # fmt: skip
def test_cuts(facts, expected):
    assert [(part.text, part.numbers) for part in fragments(TEXT, facts)] == expected


@given(st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=6))
def test_nothing_is_lost_whatever_the_offsets(spans):
    facts = [fact(number, start, end) for number, (start, end) in enumerate(spans, 1)]
    assert "".join(part.text for part in fragments(TEXT, facts)) == TEXT


def test_the_chosen_fact_is_marked():
    parts = fragments(TEXT, [fact(1, 0, 14), fact(2, 18, 24)], chosen=2)
    assert [part.text for part in parts if part.is_chosen] == [TEXT[18:24]]
