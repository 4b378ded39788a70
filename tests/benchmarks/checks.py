"""What the checks cost over many reports: the real report multiplied, its marts built by dbt, every suite judged.

    python tests/benchmarks/checks.py [--reports 1000] [--folder FOLDER]

Each copy is a report of its own region and quarter: dates are moved, municipalities are the region's, every other
organisation is the region's and the rest are the quarter's, so partners, findings and same events grow as they would.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

PROJECT_ROOT = Path(__file__).resolve().parents[2]
DBT_PROJECT = PROJECT_ROOT / "dbt_project"
SCHEMA = PROJECT_ROOT / "orchestration" / "assets" / "schema.sql"
REGIONS = PROJECT_ROOT / "orchestration" / "documents" / "regions.csv"
REGION_COUNT = 40
ASKED_SECONDS = 60
ASKED_MEGABYTES = 1000
SLOWEST = 5

# A word of letters for a number: digits would keep names apart that are compared.
_WORD = "translate({number}::varchar, '0123456789', 'абвгдежзик')"
_COPIES = """
create temp table copy as
select
    number,
    md5('copy ' || number) as sha256,
    region.name as region_name,
    number // $regions as quarters_later,
    region.position as region_number
from range($reports) as numbers (number)
inner join (
    select name, row_number() over () - 1 as position from read_csv($file) limit $regions
) as region on region.position = number % $regions
"""
_CHANGES = {
    "raw.source_file": "concat(copy.sha256, '.docx') as source_file, now() as received_at",
    "raw.document": """
        concat(copy.sha256, '.docx') as source_file, copy.region_name as region_name,
        2024 + quarters_later // 4 as year,
        quarters_later % 4 + 1 as quarter, concat(2024 + quarters_later // 4, '-Q', quarters_later % 4 + 1) as period
    """,
    "raw.report_row": "",
    "raw.report_issue": "",
    "parsed.event": f"""
        (start_date + to_months(3 * quarters_later::integer - 21))::date as start_date,
        (end_date + to_months(3 * quarters_later::integer - 21))::date as end_date,
        concat(settlement, '-', {_WORD.format(number="region_number")}) as settlement
    """,
    "parsed.event_day": "(day + to_months(3 * quarters_later::integer - 21))::date as day",
    "parsed.partner_mention": f"""
        if(kind <> 'organisation', identity, concat(
            identity, ' ',
            {_WORD.format(number="if(hash(identity) % 2 = 0, region_number, 100 + copy.number)")}
        )) as identity
    """,
    "parsed.participant_group": "",
    "parsed.agreement": "",
    "parsed.agreement_party": "",
    "parsed.evidence": "",
    "parsed.leftover": "",
}


def main() -> None:
    """Print the figures; with ``--check`` judge the build database of ``EVENTS_WAREHOUSE_DIR`` and print them raw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--folder", type=Path, help="where to build, and keep what was built")
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.check:
        sys.stdout.write(json.dumps(check()))
    elif arguments.folder:
        arguments.folder.mkdir(parents=True, exist_ok=True)
        measure(arguments.folder.absolute(), arguments.reports)
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), arguments.reports)


def measure(folder: Path, reports: int) -> None:
    """Build a warehouse of ``reports`` copies below ``folder`` and print what dbt and the checks took."""
    console = Console()
    run("-m", "orchestration.cli", "run", warehouse=folder / "one")
    many = folder / "many"
    events = multiply(folder / "one" / "build" / "warehouse.duckdb", many / "build" / "warehouse.duckdb", reports)
    started = time.monotonic()
    run("-m", "dbt.cli.main", "build", "--exclude-resource-type", "unit_test", "--target-path", str(many / "dbt"),
        "--log-path", str(many / "dbt"), "--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT),
        warehouse=many)  # fmt: skip
    dbt_seconds = time.monotonic() - started
    results = json.loads((many / "dbt" / "run_results.json").read_text(encoding="utf-8"))["results"]
    slowest = sorted(results, key=lambda result: -result["execution_time"])[:SLOWEST]
    figures = json.loads(run(__file__, "--check", warehouse=many))

    table = Table("", "measured", "asked", "ratio", title=f"{reports} reports, {events} events")
    table.add_row("dbt build", f"{dbt_seconds:.1f} s", "", "")
    for result in slowest:
        table.add_row(f"  {result['unique_id'].split('.')[2]}", f"{result['execution_time']:.1f} s", "", "")
    table.add_row(
        "checks", f"{figures['seconds']:.1f} s", f"{ASKED_SECONDS} s", f"{figures['seconds'] / ASKED_SECONDS:.2f}"
    )
    table.add_row(
        "their peak memory", f"{figures['megabytes']:.0f} MB", f"{ASKED_MEGABYTES} MB",
        f"{figures['megabytes'] / ASKED_MEGABYTES:.2f}",
    )  # fmt: skip
    for step, seconds in figures["steps"].items():
        table.add_row(f"  {step}", f"{seconds:.1f} s", "", "")
    table.add_row("findings", str(figures["findings"]), "", "")
    table.add_row("data docs", f"{figures['data_docs_megabytes']:.1f} MB", "", "")
    console.print(table)


def run(*arguments: str, warehouse: Path) -> str:
    """The output of this interpreter on a warehouse folder; what it says goes to stderr where it fails."""
    environment = {
        **os.environ, "PYTHONPATH": str(PROJECT_ROOT), "EVENTS_WAREHOUSE_DIR": str(warehouse),
        "EVENTS_BUILD_DATABASE": str(warehouse / "build" / "warehouse.duckdb"),
    }  # fmt: skip
    result = subprocess.run(
        [sys.executable, *arguments], cwd=PROJECT_ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    if result.returncode:
        raise SystemExit(f"{' '.join(arguments)}: exit status {result.returncode}\n{result.stdout}")
    return result.stdout


def multiply(one: Path, many: Path, reports: int) -> int:
    """Write the tables of the layers raw and parsed with every row ``reports`` times; returns the number of events."""
    many.parent.mkdir(parents=True, exist_ok=True)
    many.unlink(missing_ok=True)
    with duckdb.connect(str(many)) as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        connection.execute(f"attach '{one}' as one (read_only)")
        connection.execute(_COPIES, {"regions": REGION_COUNT, "reports": reports, "file": str(REGIONS)})
        for table, changes in _CHANGES.items():
            replaced = ", ".join(filter(None, ("copy.sha256 as document_sha256", changes.strip())))
            connection.execute(
                f"insert into {table} by name select original.* replace ({replaced}) "
                f"from one.{table} as original cross join copy"
            )
        return connection.execute("select count(*) from raw.report_row").fetchone()[0]


def check() -> dict[str, object]:
    """Judge the build database; seconds in all and by step, peak megabytes, findings, size of the Data Docs."""
    from datetime import UTC, datetime

    from orchestration.checks import data_docs, load_suites, run_suites, store_outcomes
    from orchestration.settings import settings

    config = settings()
    steps: dict[str, float] = {}

    def timed(step: str, started: float) -> float:
        now = time.monotonic()
        steps[step] = steps.get(step, 0) + now - started
        return now

    build_data_docs = data_docs.build_data_docs

    def measured_data_docs(*arguments: object) -> None:
        started = time.monotonic()
        build_data_docs(*arguments)
        timed("data docs", started)

    data_docs.build_data_docs = measured_data_docs
    started = now = time.monotonic()
    import great_expectations  # noqa: F401

    now = timed("import of Great Expectations", now)
    with duckdb.connect(str(config.build_database)) as connection:
        outcomes = run_suites(connection, load_suites(), config.data_docs_dir)
        now = timed("suites and data docs", now)
        store_outcomes(connection, outcomes, datetime.now(UTC).replace(tzinfo=None))
        now = timed("storing", now)
    return {
        "seconds": now - started,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "steps": steps,
        "findings": sum(len(outcome.findings) for outcome in outcomes),
        "data_docs_megabytes": sum(page.stat().st_size for page in config.data_docs_dir.rglob("*.html")) / 1e6,
    }


if __name__ == "__main__":
    main()
