from io import BytesIO
from typing import Any

import pytest

from orchestration.documents.layout import read_report
from orchestration.documents.model import Report
from orchestration.documents.reader import read_document

from layouts import LAYOUTS


def read(name: str) -> tuple[Report, Any]:
    word, expected = LAYOUTS[name]()
    output = BytesIO()
    word.save(output)
    return read_report(read_document(output.getvalue(), f"{name}.docx")), expected


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("vologda-oblast-2025-q3", ["no_events", "totals_row"]),
        ("primorsky-krai-2026-q2", ["combined_column", "no_events"]),
    ],
)
def test_every_row_in_its_municipality_every_column_in_its_field(name: str, codes: list[str]) -> None:
    report, expected = read(name)
    rows = [{key: getattr(row, key) for key in expected.rows[0]} for row in report.rows]
    assert rows == expected.rows
    assert (report.title, report.region, report.period) == (expected.title, expected.region, expected.period)
    assert [issue.code for issue in report.issues] == codes
