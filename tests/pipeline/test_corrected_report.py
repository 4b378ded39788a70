"""A corrected Word report: the marts show the newest version, and what it changed is told row by row."""

from __future__ import annotations

import shutil

import docx
import pytest

from paths import REPORTS

Q4 = REPORTS / "smolensk-oblast-2025-q4.docx"
CHANGES = "select changed_columns, name, previous_name, difference_ru from marts.fct_report_change where change = "


@pytest.mark.slow
def test_what_a_corrected_report_changed_is_told(pipeline):
    shutil.copy(Q4, pipeline.reports_dir)
    first = pipeline.events("run")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "version 2" not in first.stdout
    assert pipeline.query("select count(*) from marts.fct_report_change") == [(0,)]

    word = docx.Document(str(Q4))
    (table,) = word.tables
    dates, participants, removed, replaced = (table.rows[number] for number in (4, 7, 8, 9))
    dates.cells[3].text = "17 ноября 2025 года"
    participants.cells[5].text = "Всего 230 человек из двух стран."
    removed._tr.getparent().remove(removed._tr)
    replaced.cells[1].text = "Чемпионат мира по спортивной рыбалке среди юниоров"
    for cell in replaced.cells[2:]:
        cell.text = "по согласованию"
    word.save(str(pipeline.reports_dir / "исправленный.docx"))
    second = pipeline.events("run")
    assert second.returncode == 0, second.stdout + second.stderr
    assert "2025-Q4 Смоленская область, version 2: +1 −2 ~2 events" in second.stdout

    assert sorted(columns for columns, *_ in pipeline.query(f"{CHANGES} 'changed'")) == ["dates", "participants"]
    ((told,),) = pipeline.query(
        "select difference_ru from marts.fct_report_change join marts.dim_event using (event_key) "
        "where changed_columns = 'dates'"
    )
    assert told.startswith("сроки проведения: «") and told.endswith("» → «17 ноября 2025 года»")
    ((_, added, before, _),) = pipeline.query(f"{CHANGES} 'added'")
    assert "рыбалке" in added and before is None
    assert pipeline.query("select count(*) from marts.dim_event") == [(60,)]
    history = "select count(*) from parsed.event where document_sha256 in (select source_sha256 from marts.dim_report)"
    assert pipeline.query(history) == [(121,)]
