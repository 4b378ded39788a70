"""The rooms of the house keep to themselves: what each may load, and where the environment is read."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from paths import PROJECT_ROOT

FORBIDDEN = {"dagster", "duckdb", "dbt", "great_expectations", "pandas", "pyarrow", "pydantic_settings", "requests"}


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        ("orchestration", FORBIDDEN | {"docx", "lxml", "pymorphy3"}),
        ("orchestration.documents", FORBIDDEN | {"pymorphy3"}),
        ("orchestration.extraction", FORBIDDEN | {"docx", "lxml"}),
        ("orchestration.checks.suites", (FORBIDDEN - {"duckdb"}) | {"docx", "lxml", "pymorphy3"}),
        ("orchestration.assets.plan", {"dagster", "dbt", "great_expectations", "pandas"}),
    ],
)
def test_what_a_package_loads(package, forbidden):
    code = f"import sys, {package}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True)
    assert set(loaded.stdout.split()) & forbidden == set()


def test_only_settings_read_the_environment():
    reads = re.compile(r"os\.getenv|os\.environ\.get\(|os\.environ\[[^\]]+\](?!\s*=[^=])")
    found = {
        path.relative_to(PROJECT_ROOT).as_posix()
        for path in (PROJECT_ROOT / "orchestration").rglob("*.py")
        if reads.search(path.read_text(encoding="utf-8"))
    }
    assert found <= {"orchestration/assets/marts.py"}, "marts.py passes its own PATH on to dbt, others use settings.py"


def test_reading_a_report_needs_no_clock():
    for package in ("documents", "extraction"):
        for path in (PROJECT_ROOT / "orchestration" / package).rglob("*.py"):
            assert not re.search(r"\b(date\.today|datetime\.now|time\.time)\(", path.read_text(encoding="utf-8")), path
