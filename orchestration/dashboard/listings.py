"""The pages of single things: partners, agreements, findings, events, and each of them by itself."""

from __future__ import annotations

from dataclasses import replace

from orchestration.dashboard import charts, event, quality, queries, relations
from orchestration.dashboard.address import ALL, Address
from orchestration.dashboard.page import SIDES, Page
from orchestration.dashboard.wording import counted, number, quarter, short_quarter

_KINDS_OF_PARTNER = {
    "organisation": "организации",
    "settlement": "населённые пункты",
    "territory": "регионы и районы",
    "country": "страны",
}
_KINDS_OF_AGREEMENT = {
    "agreement": "соглашения",
    "contract": "договоры",
    "plan": "планы",
    "memorandum": "меморандумы",
    "protocol": "протоколы",
    "arrangement": "договорённости",
}
_STATUSES = {
    "signed": "подписано",
    "in_force": "действует",
    "drafted": "составлено",
    "arranged": "достигнута договорённость",
}
_SEVERITIES = {"error": "ошибки", "warning": "предупреждения", "info": "к сведению"}
_HAVING = {
    "foreign": "с зарубежными странами",
    "agreements": "с соглашениями",
    "participants": "с числом участников",
    "findings": "с замечаниями",
}


def partners(page: Page) -> str:
    """Partners of one side."""
    page.address = replace(page.address, side=page.address.side if page.address.side in SIDES else "foreign")
    found = relations.partners(page.warehouse, page.address)
    return page.render(
        "partners.html",
        "Партнёры",
        partners=found,
        sides=SIDES,
        kinds=_KINDS_OF_PARTNER,
        shown=queries.EVENTS_SHOWN,
    )


def partner(page: Page) -> str:
    """One partner and its whole history."""
    partner = relations.partner(page.warehouse, page.address.partner)
    if partner is None:
        return _missing(page, "Такого партнёра в хранилище нет.")
    bars = [
        {
            "name": short_quarter(row["period"]),
            "value": row["events"],
            "tooltip": f"{quarter(row['period'])}: {counted(row['events'], 'event')}",
            "href": page.address.link("events", region=None, period=row["period"], partner=partner["partner_key"]),
        }
        for row in relations.partner_quarters(page.warehouse, partner["partner_key"])
    ]
    everything = Address(period=ALL, partner=partner["partner_key"])
    return page.render(
        "partner.html",
        partner["name"],
        partner=partner,
        events=relations.partner_history(page.warehouse, partner["partner_key"]),
        history=page.chart(charts.ranking(bars, "Мероприятия по кварталам")) if len(bars) > 1 else "",
        agreements=relations.agreements(page.warehouse, everything),
    )


def agreements(page: Page) -> str:
    """Agreements, those that run out first on top."""
    address = page.address
    found = relations.agreements(page.warehouse, address)
    terms: dict[int | None, int] = {}
    for row in relations.agreements(page.warehouse, replace(address, year="")):
        terms[row["valid_to_year"]] = terms.get(row["valid_to_year"], 0) + 1
    bars = [
        {
            "name": f"до конца {year}" if year else "срок не указан",
            "value": documents,
            "tooltip": f"{'До конца ' + str(year) if year else 'Срок не указан'}: {counted(documents, 'agreement')}",
            "href": address.changed(year=year or "none"),
        }
        for year, documents in sorted(terms.items(), key=lambda item: (item[0] is None, item[0]))
    ]
    return page.render(
        "agreements.html",
        "Соглашения",
        agreements=found,
        terms=page.chart(charts.ranking(bars, "Когда истекают документы")) if bars else "",
        kinds=_KINDS_OF_AGREEMENT,
        statuses=_STATUSES,
    )


def quality_of_reports(page: Page) -> str:
    """Scores of municipalities and open findings."""
    scores = quality.quality(page.warehouse, page.address)
    worst = [row for row in scores if row["score"] is not None and row["score"] < 100][:15]
    bars = [
        {
            "name": row["name"],
            "value": float(row["score"]),
            "label": number(row["score"], 1),
            "tooltip": f"{row['name']}: {number(row['score'], 1)} из 100",
            "href": page.address.link("quality", municipality=row["municipality_key"]),
        }
        for row in worst
    ]
    return page.render(
        "quality.html",
        "Качество",
        scores=scores,
        worst=page.chart(charts.ranking(bars, "Оценка качества, наименьшие")) if bars else "",
        findings=quality.findings(page.warehouse, page.address),
        names=queries.names(page.warehouse, page.address),
        severities=_SEVERITIES,
        shown=queries.EVENTS_SHOWN,
    )


def events(page: Page) -> str:
    """Events that fit the filters."""
    total, found = queries.events(page.warehouse, page.address)
    address, names = page.address, queries.names(page.warehouse, page.address)
    chosen = [
        (label, address.changed(**{filter_name: ""}))
        for filter_name, label in (
            ("municipality", names["municipality"]),
            ("country", names["country"]),
            ("partner", names["partner"]),
            ("place", names["place"]),
            ("day", f"день {address.day}" if address.day else None),
        )
        if label
    ]
    return page.render(
        "events.html",
        "Мероприятия",
        total=total,
        events=found,
        chosen=chosen,
        choices=queries.choices(page.warehouse),
        having=_HAVING,
    )


def event_as_written(page: Page) -> str:
    """One event as it was written, with what was read from it."""
    found = event.find(page.warehouse, page.address.event, page.address.fact)
    if found is None:
        return _missing(page, "Такого мероприятия в хранилище нет. Возможно, отчёт исправлен и строка изменилась.")
    page.address = replace(page.address, event=found.row["event_key"])
    return page.render("event.html", found.row["name"] or "Мероприятие", event=found, row=found.row)


def _missing(page: Page, message: str) -> str:
    return page.render("missing.html", "Не найдено", message=message)
