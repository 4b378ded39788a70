"""The dashboard: an address in, HTML out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from orchestration.dashboard import listings, overview
from orchestration.dashboard.address import Address
from orchestration.dashboard.health import pipeline_health
from orchestration.dashboard.page import Embed, Page
from orchestration.dashboard.rendering import render
from orchestration.dashboard.warehouse import WarehouseUnreadableError, opened

_PAGES = {
    "glance": overview.glance,
    "map": overview.partner_map,
    "countries": overview.countries,
    "calendar": overview.calendar,
    "partners": listings.partners,
    "partner": listings.partner,
    "agreements": listings.agreements,
    "quality": listings.quality_of_reports,
    "events": listings.events,
    "event": listings.event_as_written,
    "health": pipeline_health,
}
_NOTHING = "В хранилище ещё нет ни одного отчёта. Положите отчёты в папку raw_reports и выполните make run."


def show(database: Path, parameters: Mapping[str, str], embed: Embed) -> str:
    """The page that the query parameters ask for; where the warehouse cannot be read, a page that says what to do."""
    address = Address.of(parameters)
    try:
        with opened(database) as warehouse:
            page = Page(warehouse, address, embed)
            return _PAGES[address.page](page) if page.reports else _message(_NOTHING)
    except WarehouseUnreadableError as error:
        return _message(str(error))


def _message(text: str) -> str:
    return render("message.html", title="Нечего показать", message=text, view="message")
