"""Which made-up reports there are to be: regions, quarters, sizes and the faults in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, product

from orchestration.demo.knowledge import read_yaml, regions

_FIRST_BENCHMARK_QUARTER, _LAST_BENCHMARK_QUARTER = "2000-Q1", "2025-Q4"


@dataclass(frozen=True, slots=True)
class PlannedFault:
    """A fault of a kind of ``faults.csv`` in the report of a region and period (``2025-Q4``)."""

    kind: str
    region: str
    period: str


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """Reports of ``regions`` for ``quarters`` (``2024-Q1`` …, rising), each of as many events as the range says.

    The same plan gives the same bytes; plans of one seed and first quarter have the same reports where they plant the
    same faults.
    """

    regions: tuple[str, ...]
    quarters: tuple[str, ...]
    seed: int = 1
    events_per_report: tuple[int, int] = (20, 40)
    faults: tuple[PlannedFault, ...] = ()

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.regions) - regions().keys()):
            raise ValueError(f"No municipalities are known of {', '.join(unknown)}: add them to municipalities.csv.")


def quarters_between(first: str, last: str) -> tuple[str, ...]:
    """Every quarter from ``first`` to ``last``, both inclusive."""
    span = range(int(first[:4]), int(last[:4]) + 1)
    keys = (f"{year}-Q{quarter}" for year, quarter in product(span, range(1, 5)))
    return tuple(key for key in keys if first <= key <= last)


def demo_plan() -> DemoPlan:
    """The plan of ``demo.yml``: what `events demo` builds."""
    content = read_yaml("demo.yml")
    return DemoPlan(
        tuple(content["regions"]),
        quarters_between(content["first_quarter"], content["last_quarter"]),
        content["seed"],
        tuple(content["events_per_report"]),
        tuple(PlannedFault(*fault) for fault in content["faults"]),
    )


def plan_of(
    report_count: int, seed: int = 1, events_per_report: tuple[int, int] = (61, 61), faults: Sequence[str] = ()
) -> DemoPlan:
    """A plan of at least ``report_count`` files for measuring: all regions, as many quarters back as it takes.

    Beyond what the quarters since 2000 hold, the first reports are sent in two versions; the most is twice that.
    ``faults`` (kinds) are planted one in a report, in turn.
    """
    names = tuple(regions())[: max(1, report_count)]
    most = quarters_between(_FIRST_BENCHMARK_QUARTER, _LAST_BENCHMARK_QUARTER)
    quarters = most[-min(-(-report_count // len(names)), len(most)) :]
    reports = [(region, period) for period in quarters for region in names]
    planted = list(zip(cycle(faults), reports, strict=False)) if faults else []
    planted += (("corrected_version", report) for report in reports[: max(0, report_count - len(reports))])
    return DemoPlan(
        names, quarters, seed, events_per_report, tuple(PlannedFault(kind, *report) for kind, report in planted)
    )
