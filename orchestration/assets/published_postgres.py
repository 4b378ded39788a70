"""The asset that BI tools read over the network: the marts in PostgreSQL, where one is configured."""

from dagster import AssetExecutionContext, AssetsDefinition, Backoff, Failure, MaterializeResult, RetryPolicy, asset

from orchestration.assets.partitions import OWNERS, quarterly, single_run
from orchestration.assets.previews import markdown_rows
from orchestration.assets.published import published_warehouse
from orchestration.assets.run_lock import hold_run_lock
from orchestration.serving.manifest import read_manifest
from orchestration.serving.postgres import load
from orchestration.serving.postgres_session import PostgresError
from orchestration.settings import settings


@asset(
    key=["published", "postgres"],
    deps=[published_warehouse],
    group_name="published",
    kinds={"postgres"},
    owners=OWNERS,
    description="The marts of warehouse.duckdb in PostgreSQL: loaded beside, put in place in one transaction.",
    partitions_def=quarterly,
    backfill_policy=single_run,
    retry_policy=RetryPolicy(max_retries=2, delay=settings().retry_seconds, backoff=Backoff.EXPONENTIAL),
)
def published_postgres(context: AssetExecutionContext) -> MaterializeResult:
    """Bring the published marts to the server of ``EVENTS_POSTGRES_URL``; if that fails it keeps the earlier ones."""
    config = settings()
    hold_run_lock(config.build_database)
    manifest = read_manifest(config)
    if manifest is None:
        raise Failure("Nothing has been published yet: run the whole job.", allow_retries=False)
    try:
        loaded = load(config, manifest.fingerprint)
    except PostgresError as error:
        raise Failure(str(error), allow_retries=error.is_passing) from None
    return MaterializeResult(
        metadata={
            "target": loaded.target,
            "dagster/row_count": loaded.row_counts["fct_event"],
            "row_counts": markdown_rows(("mart", "rows"), list(loaded.row_counts.items())),
            "load_seconds": loaded.load_seconds,
            "swap_seconds": loaded.swap_seconds,
        }
    )


def postgres_assets() -> list[AssetsDefinition]:
    """The asset, or none where no server is configured: what never runs has no place in the graph."""
    return [published_postgres] if settings().postgres_url else []
