"""Assets of the layers ``raw`` and ``parsed``: what the reports say, verbatim and as typed facts."""

from collections.abc import Iterator

import duckdb
from dagster import AssetExecutionContext, AssetSpec, Failure, MaterializeResult, multi_asset

from orchestration.assets import facts, intake
from orchestration.assets.build import build_database, forget_checks
from orchestration.assets.folder import scan
from orchestration.assets.measures import measured
from orchestration.assets.obstacles import steadfast
from orchestration.assets.partitions import OWNERS, quarterly, single_run
from orchestration.assets.plan import quarters_to_read_again
from orchestration.assets.previews import markdown_rows, table_metadata
from orchestration.assets.quarters import utc_now
from orchestration.assets.refusals import refusals
from orchestration.assets.versions import extraction_version, reader_version
from orchestration.settings import settings

RAW_TABLES = {
    "source_file": "Files in the reports folder: path, content digest, when received, whether still there.",
    "document": "File contents and the outcome of reading each: title, region, period, or refused.",
    "report_row": "Rows of the report tables, text verbatim.",
    "report_issue": "What the reader refused, skipped or did not understand, with the remedy.",
}


@multi_asset(
    name="read_reports",
    specs=[
        AssetSpec(["raw", table], description=description, group_name="raw", kinds={"python", "duckdb"}, owners=OWNERS)
        for table, description in RAW_TABLES.items()
    ],
    partitions_def=quarterly,
    backfill_policy=single_run,
)
@measured
@steadfast
def read_reports(context: AssetExecutionContext) -> Iterator[MaterializeResult]:
    """Read all that is new in the reports folder; a file that cannot be read is told and stops nothing else.

    The partitions of a run say which quarters it was started for; what else is new is not left behind. Where a person
    chose them, their reports are read once more.
    """
    config = settings()
    read_again = quarters_to_read_again(context.run.tags, context.partition_keys)
    files = scan(config.reports_dir)
    with build_database(config.build_database) as connection:
        forget_checks(connection)
        received_at = utc_now()
        intake.store_files(connection, files, received_at)
        read_count = refused_count = 0
        for outcomes in intake.read_news(intake.news(connection, files, read_again), config):
            intake.store_outcomes(connection, outcomes, received_at)
            for outcome in outcomes:
                _log_outcome(context, outcome)
            read_count += sum(outcome.report is not None for outcome in outcomes)
            refused_count += sum(outcome.error is not None for outcome in outcomes)
        refused = markdown_rows(
            ("file", "problem", "remedy"),
            [(each.source_file, each.message, each.remedy) for each in refusals(connection)],
        )
        if not _present_reports(connection):
            raise Failure(
                f"No readable report in {config.reports_dir}: nothing to publish.",
                metadata={"refused": refused},
                allow_retries=False,
            )
        _add_partition_metadata(context, connection)
        common = {
            "files_read": read_count,
            "files_refused": refused_count,
            "refused": refused,
            "reader_version": reader_version(),
        }
        for table in RAW_TABLES:
            yield MaterializeResult(["raw", table], metadata=table_metadata(connection, f"raw.{table}") | common)


def _log_outcome(context: AssetExecutionContext, outcome: intake.Outcome) -> None:
    if outcome.error:
        context.log.warning(f"refused {outcome.source.path}: {outcome.error.message} {outcome.error.remedy}")
    else:
        context.log.info(f"read {outcome.source.path}: {outcome.period}, {len(outcome.report.rows)} rows")


def _present_reports(connection: duckdb.DuckDBPyConnection) -> int:
    (count,) = connection.execute(
        "select count(*) from raw.document join raw.source_file using (document_sha256) "
        "where status = 'read' and is_present"
    ).fetchone()
    return count


def _add_partition_metadata(context: AssetExecutionContext, connection: duckdb.DuckDBPyConnection) -> None:
    rows = dict(
        connection.execute(
            "select period, sum(row_count)::int from raw.document where status = 'read' group by all"
        ).fetchall()
    )
    for key in context.partition_keys:
        context.add_asset_metadata({"rows_of_quarter": rows.get(key, 0)}, ["raw", "report_row"], partition_key=key)


@multi_asset(
    name="extract_facts",
    specs=[
        AssetSpec(
            ["parsed", table],
            deps=[["raw", "document"], ["raw", "report_row"]],
            description=description,
            group_name="parsed",
            kinds={"python", "duckdb"},
            owners=OWNERS,
        )
        for table, description in facts.PARSED_TABLES.items()
    ],
    partitions_def=quarterly,
    backfill_policy=single_run,
)
@measured
@steadfast
def extract_facts(context: AssetExecutionContext) -> Iterator[MaterializeResult]:
    """Extract dates, places, participants, partners and agreements from rows that today's code has not read."""
    with build_database(settings().build_database) as connection:
        forget_checks(connection)
        pending = facts.pending_documents(connection)
        extracted = list(facts.extract_documents(connection, pending, settings().workers))
        events = sum(each.events for each in extracted)
        failures = [failure for each in extracted for failure in each.failures]
        context.log.info(f"extracted {events} events of {len(pending)} reports")
        for failure in failures:
            context.log.error(f"left unread: {failure}")
        common = {
            "events_extracted": events,
            "rows_left_unread": len(failures),
            "extraction_version": extraction_version(),
        }
        for table in facts.PARSED_TABLES:
            yield MaterializeResult(["parsed", table], metadata=table_metadata(connection, f"parsed.{table}") | common)
