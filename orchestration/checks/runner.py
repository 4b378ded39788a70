"""The one adapter to Great Expectations: a suite's rows in, outcomes, findings and Data Docs out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
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

_ROWS = "judged_row"
_POSITION = "judged_row_position"
# What Great Expectations lists of every failing row; the findings tell it.
_LISTINGS = ("unexpected_list", "unexpected_index_list")
_FETCHED_ROWS = 10_000
_KEYS = ("report_key", "municipality_key", "event_key")
_GX_SEVERITY = {"error": "critical", "warning": "warning", "info": "info"}

_PLACES = """
select event_key, concat_ws(', ', report.region_name, report.period, municipality.name, '№ ' || sequence_number) || ':'
from marts.dim_event as event
left join marts.dim_report as report using (report_key)
left join marts.dim_municipality as municipality using (municipality_key)
"""

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
    validations: list[ExpectationSuiteValidationResult] = []
    for suite in sorted(suites, key=lambda suite: suite.relation == FINDINGS):
        if suite.relation == FINDINGS:
            _tell_findings(connection, outcomes)
        validation = _validate(context, suite, _frame(connection, suite))
        results = {each.expectation_config.meta["rule"]: each for each in validation.results}
        outcomes += (
            _outcome(connection, suite, expectation, results[expectation.rule], texts, acceptances)
            for expectation in suite.expectations
        )
        for result in validation.results:
            for listing in _LISTINGS:
                result.result.pop(listing, None)
        validations.append(validation)
    connection.execute(f"drop table {_ROWS}")
    if data_docs_dir is not None:
        from orchestration.checks.data_docs import build_data_docs

        build_data_docs(validations, data_docs_dir, outcomes, dict(connection.execute(_PLACES).fetchall()))
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
    """The columns that the suite's rules judge, as Python values; all columns stay in the temporary table ``_ROWS``.

    The frame's index is the table's ``_POSITION``. Nullable dtypes and NaN break comparisons within Great Expectations.
    """
    import pandas

    try:
        connection.execute(
            f"create or replace temp table {_ROWS} as "
            f"select row_number() over () - 1 as {_POSITION}, rows.* from (\n{suite.query}\n) as rows"
        )
    except duckdb.Error as error:
        raise CheckExecutionError(suite.name, None, str(error)) from error
    known = _columns(connection)
    if unknown := set(suite.identity) - known:
        raise CheckExecutionError(suite.name, None, f"the query has no identity column {', '.join(sorted(unknown))}")
    judged = dict.fromkeys(
        column for expectation in suite.expectations for column in _judged(expectation) if column in known
    )
    cursor = connection.execute(f"select {_listed(judged) or 'null'} from {_ROWS} order by {_POSITION}")
    # A text is kept once: codes and keys repeat from row to row.
    texts: dict[str, str] = {}
    rows: list[tuple[object, ...]] = []
    while fetched := cursor.fetchmany(_FETCHED_ROWS):
        rows += (
            tuple(texts.setdefault(cell, cell) if isinstance(cell, str) else cell for cell in row) for row in fetched
        )
    return pandas.DataFrame(rows, columns=list(judged) or [_POSITION], dtype=object)


def _columns(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {name for name, *_ in connection.execute(f"describe {_ROWS}").fetchall()}


def _judged(expectation: Expectation) -> Iterator[str]:
    """The arguments that may be columns of the query."""
    for value in expectation.kwargs.values():
        yield from (str(each) for each in (value if isinstance(value, list) else [value]))


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _context() -> EphemeralDataContext:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


def _validate(context: EphemeralDataContext, suite: Suite, frame: pandas.DataFrame) -> ExpectationSuiteValidationResult:
    from great_expectations import ExpectationSuite
    from great_expectations.exceptions import GreatExpectationsError

    source = context.data_sources.add_pandas(suite.name)
    batch = source.add_dataframe_asset(suite.name).add_batch_definition_whole_dataframe("build")
    expectations = ExpectationSuite(suite.name, [_gx_expectation(suite, each) for each in suite.expectations])
    try:
        return batch.get_batch({"dataframe": frame}).validate(expectations, result_format="COMPLETE")
    except GreatExpectationsError as error:
        raise CheckExecutionError(suite.name, None, str(error)) from error
    finally:
        # A source keeps every frame that it was given.
        context.data_sources.delete(suite.name)


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


def _outcome(
    connection: duckdb.DuckDBPyConnection,
    suite: Suite,
    expectation: Expectation,
    result: ExpectationValidationResult,
    texts: ReportTexts,
    acceptances: Acceptances,
) -> CheckOutcome:
    if failures := list(_execution_failures(result.exception_info)):
        raise CheckExecutionError(suite.name, expectation.rule, "; ".join(failures))
    rows = [] if result.success else _failed_rows(connection, suite, expectation, result.result)
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


def _failed_rows(
    connection: duckdb.DuckDBPyConnection, suite: Suite, expectation: Expectation, result: Mapping[str, Any]
) -> list[Row]:
    """What is told of the rows that broke a rule; one on the whole table has none and tells of one without keys."""
    if "unexpected_index_list" not in result:
        return [{}]
    told = [*suite.identity, *_judged(expectation), *_told(expectation), *_KEYS, "column_name"]
    known = _columns(connection)
    columns = [column for column in dict.fromkeys(told) if column in known]
    rows = connection.execute(
        f"select {_listed(columns)} from {_ROWS} where {_POSITION} in (select unnest(?)) order by {_POSITION}",
        [list(result["unexpected_index_list"] or ())],
    ).fetchall()
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _told(expectation: Expectation) -> set[str]:
    """The columns that a finding shows."""
    fields = {field for _, field, _, _ in Formatter().parse(expectation.message_ru) if field}
    return fields | {expectation.value} if expectation.value else fields


def _preview(suite: Suite, expectation: Expectation, row: Row) -> dict[str, str | None]:
    columns = dict.fromkeys([*suite.identity, *_judged(expectation), expectation.value])
    return {str(column): _text(row[column]) for column in columns if column in row}


def _findings(
    suite: Suite, expectation: Expectation, rows: Sequence[Row], texts: ReportTexts, acceptances: Acceptances
) -> Iterator[Finding]:
    """The findings in the order of ``rows``; no acceptance holds for one of severity ``error``."""
    told = _told(expectation)
    subjects = [
        Subject(
            **{key: _text(row.get(key)) for key in _KEYS},
            told={column: _text(row[column]) for column in told if column in row},
            position=tuple(_text(row.get(column)) for column in suite.identity),
        )
        for row in rows
    ]
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
