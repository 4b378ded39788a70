"""The line as it stands on a server: the processes of compose.yaml in folders of their own, without containers."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import duckdb
import yaml

from paths import PROJECT_ROOT

PASSWORD = "s3cretword"
PATIENCE = 300  # seconds; an idle machine needs a fraction of it


def services() -> dict[str, dict]:
    """The services of compose.yaml, by name."""
    return yaml.safe_load((PROJECT_ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]


class Server:
    """The program's services that share a reports folder, a warehouse folder and PostgreSQL."""

    def __init__(self, folder: Path, databases: dict[str, str]) -> None:
        self.reports_dir = folder / "reports"
        self.reports_dir.mkdir()
        self.warehouse_dir = folder / "warehouse"
        self.log = folder / "server.log"
        self.ports = {"code": _free_port(), "viewer": _free_port(), "operator": _free_port()}
        self._environment = {
            **os.environ,
            **databases,
            "EVENTS_REPORTS_DIR": str(self.reports_dir),
            "EVENTS_WAREHOUSE_DIR": str(self.warehouse_dir),
            "EVENTS_CODE_PORT": str(self.ports["code"]),
            "EVENTS_LOG_FORMAT": "json",
        }
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, service: str) -> None:
        """Start a service by its command in compose.yaml and wait until its health check passes."""
        command = self._here(service, services()[service]["command"])
        if service in {"viewer", "operator"}:
            command += ["--port", str(self.ports[service])]
        with self.log.open("ab") as log:
            self._processes[service] = subprocess.Popen(
                command, cwd=PROJECT_ROOT, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        self.seconds_until(lambda: self.is_healthy(service), f"{service} is healthy")

    def stop(self, service: str) -> None:
        """Ask the service to end, as systemd and containers do; one that does not is killed."""
        process = self._processes.pop(service)
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop_all(self) -> None:
        for service in reversed(list(self._processes)):
            self.stop(service)

    def is_healthy(self, service: str) -> bool:
        """Whether the health check in compose.yaml passes."""
        _, *check = services()[service]["healthcheck"]["test"]
        command = self._here(service, check)
        result = subprocess.run(command, cwd=PROJECT_ROOT, env=self._environment, capture_output=True, check=False)
        return result.returncode == 0

    def _here(self, service: str, command: list[str]) -> list[str]:
        """What a container is told, said to this machine: its own programs, addresses and folders."""
        port = str(self.ports.get(service))
        told = {"0.0.0.0": "127.0.0.1", "4000": port, ":3000": f":{port}", "/warehouse/": f"{self.warehouse_dir}/"}
        for there, here in told.items():
            command = [word.replace(there, here) for word in command]
        programs = {"events", "dagster", "dagster-daemon", "python"}
        return [str(Path(sys.executable).with_name(word)) if word in programs else word for word in command]

    def query(self, sql: str) -> list[tuple]:
        """The answer of the published warehouse; none while nothing is published."""
        database = self.warehouse_dir / "warehouse.duckdb"
        if not database.exists():
            return []
        with duckdb.connect(str(database), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def seconds_until(self, is_so: Callable[[], bool], what: str) -> int:
        """How long it takes until something is so; fails after a generous while, with the services' last words."""
        started = time.monotonic()
        while not is_so():
            waited = time.monotonic() - started
            assert waited < PATIENCE, f"not in {PATIENCE} s: {what}\n{self.last_words()}"
            ended = [service for service, process in self._processes.items() if process.poll() is not None]
            assert not ended, f"ended: {ended}\n{self.last_words()}"
            time.sleep(0.5)
        return round(time.monotonic() - started)

    def last_words(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-4000:]

    def graphql(self, service: str, query: str, **variables: object) -> dict:
        """The answer of one of the UIs, asked as its pages ask."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.ports[service]}/graphql",
            json.dumps({"query": query, "variables": variables}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.load(response)["data"]

    @property
    def command_lines(self) -> str:
        """What every process of the services shows to whoever lists the processes of the machine."""
        groups = {process.pid for process in self._processes.values()}
        lines = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if os.getpgid(int(folder.name)) in groups:
                    lines.append((folder / "cmdline").read_text())
            except (ProcessLookupError, FileNotFoundError):
                continue
        return "\n".join(lines)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
