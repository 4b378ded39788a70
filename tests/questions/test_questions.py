"""What analysts ask: the published marts give the answers that a reader of the report finds."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.xdist_group("published")

QUESTIONS = yaml.safe_load(Path(__file__).with_name("questions.yml").read_text(encoding="utf-8"))


def _comparable(rows):
    plain = {Decimal: float, date: date.isoformat}
    return sorted(([plain.get(type(value), lambda same: same)(value) for value in row] for row in rows), key=str)


def _tables(question):
    return set(re.findall(r"\bmarts\.\w+", question["sql"]))


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            question,
            id=question["id"],
            marks=[pytest.mark.xfail(strict=True, reason=question["wrong"])] if "wrong" in question else [],
        )
        for question in QUESTIONS
    ],
)
def test_answer(published, question):
    assert _comparable(published.query(question["sql"])) == _comparable(question["answer"]), question["read"]


def test_fifty_questions_most_of_one_table():
    assert len(QUESTIONS) >= 50
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert sum(len(_tables(question)) == 1 for question in QUESTIONS) > len(QUESTIONS) / 2
    assert max(len(_tables(question)) for question in QUESTIONS) <= 3
