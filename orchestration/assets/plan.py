"""What a run has to do: which quarters are touched by what changed since the last publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.assets.folder import SourceFile, scan
from orchestration.assets.intake import read_file
from orchestration.assets.quarters import current_quarter, utc_now
from orchestration.assets.versions import code_version
from orchestration.serving.manifest import Manifest, Rollback, fingerprint, inputs_digest, read_manifest
from orchestration.settings import Settings


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
    def is_settled(self) -> bool:
        """Whether no run is due: these files are published, or have been and were rolled back by a person."""
        return self.is_published or self.rollback is not None


@dataclass(frozen=True, slots=True)
class RunPlan:
    """``changed`` files by path (new, changed or gone) and the span of quarters that a run covers."""

    changed: tuple[str, ...]
    first_quarter: str
    last_quarter: str

    @property
    def partition_tags(self) -> dict[str, str]:
        """Run tags that make Dagster run the whole span at once."""
        return {
            "dagster/asset_partition_range_start": self.first_quarter,
            "dagster/asset_partition_range_end": self.last_quarter,
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


def plan_run(settings: Settings, state: FolderState) -> RunPlan:
    """The quarters that a run towards ``state`` touches; opens the files that the manifest does not know."""
    published = state.manifest.source_files if state.manifest else {}
    same_code = state.manifest is not None and state.manifest.code_version == code_version()
    known = {(entry["sha256"], entry["override"]): entry["period"] for entry in published.values()}
    changed = _changed(state.files, published)
    touched = [file for file in state.files if file.path in changed or not same_code]
    gone = sorted(published.keys() - {file.path for file in state.files})
    periods = {known.get((file.sha256, file.override)) or read_file(file, settings).period for file in touched} | {
        published[path]["period"] for path in gone
    }
    quarters = sorted(period for period in periods if period)
    if not quarters:
        quarters = [max((entry["period"] or "" for entry in published.values()), default="") or current_quarter()]
    return RunPlan((*changed, *gone), quarters[0], quarters[-1])


def _changed(files: Sequence[SourceFile], published: dict[str, dict[str, str | None]]) -> tuple[str, ...]:
    return tuple(
        file.path
        for file in files
        if (entry := published.get(file.path)) is None
        or (entry["sha256"], entry["override"]) != (file.sha256, file.override)
    )
