"""How Dagster's assets are: when each was made last, whether that is fresh, how its checks went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dagster import (
    AssetCheckSeverity,
    AssetKey,
    AssetSpec,
    DagsterInstance,
    FreshnessPolicy,
    apply_freshness_policy,
)
from dagster._core.definitions.asset_checks.asset_check_spec import AssetCheckKey
from dagster._core.definitions.freshness import FreshnessState

from orchestration.health.conditions import Condition

HEALTH_KEY = AssetKey("asset_health")
# A report of each region is due a month after every quarter: a warehouse without news for longer lacks one.
_QUARTERLY = FreshnessPolicy.time_window(fail_window=timedelta(days=160), warn_window=timedelta(days=125))
# The sensor renews it every day at least: an old one means that the daemon does not run.
_DAILY = FreshnessPolicy.time_window(fail_window=timedelta(hours=50), warn_window=timedelta(hours=26))


@dataclass(frozen=True, slots=True)
class AssetState:
    """One asset: ``made_at`` in UTC (None: never), freshness as Dagster's daemon judged it, its last checks."""

    key: AssetKey
    made_at: datetime | None
    freshness: FreshnessState
    passed: int
    warned: int
    failed: int


def with_freshness(spec: AssetSpec) -> AssetSpec:
    """The asset with the policy that tells how old it may become."""
    return apply_freshness_policy(spec, _DAILY if spec.key == HEALTH_KEY else _QUARTERLY)


def asset_states(
    instance: DagsterInstance, keys: Iterable[AssetKey], check_keys: Iterable[AssetCheckKey]
) -> list[AssetState]:
    """The state of every asset, by its key; ``check_keys`` are the checks on them."""
    keys = sorted(keys)
    made = instance.get_latest_materialization_events(keys)
    judged = instance.get_freshness_state_records(keys)
    counts = {key: {"passed": 0, "warned": 0, "failed": 0} for key in keys}
    for key, record in instance.event_log_storage.get_latest_asset_check_execution_by_key(list(check_keys)).items():
        evaluation = record.event.asset_check_evaluation if record.event else None
        if evaluation is None or key.asset_key not in counts:
            continue
        is_blocking = evaluation.severity is AssetCheckSeverity.ERROR
        outcome = "passed" if evaluation.passed else "failed" if is_blocking else "warned"
        counts[key.asset_key][outcome] += 1
    return [
        AssetState(
            key,
            datetime.fromtimestamp(event.timestamp, UTC) if (event := made.get(key)) else None,
            record.freshness_state if (record := judged.get(key)) else FreshnessState.UNKNOWN,
            **counts[key],
        )
        for key in keys
    ]


def asset_conditions(states: Iterable[AssetState]) -> Iterator[Condition]:
    """What is wrong with assets: a blocking check that failed, an asset older than its policy allows."""
    for each in states:
        name = each.key.to_user_string()
        if each.failed:
            yield Condition(
                "Проверки",
                name,
                "red",
                f"Не пройдено проверок, без которых публикации нет: {each.failed}.",
                "Откройте проверки этого набора в Dagster: там строки отчёта и что в них не так.",
                f"check:{name}",
            )
        if each.freshness in (FreshnessState.WARN, FreshnessState.FAIL):
            yield Condition(
                "Свежесть",
                name,
                "red" if each.freshness is FreshnessState.FAIL else "amber",
                f"Не обновлялось с {each.made_at:%d.%m.%Y %H:%M} UTC." if each.made_at else "Ещё не построено.",
                "Проверьте, идут ли запуски и поступают ли отчёты.",
            )
