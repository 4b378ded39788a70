"""Publishes once in a process of its own: ``publishing.py [number of the file operation that it does not survive]``."""

from __future__ import annotations

import os
import signal
import sys

from orchestration.serving.publish import publish
from orchestration.settings import settings

OPERATIONS = {"os.rename", "os.symlink", "os.mkdir", "os.chmod", "os.remove", "os.rmdir", "shutil.rmtree"}


def die_before(number: int) -> None:
    """Die by SIGKILL right before file operation ``number``, from 0; tell every other one on standard output."""
    done = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        if event in OPERATIONS:
            if done == number:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1
            os.write(1, f"{event}\n".encode())

    sys.addaudithook(count)


def main() -> None:
    configuration = settings()
    die_before(int(sys.argv[1]) if len(sys.argv) > 1 else -1)
    publish(configuration)


if __name__ == "__main__":
    main()
