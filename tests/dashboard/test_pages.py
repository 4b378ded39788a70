"""Every page shows what the marts hold, and every number leads to what it counts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import duckdb
import pytest
from lxml import html

from orchestration.dashboard.address import PAGES
from orchestration.dashboard.pages import show

from altered import EARLIER, HOSTILE, altered

if TYPE_CHECKING:
    from pipelines import Pipeline

pytestmark = pytest.mark.xdist_group("published")

NEWEST = "2025-Q4"


def page(database: Path, **parameters: str) -> html.HtmlElement:
    return html.fromstring(show(database, parameters, lambda chart: f"<figure>{chart.to_json()[:0]}</figure>"))


def links(element: html.HtmlElement, target: str) -> list[tuple[str, dict[str, str]]]:
    """Text and parameters of the links to a page."""
    found = [
        (re.sub(r"[ \n]+", " ", link.text_content()).strip(), dict(parse_qsl(link.get("href")[1:])))
        for link in element.xpath("//a[not(ancestor::svg or @class = 'figure')]")
    ]
    return [(text, parameters) for text, parameters in found if parameters["page"] == target]


def leading_number(text: str) -> int:
    return int(re.match(r"[\d\xa0 ]+", text)[0].replace("\xa0", "").replace(" ", ""))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("period", [NEWEST, EARLIER, "all"])
def test_every_page_is_shown(two_quarters, name, period):
    shown = page(two_quarters, page=name, period=period)
    assert shown.xpath("//nav/a[@aria-current]/text()") == [PAGES[name]]
    assert shown.xpath("//h1")


@pytest.mark.parametrize(
    ("name", "period"),
    [*((name, period) for name in ("glance", "countries", "map") for period in (NEWEST, "all")), ("quality", NEWEST)],
)
def test_every_number_leads_to_as_many_events(two_quarters, name, period):
    found = [
        (int(match[0].replace("\xa0", "")), parameters)
        for text, parameters in links(page(two_quarters, page=name, period=period), "events")
        if (match := re.search(r"(?<!\d)\d[\d\xa0]*$", text)) and "having" not in parameters
    ]
    assert found
    for number, parameters in found:
        assert leading_number(page(two_quarters, **parameters).xpath("//h1")[0].text) == number, parameters


def test_numbers_of_partners_lead_to_as_many_events(two_quarters):
    found = [
        link
        for link in links(page(two_quarters, page="partners", period=NEWEST), "events")
        if "partner" in link[1] and link[1]["period"] == NEWEST
    ]
    assert found
    for number, parameters in found[:20]:
        assert leading_number(page(two_quarters, **parameters).xpath("//h1")[0].text) == int(number), parameters


def test_change_against_the_quarter_before(two_quarters):
    with duckdb.connect(str(two_quarters), read_only=True) as connection:
        [(now, before)] = connection.execute(
            f"select count(*) filter (period = '{NEWEST}'), count(*) filter (period = '{EARLIER}') from marts.obt_event"
        ).fetchall()
    events = page(two_quarters, period=NEWEST).xpath("//a[@class='figure']")[0]
    assert leading_number(events.findtext("strong")) == now
    assert leading_number(page(two_quarters, **dict(parse_qsl(events.get("href")[1:]))).xpath("//h1")[0].text) == now
    assert events.xpath("span[contains(@class, 'change')]/text()") == [f"+{now - before}"]


def test_one_quarter_tells_of_no_change(published):
    assert not page(published.database).xpath("//span[contains(@class, 'change')]")


def test_an_event_shows_its_sentence(published):
    [(event_key, fact_number, mention)] = published.query(
        "select event_key, fact_number, mention from marts.fct_event_fact "
        "where fact = 'agreement' and source_column = 'description' order by event_key, fact_number limit 1"
    )
    shown = page(published.database, page="event", event=event_key[:12], fact=str(fact_number))
    assert "".join(part.text_content() for part in shown.xpath("//mark[contains(@class, 'chosen')]")) == mention
    [(cell,)] = published.query(f"select description_text from marts.dim_event where event_key = '{event_key}'")
    assert cell in [part.text_content() for part in shown.xpath("//p[@data-cell]")]


def test_agreements_lead_to_their_sentence(published):
    shown = page(published.database, page="agreements", period="all")
    for _, parameters in links(shown, "event"):
        assert page(published.database, **parameters).xpath("//mark[contains(@class, 'chosen')]"), parameters


@pytest.mark.parametrize(
    "parameters",
    [
        {"page": "event", "event": "nothing"},
        {"page": "event", "event": ""},
        {"page": "partner", "partner": "nothing"},
        {"page": "events", "day": "not-a-day", "search": "%_'\"; drop table"},
        {"page": "agreements", "year": "many"},
        {"region": "Нигде", "period": "1999-Q1"},
    ],
)
def test_what_is_not_there_is_told(published, parameters):
    assert page(published.database, **parameters).xpath("//h1")


def message(database: Path) -> str:
    return page(database).xpath("//p")[0].text


def test_nothing_published(tmp_path):
    assert "Ещё ничего не опубликовано" in message(tmp_path / "warehouse.duckdb")


def test_an_empty_warehouse(published: Pipeline, tmp_path):
    emptied = altered(published, tmp_path, "delete from marts.dim_report", "delete from marts.obt_event")
    assert "нет ни одного отчёта" in message(emptied)


@pytest.mark.parametrize("statement", ["drop table marts.obt_event", "alter table marts.obt_event drop column format"])
def test_another_schema(published: Pipeline, tmp_path, statement):
    assert "другой версией программы" in message(altered(published, tmp_path, statement))


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "warehouse.duckdb").write_bytes(b"no database" * 1000)
    assert "не открывается" in message(tmp_path / "warehouse.duckdb")


@pytest.mark.parametrize("name", [*PAGES, "event", "partner"])
def test_text_of_reports_stays_text(hostile, name):
    with duckdb.connect(str(hostile), read_only=True) as connection:
        [(event, partner)] = connection.execute(
            "select any_value(event_key), any_value(partner_key) from marts.fct_event_partner"
        ).fetchall()
    shown = page(hostile, page=name, event=event, partner=partner)
    assert not shown.xpath("//script | //img | //iframe | //@onerror | //@onclick")
    assert all(href.startswith("?") for href in shown.xpath("//@href"))
    assert HOSTILE[:60] in shown.text_content() or name == "countries"


def test_the_warehouse_is_let_go(published: Pipeline, tmp_path):
    database = altered(published, tmp_path)
    page(database)
    with duckdb.connect(str(database)) as connection:
        connection.execute("update marts.dim_report set title = 'новое'")


def test_health_tells_what_is_overdue_and_when_the_rest_is_due(two_quarters):
    text = " ".join(page(two_quarters, page="health").text_content().split())
    assert "отчёт просрочен" in text and "Срок истёк 30 апреля 2026" in text
    assert "получен" in text and "Проверки с замечаниями" in text
