"""The charts, drawn by Altair: every mark links to the events it stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import altair as alt

from orchestration.dashboard.warehouse import Row
from orchestration.dashboard.wording import counted, day, quarter, short_quarter, shorten

INK, MUTED, GRID = "#1d2733", "#66717e", "#e4e8ec"
ACCENT, ACCENT_PALE = "#1f5f8b", "#e3eef6"
FORMAT_COLOURS = {"in_person": "#1f5f8b", "hybrid": "#7fb0cf", "online": "#e0a458"}
_BLUES = ["#e3eef6", "#a9cbe0", "#5f9cc2", "#1f5f8b", "#123c5a"]
_FONT = '"PT Sans", "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'
_WEEKDAYS = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]
_MONTHS = ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
_COUNTRIES_SHOWN = 25
_FEW = 5
"""Events of a day that colour it darkest where no day has more."""

Link = Callable[..., str]


def _data(rows: Sequence[Row]) -> alt.Data:
    return alt.Data(values=list(rows))


def _styled(chart: alt.Chart | alt.LayerChart, title: str) -> alt.Chart | alt.LayerChart:
    """The chart in the dashboard's dress; ``title`` is told to readers of the screen."""
    return (
        chart.properties(width="container", background="transparent", description=title)
        .configure(
            font=_FONT,
            locale={
                "number": {"decimal": ",", "thousands": "\N{NO-BREAK SPACE}", "grouping": [3], "currency": ["", ""]}
            },
        )
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=MUTED,
            labelFontSize=12,
            titleColor=MUTED,
            titleFontSize=12,
            titleFontWeight="normal",
            gridColor=GRID,
            domainColor=GRID,
            tickColor=GRID,
            labelLimit=260,
        )
        .configure_legend(labelColor=INK, labelFontSize=12, title=None, orient="top", symbolType="square", offset=16)
        .properties(usermeta={"embedOptions": {"actions": False, "renderer": "svg"}})
    )


def trend(rows: Sequence[Row], link: Link) -> alt.LayerChart:
    """Events by quarter, the parts of a bar being formats."""
    totals: dict[str, int] = {}
    for row in rows:
        totals[row["period"]] = totals.get(row["period"], 0) + row["events"]
    names = {row["format"]: row["format_name_ru"] for row in rows if row["format"]}
    order = [names[code] for code in FORMAT_COLOURS if code in names]
    colours = [FORMAT_COLOURS[code] for code in FORMAT_COLOURS if code in names]
    parts = [
        {
            "period": row["period"],
            "quarter": short_quarter(row["period"]),
            "format": name,
            "events": row["events"],
            "rank": [*FORMAT_COLOURS, row["format"]].index(row["format"]),
            "tooltip": f"{quarter(row['period'])}, {name}: {counted(row['events'], 'event')}",
            "href": link("events", period=row["period"], format=row["format"]),
        }
        for row in rows
        for name in [row["format_name_ru"] or "формат не указан"]
    ]
    sums = [{"quarter": short_quarter(period), "events": events} for period, events in totals.items()]
    x = alt.X("quarter:N", sort=[short_quarter(period) for period in totals], title=None).axis(
        labelAngle=0, ticks=False, labelOverlap=True, labelPadding=6
    )
    bars = (
        alt.Chart(_data(parts))
        .mark_bar(size=min(56, 620 // max(len(totals), 1)), cursor="pointer")
        .encode(
            x=x,
            y=alt.Y("events:Q", title=None).axis(None),
            color=alt.Color("format:N").scale(domain=order, range=colours),
            order=alt.Order("rank:Q"),
            tooltip=alt.Tooltip("tooltip:N", title=""),
            href="href:N",
        )
    )
    labels = alt.Chart(_data(sums)).mark_text(dy=-8, fontSize=13, color=INK).encode(x=x, y="events:Q", text="events:Q")
    return _styled((bars + labels).properties(height=210), "Мероприятия по кварталам")


def ranking(rows: Sequence[Row], title: str) -> alt.LayerChart:
    """Horizontal bars, rows being ``name, value, tooltip, href`` in the order of the chart, perhaps with ``label``."""
    values = [row | {"short": shorten(row["name"], 38), "label": row.get("label", str(row["value"]))} for row in rows]
    y = alt.Y("short:N", sort=None, title=None).axis(ticks=False, domain=False, labelPadding=8, labelColor=INK)
    room = 12 + 7 * max((len(row["label"]) for row in values), default=0)
    x = alt.X("value:Q", title=None).axis(None).scale(range=[0, alt.expr(f"width - {room}")])
    base = alt.Chart(_data(values)).encode(y=y, x=x, href="href:N")
    bars = base.mark_bar(color=ACCENT, height={"band": 0.62}, cursor="pointer").encode(
        tooltip=alt.Tooltip("tooltip:N", title="")
    )
    labels = base.mark_text(align="left", dx=6, fontSize=12, color=INK, cursor="pointer").encode(text="label:N")
    return _styled((bars + labels).properties(height=alt.Step(26)), title)


def countries_by_quarter(rows: Sequence[Row], link: Link) -> alt.LayerChart:
    """Countries against quarters, the number of events in the cell; the countries with most events on top."""
    totals: dict[str, int] = {}
    for row in rows:
        totals[row["name"]] = totals.get(row["name"], 0) + row["events"]
    shown = sorted(totals, key=lambda name: (-totals[name], name))[:_COUNTRIES_SHOWN]
    periods = sorted({row["period"] for row in rows})
    cells = [
        {
            "name": row["name"],
            "quarter": short_quarter(row["period"]),
            "events": row["events"],
            "tooltip": f"{row['name']}, {quarter(row['period'])}: {counted(row['events'], 'event')}",
            "href": link("events", period=row["period"], country=row["country_code"]),
        }
        for row in rows
        if row["name"] in shown
    ]
    most = max((cell["events"] for cell in cells), default=1)
    base = alt.Chart(_data(cells)).encode(
        x=alt.X("quarter:N", sort=[short_quarter(period) for period in periods], title=None).axis(
            orient="top", labelAngle=0, ticks=False, domain=False, labelOverlap=True
        ),
        y=alt.Y("name:N", sort=shown, title=None).axis(ticks=False, domain=False, labelColor=INK, labelPadding=8),
        href="href:N",
    )
    squares = base.mark_rect(cornerRadius=3, stroke="white", strokeWidth=2, cursor="pointer").encode(
        color=alt.Color("events:Q", legend=None).scale(type="sqrt", domain=[0, most], range=_BLUES),
        tooltip=alt.Tooltip("tooltip:N", title=""),
    )
    numbers = base.mark_text(fontSize=12, cursor="pointer").encode(
        text="events:Q",
        color=alt.when(alt.datum.events > most * 0.3).then(alt.value("white")).otherwise(alt.value(INK)),
    )
    return _styled((squares + numbers).properties(height=alt.Step(26)), "Страны по кварталам")


def calendar(counts: dict[date, int], first: date, last: date, link: Link) -> alt.LayerChart:
    """Days from ``first`` to ``last``: a column a week, a row a weekday, the darker the more events."""
    monday = first - timedelta(days=first.weekday())
    cells = []
    for offset in range((last - first).days + 1):
        one = first + timedelta(days=offset)
        events = counts.get(one, 0)
        cells.append(
            {
                "week": (one - monday).days // 7,
                "weekday": _WEEKDAYS[one.weekday()],
                "number": one.day,
                "events": events,
                "tooltip": f"{day(one)}: {counted(events, 'event') if events else 'нет мероприятий'}",
                "href": link("events", day=one.isoformat()) if events else None,
            }
        )
    months = {}
    for offset in range((last - first).days + 1):
        one = first + timedelta(days=offset)
        if one.day <= 7 or one < first + timedelta(days=7):
            months.setdefault((one.year, one.month), (one - monday).days // 7)
    captions = {week: _MONTHS[month - 1] for (_, month), week in months.items()}
    most = max([_FEW, *counts.values()])
    weeks = (last - monday).days // 7 + 1
    base = alt.Chart(_data(cells)).encode(
        x=alt.X("week:O", title=None, sort=list(range(weeks))).axis(
            orient="top", labelAngle=0, ticks=False, domain=False, labelOverlap=False, labelFontSize=13,
            labelAlign="left",
            labelExpr=" : ".join(f"datum.value == {week} ? '{name}'" for week, name in captions.items()) + " : ''",
        ),
        y=alt.Y("weekday:N", sort=_WEEKDAYS, title=None).axis(ticks=False, domain=False, labelPadding=8),
    )  # fmt: skip
    squares = base.mark_rect(cornerRadius=3, stroke="white", strokeWidth=2, cursor="pointer").encode(
        color=alt.when(alt.datum.events == 0)
        .then(alt.value("#f0f2f4"))
        .otherwise(alt.Color("events:Q", legend=None).scale(domain=[0, most], range=_BLUES)),
        tooltip=alt.Tooltip("tooltip:N", title=""),
        href="href:N",
    )
    numbers = base.mark_text(fontSize=11, cursor="pointer").encode(
        text="number:Q",
        color=alt.when(alt.datum.events > most * 0.45).then(alt.value("white")).otherwise(alt.value(INK)),
        href="href:N",
    )
    return _styled((squares + numbers).properties(height=alt.Step(32)), "Календарь мероприятий")
