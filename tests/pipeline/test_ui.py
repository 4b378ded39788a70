"""`events ui` ends with all its servers when a service manager ends it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from paths import PROJECT_ROOT

pytestmark = pytest.mark.slow

_PATIENCE_SECONDS = 120


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def is_served(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/server_info", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def processes_with(variable: str) -> list[int]:
    """Processes that were started with ``variable`` in their environment and have not ended."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if variable.encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def wait_until(condition) -> bool:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.3)
    return True


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the platform does not list processes in /proc")
def test_the_servers_end_with_the_command(pipeline):
    port = free_port()
    mark = f"EVENTS_WAREHOUSE_DIR={pipeline.warehouse_dir}"
    with subprocess.Popen(
        [sys.executable, "-m", "orchestration.cli", "ui", "--port", str(port)],
        cwd=PROJECT_ROOT,
        env=pipeline.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as command:
        try:
            assert wait_until(lambda: is_served(port))
            assert len(processes_with(mark)) > 2
            command.terminate()
            assert wait_until(lambda: processes_with(mark) == [])
        finally:
            for process in processes_with(mark):
                os.kill(process, signal.SIGKILL)
