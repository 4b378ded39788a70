"""When the line runs: one job over all assets, a sensor for changed files, a daily backstop."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta

from dagster import (
    AssetKey,
    AssetSelection,
    DefaultScheduleStatus,
    DefaultSensorStatus,
    RunRequest,
    SensorEvaluationContext,
    SkipReason,
    define_asset_job,
    schedule,
    sensor,
)

from orchestration.assets.folder import ReportsFolderMissingError
from orchestration.assets.plan import FolderState, RunPlan, database_is_behind, folder_state, plan_run
from orchestration.assets.run_lock import another_run_is_under_way, run_under_way
from orchestration.dead_runs import end_dead_runs
from orchestration.logs import run_loggers
from orchestration.settings import settings

_LONGEST_START = timedelta(minutes=2)
POSTGRES_KEY = AssetKey(["published", "postgres"])

warehouse_job = define_asset_job(
    "warehouse",
    selection=AssetSelection.all(),
    description="Reports folder to published warehouse: read, extract, build marts, check, publish.",
)


@sensor(job=warehouse_job, minimum_interval_seconds=15, default_status=DefaultSensorStatus.RUNNING)
def reports_folder(context: SensorEvaluationContext) -> RunRequest | SkipReason:
    """Start one run for whatever is new, changed or gone in the reports folder.

    The cursor is the state asked for last; a run key would keep the folder from ever returning to an earlier state.
    """
    if not another_run_is_under_way(settings().build_database):
        end_dead_runs(context.instance, silent_for=_LONGEST_START)
    plan = _news()
    if isinstance(plan, SkipReason):
        return plan
    state, run_request = plan
    wanted = f"{state.fingerprint} in PostgreSQL" if state.is_settled else state.fingerprint
    if wanted == context.cursor:
        return SkipReason("A run for this state of the reports folder was requested; see its outcome on the page Runs.")
    context.update_cursor(wanted)
    return run_request()


@schedule(
    job=warehouse_job,
    cron_schedule="0 5 * * *",
    execution_timezone="Europe/Moscow",
    default_status=DefaultScheduleStatus.RUNNING,
)
def daily_backstop() -> RunRequest | SkipReason:
    """Catch what the sensor missed, and try again what failed the day before."""
    plan = _news()
    return plan if isinstance(plan, SkipReason) else plan[1]()


def _news() -> SkipReason | tuple[FolderState, Callable[[], RunRequest]]:
    """Why no run is needed, or the folder's state and what asks for the run (it opens the new files)."""
    config = settings()
    if another_run_is_under_way(config.build_database):
        return SkipReason(f"A run is under way: {run_under_way(config.build_database)}.")
    try:
        state = folder_state(config)
    except ReportsFolderMissingError as error:
        return SkipReason(str(error))
    if state.is_settled and database_is_behind(config, state):
        return state, lambda: _request(plan_run(config, state), [POSTGRES_KEY])
    if state.is_published:
        return SkipReason("The published warehouse holds exactly the files of the reports folder.")
    if state.rollback:
        return SkipReason(
            f"What the reports folder holds was rolled back on {state.rollback.rolled_back_at} UTC; new files, a new "
            "program or `events run --full` publish again."
        )
    if unsettled := _still_being_written(state):
        return SkipReason(f"Still being written: {', '.join(unsettled)}; looked at again at the next tick.")
    return state, lambda: _request(plan_run(config, state))


def _request(plan: RunPlan, selection: Sequence[AssetKey] = ()) -> RunRequest:
    loggers = {name: {} for name in run_loggers()}
    run_config = {"loggers": loggers} if loggers else {}
    return RunRequest(tags=plan.tags, run_config=run_config, asset_selection=selection or None)


def _still_being_written(state: FolderState) -> list[str]:
    """Files changed within the last seconds; a date in the future is a wrong clock, not a file that grows."""
    return [file.path for file in state.files if 0 <= time.time() - file.modified_at < settings().settling_seconds]
