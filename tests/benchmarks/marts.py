"""What a filtered aggregate over many events costs: a published warehouse multiplied, one question to every mart.

    python tests/benchmarks/marts.py [--published FILE] [--events 600000] [--folder FOLDER]

Each copy of a report is of another quarter (of 40) and region (of 50); partners, places and municipalities are the
region's. Medians of seven runs on two threads; exit status 1 if one takes longer than asked.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from orchestration.settings import settings

ASKED_MILLISECONDS = 100
RUNS = 7
REGIONS = 50
QUARTERS = 40
_OF_THE_REGION = {"municipality_key", "partner_key", "other_partner_key", "place_key", "region_name"}
_DIMENSIONS_OF_THE_REGION = {"dim_municipality", "dim_partner", "dim_place", "fct_partner_likeness"}
_OF_ALL = {"dim_country", "dim_date", "dim_event_type", "fct_partner_decision"}

_QUARTER = "make_date(2025 - (copy % {quarters}) // 4, 10 - 3 * ((copy % {quarters}) % 4)::integer, 1)"
_QUESTIONS = {
    "obt_event": "select municipality_name, count(distinct occurrence_key), sum(participants_total) from {} "
    "where period = '2025-Q2' and format = 'in_person' and countries like '%Беларусь%' group by all",
    "dim_agreement": "select kind, count(*) from {} where status = 'signed' and valid_to_year >= 2026 group by all",
    "dim_country": "select count(*) from {} where name_ru like 'А%'",
    "dim_date": "select month, count(*) from {} where is_weekend group by all",
    "dim_event": "select event_type, count(*) from {} where name ilike '%фестиваль%' group by all",
    "dim_event_type": "select count(*) from {} where event_type <> 'other'",
    "dim_municipality": "select kind, count(*) from {} where region_name like 'Смоленская%' group by all",
    "dim_partner": "select country_code, count(*), sum(event_count) from {} where kind = 'organisation' and "
    "side = 'foreign' group by all",
    "dim_place": "select country_code, count(*) from {} where settlement is not null group by all",
    "dim_report": "select period, sum(event_count) from {} where is_current group by all",
    "fct_agreement": "select municipality_key, count(*) from {} where party_count > 1 group by all",
    "fct_agreement_party": "select partner_key, count(*) from {} where partner_key like 'a%' group by all",
    "fct_correction": "select column_name, count(*) from {} where value is not null group by all",
    "fct_event": "select municipality_key, sum(participants_total) from {} where start_date >= date '2024-10-01' and "
    "is_within_period group by all",
    "fct_event_country": "select country_name_ru, count(*) from {} where country_code <> 'BY' group by all",
    "fct_event_day": "select date_key, count(*) from {} where date_key >= date '2024-10-01' group by all",
    "fct_event_evidence": "select rule, count(*) from {} where confidence < 0.9 group by all",
    "fct_event_fact": "select rule, count(*) from {} where confidence < 0.9 group by all",
    "fct_event_participant_group": "select count(*), sum(headcount) from {} where headcount > 20",
    "fct_event_partner": "select name, count(*) from {} where side = 'foreign' group by all",
    "fct_municipality_quarter": "select period, sum(event_count) from {} where year >= 2024 group by all",
    "fct_partner_decision": "select decision, count(*) from {} where reason is not null group by all",
    "fct_partner_likeness": "select rule, count(*) from {} where name is not null group by all",
    "fct_pipeline_health": "select period, count(*) from {} where state = 'expected' group by all",
    "fct_quality_finding": "select rule, count(*) from {} where severity = 'warning' and not is_accepted group by all",
    "fct_region_quarter": "select period, sum(event_count) from {} where year >= 2024 group by all",
    "fct_report_quality": "select municipality_key, min(quality_score) from {} where period = '2025-Q2' group by all",
}


def multiply(published: Path, database: Path, events: int) -> int:
    """Build ``database`` with at least ``events`` events from ``published``; returns how many there are."""
    with duckdb.connect() as connection:
        for alias, path, mode in (("warehouse", published, " (read_only)"), ("multiplied", database, "")):
            connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as {alias}{mode}")
        connection.execute("copy from database warehouse to multiplied")
    with duckdb.connect(str(database)) as connection:
        (before,) = connection.execute("select count(*) from marts.fct_event").fetchone()
        copies = -(-events // before)
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where schema_name = 'marts' or (schema_name, table_name) = ('quality', 'finding')"
        ).fetchall()
        for schema, table in tables:
            if table not in _OF_ALL:
                count = min(copies, REGIONS) if table in _DIMENSIONS_OF_THE_REGION else copies
                _multiply_table(connection, schema, table, count)
        connection.execute("checkpoint")
        return before * copies


def _multiply_table(connection: duckdb.DuckDBPyConnection, schema: str, table: str, copies: int) -> None:
    columns = connection.execute(
        "select column_name, data_type from duckdb_columns() where schema_name = ? and table_name = ? "
        "order by column_index",
        [schema, table],
    ).fetchall()
    changed = ", ".join(f'{_changed(*column)} as "{column[0]}"' for column in columns)
    connection.execute(
        f"create table {schema}.multiplied as "
        f"select {changed} from range({copies}) as copies (copy) cross join {schema}.{table}"
    )
    connection.execute(f"delete from {schema}.{table}")
    connection.execute(f"insert into {schema}.{table} select * from {schema}.multiplied")
    connection.execute(f"drop table {schema}.multiplied")


def _changed(name: str, data_type: str) -> str:
    quarter = _QUARTER.format(quarters=QUARTERS)
    if name in _OF_THE_REGION:
        return f"\"{name}\" || '-' || copy % {REGIONS}"
    if name.endswith("_key") and data_type == "VARCHAR":
        return f"\"{name}\" || '-' || copy"
    if data_type == "DATE":
        return f'("{name}" - to_months(3 * (copy % {QUARTERS})::integer))::date'
    if name == "period":
        return f"strftime({quarter}, '%Y-Q') || quarter({quarter})"
    return {"year": f"year({quarter})::integer", "quarter": f"quarter({quarter})::integer"}.get(name, f'"{name}"')


def measure(database: Path) -> dict[str, tuple[int, float]]:
    """Rows of every mart, and the median milliseconds that its question takes."""
    measured = {}
    with duckdb.connect(str(database), read_only=True, config={"threads": 2}) as connection:
        marts = connection.execute(
            "select distinct table_name from duckdb_columns() where schema_name = 'marts' order by 1"
        ).fetchall()
        for (mart,) in marts:
            (rows,) = connection.execute(f"select count(*) from marts.{mart}").fetchone()
            taken = []
            for _ in range(RUNS):
                started = time.perf_counter()
                connection.execute(_QUESTIONS[mart].format(f"marts.{mart}")).fetchall()
                taken.append(1000 * (time.perf_counter() - started))
            measured[mart] = rows, statistics.median(taken)
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--published", type=Path, default=settings().published_database)
    parser.add_argument("--events", type=int, default=600_000)
    parser.add_argument("--folder", type=Path, help="keeps the multiplied warehouse; else it is removed")
    arguments = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        database = folder / arguments.published.name
        if not database.exists():
            console.print(f"{multiply(arguments.published, database, arguments.events):,} events in {database}")
        measured = measure(database)
    table = Table("mart", "rows", "median ms")
    for mart, (rows, milliseconds) in measured.items():
        table.add_row(
            mart, f"{rows:,}", f"{milliseconds:.1f}", style="red" if milliseconds > ASKED_MILLISECONDS else ""
        )
    console.print(table)
    sys.exit(any(milliseconds > ASKED_MILLISECONDS for _, milliseconds in measured.values()))


if __name__ == "__main__":
    main()
