"""Is our reading sound, and is the report plausible? Importing this imports neither Great Expectations nor pandas."""

from orchestration.checks.outcome import CheckExecutionError, CheckOutcome, Finding
from orchestration.checks.runner import run_suites
from orchestration.checks.store import store_outcomes
from orchestration.checks.suites import Expectation, Severity, Suite, SuiteError, load_suites

__all__ = [
    "CheckExecutionError",
    "CheckOutcome",
    "Expectation",
    "Finding",
    "Severity",
    "Suite",
    "SuiteError",
    "load_suites",
    "run_suites",
    "store_outcomes",
]
