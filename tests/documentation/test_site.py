"""The documentation site of a real publication: complete, without the network, findable."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from orchestration.documentation.site import DocumentationError, build_site
from orchestration.settings import Settings

if TYPE_CHECKING:
    from pipelines import Pipeline


def test_before_a_run_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DocumentationError, match="make run"):
        build_site(Settings(warehouse_dir=tmp_path))
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.xdist_group("published")
def test_every_mart_is_described_and_led_back_to_the_report(published: Pipeline) -> None:
    told = published.events("docs")
    assert told.returncode == 0, told.stdout + told.stderr
    folder = published.warehouse_dir / "docs"
    pages = {page.stem: page.read_text(encoding="utf-8") for page in folder.glob("*.html")}
    assert set(pages) == {"index", "dictionary", "metrics", "lineage", "dbt"}
    columns = published.query(
        "select table_name || '.' || column_name from duckdb_columns() where schema_name = 'marts'"
    )
    assert not [column for (column,) in columns if f'id="{column}"' not in pages["dictionary"]]
    for name in ("index", "dictionary", "metrics", "lineage"):
        assert "http" not in pages[name]
    assert 'id="not-followed"' not in pages["lineage"]
    start_date = pages["lineage"].partition("#obt_event.start_date")[0].rpartition("<tr")[2]
    assert 'data-cells="dates"' in start_date
    assert "parsed.event.start_date" in start_date
