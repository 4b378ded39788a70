"""One warehouse of all golden reports; tests only read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .published import publish
from .registry import golden_reports


@pytest.fixture(scope="session")
def golden_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(golden_reports(), tmp_path_factory.mktemp("golden"))
