"""The first view stands in the page that the browser asks for, to be read while marimo's two hundred files load."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orchestration.dashboard.pages import show

_ROOT = '<div id="root">'
_UNUSED = re.compile(r'<link rel="preload" href="[^"]*/(?:gradient|noise|Lora|FiraMono)[^"]*"[^>]*>')
"""Fonts and pictures of marimo's editor that no page of the dashboard shows."""

_CHART = '<div class="chart-to-come"></div>'


class FirstView:
    """marimo's application with the view in its page; ``database()`` is the published one.

    Files under ``/assets`` bear a hash of what they hold in their names, so the browser may keep them.
    """

    def __init__(self, application: ASGIApp, database: Callable[[], Path]) -> None:
        self._application = application
        self._database = database

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as an ASGI application does."""
        if scope["type"] == "http" and scope["path"] == "/":
            await self._answer_page(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith("/assets/"):
            await self._application(scope, receive, _kept(send))
        else:
            await self._application(scope, receive, send)

    def view(self, query: str) -> str:
        """The view that the query string asks for, a box for every chart."""
        return show(self._database(), dict(parse_qsl(query)), lambda _: _CHART)

    async def _answer_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                body.extend(message.get("body", b""))

        # The page is the same until the program changes, what it shows is not: no browser may compare the two.
        asked = [header for header in scope["headers"] if header[0] != b"if-none-match"]
        await self._application({**scope, "headers": asked}, receive, collect)
        answered = [header for header in start["headers"] if header[0] not in (b"etag", b"content-length")]
        page = bytes(body)
        if start["status"] == 200 and scope["method"] == "GET":
            view = await run_in_threadpool(self.view, scope["query_string"].decode())
            html = _UNUSED.sub("", page.decode())
            page = html.replace(_ROOT, f'<div id="first-view">{view}</div>{_ROOT}', 1).encode()
        response = Response(page, status_code=start["status"])
        response.raw_headers = [*answered, (b"content-length", str(len(page)).encode())]
        await response(scope, receive, send)


def _kept(send: Send) -> Send:
    async def send_kept(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            message["headers"] = [*message["headers"], (b"cache-control", b"public, max-age=31536000, immutable")]
        await send(message)

    return send_kept
