"""What a command loads before it answers: a look must not cost the start of the whole line."""

from __future__ import annotations

import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from paths import PROJECT_ROOT

if TYPE_CHECKING:
    from pipelines import Pipeline

HEAVY = {"dagster", "dbt", "docx", "great_expectations", "numpy", "pandas", "pyarrow", "pymorphy3"}


@pytest.mark.slow
@pytest.mark.xdist_group("published")
@pytest.mark.parametrize("command", ["status", "run", "versions"])
def test_a_look_loads_neither_the_line_nor_its_libraries(published: Pipeline, command: str) -> None:
    told = published.events(command, PYTHONPROFILEIMPORTTIME="1")
    assert told.returncode == 0, told.stdout + told.stderr
    loaded = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    assert "duckdb" in loaded or command == "versions"
    assert not HEAVY & loaded, told.stdout


@pytest.mark.slow
@pytest.mark.xdist_group("published")
def test_a_reader_that_has_seen_enough_ends_nothing(published: Pipeline) -> None:
    command = shlex.join([sys.executable, "-m", "orchestration.cli", "run"])
    told = subprocess.run(
        f"{command} | true; echo ${{PIPESTATUS[0]}}",
        shell=True, executable="/bin/bash", cwd=PROJECT_ROOT, env=published.environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (told.stdout, told.stderr) == ("0\n", "")
