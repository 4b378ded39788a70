"""Address of a view of the dashboard: what a link says and what is shown, there and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from urllib.parse import urlencode

PAGES = {
    "glance": "Обзор",
    "map": "Карта",
    "countries": "Страны",
    "calendar": "Календарь",
    "partners": "Партнёры",
    "agreements": "Соглашения",
    "quality": "Качество",
    "events": "Мероприятия",
    "health": "Состояние",
}
"""Pages with a tab; ``event`` and ``partner`` are reached by links only."""

ALL = "all"
"""The period that means every quarter."""

_MOST_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Address:
    """A page and its filters; '' is no filter. ``period`` is '2025-Q4', ``ALL`` or '' for the newest.

    ``place`` is where partners are, as ``relations.arcs`` names it.
    """

    page: str = "glance"
    region: str = ""
    period: str = ""
    municipality: str = ""
    country: str = ""
    partner: str = ""
    place: str = ""
    kind: str = ""
    format: str = ""
    role: str = ""
    day: str = ""
    having: str = ""
    side: str = ""
    year: str = ""
    search: str = ""
    event: str = ""
    fact: str = ""

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> Address:
        """The address that the query string means; unknown parameters and pages are passed over."""
        known = {field.name for field in fields(cls)}
        values = {name: str(value)[:_MOST_CHARACTERS].strip() for name, value in parameters.items() if name in known}
        address = cls(**values)
        return address if address.page in {*PAGES, "event", "partner"} else replace(address, page="glance")

    def link(self, page: str, **filters: str | int | None) -> str:
        """Link to another page of the same region and quarter with these filters only."""
        values = {"region": self.region, "period": self.period} | {
            name: str(value or "") for name, value in filters.items()
        }
        return query_string(Address(page=page, **values))

    def changed(self, **filters: str | int | None) -> str:
        """Link to the same view with some filters changed."""
        return query_string(replace(self, **{name: str(value or "") for name, value in filters.items()}))


def query_string(address: Address) -> str:
    """'?page=events&country=BY'."""
    return "?" + urlencode({name: value for name, value in asdict(address).items() if value})
