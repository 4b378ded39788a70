"""Serves the dashboard on this machine only; nothing is asked of the network."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import marimo
import uvicorn

from orchestration.dashboard.first_view import FirstView
from orchestration.settings import settings

APPLICATION = Path(__file__).with_name("app.py")


def serve(port: int) -> None:
    """Serve on 127.0.0.1 until interrupted."""
    pages = marimo.create_asgi_app(quiet=True, include_code=False).with_app(path="", root=str(APPLICATION)).build()
    application = FirstView(pages, lambda: settings().published_database)
    # DuckDB loads pandas, Altair its schema with the first view: that happens while the browser is being opened.
    Thread(target=application.view, args=("",), daemon=True).start()
    uvicorn.run(application, host="127.0.0.1", port=port, log_level="warning")
