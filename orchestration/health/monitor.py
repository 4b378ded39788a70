"""The sensor that keeps the asset ``health`` up to date and sends messages about what has turned bad."""

from __future__ import annotations

import json

from dagster import (
    AssetMaterialization,
    AssetSpec,
    DagsterEventType,
    DagsterInstance,
    DagsterRunStatus,
    DefaultSensorStatus,
    MetadataValue,
    RunsFilter,
    SensorEvaluationContext,
    SkipReason,
    sensor,
)

from orchestration.assets.partitions import OWNERS
from orchestration.assets.previews import markdown_rows
from orchestration.assets.quarters import utc_now
from orchestration.automation import warehouse_job
from orchestration.failures import first_failure
from orchestration.health.alerts import send_alerts
from orchestration.health.conditions import Condition, conditions, worst
from orchestration.settings import settings

_MARKS = {"green": "🟢", "amber": "🟡", "red": "🔴"}

asset_health = AssetSpec(
    "asset_health",
    description="Is all well, and what to do where it is not: publication, reports due, files, findings, runs, disk.",
    group_name="quality",
    kinds={"python"},
    owners=OWNERS,
)


@sensor(minimum_interval_seconds=60, default_status=DefaultSensorStatus.RUNNING)
def pipeline_health(context: SensorEvaluationContext) -> SkipReason:
    """Look at every condition; record a change of them in the asset ``asset_health`` and tell people of it once."""
    found = [*_last_run(context.instance), *conditions(settings(), utc_now())]
    found.sort(key=lambda condition: list(_MARKS)[::-1].index(condition.state))
    seen = json.loads(context.cursor or "{}")
    shown = [[condition.state, condition.area, condition.subject] for condition in found]
    if shown != seen.get("shown"):
        context.instance.report_runless_asset_event(
            AssetMaterialization(asset_health.key, metadata=health_metadata(found))
        )
    told = send_alerts(settings(), found, seen.get("told"))
    context.update_cursor(json.dumps({"shown": shown, "told": told}, ensure_ascii=False))
    return SkipReason(f"{_MARKS[worst(found)]} {found[0].area}: {found[0].message} {found[0].remedy}")


def health_metadata(found: list[Condition]) -> dict[str, object]:
    """The conditions as one Markdown table, their worst state, and the number of each state for the plots."""
    rows = [(f"{_MARKS[each.state]} {each.area}", each.subject, each.message, each.remedy) for each in found]
    return {
        "health": markdown_rows(("", "что", "состояние", "что делать"), rows),
        "state": MetadataValue.text(worst(found)),
        **{state: sum(each.state == state for each in found) for state in _MARKS},
    }


def _last_run(instance: DagsterInstance) -> list[Condition]:
    """The last run of the line, if it failed, with the step and its message."""
    records = instance.get_run_records(RunsFilter(job_name=warehouse_job.name), limit=1)
    if not records or records[0].dagster_run.status is not DagsterRunStatus.FAILURE:
        return []
    run_id = records[0].dagster_run.run_id
    entries = instance.all_logs(run_id, of_type=DagsterEventType.STEP_FAILURE)
    failure = first_failure(entry.dagster_event for entry in entries)
    return [
        Condition(
            "Запуски",
            failure.step,
            "red",
            failure.message,
            "Опубликованное хранилище осталось прежним. Исправьте причину и выполните `events run`.",
            f"failed:{run_id}",
        )
    ]
