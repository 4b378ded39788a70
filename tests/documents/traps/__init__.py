"""What Word files do to readers: each trap is the smallest file with one difficulty and what a person sees in it."""

from traps.characters import CHARACTERS, FIELDS
from traps.grid import GRIDS
from traps.numbers import NUMBERS
from traps.revisions import ALTERNATIVES, HIDDEN, REVISIONS, WRAPPERS
from traps.trap import Trap

TRAPS: tuple[Trap, ...] = (
    *REVISIONS, *HIDDEN, *WRAPPERS, *ALTERNATIVES, *CHARACTERS, *FIELDS, *NUMBERS, *GRIDS
)  # fmt: skip

__all__ = ["TRAPS", "Trap"]
