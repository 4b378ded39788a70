"""The quarter's report is one safe, small file that comes out the same every time."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from lxml import html

from orchestration.dashboard.report import write_report
from orchestration.dashboard.warehouse import Warehouse, WarehouseUnreadableError
from orchestration.settings import Settings

from altered import HOSTILE
from paths import PROJECT_ROOT

pytestmark = pytest.mark.xdist_group("published")

MOST_BYTES = 500_000
PUBLISHED_AT = datetime(2026, 1, 15, 9, 30)


def written(warehouse_dir: Path, output: Path, period: str | None = None, region: str | None = None) -> str:
    return write_report(Settings(warehouse_dir=warehouse_dir), PUBLISHED_AT, period, region, output).read_text(
        encoding="utf-8"
    )


def test_the_report_holds_the_quarter(published, tmp_path):
    text = written(published.warehouse_dir, tmp_path / "report.html")
    shown = html.fromstring(text).text_content()
    names = published.query("select name from marts.obt_event")
    assert all(name in shown for (name,) in names)
    assert "IV квартал 2025 года" in shown.replace("\xa0", " ") and "Смоленская область" in shown
    assert len(text.encode()) < MOST_BYTES


def test_nothing_is_loaded_and_nothing_runs(published, tmp_path):
    text = written(published.warehouse_dir, tmp_path / "report.html")
    assert not re.search(r"<script|<link|<img|<iframe|\bsrc=|url\(|@import|https?://|\bhref=", text)


def test_the_same_warehouse_gives_the_same_bytes(published, tmp_path):
    first, second = (written(published.warehouse_dir, tmp_path / name) for name in ("a.html", "b.html"))
    assert first == second


def test_it_can_be_asked_for_in_words(published, tmp_path):
    assert "IV" in written(published.warehouse_dir, tmp_path / "report.html", period="2025-q4", region="смолен")


@pytest.mark.parametrize(
    ("period", "region", "expected"),
    [("1999-Q1", None, "есть кварталы: 2025-Q4"), (None, "Сибирь", "есть: Смоленская область")],
)
def test_what_is_not_there_is_told(published, tmp_path, period, region, expected):
    with pytest.raises(WarehouseUnreadableError, match=expected):
        written(published.warehouse_dir, tmp_path / "report.html", period, region)
    assert not (tmp_path / "report.html").exists()


def test_text_of_reports_stays_text(hostile, tmp_path):
    shown = html.fromstring(written(hostile.parent, tmp_path / "report.html"))
    assert not shown.xpath("//script | //img | //a | //@onerror")
    assert HOSTILE[:60] in shown.text_content()


def test_the_command_tells_where_it_wrote(published):
    result = published.events("report", "--output", str(published.warehouse_dir / "report.html"))
    assert result.returncode == 0 and "report.html" in result.stdout
    assert published.events("report", "--region", "Нигде").returncode == 1


def test_its_exposure_names_what_its_queries_read(published, tmp_path, monkeypatch):
    asked = []
    answer = Warehouse.rows
    monkeypatch.setattr(Warehouse, "rows", lambda self, sql, *rest: asked.append(sql) or answer(self, sql, *rest))
    written(published.warehouse_dir, tmp_path / "report.html")
    exposures = yaml.safe_load((PROJECT_ROOT / "dbt_project/models/exposures.yml").read_text(encoding="utf-8"))
    [named] = (exposure["depends_on"] for exposure in exposures["exposures"] if exposure["name"] == "report")
    assert set(named) == {f"ref('{mart}')" for sql in asked for mart in re.findall(r"\bmarts\.(\w+)", sql)}
