"""The asset that BI tools read: the published DuckDB file and its Parquet copies."""

from collections.abc import Iterator

import duckdb
from dagster import AssetExecutionContext, MaterializeResult, MetadataValue, asset

from orchestration.assets.corrected import corrected_reports
from orchestration.assets.marts import build_marts
from orchestration.assets.measures import measured
from orchestration.assets.obstacles import steadfast
from orchestration.assets.partitions import OWNERS, quarterly, single_run
from orchestration.assets.run_lock import hold_run_lock
from orchestration.serving.difference import markdown
from orchestration.serving.publish import publish
from orchestration.settings import settings

_SHOWN_CORRECTIONS = 20


@asset(
    key=["published", "warehouse"],
    deps=[key for key in build_marts.keys if key.path[0] == "marts"],
    group_name="published",
    kinds={"duckdb", "parquet"},
    owners=OWNERS,
    description="warehouse.duckdb and one Parquet file a mart: what passed the checks, put in place by one rename.",
    partitions_def=quarterly,
    backfill_policy=single_run,
)
@measured
@steadfast
def published_warehouse(context: AssetExecutionContext) -> Iterator[MaterializeResult]:
    """Audit the build database and let its copy take the served one's place."""
    config = settings()
    hold_run_lock(config.build_database)
    manifest = publish(config)
    with duckdb.connect(str(config.published_database), read_only=True) as connection:
        corrected = "\n".join(f"- {report}" for report in corrected_reports(connection, _SHOWN_CORRECTIONS))
    counts = "\n".join(f"| {mart} | {count} |" for mart, count in manifest.row_counts.items())
    yield MaterializeResult(
        metadata={
            "path": MetadataValue.path(config.published_database),
            "size_bytes": config.published_database.stat().st_size,
            "dagster/row_count": manifest.row_counts["fct_event"],
            "row_counts": MetadataValue.md(f"| mart | rows |\n|---|---|\n{counts}"),
            "difference": MetadataValue.md(markdown(manifest.difference)),
            "corrected": MetadataValue.md(corrected or "–"),
            "version": manifest.version,
            "checks_passed": manifest.checks["passed"],
            "checks_warned": manifest.checks["warned"],
            "code_version": manifest.code_version,
        }
    )
