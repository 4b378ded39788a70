"""A browser walks the dashboard: filters, clicks through to an event and its sentence, asks nothing of the network."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from altered import HOSTILE
from paths import PROJECT_ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = {"width": 390, "height": 844}
TABS = ["Обзор", "Карта", "Страны", "Календарь", "Партнёры", "Соглашения", "Качество", "Мероприятия", "Состояние"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("published"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=OPTIONS)
        yield browser
        browser.close()


def serve(warehouse_dir: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A server of the dashboard that answers, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "orchestration.cli", "dashboard", "--port", str(port)],
        cwd=PROJECT_ROOT,
        env={**os.environ, "EVENTS_WAREHOUSE_DIR": str(warehouse_dir)},
    )
    address = f"http://127.0.0.1:{port}/"
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=5)
            return server, address
        except OSError:
            time.sleep(0.2)
    server.kill()
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def address(two_quarters: Path) -> Iterator[str]:
    server, address = serve(two_quarters.parent)
    yield address
    server.terminate()
    server.wait()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must neither leave this machine nor report an error."""
    page = browser.new_context(viewport={"width": 1200, "height": 900}, locale="ru-RU").new_page()
    page.set_default_timeout(60_000)
    strangers, errors = [], []
    page.on("request", lambda request: strangers.append(request.url) if is_strange(request.url) else None)
    page.on("websocket", lambda channel: strangers.append(channel.url) if "//127.0.0.1:" not in channel.url else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: (errors.append(dialog.message), dialog.dismiss()))
    yield page
    page.context.close()
    assert strangers == []
    assert errors == []


def is_strange(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:"))


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Страницы").get_by_text(name, exact=True).click()
    page.wait_for_function("name => document.querySelector('.tabs a[aria-current]')?.textContent === name", arg=name)


def test_from_figure_to_event_to_sentence(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("#root .figures")
    page.select_option("select[name=period]", "2025-Q3")
    page.wait_for_function("document.querySelector('h1').textContent.includes('III')")
    page.select_option("select[name=period]", "2025-Q4")
    page.wait_for_function("document.querySelector('h1').textContent.includes('IV')")
    assert "period=2025-Q4" in page.url

    count = page.locator(".figure strong").first.inner_text()
    page.locator(".figure").first.click()
    page.wait_for_selector("h3 a")
    assert page.locator("h1").inner_text().startswith(count)

    page.fill("input[name=search]", "соглашение")
    page.press("input[name=search]", "Enter")
    page.wait_for_function("count => !document.querySelector('h1').textContent.startsWith(count)", arg=count)
    page.locator("h3 a").first.click()
    page.wait_for_selector("[data-cell]")

    page.locator(".facts tr:has(.swatch.agreement) a").first.click()
    page.wait_for_selector("mark.chosen")
    sentence = page.locator("mark.chosen").first.inner_text()
    link = page.url

    page.go_back()
    page.wait_for_function("!document.querySelector('mark.chosen')")
    page.goto(link)
    page.wait_for_selector("mark.chosen")
    assert page.locator("mark.chosen").first.inner_text() == sentence


def test_the_first_view_waits_for_no_script(browser: Browser, page: Page, address: str) -> None:
    still = browser.new_context(java_script_enabled=False).new_page()
    still.goto(address + "?period=2025-Q3")
    assert "III" in still.locator("#first-view h1").inner_text()
    still.locator("#first-view .figure").first.click()
    assert still.locator("#first-view h3 a").count() > 0
    still.context.close()

    page.goto(address)
    page.wait_for_selector("#root .figures")
    assert page.locator("#first-view").count() == 0


def test_what_is_being_typed_outlives_the_first_view(page: Page, address: str) -> None:
    page.goto(address + "?page=events", wait_until="commit")
    page.locator("#first-view input[name=search]").type("сог")
    page.wait_for_function("document.activeElement.closest('#root')")
    page.keyboard.type("лаш")
    assert page.locator("input[name=search]").input_value() == "соглаш"


def test_the_browser_keeps_what_never_changes_and_asks_for_what_does(address: str) -> None:
    with urllib.request.urlopen(address) as page:
        assert "etag" not in page.headers
        script = re.search(r'src="\./(assets/[^"]+\.js)"', page.read().decode())
    assert script
    with urllib.request.urlopen(address + script[1]) as answer:
        assert "immutable" in answer.headers["cache-control"]


def test_a_mark_of_a_chart_leads_to_its_events(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("#root .figures")
    bar = page.locator("path[aria-roledescription=bar]").last
    expected = bar.get_attribute("aria-label")
    assert expected
    bar.click()
    page.wait_for_selector("h3 a")
    assert "page=events" in page.url


@pytest.mark.parametrize("tab", TABS)
def test_nothing_is_wider_than_a_phone(page: Page, address: str, tab: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address)
    page.wait_for_selector("#root .figures")
    open_tab(page, tab)
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_text_of_reports_stays_text(page: Page, hostile: Path) -> None:
    server, address = serve(hostile.parent)
    try:
        page.goto(address)
        page.wait_for_selector("#root .figures")
        page.locator("path[aria-roledescription=bar]").first.hover()
        page.wait_for_selector("#vg-tooltip-element.visible")
        assert page.locator("#vg-tooltip-element img, #vg-tooltip-element script").count() == 0
        assert HOSTILE[:25] in page.locator("#vg-tooltip-element").inner_text()
        for tab in TABS[1:]:
            open_tab(page, tab)
        open_tab(page, "Мероприятия")
        page.locator("h3 a").first.click()
        page.wait_for_selector("[data-cell]")
        assert HOSTILE[:60] in page.locator("h1").inner_text()
        assert page.locator(".dashboard script, .dashboard img, .dashboard iframe").count() == 0
    finally:
        server.terminate()
        server.wait()


def test_a_new_version_shows_after_reloading(page: Page, published, tmp_path: Path) -> None:
    server, address = serve(tmp_path)
    try:
        page.goto(address)
        page.wait_for_selector("text=Ещё ничего не опубликовано")
        (tmp_path / "warehouse.duckdb").write_bytes(published.database.read_bytes())
        page.reload()
        page.wait_for_selector("#root .figures")
        page.wait_for_selector("path[aria-roledescription=bar]")  # all files have come before the server goes
    finally:
        server.terminate()
        server.wait()
