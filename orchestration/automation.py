"""When the line runs: one job over all assets, a sensor for changed files, a daily backstop."""

from dagster import (
    AssetSelection,
    DefaultScheduleStatus,
    DefaultSensorStatus,
    RunRequest,
    ScheduleEvaluationContext,
    SensorEvaluationContext,
    SkipReason,
    define_asset_job,
    schedule,
    sensor,
)

from orchestration.assets.plan import RunPlan, plan_run
from orchestration.settings import settings

warehouse_job = define_asset_job(
    "warehouse",
    selection=AssetSelection.all(),
    description="Reports folder to published warehouse: read, extract, build marts, check, publish.",
)


@sensor(job=warehouse_job, minimum_interval_seconds=30, default_status=DefaultSensorStatus.RUNNING)
def reports_folder(context: SensorEvaluationContext) -> list[RunRequest] | SkipReason:
    """Start a run for whatever is new, changed or gone in the reports folder."""
    plan = plan_run(settings())
    if not plan.is_needed:
        return SkipReason("The published warehouse holds exactly the files of the reports folder.")
    if plan.fingerprint == context.cursor:
        return SkipReason("A run for this state of the reports folder has been requested; see its outcome.")
    context.update_cursor(plan.fingerprint)
    context.log.info(f"changed: {', '.join(plan.changed) or 'code'}")
    return _run_requests(plan, plan.fingerprint)


@schedule(
    job=warehouse_job,
    cron_schedule="0 5 * * *",
    execution_timezone="Europe/Moscow",
    default_status=DefaultScheduleStatus.RUNNING,
)
def daily_backstop(context: ScheduleEvaluationContext) -> list[RunRequest] | SkipReason:
    """Catch what the sensor missed, and try again what failed the day before."""
    plan = plan_run(settings())
    if not plan.is_needed:
        return SkipReason("The published warehouse holds exactly the files of the reports folder.")
    return _run_requests(plan, f"{context.scheduled_execution_time:%Y-%m-%d}:{plan.fingerprint}")


def _run_requests(plan: RunPlan, key: str) -> list[RunRequest]:
    return [RunRequest(run_key=f"{key}:{span.first}", tags=span.partition_tags) for span in plan.spans]
