"""A real Superset over a warehouse of its own, spoken to through its REST API."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from paths import PROJECT_ROOT

SOURCE = PROJECT_ROOT / "warehouse" / "superset"
ENVIRONMENT = PROJECT_ROOT / "warehouse" / "superset-home" / "venv"
DASHBOARD = "/superset/dashboard/municipal-events/"


class Superset:
    """Started as a user starts it; the administrator is logged in."""

    def __init__(self, warehouse_dir: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"http://127.0.0.1:{probe.getsockname()[1]}"
        self.log = warehouse_dir / "superset.log"
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(SOURCE / "serve.py"), "--port", self.address.rpartition(":")[2]],
                cwd=PROJECT_ROOT,
                env={**os.environ, "EVENTS_WAREHOUSE_DIR": str(warehouse_dir), "PYTHONPATH": str(PROJECT_ROOT)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._headers: dict[str, str] = {}
        self._wait()
        self.password = re.search(r"password: (\S+)", self.log.read_text(encoding="utf-8")).group(1)
        login = {"username": "admin", "password": self.password, "provider": "db"}
        self._headers["Authorization"] = "Bearer " + self.post("/api/v1/security/login", login)["access_token"]
        self._headers["X-CSRFToken"] = self.get("/api/v1/security/csrf_token/")["result"]

    def get(self, path: str) -> Any:
        return json.loads(self._open(path, None))

    def post(self, path: str, payload: dict[str, Any]) -> Any:
        return json.loads(self._open(path, payload))

    def download(self, query_context: dict[str, Any], result_format: str) -> bytes:
        """What the button «Скачать» of a chart gives."""
        return self._open("/api/v1/chart/data", {**query_context, "result_format": result_format})

    def charts(self) -> dict[str, dict[str, Any]]:
        """The charts by title."""
        return {chart["slice_name"]: chart for chart in self.get("/api/v1/chart/?q=(page_size:100)")["result"]}

    def chart_data(self, title: str) -> list[dict[str, Any]]:
        """A chart's answers to its saved queries, the last of them what its number shows."""
        return self.get(f"/api/v1/chart/{self.charts()[title]['id']}/data/")["result"]

    def query_context(self, title: str) -> dict[str, Any]:
        return json.loads(self.get(f"/api/v1/chart/{self.charts()[title]['id']}")["result"]["query_context"])

    def sql(self, statement: str) -> list[dict[str, Any]]:
        """Rows of a statement put into SQL Lab; raises urllib.error.HTTPError with the database's words."""
        (database,) = self.get("/api/v1/database/")["result"]
        payload = {"database_id": database["id"], "sql": statement, "runAsync": False, "schema": "marts"}
        return self.post("/api/v1/sqllab/execute/", payload)["data"]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)

    def _open(self, path: str, payload: dict[str, Any] | None) -> bytes:
        body = None if payload is None else json.dumps(payload).encode()
        headers = self._headers if body is None else {**self._headers, "Content-Type": "application/json"}
        with self._opener.open(urllib.request.Request(self.address + path, body, headers), timeout=60) as response:
            return response.read()

    def _wait(self) -> None:
        for _ in range(600):
            try:
                self._open("/health", None)
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.5)
            else:
                return
        self.process.kill()
        raise TimeoutError(self.log.read_text(encoding="utf-8"))
