"""Nobody's hand: what is put into the reports folder, changed there or taken out is published by the daemon."""

from __future__ import annotations

import json
import os
import shutil
import sys

import docx
import psycopg
import pytest

from paths import GOLDEN
from server import PASSWORD, Server

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]

REPORT, OTHER = "smolensk-oblast-2025-q3.docx", "kaliningrad-oblast-2025-q3.docx"
LAUNCH = """
mutation {
  launchRun(executionParams: {
    selector: {
      jobName: "warehouse", repositoryName: "__repository__", repositoryLocationName: "orchestration.definitions"
    }
    executionMetadata: {tags: [
      {key: "dagster/asset_partition_range_start", value: "2025-Q3"}
      {key: "dagster/asset_partition_range_end", value: "2025-Q3"}
    ]}
  }) { __typename }
}
"""
RUNS = "{ runsOrError { ... on Runs { results { status } } } }"


@pytest.fixture(scope="module")
def deliveries(server: Server) -> dict[str, int]:
    """Seconds until a dropped, a corrected and a removed report show in the published warehouse."""
    seconds: dict[str, int] = {}
    for name in (REPORT, OTHER):
        shutil.copy(GOLDEN / name, server.reports_dir)
    seconds["dropped"] = server.seconds_until(lambda: served(server) == {(OTHER, 1), (REPORT, 1)}, "both are published")

    document = docx.Document(GOLDEN / REPORT)
    document.tables[0].rows[3].cells[1].paragraphs[0].add_run(" (уточнено)")
    beside = server.reports_dir.parent / REPORT
    document.save(beside)
    beside.replace(server.reports_dir / REPORT)
    seconds["corrected"] = server.seconds_until(lambda: (REPORT, 2) in served(server), "version 2 is published")
    assert server.query("select count(*) from marts.obt_event where name like '%(уточнено)%'") == [(1,)]

    (server.reports_dir / REPORT).unlink()
    seconds["removed"] = server.seconds_until(lambda: served(server) == {(OTHER, 1)}, "its rows are gone")
    return seconds


def served(server: Server) -> set[tuple[str, int]]:
    """File and version of every report whose rows are in the marts."""
    return set(
        server.query(
            "select source_file, version from marts.dim_report semi join marts.fct_event using (report_key) "
            "where is_current and is_present"
        )
    )


def statuses(server: Server) -> list[str]:
    """How the runs stand, the newest first."""
    return [run["status"] for run in server.graphql("viewer", RUNS)["runsOrError"]["results"]]


def test_the_daemon_publishes_what_happens_in_the_folder(deliveries, capsys):
    with capsys.disabled():
        sys.stdout.write(f"\n{deliveries} s; load {os.getloadavg()[0]:.1f}\n")
    assert deliveries.keys() == {"dropped", "corrected", "removed"}


def test_one_run_for_each_thing_that_happened(deliveries, server):
    server.seconds_until(lambda: "STARTED" not in statuses(server), "the last run has brought PostgreSQL the marts")
    assert statuses(server) == ["SUCCESS"] * 3


def test_dagster_and_the_marts_live_in_postgresql(deliveries, databases, server):
    with psycopg.connect(databases["EVENTS_DAGSTER_POSTGRES_URL"]) as connection:
        assert connection.execute("select count(*) from runs").fetchone() == (3,)
    with psycopg.connect(databases["EVENTS_POSTGRES_URL"]) as connection:
        rows = connection.execute("select count(*) from marts.obt_event").fetchall()
    assert rows == server.query("select count(*) from marts.obt_event")
    assert not list((server.warehouse_dir / "dagster").rglob("*.db"))


def test_the_log_is_one_object_a_line(deliveries, server):
    log = server.log.read_text(encoding="utf-8", errors="replace")
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert {"dagster.code_server", "dagster.daemon.SensorDaemon", "dagster.run"} <= {line["logger"] for line in lines}
    steps = {line.get("step") for line in lines if line["logger"] == "dagster.run" and line["run"]}
    assert {"read_reports", "quality_checks", "published__warehouse"} <= steps
    assert " - dagster - " not in log


def test_viewers_can_start_nothing(deliveries, server):
    assert server.graphql("viewer", LAUNCH)["launchRun"]["__typename"] == "UnauthorizedError"


def test_no_password_shows_in_what_the_processes_say(deliveries, server):
    assert PASSWORD not in server.command_lines
    assert PASSWORD not in server.log.read_text(encoding="utf-8", errors="replace")
    told = [
        file for file in server.warehouse_dir.rglob("*") if file.is_file() and PASSWORD.encode() in file.read_bytes()
    ]
    assert told == []


def test_a_run_that_a_restart_of_the_code_location_killed_is_told_as_failed(deliveries, server):
    """Last of all, for it ends the code location: the dead run's slot is free, and the run is made once more."""
    assert server.graphql("operator", LAUNCH)["launchRun"]["__typename"] == "LaunchRunSuccess"
    server.seconds_until(lambda: statuses(server)[0] == "STARTED", "the operator's run has started")
    server.stop("code")
    server.start("code")
    assert "FAILURE" in statuses(server)
    server.seconds_until(lambda: len(statuses(server)) == 5, "the run is made once more")
    assert served(server) == {(OTHER, 1)}
