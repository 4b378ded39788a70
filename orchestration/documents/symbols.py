"""Characters of symbol fonts (Symbol, Wingdings …), whose codes say nothing without the font, as Unicode."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

# Word moves the 256 codes of a symbol font here.
_PRIVATE_AREA = range(0xF000, 0xF100)
_OTHER_PRIVATE_AND_SURROGATES = range(0xD800, 0xF900)


def symbol(font: str, code: int) -> str:
    """The character with this code in a font; "" where the font's table does not tell."""
    characters = _tables().get(font.casefold())
    if code in _PRIVATE_AREA or (characters is not None and code <= 0xFF):
        return (characters or {}).get(code & 0xFF, "")
    if code < 0x20 or code > 0x10FFFF or code in _OTHER_PRIVATE_AND_SURROGATES:
        return ""
    return chr(code)


@cache
def _tables() -> dict[str, dict[int, str]]:
    tables: dict[str, dict[int, str]] = {}
    with Path(__file__).with_name("symbols.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            codes = enumerate(row["characters"], start=int(row["first_code"], 16))
            tables.setdefault(row["font"].casefold(), {}).update(codes)
    return tables
