"""The pages that tell of a quarter as a whole: at a glance, on the map, by country, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from orchestration.dashboard import charts, queries, relations, world
from orchestration.dashboard.address import ALL, Address
from orchestration.dashboard.page import SIDES, Page
from orchestration.dashboard.warehouse import Row
from orchestration.dashboard.wording import counted, previous_quarter, quarter

_CALENDARS_SHOWN = 4
_FIGURES = (
    ("events", "event", "events", {}),
    ("municipalities", "municipality", "quality", {}),
    ("countries", "foreign_country", "countries", {}),
    ("partners", "foreign_partner", "partners", {"side": "foreign"}),
    ("participants", "participant", "events", {"having": "participants"}),
    ("agreements", "agreement", "agreements", {}),
)
"""Name in ``queries.figures``, noun, page of the link and its filters."""


def glance(page: Page) -> str:
    """The quarter in figures: how many, what, where, and the change against the quarter before."""
    address = page.address
    now = queries.figures(page.warehouse, address.region, address.period)
    before = queries.figures_before(page.warehouse, page.reports, address.region, address.period)
    shares = {column: queries.shares(page.warehouse, address, column) for column in ("event_type", "format", "role")}
    trend = queries.trend(page.warehouse, address.region)
    return page.render(
        "glance.html",
        "Обзор",
        figures=[
            {
                "value": now[name] or 0,
                "noun": noun,
                "href": address.link(target, **filters),
                "difference": None if before is None else (now[name] or 0) - (before[name] or 0),
            }
            for name, noun, target, filters in _FIGURES
        ],
        now=now,
        before=None if before is None else previous_quarter(address.period),
        is_comparable=address.period != ALL,
        trend=page.chart(charts.trend(trend, address.link)) if len({row["period"] for row in trend}) > 1 else "",
        kinds=_ranking(page, shares["event_type"], "kind", "Мероприятия по видам"),
        shares=[("Формат", "format", shares["format"]), ("Роль муниципалитета", "role", shares["role"])],
        municipalities=queries.municipalities(page.warehouse, address),
        countries=queries.countries(page.warehouse, address)[:5],
    )


def _ranking(page: Page, rows: list[Row], filter_name: str, title: str) -> object:
    return page.chart(
        charts.ranking(
            [
                {
                    "name": row["name"],
                    "value": row["events"],
                    "tooltip": f"{row['name']}: {counted(row['events'], 'event')}",
                    "href": page.address.link("events", **{filter_name: row["code"]}),
                }
                for row in rows
            ],
            title,
        )
    )


def partner_map(page: Page) -> str:
    """Where partners are."""
    sides = {side: SIDES[side] for side in ("foreign", "domestic")} | {ALL: "все места"}
    page.address = address = replace(page.address, side=page.address.side if page.address.side in sides else "foreign")
    ways = relations.arcs(page.warehouse, address)
    foreign = queries.countries(page.warehouse, address)
    return page.render(
        "map.html",
        "Карта",
        map=world.draw(ways),
        foreign={row["country_code"]: row for row in foreign},
        has_ways=bool(ways),
        sides=sides,
    )


def countries(page: Page) -> str:
    """Foreign countries, now and by quarter."""
    history = queries.countries_by_quarter(page.warehouse, page.address.region)
    return page.render(
        "countries.html",
        "Страны",
        history=page.chart(charts.countries_by_quarter(history, page.address.link)) if history else "",
        countries=queries.countries(page.warehouse, page.address),
    )


def calendar(page: Page) -> str:
    """Days of the quarter and what took place, in order."""
    counts = {row["day"]: row["events"] for row in queries.days(page.warehouse, page.address)}
    periods = page.periods if page.address.period == ALL else [page.address.period]
    total, found = queries.events(page.warehouse, Address(region=page.address.region, period=page.address.period))
    return page.render(
        "calendar.html",
        "Календарь",
        calendars=[
            (quarter(period), page.chart(charts.calendar(counts, *_days(period), page.address.link)))
            for period in periods[:_CALENDARS_SHOWN]
        ],
        total=total,
        events=sorted(
            found, key=lambda row: (row["start_date"] is None, row["start_date"] or date.max, row["name"] or "")
        ),
    )


def _days(period: str) -> tuple[date, date]:
    """First and last day of a quarter."""
    year, position = map(int, period.split("-Q"))
    first = date(year, position * 3 - 2, 1)
    following = date(year + position // 4, position % 4 * 3 + 1, 1)
    return first, following - timedelta(days=1)
