"""What Dagster loads: assets, checks, the job and what starts it."""

import warnings

from dagster import AssetSpec, Definitions, PreviewWarning, in_process_executor

from orchestration.assets.marts import build_marts, dbt
from orchestration.assets.partitions import OWNERS
from orchestration.assets.published import published_warehouse
from orchestration.assets.published_postgres import postgres_assets
from orchestration.assets.reports import extract_facts, read_reports
from orchestration.automation import daily_backstop, reports_folder, warehouse_job
from orchestration.checks.definitions import FINDINGS_KEY, quality_checks
from orchestration.health.assets import with_freshness
from orchestration.health.monitor import all_is_well, asset_health, pipeline_health
from orchestration.history_storage import spare_the_disk
from orchestration.logs import run_loggers

# Mapping asset specs is in preview in Dagster 1.13; the version is pinned, so the notice tells nothing new.
warnings.filterwarnings("ignore", category=PreviewWarning)

spare_the_disk()

defs = Definitions(
    assets=[
        read_reports,
        extract_facts,
        build_marts,
        published_warehouse,
        *postgres_assets(),
        AssetSpec(
            FINDINGS_KEY,
            description="Places in the reports that a person should look at, as the checks of the last run told them.",
            group_name="quality",
            kinds={"python", "greatexpectations", "duckdb"},
            owners=OWNERS,
        ),
        asset_health,
    ],
    asset_checks=[quality_checks, all_is_well],
    jobs=[warehouse_job],
    sensors=[reports_folder, pipeline_health],
    schedules=[daily_backstop],
    executor=in_process_executor,
    resources={"dbt": dbt},
    loggers=run_loggers(),
).map_asset_specs(func=with_freshness)
