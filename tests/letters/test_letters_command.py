"""``events letters`` on the real report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

if TYPE_CHECKING:
    from pipelines import Pipeline

pytestmark = pytest.mark.xdist_group("published")


def test_letters_of_the_real_report(published: Pipeline, tmp_path: Path) -> None:
    result = published.events("letters", "--with-info", "--output", str(tmp_path))
    assert result.returncode == 0, result.stdout + result.stderr
    letters = {path.name for path in (tmp_path / "2025-Q4" / "Смоленская-область").iterdir()}
    assert f"{len(letters)} letters in" in result.stdout
    assert "Сводное-письмо.docx" in letters
    addressed = published.query(
        "select distinct municipality.name from marts.fct_quality_finding "
        "inner join marts.dim_municipality as municipality using (municipality_key) "
        "where event_key is not null and rule not in ('reader_note', 'mention_side_agrees_with_country')"
    )
    assert letters - {"Сводное-письмо.docx"} == {f"Письмо-{name.replace(' ', '-')}.docx" for (name,) in addressed}
    overview = docx.Document(str(tmp_path / "2025-Q4" / "Смоленская-область" / "Сводное-письмо.docx")).tables[1]
    assert [cell.text for cell in overview.rows[-1].cells][:2] == ["Всего", "61"]


def test_an_unknown_quarter_is_told(published: Pipeline, tmp_path: Path) -> None:
    result = published.events("letters", "--period", "2019-Q1", "--output", str(tmp_path))
    assert result.returncode == 1
    assert "No report of this quarter and region is published" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_an_unfit_template_is_told(published: Pipeline, tmp_path: Path) -> None:
    result = published.events("letters", EVENTS_LETTER_TEMPLATES_DIR=str(tmp_path))
    assert result.returncode == 1
    assert "municipality.docx: not a Word document that can be opened" in result.stdout
