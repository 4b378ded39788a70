"""The suites as Dagster asset checks: one step after the marts judges every layer before anything is published."""

import time
from collections.abc import Iterator, Sequence

from dagster import (
    AssetCheckExecutionContext,
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetKey,
    AssetMaterialization,
    Failure,
    MetadataValue,
    multi_asset_check,
)

from orchestration.assets.build import build_database
from orchestration.assets.measures import measures
from orchestration.assets.obstacles import steadfast
from orchestration.assets.previews import markdown_rows, table_metadata
from orchestration.assets.quarters import utc_now
from orchestration.checks.acceptance import read_acceptances
from orchestration.checks.outcome import CheckOutcome
from orchestration.checks.quality import quality_metadata
from orchestration.checks.runner import run_suites
from orchestration.checks.store import store_outcomes
from orchestration.checks.suites import Suite, load_suites
from orchestration.settings import settings

FINDINGS_KEY = AssetKey(["quality", "finding"])
_LAST_LAYER = "marts"
_SHOWN_ROWS = 20
_TOLD_ROWS = 3

_FINDINGS = """
select
    finding.rule,
    report.source_file,
    report.period,
    report.region_name,
    municipality.name,
    event.sequence_number,
    finding.column_name,
    finding.value,
    finding.message_ru,
    finding.finding_key
from quality.finding as finding
left join marts.dim_report as report using (report_key)
left join marts.dim_municipality as municipality using (municipality_key)
left join marts.dim_event as event using (event_key)
where not finding.is_accepted
qualify row_number() over (partition by finding.rule order by report.period, event.sequence_number) <= ?
order by all
"""


def _specs(suite: Suite) -> Iterator[AssetCheckSpec]:
    """Checks of earlier layers run in the same step, so they stop it by failing it rather than by blocking."""
    for expectation in suite.expectations:
        yield AssetCheckSpec(
            expectation.rule,
            asset=AssetKey(suite.relation.split(".")),
            description=expectation.description,
            blocking=expectation.severity == "error" and suite.layer == _LAST_LAYER,
            additional_deps=[] if suite.layer == _LAST_LAYER else [AssetKey([_LAST_LAYER, "fct_event"])],
        )


@multi_asset_check(
    name="quality_checks",
    specs=[spec for suite in load_suites() for spec in _specs(suite)],
    description="Great Expectations over raw, parsed and marts: is the reading sound, is the report plausible?",
)
@steadfast
def quality_checks(context: AssetCheckExecutionContext) -> Iterator[AssetCheckResult]:
    """Judge every suite, keep findings and outcomes in the build database, fail the run on an error."""
    config = settings()
    started = time.monotonic()
    with build_database(config.build_database) as connection:
        checked_at = utc_now()
        acceptances = read_acceptances(connection, checked_at.date())
        outcomes = run_suites(connection, load_suites(), config.data_docs_dir, acceptances)
        store_outcomes(connection, outcomes, checked_at)
        findings = connection.execute(_FINDINGS, [_SHOWN_ROWS]).fetchall()
        context.op_execution_context.log_event(
            AssetMaterialization(
                FINDINGS_KEY,
                metadata={
                    **table_metadata(connection, "quality.finding"),
                    **quality_metadata(connection),
                    **measures(started),
                },
            )
        )
    for outcome in outcomes:
        if not outcome.passed:
            context.log.warning(f"{outcome.severity}: {outcome.rule} on {outcome.relation}: {outcome.failed_rows} rows")
        yield _result(outcome, [row for rule, *row in findings if rule == outcome.rule])
    if blocking := [outcome for outcome in outcomes if outcome.blocks_publication]:
        listed = "\n".join(_why(each, findings) for each in blocking)
        raise Failure(f"Blocking checks failed, nothing is published:\n{listed}", allow_retries=False)


def _why(outcome: CheckOutcome, findings: Sequence[Sequence[object]]) -> str:
    """A check that blocks, in its first rows: file, number of the row, column and what is wrong there."""
    lines = [f"- {outcome.relation}: {outcome.rule} ({outcome.description})"]
    for rule, file, _, _, _, number, column, _, message, _ in findings:
        if rule == outcome.rule and len(lines) <= _TOLD_ROWS:
            place = ", ".join(str(part) for part in (file, number and f"№ {number}", column and f"«{column}»") if part)
            lines.append(f"  {place}: {message}" if place else f"  {message}")
    if (untold := outcome.failed_rows - len(lines) + 1) > 0 and len(lines) > 1:
        lines.append(f"  and {untold} more: asset {outcome.relation}, its checks, in `events ui`")
    return "\n".join(lines)


def _result(outcome: CheckOutcome, findings: Sequence[Sequence[object]]) -> AssetCheckResult:
    metadata = {
        "severity": outcome.severity,
        "failed_rows": outcome.failed_rows,
        "accepted_rows": outcome.accepted_rows,
        "data_docs": MetadataValue.path(settings().data_docs_dir / "index.html"),
    }
    if outcome.observed is not None:
        metadata["observed"] = outcome.observed
    if findings:
        names = ("file", "period", "region", "municipality", "№", "column", "value", "message", "key")
        metadata["findings"] = markdown_rows(names, findings)
    if outcome.preview:
        metadata["rows"] = markdown_rows(list(outcome.preview[0]), [list(row.values()) for row in outcome.preview])
    return AssetCheckResult(
        asset_key=AssetKey(outcome.relation.split(".")),
        check_name=outcome.rule,
        passed=outcome.passed,
        severity=AssetCheckSeverity.ERROR if outcome.severity == "error" else AssetCheckSeverity.WARN,
        metadata=metadata,
    )
