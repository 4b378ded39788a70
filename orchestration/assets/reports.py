"""Assets of the layers ``raw`` and ``parsed``: what the reports say, verbatim and as typed facts."""

from collections.abc import Iterator

import duckdb
from dagster import AssetExecutionContext, AssetSpec, Failure, MaterializeResult, MetadataValue, multi_asset

from orchestration.assets import facts, intake
from orchestration.assets.build import build_database
from orchestration.assets.partitions import OWNERS, quarterly, single_run
from orchestration.assets.previews import markdown_table, table_metadata
from orchestration.assets.quarters import utc_now
from orchestration.assets.versions import extraction_version, reader_version
from orchestration.settings import settings

RAW_TABLES = {
    "source_file": "Files in the reports folder: path, content digest, when received, whether still there.",
    "document": "File contents and the outcome of reading each: title, region, period, or refused.",
    "report_row": "Rows of the report tables, text verbatim.",
    "report_issue": "What the reader refused, skipped or did not understand, with the remedy.",
}
PARSED_TABLES = {
    "event": "Reported events: the scalar facts of each report row.",
    "event_day": "Days that a report lists one by one.",
    "partner_mention": "Organisations, settlements, territories and countries named by events, with their spans.",
    "participant_group": "Counted groups of participants.",
    "agreement": "Documents and arrangements that events tell of.",
    "agreement_party": "Parties of the agreements.",
    "evidence": "Where in the text each scalar fact of an event was read.",
    "leftover": "Numbers, dates and agreement words that no rule consumed.",
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
def read_reports(context: AssetExecutionContext) -> Iterator[MaterializeResult]:
    """Read what is new in the reports folder; a file that cannot be read is told and stops nothing else."""
    config = settings()
    files = intake.scan(config.reports_dir)
    with build_database(config.build_database) as connection:
        outcomes = [
            outcome
            for source in intake.news(connection, files)
            if (outcome := intake.read_file(config.reports_dir, source, config.first_quarter)).period
            in {None, *context.partition_keys}
        ]
        intake.store(connection, files, outcomes, utc_now())
        for outcome in outcomes:
            if outcome.error:
                context.log.warning(f"refused {outcome.source.path}: {outcome.error.message} {outcome.error.remedy}")
            else:
                context.log.info(f"read {outcome.source.path}: {outcome.period}, {len(outcome.report.rows)} rows")
        _add_partition_metadata(context, connection)
        if not _present_reports(connection):
            raise Failure(
                f"No readable report in {config.reports_dir}: nothing to publish.",
                metadata={"refused": _refused(connection)},
                allow_retries=False,
            )
        common = {
            "files_read": sum(outcome.report is not None for outcome in outcomes),
            "files_refused": sum(outcome.error is not None for outcome in outcomes),
            "refused": _refused(connection),
            "reader_version": reader_version(),
        }
        for table in RAW_TABLES:
            yield MaterializeResult(["raw", table], metadata=table_metadata(connection, f"raw.{table}") | common)


def _present_reports(connection: duckdb.DuckDBPyConnection) -> int:
    (count,) = connection.execute(
        "select count(*) from raw.document join raw.source_file using (document_sha256) "
        "where status = 'read' and is_present"
    ).fetchone()
    return count


def _refused(connection: duckdb.DuckDBPyConnection) -> MetadataValue:
    return markdown_table(
        connection,
        """
        select source.source_file as file, issue.message_ru as problem, issue.remedy_ru as remedy
        from raw.report_issue as issue
        join raw.document as document using (document_sha256)
        join raw.source_file as source using (document_sha256)
        where document.status = 'refused' and source.is_present
        order by file
        """,
    )


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
        for table, description in PARSED_TABLES.items()
    ],
    partitions_def=quarterly,
    backfill_policy=single_run,
)
def extract_facts(context: AssetExecutionContext) -> Iterator[MaterializeResult]:
    """Extract dates, places, participants, partners and agreements from rows that today's code has not read."""
    with build_database(settings().build_database) as connection:
        pending = facts.pending_documents(connection, context.partition_keys)
        events = facts.extract_documents(connection, pending)
        context.log.info(f"extracted {events} events of {len(pending)} reports")
        common = {"events_extracted": events, "extraction_version": extraction_version()}
        for table in PARSED_TABLES:
            yield MaterializeResult(["parsed", table], metadata=table_metadata(connection, f"parsed.{table}") | common)
