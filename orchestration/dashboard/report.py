"""The quarter as one HTML file to be mailed and printed: no scripts, nothing to load, the same bytes every time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from orchestration.dashboard import quality, queries, relations, world
from orchestration.dashboard.address import Address
from orchestration.dashboard.rendering import render
from orchestration.dashboard.warehouse import Row, Warehouse, WarehouseUnreadableError, opened
from orchestration.dashboard.wording import previous_quarter
from orchestration.settings import Settings

_MOST_EVENTS = 400
_FINDINGS_SHOWN = 40


def write_report(
    config: Settings, published_at: datetime | None, period: str | None, region: str | None, output: Path | None
) -> Path:
    """Write the report of ``period`` ('2025-Q4'; None is the newest) and ``region`` (part of its name; None is all).

    ``published_at``, in UTC, is when what it tells was published. Returns the path written. Raises
    ``WarehouseUnreadableError`` where there is no such report.
    """
    with opened(config.published_database) as warehouse:
        address = _chosen(queries.reports(warehouse), period, region)
        html = render("report.html", **contents(warehouse, address), published_at=published_at)
    name = re.sub(r"[^\w-]+", "-", f"{address.period} {address.region or 'все регионы'}") + ".html"
    path = (output or config.warehouse_dir / "reports" / name).absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(html, encoding="utf-8")
    beside.replace(path)
    return path


def contents(warehouse: Warehouse, address: Address) -> dict[str, object]:
    """What the template of the report shows of one quarter and a region ('' is all)."""
    reports = queries.reports(warehouse)
    ways = relations.arcs(warehouse, replace(address, side="foreign"))
    countries = queries.countries(warehouse, address)
    total, found = queries.events(warehouse, address, _MOST_EVENTS)
    findings = quality.findings(warehouse, address)
    return {
        "address": address,
        "is_made_up": any(report["is_made_up"] for report in reports),
        "regions": sorted(queries.regions(reports, address.region, address.period)),
        "now": queries.figures(warehouse, address.region, address.period),
        "before": queries.figures_before(warehouse, reports, address.region, address.period),
        "previous": previous_quarter(address.period),
        "kinds": queries.shares(warehouse, address, "event_type"),
        "formats": queries.shares(warehouse, address, "format"),
        "countries": countries,
        "foreign": {row["country_code"]: row for row in countries},
        "map": world.draw(ways) if ways else None,
        "municipalities": _by_municipality(found),
        "total": total,
        "agreements": relations.agreements(warehouse, address),
        "quality": quality.quality(warehouse, address),
        "findings": [row for row in findings if row["severity"] != "info"][:_FINDINGS_SHOWN],
        "this_year": int(address.period[:4]),
    }


def _by_municipality(events: list[Row]) -> list[tuple[str, str, list[Row]]]:
    """Events under their municipality and region, in the order given."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in events:
        groups.setdefault((row["municipality_name"], row["region_name"]), []).append(row)
    return [(*names, rows) for names, rows in groups.items()]


def _chosen(reports: list[Row], period: str | None, region: str | None) -> Address:
    known = sorted({report["region_name"] for report in reports})
    meant = [name for name in known if region is not None and region.casefold() in name.casefold()]
    if region is not None and len(meant) != 1:
        choice = ", ".join(meant or known)
        raise WarehouseUnreadableError(
            f"Регион «{region}» назван неоднозначно или неизвестен; есть: {choice or 'ни одного'}."
        )
    chosen = meant[0] if meant else ""
    periods = [report["period"] for report in reports if chosen in ("", report["region_name"])]
    if not periods or (period is not None and period.upper() not in periods):
        choice = ", ".join(dict.fromkeys(periods)) or "ни одного"
        raise WarehouseUnreadableError(f"Отчёта за {period or 'квартал'} в хранилище нет; есть кварталы: {choice}.")
    return Address(page="events", region=chosen, period=period.upper() if period else periods[0])
