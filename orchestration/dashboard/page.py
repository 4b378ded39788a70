"""One view of an open warehouse: the address settled to what there is, and the frame that every page shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace

import altair as alt
from markupsafe import Markup

from orchestration.dashboard import queries
from orchestration.dashboard.address import ALL, PAGES, Address
from orchestration.dashboard.rendering import render
from orchestration.dashboard.warehouse import Warehouse
from orchestration.dashboard.wording import quarter

Embed = Callable[[alt.Chart | alt.LayerChart], str]

SIDES = {"foreign": "зарубежные", "domestic": "другие регионы России", "home": "свой регион"}


class Page:
    """A view; ``address`` may be narrowed by the page that is shown, ``embed`` turns a chart into HTML."""

    def __init__(self, warehouse: Warehouse, address: Address, embed: Embed) -> None:
        self.warehouse = warehouse
        self.reports = queries.reports(warehouse)
        self.address = self._settled(address)
        self._embed = embed

    @property
    def periods(self) -> list[str]:
        """Quarters that the region reports, newest first."""
        region = self.address.region
        known = [report["period"] for report in self.reports if region in ("", report["region_name"])]
        return list(dict.fromkeys(known))

    @property
    def scope(self) -> str:
        """'Смоленская область, IV квартал 2025 года'."""
        period = "все кварталы" if self.address.period == ALL else quarter(self.address.period)
        return f"{self.address.region or 'Все регионы'}, {period}"

    def chart(self, chart: alt.Chart | alt.LayerChart) -> Markup:
        """The chart as HTML of the library that draws it, which a template takes as it is."""
        return Markup(self._embed(chart))

    def render(self, template: str, title: str, **context: object) -> str:
        """The template in the frame of the dashboard."""
        return render(
            template,
            title=title,
            view=str(asdict(self.address)),
            address=self.address,
            pages=PAGES,
            regions=sorted({report["region_name"] for report in self.reports}),
            periods=self.periods,
            scope=self.scope,
            is_made_up=any(report["is_made_up"] for report in self.reports),
            this_year=int(self.reports[0]["period"][:4]),
            **context,
        )

    def _settled(self, address: Address) -> Address:
        """The address with a region and a quarter that there are."""
        regions = {report["region_name"] for report in self.reports}
        region = address.region if address.region in regions else ""
        known = {report["period"] for report in self.reports if region in ("", report["region_name"])}
        period = address.period if address.period in {*known, ALL} else queries.newest_period(self.reports, region)
        return replace(address, region=region, period=period)
