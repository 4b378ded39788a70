"""The conditions an operator looks at, each with its state and, where it is not green, what to do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import duckdb

from orchestration.assets.folder import ReportsFolderMissingError
from orchestration.assets.plan import folder_state
from orchestration.assets.quarters import quarter_of
from orchestration.assets.refusals import refusals
from orchestration.health.daemon import StorageUnreachableError, last_heartbeat
from orchestration.serving.manifest import Manifest, read_manifest
from orchestration.settings import Settings

State = Literal["green", "amber", "red"]
NEWS = "папка"  # the subject under which news in the reports folder are told
_GIGABYTE = 1024**3
_LEAST_FREE = _GIGABYTE
_LOW_SCORE = 60
_SILENT_AFTER = timedelta(minutes=5)  # the daemon gives a sign of life every 30 s


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing to look at: ``area`` and ``subject`` name it, ``message`` says how it is, ``remedy`` what to do.

    ``remedy`` is "" where nothing is to be done. ``key`` stays the same while the condition lasts, so that a message
    about it is sent once; no message is sent about a condition without one.
    """

    area: str
    subject: str
    state: State
    message: str
    remedy: str = ""
    key: str = ""


def conditions(settings: Settings, now: datetime) -> list[Condition]:
    """Everything there is to tell at ``now`` (UTC), the worst first; opens the published warehouse read-only."""
    manifest = read_manifest(settings)
    found = [*_disk(settings), *_daemon(settings, now), *_news(settings, manifest)]
    if manifest is None:
        found.append(
            Condition(
                "Хранилище",
                "публикация",
                "red",
                "Ещё ничего не опубликовано.",
                "Положите отчёт в папку и запустите `events run`.",
                "unpublished",
            )
        )
    else:
        with duckdb.connect(str(settings.published_database), read_only=True) as connection:
            found += [
                *_published(manifest, now),
                *_reports(connection, now),
                *_files(connection),
                *_findings(connection),
            ]
    return sorted(found, key=by_state)


def by_state(condition: Condition) -> int:
    """The order in which conditions are told: the worst first."""
    return ("red", "amber", "green").index(condition.state)


def worst(found: Sequence[Condition]) -> State:
    """The state of the whole: that of its worst condition."""
    return min(found, key=by_state).state if found else "green"


def _published(manifest: Manifest, now: datetime) -> Iterator[Condition]:
    age = _age(now - datetime.fromisoformat(manifest.published_at))
    if manifest.rolled_back:
        yield Condition(
            "Хранилище",
            "публикация",
            "amber",
            f"Служит прежняя версия {manifest.version}: возвращена {_when(manifest.rolled_back.rolled_back_at)}.",
            "Исправьте причину и запустите `events run --full`.",
            f"rolled-back:{manifest.version}",
        )
    else:
        yield Condition(
            "Хранилище", "публикация", "green", f"Опубликовано {_when(manifest.published_at)} ({age} назад)."
        )


def _news(settings: Settings, manifest: Manifest | None) -> Iterator[Condition]:
    try:
        state = folder_state(settings)
    except ReportsFolderMissingError as error:
        yield Condition(
            "Отчёты", "папка", "red", str(error), "Создайте папку или укажите EVENTS_REPORTS_DIR.", "no-folder"
        )
        return
    if manifest is None or state.is_settled:
        return
    yield Condition(
        "Отчёты",
        NEWS,
        "amber",
        f"Ещё не в хранилище файлов: {len(state.changed)} (новых, изменённых, удалённых)."
        if state.changed
        else "Изменилась программа или её настройки, хранилище построено прежней.",
        "Дождитесь запуска по датчику или выполните `events run`.",
    )


def _reports(connection: duckdb.DuckDBPyConnection, now: datetime) -> Iterator[Condition]:
    if not connection.execute("from duckdb_tables() where table_name = 'fct_pipeline_health'").fetchone():
        return  # made by an earlier program, which is told as news
    awaited = connection.execute(
        f"""
        select region_name, period, due_on, remedy_ru, due_on < date '{now:%Y-%m-%d}' as is_overdue
        from marts.fct_pipeline_health
        where area = 'report' and state = 'expected' and period < '{quarter_of(now.date())}'
        order by due_on, region_name
        """
    ).fetchall()
    for region, period, due_on, remedy, is_overdue in awaited:
        yield Condition(
            "Отчёты",
            f"{region}, {period}",
            "red" if is_overdue else "amber",
            f"Отчёта нет, срок {'истёк' if is_overdue else 'истекает'} {due_on:%d.%m.%Y}.",
            remedy,
            f"overdue:{region}:{period}" if is_overdue else "",
        )
    if not awaited:
        yield Condition("Отчёты", "полнота", "green", "Все ожидаемые отчёты получены.")


def _files(connection: duckdb.DuckDBPyConnection) -> Iterator[Condition]:
    refused = refusals(connection)
    for each in refused:
        yield Condition(
            "Файлы", each.source_file, "red", each.message, each.remedy, f"refused:{each.source_file}:{each.code}"
        )
    if not refused:
        yield Condition("Файлы", "чтение", "green", "Все файлы прочитаны.")


def _findings(connection: duckdb.DuckDBPyConnection) -> Iterator[Condition]:
    counts = dict(
        connection.execute(
            "select severity, count(*) from marts.fct_quality_finding where not is_accepted group by all"
        ).fetchall()
    )
    low = connection.execute(
        f"""
        select municipality.name, municipality.region_name, quality.quality_score
        from marts.fct_report_quality as quality
        join marts.dim_municipality as municipality using (municipality_key)
        where period = (select max(period) from marts.fct_report_quality) and quality_score < {_LOW_SCORE}
        order by quality_score, municipality.name
        """
    ).fetchall()
    for name, region, score in low:
        yield Condition(
            "Замечания",
            f"{name}, {region}",
            "amber",
            f"Оценка качества раздела {score:.0f} из 100.",
            "Отправьте раздел на доработку: `events letters`.",
        )
    yield Condition(
        "Замечания",
        "всего",
        "green",
        f"Предупреждений {counts.get('warning', 0)}, заметок {counts.get('info', 0)}.",
    )


def _daemon(settings: Settings, now: datetime) -> Iterator[Condition]:
    """Nothing where no daemon has run for this warehouse, or a person ended it."""
    try:
        beat = last_heartbeat(settings)
    except StorageUnreachableError as error:
        yield Condition("Служба", "история запусков", "red", str(error), "Проверьте EVENTS_DAGSTER_POSTGRES_URL.")
        return
    if beat is None:
        return
    if now - beat <= _SILENT_AFTER:
        yield Condition("Служба", "датчик", "green", "Фоновая служба следит за папкой отчётов.")
        return
    yield Condition(
        "Служба",
        "датчик",
        "red",
        f"Фоновая служба молчит с {beat:%d.%m.%Y %H:%M} UTC: новые файлы никто не замечает.",
        "Запустите её: `events ui`, на сервере `systemctl restart events-daemon` или `docker compose restart daemon`; "
        "до этого публикует только `events run`.",
    )


def _disk(settings: Settings) -> Iterator[Condition]:
    folder = next(path for path in (settings.warehouse_dir, *settings.warehouse_dir.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    database = settings.build_database
    needed = max(_LEAST_FREE, 5 * (database.stat().st_size if database.exists() else 0))
    message = f"Свободно {free / _GIGABYTE:.1f} ГБ, для следующего запуска нужно {needed / _GIGABYTE:.1f} ГБ."
    if free < needed:
        yield Condition(
            "Диск",
            str(folder),
            "red",
            message,
            "Освободите место или уменьшите число хранимых версий (EVENTS_KEPT_VERSIONS).",
            "disk",
        )
    else:
        yield Condition("Диск", str(folder), "green", message)


def _when(timestamp: str) -> str:
    return f"{datetime.fromisoformat(timestamp):%d.%m.%Y %H:%M} UTC"


def _age(age: timedelta) -> str:
    if age.days:
        return f"{age.days} дн."
    hours, minutes = divmod(age.seconds // 60, 60)
    return f"{hours} ч" if hours else f"{minutes} мин"
