"""The one adapter to Great Expectations: a suite's rows in, outcomes, findings and Data Docs out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import duckdb

from orchestration.checks.acceptance import Acceptances
from orchestration.checks.identity import ReportTexts, Subject, finding_keys, read_report_texts
from orchestration.checks.outcome import CheckExecutionError, CheckOutcome, Finding
from orchestration.checks.suites import Expectation, Suite, views_sql

if TYPE_CHECKING:
    import pandas
    from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
    from great_expectations.data_context import EphemeralDataContext

PREVIEW_ROWS = 10
FINDINGS = "marts.fct_quality_finding"
"""The relation whose suite is judged last, over ``told_finding``: what the other suites found in the same run."""

_POSITION = "row_position"
_KEYS = ("report_key", "municipality_key", "event_key")
_GX_SEVERITY = {"error": "critical", "warning": "warning", "info": "info"}

Row = dict[str, object]


def run_suites(
    connection: duckdb.DuckDBPyConnection,
    suites: Sequence[Suite],
    data_docs_dir: Path | None = None,
    acceptances: Acceptances = MappingProxyType({}),
) -> list[CheckOutcome]:
    """Judge the rows of every suite's query; outcomes come in the order of suites, that of ``FINDINGS`` last.

    ``connection`` is open on the build database and gets temporary views. With ``data_docs_dir`` the run is also
    written there as static pages. Raises ``CheckExecutionError`` where a query or Great Expectations itself fails.
    """
    if not suites:
        return []
    connection.execute(views_sql())
    texts = read_report_texts(connection)
    context = _context()
    outcomes: list[CheckOutcome] = []
    for suite in sorted(suites, key=lambda suite: suite.relation == FINDINGS):
        if suite.relation == FINDINGS:
            _tell_findings(connection, outcomes)
        frame = _frame(connection, suite)
        results = _by_rule(_validate(context, suite, frame))
        outcomes += (
            _outcome(suite, expectation, frame, results, texts, acceptances) for expectation in suite.expectations
        )
    if data_docs_dir is not None:
        from orchestration.checks.data_docs import build_data_docs

        build_data_docs(context, data_docs_dir, outcomes)
    return outcomes


def _tell_findings(connection: duckdb.DuckDBPyConnection, outcomes: Sequence[CheckOutcome]) -> None:
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    connection.execute(
        "create or replace temp table told_finding as select "
        "unnest(?::varchar[]) as finding_key, unnest(?::varchar[]) as severity, unnest(?::boolean[]) as is_accepted",
        [
            [finding.finding_key for finding in findings],
            [finding.severity for finding in findings],
            [finding.acceptance is not None for finding in findings],
        ],
    )


def _frame(connection: duckdb.DuckDBPyConnection, suite: Suite) -> pandas.DataFrame:
    """The query's rows as Python values: nullable dtypes and NaN break comparisons within Great Expectations."""
    import pandas

    try:
        cursor = connection.execute(suite.query)
        rows = cursor.fetchall()
    except duckdb.Error as error:
        raise CheckExecutionError(suite.name, None, str(error)) from error
    frame = pandas.DataFrame(rows, columns=[column[0] for column in cursor.description], dtype=object)
    if unknown := set(suite.identity) - set(frame.columns):
        raise CheckExecutionError(suite.name, None, f"the query has no identity column {', '.join(sorted(unknown))}")
    frame.insert(0, _POSITION, range(len(frame)))
    return frame


def _context() -> EphemeralDataContext:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


def _validate(context: EphemeralDataContext, suite: Suite, frame: pandas.DataFrame) -> ExpectationSuiteValidationResult:
    from great_expectations import ExpectationSuite, ValidationDefinition
    from great_expectations.exceptions import GreatExpectationsError

    source = context.data_sources.add_or_update_pandas(suite.layer)
    batch = source.add_dataframe_asset(suite.name).add_batch_definition_whole_dataframe("build")
    expectations = ExpectationSuite(suite.name, [_gx_expectation(suite, each) for each in suite.expectations])
    definition = context.validation_definitions.add(
        ValidationDefinition(name=suite.name, data=batch, suite=context.suites.add(expectations))
    )
    try:
        return definition.run(
            batch_parameters={"dataframe": frame},
            result_format={
                "result_format": "COMPLETE",
                "unexpected_index_column_names": [_POSITION, *suite.identity],
            },
        )
    except GreatExpectationsError as error:
        raise CheckExecutionError(suite.name, None, str(error)) from error


def _gx_expectation(suite: Suite, expectation: Expectation) -> Any:
    from great_expectations.compatibility.pydantic import ValidationError
    from great_expectations.exceptions import GreatExpectationsError
    from great_expectations.expectations.registry import get_expectation_impl

    try:
        return get_expectation_impl(expectation.type)(
            **expectation.kwargs,
            description=expectation.description,
            severity=_GX_SEVERITY[expectation.severity],
            meta={"rule": expectation.rule},
        )
    except (GreatExpectationsError, ValidationError) as error:
        raise CheckExecutionError(suite.name, expectation.rule, str(error)) from error


def _by_rule(result: ExpectationSuiteValidationResult) -> dict[str, ExpectationValidationResult]:
    return {each.expectation_config.meta["rule"]: each for each in result.results}


def _outcome(
    suite: Suite,
    expectation: Expectation,
    frame: pandas.DataFrame,
    results: dict[str, ExpectationValidationResult],
    texts: ReportTexts,
    acceptances: Acceptances,
) -> CheckOutcome:
    result = results[expectation.rule]
    if failures := list(_execution_failures(result.exception_info)):
        raise CheckExecutionError(suite.name, expectation.rule, "; ".join(failures))
    rows = [] if result.success else _failed_rows(frame, result.result)
    findings = tuple(_findings(suite, expectation, rows, texts, acceptances))
    open_rows = [row for row, finding in zip(rows, findings, strict=True) if finding.acceptance is None]
    return CheckOutcome(
        rule=expectation.rule,
        suite=suite.name,
        relation=suite.relation,
        description=expectation.description,
        severity=expectation.severity,
        passed=bool(result.success or (rows and not open_rows)),
        failed_rows=len(open_rows),
        observed=_text(result.result.get("observed_value")),
        findings=findings,
        preview=tuple(_preview(suite, expectation, row) for row in open_rows[:PREVIEW_ROWS]),
    )


def _execution_failures(exception_info: dict[str, Any]) -> Iterator[str]:
    """What went wrong inside Great Expectations, which reports it per metric or once for the expectation."""
    infos = [exception_info] if "raised_exception" in exception_info else exception_info.values()
    for info in infos:
        if info["raised_exception"]:
            yield str(info["exception_message"])


def _failed_rows(frame: pandas.DataFrame, result: dict[str, Any]) -> list[Row]:
    """The rows that broke a rule; an expectation on the whole table has none and tells of one without keys."""
    if "unexpected_index_list" not in result:
        return [{}]
    positions = sorted(index[_POSITION] for index in result["unexpected_index_list"] or ())
    return frame.drop(columns=_POSITION).iloc[positions].to_dict("records")


def _preview(suite: Suite, expectation: Expectation, row: Row) -> dict[str, str | None]:
    judged = [
        column for value in expectation.kwargs.values() for column in (value if isinstance(value, list) else [value])
    ]
    columns = dict.fromkeys([*suite.identity, *judged, expectation.value])
    return {str(column): _text(row[column]) for column in columns if column in row}


def _findings(
    suite: Suite, expectation: Expectation, rows: Sequence[Row], texts: ReportTexts, acceptances: Acceptances
) -> Iterator[Finding]:
    """The findings in the order of ``rows``; no acceptance holds for one of severity ``error``."""
    subjects = [_subject(suite, expectation, row) for row in rows]
    for row, finding_key in zip(rows, finding_keys(expectation.rule, texts, subjects), strict=True):
        yield Finding(
            finding_key=finding_key,
            rule=expectation.rule,
            severity=expectation.severity,
            **{key: _text(row.get(key)) for key in _KEYS},
            column_name=expectation.column or _text(row.get("column_name")),
            value=_text(row.get(expectation.value)) if expectation.value else None,
            message_ru=_message(suite, expectation, row),
            suite=suite.name,
            acceptance=None if expectation.severity == "error" else acceptances.get(finding_key),
        )


def _subject(suite: Suite, expectation: Expectation, row: Row) -> Subject:
    columns = {field for _, field, _, _ in Formatter().parse(expectation.message_ru) if field} | {expectation.value}
    return Subject(
        **{key: _text(row.get(key)) for key in _KEYS},
        told={column: _text(row[column]) for column in columns if column in row},
        position=tuple(_text(row.get(column)) for column in suite.identity),
    )


def _message(suite: Suite, expectation: Expectation, row: Row) -> str:
    try:
        return expectation.message_ru.format_map({column: _text(value) or "—" for column, value in row.items()})
    except KeyError as error:
        raise CheckExecutionError(suite.name, expectation.rule, f"message_ru names no column {error}") from error


def _text(value: object) -> str | None:
    """A value as people read it in Russian; None for NULL."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "да" if value else "нет"
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)
