"""A real Superset imports the dashboard: every chart answers, figures are right, text stays text, no run is in its way.

`make test-superset` installs Superset; without it these tests are skipped.
"""

from __future__ import annotations

import shutil
import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from paths import PROJECT_ROOT
from superset_server import DASHBOARD, ENVIRONMENT, SOURCE, Superset

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

CHROMIUM = Path("/usr/bin/chromium")
EVENTS = "Мероприятия: щёлкните название, чтобы увидеть источник"
HOSTILE = ["<script>alert(1)</script>", "<img src=x onerror=alert(2)><b>жирно</b>", "=cmd|' /C calc'!A0", "@SUM(1+1)"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("published"),
    pytest.mark.skipif(not ENVIRONMENT.exists(), reason="Superset is not installed: make test-superset"),
]


def change(database: Path, *statements: str) -> None:
    """Put a changed copy in the served file's place, as a publication does."""
    staged = database.with_name("staged.duckdb")
    shutil.copy(database, staged)
    with duckdb.connect(str(staged)) as connection:
        for statement in statements:
            connection.execute(statement)
    staged.replace(database)


@pytest.fixture(scope="module")
def database(published, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published warehouse whose first events are named as HOSTILE says."""
    database = tmp_path_factory.mktemp("superset") / "warehouse.duckdb"
    shutil.copy(published.database, database)
    with duckdb.connect(str(database)) as connection:
        for number, name in enumerate(HOSTILE, 1):
            for table in ("obt_event", "dim_event"):
                connection.execute(f"update marts.{table} set name = ? where sequence_number = ?", [name, number])
    return database


@pytest.fixture(scope="module")
def superset(database: Path) -> Iterator[Superset]:
    superset = Superset(database.parent)
    yield superset
    superset.stop()


def direct(database: Path, sql: str) -> object:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchone()[0]


def number(superset: Superset, title: str) -> object:
    (value,) = superset.chart_data(title)[-1]["data"][0].values()
    return value


def test_every_chart_answers_with_rows(superset):
    charts = superset.charts()
    assert len(charts) == len(list((SOURCE / "export" / "charts").iterdir()))
    for title in charts:
        for answer in superset.chart_data(title):
            assert answer["error"] is None, title
            assert answer["rowcount"] > 0, title


@pytest.mark.parametrize(
    ("title", "figure"),
    [
        ("События", "occurrence_count"),
        ("Участники", "participants_total"),
        ("Страны", "foreign_country_count"),
        ("Партнёры", "foreign_partner_count"),
        ("Дистанционно", "remote_share"),
    ],
)
def test_a_figure_is_that_of_the_semantic_layer(superset, database, title, figure):
    assert number(superset, title) == pytest.approx(
        direct(database, f"select {figure} from marts.fct_region_quarter"), abs=1e-4
    )


def test_the_quality_score_is_that_of_direct_sql(superset, database):
    sql = "select 100 - sum(lost_points) / sum(event_count) from marts.fct_report_quality"
    assert number(superset, "Оценка отчётов") == pytest.approx(direct(database, sql))


@pytest.mark.parametrize(
    ("column", "value", "condition"),
    [
        ("municipality_name", "город Смоленск", "municipality_name = 'город Смоленск'"),
        ("period", "2025-Q4", "period = '2025-Q4'"),
        ("partner_country", "Казахстан", "list_contains(string_split(countries, ', '), 'Казахстан')"),
    ],
)
def test_filters_reach_the_figures(superset, database, column, value, condition):
    context = superset.query_context("События")
    total = context["queries"][-1]
    total["filters"] = [{"col": column, "op": "IN", "val": [value]}]
    answer = superset.post("/api/v1/chart/data", {**context, "queries": [total]})
    expected = direct(database, f"select count(distinct occurrence_key) from marts.obt_event where {condition}")
    assert answer["result"][0]["data"] == [{"occurrence_count": expected}]
    assert expected > 0


def test_participants_of_one_event_told_twice_count_once_under_any_filter(superset, database):
    told = (
        "(select occurrence_key from marts.obt_event group by all having count(distinct municipality_key) > 1 limit 1)"
    )
    occurrence = direct(database, told)
    context = superset.query_context("Участники")
    total = context["queries"][-1]
    total["filters"] = [{"col": "occurrence_key", "op": "==", "val": occurrence}]
    answer = superset.post("/api/v1/chart/data", {**context, "queries": [total]})
    sql = f"select participants_total from marts.obt_event where occurrence_key = '{occurrence}' and is_occurrence_main"
    assert answer["result"][0]["data"] == [{"participants_total": direct(database, sql)}]


def test_a_publication_is_not_held_up_and_is_seen_by_the_next_query(superset, database):
    before = number(superset, "События")
    change(
        database,
        "insert into marts.obt_event by name (select * replace ('e' as event_key, 'new' as occurrence_key) "
        "from marts.obt_event limit 1)",
    )
    assert number(superset, "События") == before + 1
    change(database, "delete from marts.obt_event where event_key = 'e'")
    assert number(superset, "События") == before


@pytest.mark.parametrize(
    "statement",
    [
        f"select * from read_csv('{PROJECT_ROOT / 'pyproject.toml'}')",
        f"select * from read_text('{PROJECT_ROOT}/*')",
        "copy marts.obt_event to 'events.csv'",
        "attach ':memory:' as other; select * from read_blob('/etc/hostname')",
        "set enable_external_access = true",
        "install httpfs",
        "delete from marts.obt_event",
        "create table marts.mine as select 1",
    ],
)
def test_sql_lab_reads_the_warehouse_and_nothing_else(superset, statement):
    assert superset.sql("select count(*) as n from marts.dim_report") == [{"n": 1}]
    with pytest.raises(urllib.error.HTTPError):
        superset.sql(statement)


def test_downloads_hold_no_formulas(superset):
    lines = superset.download(superset.query_context(EVENTS), "csv").decode("utf-8-sig")
    assert ",'=cmd" in lines
    assert ",'@SUM(1+1)," in lines
    assert ",=" not in lines


@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
def test_in_the_browser_text_stays_text_and_a_click_shows_where_it_was_read(superset, tmp_path):
    from playwright.sync_api import sync_playwright

    dialogs, strangers = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        page = browser.new_page(viewport={"width": 1500, "height": 2400}, locale="ru-RU")
        page.set_default_timeout(60_000)
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        # The pixel that Superset would fetch is stopped by the content security policy: nothing answers it.
        page.on("response", lambda response: strangers.append(response.url) if is_strange(response.url) else None)
        page.goto(superset.address + "/login/")
        page.fill("#username", "admin")
        page.fill("#password", superset.password)
        page.keyboard.press("Enter")
        page.wait_for_url("**/welcome/")
        page.goto(superset.address + DASHBOARD)
        page.get_by_role("tab", name="Мероприятия и источники").click()
        events = chart(page, EVENTS)
        facts = chart(page, "Откуда это известно: факты мероприятия и текст отчёта")
        facts.first.wait_for()
        search = page.get_by_placeholder("запис").first
        search.fill("жирно")
        events.filter(has_text="<b>жирно</b>").wait_for()
        search.fill("alert(1)")
        events.filter(has_text=HOSTILE[0]).get_by_text(HOSTILE[0], exact=True).click()
        facts.filter(has_text=HOSTILE[0]).first.wait_for()
        assert facts.filter(has_not_text=HOSTILE[0]).count() == 0
        assert page.locator("td script, td img, td b").count() == 0
        browser.close()
    assert dialogs == []
    assert strangers == []


def chart(page: Page, title: str) -> Locator:
    """The rows of the table chart with this title."""
    return page.locator(".dashboard-component-chart-holder", has_text=title).locator("tbody tr")


def is_strange(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:"))
