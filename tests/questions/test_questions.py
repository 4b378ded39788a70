"""What analysts ask: the published marts give the answers that a reader of the report finds."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from docx import Document

from paths import GOLDEN, REPORTS
from pipelines import Pipeline

pytestmark = pytest.mark.xdist_group("published")

QUESTIONS, TWO_QUARTERS = (
    yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    for name in ("questions.yml", "two_quarters.yml")
)


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


def _write_first_version(path: Path) -> None:
    """The report of the third quarter as it was a day before: without its last row."""
    first = Document(GOLDEN / "smolensk-oblast-2025-q3.docx")
    last = first.tables[0].rows[-1]._tr
    last.getparent().remove(last)
    first.core_properties.modified -= timedelta(days=1)
    first.save(path)


@pytest.fixture(scope="module")
def two_quarters(tmp_path_factory) -> Pipeline:
    """A warehouse of the real report and two versions of the made-up one of the quarter before."""
    folder = tmp_path_factory.mktemp("two_quarters")
    (folder / "reports").mkdir()
    shutil.copy(GOLDEN / "smolensk-oblast-2025-q3.docx", folder / "reports")
    _write_first_version(folder / "reports" / "first.docx")
    shutil.copy(REPORTS / "smolensk-oblast-2025-q4.docx", folder / "reports")
    pipeline = Pipeline(folder / "reports", folder / "warehouse")
    result = pipeline.events("run")
    assert result.returncode == 0, result.stdout + result.stderr
    return pipeline


@pytest.mark.slow
@pytest.mark.parametrize("question", [pytest.param(question, id=question["id"]) for question in TWO_QUARTERS])
def test_answer_over_two_quarters(two_quarters, question):
    found = two_quarters.query(question["sql"])
    assert _comparable(found) == _comparable(question["answer"]), question["read"]


def test_fifty_questions_most_of_one_table():
    assert len(QUESTIONS) >= 50
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert sum(len(_tables(question)) == 1 for question in QUESTIONS) > len(QUESTIONS) / 2
    assert max(len(_tables(question)) for question in QUESTIONS) <= 3
