"""A published file of three small marts, every row of which bears the publication's number; readers that check it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb

from orchestration.settings import Settings

from paths import PROJECT_ROOT

ROWS = 5_000
TABLES = ("dim_event", "fct_event", "fct_report_quality")


def settings_for(folder: Path, url: str, **changes: object) -> Settings:
    return Settings(warehouse_dir=folder, postgres_url=url, **changes)


def publish(settings: Settings, number: int, rows: int = ROWS) -> None:
    """Serve publication ``number`` as the pipeline does: a file that takes the served one's place."""
    settings.dbt_target_dir.mkdir(parents=True, exist_ok=True)
    (settings.dbt_target_dir / "manifest.json").write_text(json.dumps({"nodes": _NODES}), encoding="utf-8")
    staged = settings.published_database.with_name("staged.duckdb")
    staged.unlink(missing_ok=True)
    with duckdb.connect(str(staged)) as connection:
        connection.execute(
            f"""
            create schema marts;
            create table marts.dim_event as select 'e' || i as event_key, {number} as version from range({rows}) r(i);
            create table marts.fct_event as select event_key, version, date '2025-10-01' as start_date
                from marts.dim_event;
            create view marts.fct_report_quality as select event_key, version from marts.fct_event;
            comment on table marts.dim_event is E'Мероприятия\nEvents; don''t edit';
            comment on column marts.dim_event.event_key is 'Ключ';
            comment on view marts.fct_report_quality is 'Качество';
            """
        )
    staged.replace(settings.published_database)


def _test(model: str, name: str, **kwargs: object) -> dict[str, object]:
    return {"attached_node": model, "config": {}, "test_metadata": {"name": name, "kwargs": kwargs}}


_NODES = {
    "model.dim_event": {"name": "dim_event"},
    "model.fct_event": {"name": "fct_event"},
    "test.1": _test("model.dim_event", "unique", column_name="event_key"),
    "test.2": _test("model.fct_event", "unique", column_name="event_key"),
    "test.3": _test(
        "model.fct_event", "relationships", column_name="event_key", to="ref('dim_event')", field="event_key"
    ),
}

LOADER = """
import sys
from orchestration.serving.postgres import load
from orchestration.settings import settings
load(settings(), sys.argv[1])
"""

# One connection for the whole time, as a BI tool holds it; every way in which such a tool reads.
READER = """
import json, sys, time
from pathlib import Path
import psycopg
from psycopg import IsolationLevel
url, stop, tables, rows = sys.argv[1], Path(sys.argv[2]), sys.argv[3].split(","), int(sys.argv[4])
joined = (
    "select min(a.version), max(b.version), count(*) from marts.dim_event a join marts.fct_event b using (event_key)"
)
outcome = {"reads": 0, "failed": [], "torn": [], "versions": [], "slowest": 0.0}
seen = set()
with psycopg.connect(url, autocommit=True) as connection:
    turn = 0
    while not stop.exists():
        turn += 1
        started = time.monotonic()
        try:
            if turn % 3 == 0:
                low, high, count = connection.execute(joined, prepare=True).fetchone()
                found = {(low, count), (high, count)}
            else:
                connection.isolation_level = IsolationLevel.REPEATABLE_READ if turn % 3 == 1 else None
                found = set()
                with connection.transaction():
                    if turn % 2:
                        connection.execute("select 1")
                        time.sleep(0.01)
                    for table in tables if turn % 4 < 2 else reversed(tables):
                        found.update(connection.execute(
                            f"select version, count(*) from marts.{table} group by 1"
                        ).fetchall())
        except psycopg.Error as error:
            outcome["failed"].append(repr(error))
            continue
        outcome["slowest"] = max(outcome["slowest"], time.monotonic() - started)
        outcome["reads"] += 1
        seen.update(version for version, _ in found)
        if len(found) != 1 or next(iter(found))[1] != rows:
            outcome["torn"].append(sorted(found))
outcome["versions"] = sorted(seen)
print(json.dumps(outcome))
"""


def start(program: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=PROJECT_ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
