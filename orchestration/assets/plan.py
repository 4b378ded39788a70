"""What a run has to do: which quarters are touched by what changed since the last publication."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from orchestration.assets.intake import read_file, scan
from orchestration.assets.publish import fingerprint, read_manifest
from orchestration.assets.quarters import current_quarter, quarters_between
from orchestration.assets.versions import code_version
from orchestration.settings import Settings


@dataclass(frozen=True, slots=True)
class Span:
    """Quarters from ``first`` to ``last`` that one run covers."""

    first: str
    last: str

    def __str__(self) -> str:
        return self.first if self.first == self.last else f"{self.first} … {self.last}"

    @property
    def partition_tags(self) -> dict[str, str]:
        """Run tags that make Dagster run the whole span at once."""
        return {"dagster/asset_partition_range_start": self.first, "dagster/asset_partition_range_end": self.last}


@dataclass(frozen=True, slots=True)
class RunPlan:
    """``changed`` files by path (new, changed or gone), the quarters to run, the state they lead to.

    A run covers a span of quarters without a gap, so that Dagster shows no quarter as done that has no report.
    """

    changed: tuple[str, ...]
    spans: tuple[Span, ...]
    fingerprint: str
    is_needed: bool


def plan_run(settings: Settings) -> RunPlan:
    """Compare the reports folder and the code with the manifest; only files it does not know are opened."""
    files = scan(settings.reports_dir)
    state = fingerprint((file.path, file.sha256, file.override) for file in files)
    manifest = read_manifest(settings)
    published = manifest.source_files if manifest else {}
    known = {(entry["sha256"], entry["override"]): entry["period"] for entry in published.values()}
    same_code = manifest is not None and manifest.code_version == code_version()
    changed, periods = [], set()
    for file in files:
        content = (file.sha256, file.override)
        entry = published.get(file.path)
        if entry is None or (entry["sha256"], entry["override"]) != content:
            changed.append(file.path)
        elif same_code:
            continue
        if content in known:
            periods.add(known[content])
        else:
            periods.add(read_file(settings.reports_dir, file, settings.first_quarter).period)
    gone = published.keys() - {file.path for file in files}
    periods |= {published[path]["period"] for path in gone}
    quarters = {period for period in periods if period} or {current_quarter()}
    return RunPlan(
        changed=(*changed, *sorted(gone)),
        spans=tuple(_spans(quarters)),
        fingerprint=state,
        is_needed=manifest is None or manifest.fingerprint != state,
    )


def _spans(quarters: Collection[str]) -> Iterator[Span]:
    span: list[str] = []
    for quarter in quarters_between(min(quarters), max(quarters)):
        if quarter in quarters:
            span.append(quarter)
        elif span:
            yield Span(span[0], span[-1])
            span = []
    yield Span(span[0], span[-1])
