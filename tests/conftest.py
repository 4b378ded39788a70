"""Shared fixtures: a warehouse of its own for every test that runs the pipeline."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from paths import REPORTS
from pipelines import Pipeline, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the project with the real report under another name; nothing is published yet."""
    return Project(tmp_path)


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    """Empty folders for reports and warehouse."""
    (tmp_path / "reports").mkdir()
    return Pipeline(tmp_path / "reports", tmp_path / "warehouse")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """A warehouse published once from the real report; tests only read it."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "reports").mkdir()
    shutil.copy(REPORTS / "smolensk-oblast-2025-q4.docx", folder / "reports")
    pipeline = Pipeline(folder / "reports", folder / "warehouse")
    result = pipeline.events("run")
    assert result.returncode == 0, result.stdout + result.stderr
    return pipeline
