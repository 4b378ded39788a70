"""What judging a build database costs, in a process of its own: ``python -m benchmarks.checks``."""

from __future__ import annotations

import json
import resource
import sys
import time

import duckdb

from orchestration.checks import load_suites, run_suites
from orchestration.settings import settings


def main() -> None:
    """Judge the build database of ``EVENTS_WAREHOUSE_DIR``; print seconds, peak megabytes and findings."""
    config = settings()
    started = time.monotonic()
    with duckdb.connect(str(config.build_database)) as connection:
        outcomes = run_suites(connection, load_suites(), config.data_docs_dir)
    figures = {
        "seconds": time.monotonic() - started,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "findings": sum(len(outcome.findings) for outcome in outcomes),
    }
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main()
