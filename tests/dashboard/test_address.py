"""A link says what is shown, and what is shown says the link."""

from __future__ import annotations

from dataclasses import asdict
from urllib.parse import parse_qsl

import pytest

from orchestration.dashboard.address import Address


@pytest.mark.parametrize(
    "address",
    [
        Address(),
        Address(page="events", region="Псковская область", period="2025-Q4", search="a&b=c #?"),
        Address(page="event", event="14a3ccecd547", fact="6"),
    ],
)
def test_there_and_back(address):
    assert Address.of(dict(parse_qsl(address.changed().removeprefix("?")))) == address


@pytest.mark.parametrize("page", ["", "nothing", "__init__", "../etc"])
def test_an_unknown_page_is_the_first(page):
    assert Address.of({"page": page, "other": "x"}) == Address()


def test_a_link_keeps_region_and_quarter_only():
    address = Address(page="events", region="Р", period="all", country="BY", search="x")
    assert asdict(Address.of(dict(parse_qsl(address.link("partners", side="home")[1:])))) == asdict(
        Address(page="partners", region="Р", period="all", side="home")
    )
