"""The adapter: rows in, outcomes and findings out, and an error where Great Expectations itself fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.checks import runner
from orchestration.checks.outcome import CheckExecutionError, CheckOutcome
from orchestration.checks.suites import Expectation, Severity, Suite

from warehouse import Warehouse

ROWS = """
    select * from (values
        ('e1', 3, 2, date '2025-05-01', true),
        ('e2', 1, 2, date '2025-05-02', false),
        ('e3', null, null, null, null)
    ) as rows (event_key, large, small, day, is_good)
"""


@pytest.fixture
def connection(monkeypatch: pytest.MonkeyPatch) -> duckdb.DuckDBPyConnection:
    monkeypatch.setattr(runner, "views_sql", lambda: "select 1")
    return Warehouse().connection


def suite(
    type_: str,
    kwargs: dict[str, object],
    query: str = ROWS,
    message: str = "{event_key}: {large} и {small}",
    severity: Severity = "warning",
) -> Suite:
    expectation = Expectation("tried", "A rule on trial.", type_, kwargs, severity, message, "dates", "large")
    return Suite("marts_fct_event", "marts.fct_event", ("event_key",), query, (expectation,))


def run(connection: duckdb.DuckDBPyConnection, tried: Suite) -> CheckOutcome:
    (outcome,) = runner.run_suites(connection, [tried])
    return outcome


PAIR = "expect_column_pair_values_a_to_be_greater_than_b"
WHOLE_PAIRS = {"column_A": "large", "column_B": "small", "ignore_row_if": "either_value_is_missing"}


@pytest.mark.parametrize(
    ("type_", "kwargs", "failing"),
    [
        (PAIR, WHOLE_PAIRS, ["e2"]),
        ("expect_column_pair_values_to_be_equal", {"column_A": "small", "column_B": "small"}, []),
        ("expect_column_values_to_not_be_null", {"column": "day"}, ["e3"]),
        ("expect_column_values_to_be_null", {"column": "small"}, ["e1", "e2"]),
        ("expect_column_values_to_be_between", {"column": "large", "max_value": 2}, ["e1"]),
        ("expect_column_values_to_be_in_set", {"column": "is_good", "value_set": [True]}, ["e2"]),
        ("expect_column_values_to_be_unique", {"column": "small"}, ["e1", "e2"]),
        ("expect_compound_columns_to_be_unique", {"column_list": ["event_key", "small"]}, []),
        ("expect_column_values_to_match_regex", {"column": "event_key", "regex": "[12]$"}, ["e3"]),
    ],
)
def test_failing_rows_come_back_with_their_keys(
    connection: duckdb.DuckDBPyConnection, type_: str, kwargs: dict[str, object], failing: list[str]
) -> None:
    outcome = run(connection, suite(type_, kwargs))
    assert [finding.event_key for finding in outcome.findings] == failing
    assert outcome.passed == (not failing)
    assert outcome.failed_rows == len(failing)


def test_finding(connection: duckdb.DuckDBPyConnection) -> None:
    (finding,) = run(connection, suite(PAIR, WHOLE_PAIRS)).findings
    assert (finding.rule, finding.severity, finding.suite) == ("tried", "warning", "marts_fct_event")
    assert (finding.column_name, finding.value, finding.message_ru) == ("dates", "1", "e2: 1 и 2")
    assert (finding.report_key, finding.municipality_key) == (None, None)


def test_outcome(connection: duckdb.DuckDBPyConnection) -> None:
    outcome = run(connection, suite(PAIR, WHOLE_PAIRS, severity="error"))
    assert (outcome.rule, outcome.relation, outcome.severity) == ("tried", "marts.fct_event", "error")
    assert outcome.blocks_publication
    assert outcome.preview == ({"event_key": "e2", "large": "1", "small": "2"},)


def test_finding_keys_are_the_same_in_every_run(connection: duckdb.DuckDBPyConnection) -> None:
    tried = suite("expect_column_values_to_be_null", {"column": "small"})
    first, second = (run(connection, tried) for _ in range(2))
    assert [each.finding_key for each in first.findings] == [each.finding_key for each in second.findings]
    assert len({each.finding_key for each in first.findings}) == 2


def test_finding_keys_of_like_rows_differ(connection: duckdb.DuckDBPyConnection) -> None:
    outcome = run(connection, suite("expect_column_values_to_be_null", {"column": "small"}, f"{ROWS} union all {ROWS}"))
    assert len({each.finding_key for each in outcome.findings}) == 4


def test_findings_name_null_by_a_dash(connection: duckdb.DuckDBPyConnection) -> None:
    (finding,) = run(connection, suite("expect_column_values_to_not_be_null", {"column": "large"})).findings
    assert (finding.value, finding.message_ru) == (None, "e3: — и —")


@pytest.mark.parametrize(
    ("type_", "kwargs"),
    [
        (PAIR, WHOLE_PAIRS),
        ("expect_column_values_to_not_be_null", {"column": "day"}),
        ("expect_column_values_to_be_between", {"column": "large", "max_value": 2}),
        ("expect_compound_columns_to_be_unique", {"column_list": ["event_key", "small"]}),
    ],
)
def test_no_rows_break_no_rule(connection: duckdb.DuckDBPyConnection, type_: str, kwargs: dict[str, object]) -> None:
    assert run(connection, suite(type_, kwargs, f"{ROWS} where false")).passed


def test_rule_on_the_whole_table(connection: duckdb.DuckDBPyConnection) -> None:
    tried = suite("expect_table_row_count_to_be_between", {"min_value": 5}, message="Строк меньше пяти.")
    outcome = run(connection, tried)
    assert (outcome.passed, outcome.failed_rows, outcome.observed) == (False, 1, "3")
    assert [finding.message_ru for finding in outcome.findings] == ["Строк меньше пяти."]


@pytest.mark.parametrize(
    ("tried", "reason"),
    [
        (suite("expect_column_values_to_be_null", {"column": "absent"}), "absent"),
        (suite("expect_column_values_to_be_between", {"column": "event_key", "min_value": 1}), "same type"),
        (suite("expect_nothing", {}), "expect_nothing"),
        (suite("expect_column_values_to_be_null", {"colum": "small"}), "column"),
        (suite("expect_column_values_to_be_null", {"column": "small"}, "select absent from nowhere"), "nowhere"),
        (suite("expect_column_values_to_be_null", {"column": "small"}, "select 1 as small"), "event_key"),
        (suite("expect_column_values_to_be_null", {"column": "small"}, message="{absent}"), "absent"),
    ],
)
def test_what_could_not_be_checked_is_an_error(
    connection: duckdb.DuckDBPyConnection, tried: Suite, reason: str
) -> None:
    with pytest.raises(CheckExecutionError, match=reason) as raised:
        runner.run_suites(connection, [tried])
    assert raised.value.suite == "marts_fct_event"


def test_no_suites_are_no_outcomes(connection: duckdb.DuckDBPyConnection) -> None:
    assert runner.run_suites(connection, []) == []


def test_data_docs_open_without_a_network(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "stale.html").touch()
    runner.run_suites(connection, [suite(PAIR, WHOLE_PAIRS)], tmp_path / "docs")
    index = (tmp_path / "docs" / "index.html").read_text(encoding="utf-8")
    assert "A rule on trial." in index and "failed rows: 1" in index
    (page,) = (tmp_path / "docs" / "validations").rglob("*.html")
    assert page.relative_to(tmp_path / "docs").as_posix() in index
    assert "A rule on trial." in page.read_text(encoding="utf-8")
    assert not (tmp_path / "docs" / "stale.html").exists()
    for html in (tmp_path / "docs").rglob("*.html"):
        assert not any(remote in html.read_text(encoding="utf-8") for remote in ('src="http', "url('http", "cdn"))


def test_importing_the_checks_does_not_import_great_expectations() -> None:
    code = (
        "import sys, orchestration.checks, orchestration.checks.suites, orchestration.checks.runner;"
        "orchestration.checks.suites.load_suites();"
        "sys.exit('great_expectations' in sys.modules or 'pandas' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
