"""Where the tests find the project and its reports."""

from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent
REPORTS = PROJECT_ROOT / "raw_reports"
GOLDEN = PROJECT_ROOT / "tests" / "golden"
