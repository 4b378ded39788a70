"""Serves the dashboard on this machine only; nothing is asked of the network."""

from __future__ import annotations

from pathlib import Path

import marimo
import uvicorn

import orchestration.dashboard.pages  # noqa: F401  what every page needs is loaded before the first is asked for

APPLICATION = Path(__file__).with_name("app.py")


def serve(port: int) -> None:
    """Serve on 127.0.0.1 until interrupted."""
    application = (
        marimo.create_asgi_app(quiet=True, include_code=False).with_app(path="", root=str(APPLICATION)).build()
    )
    uvicorn.run(application, host="127.0.0.1", port=port, log_level="warning")
