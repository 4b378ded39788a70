"""Where the commands print: a terminal, or a pipe that somebody may close."""

import os
import sys

from rich.console import Console


class Terminal(Console):
    """A console under which a run goes on when nobody reads it any more, as with ``events run | head``."""

    def on_broken_pipe(self) -> None:
        """Say nothing more."""
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
