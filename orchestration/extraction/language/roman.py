"""Reads Roman numerals as Russian clerks type them."""

from __future__ import annotations

import re

_LETTERS = str.maketrans("ХІСМУ", "XICMV")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman_value(numeral: str) -> int | None:
    """The value below 100 of a Roman numeral, Cyrillic look-alikes allowed; None for other letters."""
    letters = numeral.upper().translate(_LETTERS)
    if not re.fullmatch(r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", letters):
        return None
    values = [_VALUES[letter] for letter in letters]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values)) or None
