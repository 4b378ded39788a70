"""What a run has to do: which quarters are touched by what changed since the last publication."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from orchestration.assets.folder import SourceFile, scan
from orchestration.assets.quarters import current_quarter, utc_now
from orchestration.assets.versions import code_version
from orchestration.serving.manifest import Manifest, Rollback, fingerprint, inputs_digest, read_manifest
from orchestration.settings import Settings

READ_AGAIN = "events/read_again"
_MOST_OPENED = 50  # a tick of the sensor has a minute, and a run reads the files anyway


@dataclass(frozen=True, slots=True)
class FolderState:
    """The reports folder beside what is published; ``fingerprint`` and ``inputs`` are what a run would publish."""

    files: tuple[SourceFile, ...]
    fingerprint: str
    inputs: str
    manifest: Manifest | None

    @property
    def is_published(self) -> bool:
        """Whether the served warehouse holds exactly these files, made by this code."""
        return self.manifest is not None and self.manifest.fingerprint == self.fingerprint

    @property
    def rollback(self) -> Rollback | None:
        """The rollback that took back exactly these files made by this code, if that is how the served version came."""
        record = self.manifest.rolled_back if self.manifest else None
        return record if record and self.inputs in record.declined else None

    @property
    def changed(self) -> tuple[str, ...]:
        """Paths of the files that are new, changed or gone since what is published, the last ones at the end."""
        published = self.manifest.source_files if self.manifest else {}
        seen = {file.path: {"sha256": file.sha256, "override": file.override} for file in self.files}
        new = [
            path
            for path, entry in seen.items()
            if path not in published or not entry.items() <= published[path].items()
        ]
        return *new, *sorted(published.keys() - seen.keys())

    @property
    def is_settled(self) -> bool:
        """Whether no run is due: these files are published, or have been and were rolled back by a person."""
        return self.is_published or self.rollback is not None


@dataclass(frozen=True, slots=True)
class RunPlan:
    """``changed`` files by path (new, changed or gone) and the span of quarters that a run covers.

    ``read_again`` are the quarters whose known reports are to be read once more.
    """

    changed: tuple[str, ...]
    first_quarter: str
    last_quarter: str
    read_again: tuple[str, ...] = ()

    @property
    def tags(self) -> dict[str, str]:
        """Run tags that make Dagster run the whole span at once and say what is read beside the news."""
        return {
            "dagster/asset_partition_range_start": self.first_quarter,
            "dagster/asset_partition_range_end": self.last_quarter,
            READ_AGAIN: " ".join(self.read_again) or "none",
            # A run whose process was killed begins again at its first step.
            "dagster/retry_strategy": "ALL_STEPS",
        }


def folder_state(settings: Settings) -> FolderState:
    """Digest the reports folder; opens no report. Raises ReportsFolderMissingError."""
    files = tuple(scan(settings.reports_dir))
    inputs = [(file.path, file.sha256, file.override) for file in files]
    state = fingerprint(inputs, settings, utc_now().date())
    return FolderState(files, state, inputs_digest(inputs, settings), read_manifest(settings))


def database_is_behind(settings: Settings, state: FolderState) -> bool:
    """Whether PostgreSQL, where it is configured, lacks what is published."""
    if settings.postgres_url is None or state.manifest is None:
        return False
    from orchestration.serving.postgres import is_served

    return not is_served(settings, state.manifest.fingerprint)


def quarters_to_read_again(tags: Mapping[str, str], partition_keys: Sequence[str]) -> list[str]:
    """The quarters whose known reports a run reads once more.

    A run that a person started in Dagster's UI, a backfill too, makes the quarters anew that were chosen there.
    """
    asked = tags.get(READ_AGAIN)
    return list(partition_keys) if asked is None else [quarter for quarter in asked.split() if quarter != "none"]


def plan_run(settings: Settings, state: FolderState, read_again: Collection[str] = ()) -> RunPlan:
    """The quarters that a run towards ``state`` touches; opens the files that the manifest does not know.

    Where these are many, the run covers every quarter instead.
    """
    from orchestration.assets.intake import read_file

    published = state.manifest.source_files if state.manifest else {}
    same_code = state.manifest is not None and state.manifest.code_version == code_version()
    known = {(entry["sha256"], entry["override"]): entry["period"] for entry in published.values()}
    changed = state.changed
    news = set(changed)
    touched = [file for file in state.files if file.path in news or not same_code]
    gone = news - {file.path for file in state.files}
    to_open = [file for file in touched if (file.sha256, file.override) not in known]
    if len(to_open) > _MOST_OPENED:
        return RunPlan(changed, settings.first_quarter, current_quarter(), tuple(sorted(read_again)))

    def period_of(file: SourceFile) -> str | None:
        """The quarter that the file tells; that of its earlier content where it cannot be read."""
        told = known.get((file.sha256, file.override)) or read_file(file, settings).period
        return told or published.get(file.path, {}).get("period")

    periods = {*map(period_of, touched), *(published[path]["period"] for path in gone), *read_again}
    # What was published under another first quarter, or by a clock that was ahead, is no quarter of today's.
    quarters = sorted(period for period in periods if period and settings.first_quarter <= period <= current_quarter())
    if not quarters:
        newest = max((entry["period"] or "" for entry in published.values()), default="")
        quarters = [min(newest or current_quarter(), current_quarter())]
    return RunPlan(changed, quarters[0], quarters[-1], tuple(sorted(read_again)))
