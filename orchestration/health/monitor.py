"""The sensor that keeps the asset ``asset_health`` up to date and sends messages about what has turned bad."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from dagster import (
    AssetCheckEvaluation,
    AssetCheckResult,
    AssetCheckSeverity,
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
    asset_check,
    sensor,
)
from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from orchestration.assets.partitions import OWNERS
from orchestration.assets.previews import markdown_rows
from orchestration.assets.quarters import utc_now
from orchestration.automation import warehouse_job
from orchestration.failures import first_failure
from orchestration.health.alerts import AlertNotSentError, send_alerts
from orchestration.health.assets import HEALTH_KEY, AssetState, asset_conditions, asset_states
from orchestration.health.conditions import NEWS, Condition, by_state, conditions, worst
from orchestration.settings import settings

_MARKS = {"green": "🟢", "amber": "🟡", "red": "🔴"}
_STEPS = {
    "read_reports": "чтение отчётов",
    "extract_facts": "извлечение фактов",
    "build_marts": "построение витрин (dbt)",
    "quality_checks": "проверки",
    "published__warehouse": "публикация",
    "published__postgres": "перенос в PostgreSQL",
}
_ESCAPED_CODE = re.compile(r"\\`((?:[^`\\|<>&]|\\[_*#~])+)\\`")
_RENEWED_AFTER = timedelta(days=1)
_LONG_WAIT = timedelta(hours=1)

asset_health = AssetSpec(
    HEALTH_KEY,
    description="Is all well, and what to do where it is not: publication, reports due, files, findings, runs, disk.",
    group_name="quality",
    kinds={"python"},
    owners=OWNERS,
)


@asset_check(asset=HEALTH_KEY, description="Whether nothing asks for a person: amber warns, red fails.")
def all_is_well() -> AssetCheckResult:
    """The conditions at this moment, to look by hand; the sensor evaluates it with every change."""
    return AssetCheckResult(**_verdict(conditions(settings(), utc_now())))


@dataclass(frozen=True)
class _Seen:
    """The sensor's cursor: what was shown last and when (UTC), and the keys of what people have been told of.

    ``waiting_since`` is when news in the folder were first seen; None while all is published.
    """

    shown: tuple[tuple[str, str, str], ...] = ()
    shown_at: datetime | None = None
    told: tuple[str, ...] = ()
    waiting_since: datetime | None = None


_cursor = TypeAdapter(_Seen)


@sensor(minimum_interval_seconds=60, default_status=DefaultSensorStatus.RUNNING)
def pipeline_health(context: SensorEvaluationContext) -> SkipReason:
    """Look at every condition; record a change of them in the asset ``asset_health`` and tell people of it once.

    Without a change the asset is renewed once a day: one that is older tells that the daemon does not run.
    """
    now = utc_now()
    seen = _seen(context.cursor)
    graph = context.repository_def.asset_graph
    checks = {key for key in graph.asset_check_keys if key.asset_key != HEALTH_KEY}
    states = asset_states(context.instance, graph.materializable_asset_keys | {HEALTH_KEY}, checks)
    found = [*_last_run(context.instance), *asset_conditions(states), *conditions(settings(), now)]
    are_news = any((each.subject, each.state) == (NEWS, "amber") for each in found)  # red: there is no folder
    waiting_since = (seen.waiting_since or now) if are_news else None
    if waiting_since and now - waiting_since >= _LONG_WAIT:
        found.append(_waiting(waiting_since))
    try:
        told = send_alerts(settings(), found, seen.told)
    except AlertNotSentError as error:
        told = seen.told
        found.append(Condition("Сообщения", "отправка", "red", str(error), "Проверьте EVENTS_ALERT_URLS и сеть."))
    found.sort(key=by_state)
    shown = tuple((condition.state, condition.area, condition.subject) for condition in found)
    shown_at = seen.shown_at
    if shown != seen.shown or shown_at is None or now - shown_at >= _RENEWED_AFTER:
        shown_at = now
        context.instance.report_runless_asset_event(
            AssetMaterialization(HEALTH_KEY, metadata=health_metadata(found, states))
        )
        context.instance.report_runless_asset_event(
            AssetCheckEvaluation(HEALTH_KEY, all_is_well.check_key.name, **_verdict(found), metadata={})
        )
    context.update_cursor(_cursor.dump_json(_Seen(shown, shown_at, told, waiting_since)).decode())
    return SkipReason(f"{_MARKS[worst(found)]} {found[0].area}: {found[0].message} {found[0].remedy}")


def _waiting(since: datetime) -> Condition:
    return Condition(
        "Отчёты",
        "ожидание",
        "red",
        f"С {since:%d.%m.%Y %H:%M} UTC в папке лежит то, чего нет в хранилище.",
        "Посмотрите в Dagster страницу Runs: идёт ли запуск, чем кончился последний; затем выполните `events run`.",
        "waiting",
    )


def _verdict(found: Sequence[Condition]) -> dict[str, object]:
    """What a check says of the conditions, which are sorted with the worst first."""
    state = worst(found)
    return {
        "passed": state == "green",
        "severity": AssetCheckSeverity.ERROR if state == "red" else AssetCheckSeverity.WARN,
        "description": f"{found[0].area}: {found[0].message} {found[0].remedy}",
    }


def _seen(cursor: str | None) -> _Seen:
    """What the cursor holds; nothing where an earlier program wrote it."""
    try:
        return _cursor.validate_json(cursor or "{}")
    except ValidationError:
        return _Seen()


def health_metadata(found: Sequence[Condition], states: Sequence[AssetState] = ()) -> dict[str, object]:
    """Conditions and assets as Markdown tables, the worst state, and the number of each state for the plots."""
    rows = [(f"{_MARKS[each.state]} {each.area}", each.subject, each.message, each.remedy) for each in found]
    assets = [
        (
            each.key.to_user_string(),
            f"{each.made_at:%Y-%m-%d %H:%M}" if each.made_at else "–",
            each.freshness.value.lower(),
            *(str(count) if count else "" for count in (each.passed, each.warned, each.failed)),
        )
        for each in states
    ]
    table = markdown_rows(("", "что", "состояние", "что делать"), rows)
    return {
        "health": MetadataValue.md(_ESCAPED_CODE.sub(lambda code: f"`{code[1].replace(chr(92), '')}`", table.md_str)),
        "assets": markdown_rows(("asset", "made, UTC", "freshness", "passed", "warned", "failed"), assets),
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
            _STEPS.get(failure.step, failure.step),
            "red",
            f"Запуск остановился на этом шаге, опубликованное хранилище осталось прежним.\n{failure.message}",
            "Исправьте причину и выполните `events run`.",
            f"failed:{run_id}",
        )
    ]
