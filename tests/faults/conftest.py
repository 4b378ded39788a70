"""What the fault tests share: a warehouse with news, copied from one that is published once a session."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from paths import GOLDEN
from pipelines import Pipeline

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def with_news(published: Pipeline, tmp_path: Path) -> Pipeline:
    """A warehouse in which one report is published, and a second one that is not."""
    pipeline = Pipeline(tmp_path / "reports", tmp_path / "warehouse")
    shutil.copytree(published.reports_dir, pipeline.reports_dir)
    shutil.copytree(published.warehouse_dir, pipeline.warehouse_dir, symlinks=True)
    shutil.copy(GOLDEN / "smolensk-oblast-2025-q3.docx", pipeline.reports_dir)
    return pipeline
