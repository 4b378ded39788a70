"""The wordings of reports, read from the CSV files beside this module, and the folding that they are matched in."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

_FOLD = str.maketrans("ёЁ\u2010\u2011\u2212", "еЕ---")
_LOOK_ALIKES = str.maketrans("aceopxykmthb", "асеорхукмтнв")
# A Latin letter that touches a Cyrillic one is the slip of a keyboard.
_MIXED_WORD = re.compile(r"[а-я]+[a-z][а-яa-z]*|[a-z]+[а-я][а-яa-z]*")


def fold(text: str) -> str:
    """Lower case, «ё» as «е», every run of whitespace as one space, none at either end.

    Latin letters within a Russian word become the Cyrillic ones that they look like.
    """
    folded = squeeze(text).translate(_FOLD).lower()
    return _MIXED_WORD.sub(lambda word: word.group().translate(_LOOK_ALIKES), folded)


def squeeze(text: str) -> str:
    """The text with every run of whitespace as one space and none at either end."""
    return " ".join(text.split())


def shorten(text: str, length: int = 160) -> str:
    """The squeezed text, cut with an ellipsis to this length."""
    text = squeeze(text)
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def read_table(file_name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of this package."""
    with resources.files(__package__).joinpath(file_name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def _row_patterns() -> dict[str, re.Pattern[str]]:
    patterns: dict[str, list[str]] = {}
    for row in read_table("row_patterns.csv"):
        patterns.setdefault(row["kind"], []).append(row["pattern"])
    return {kind: re.compile("|".join(f"(?:{one})" for one in alternatives)) for kind, alternatives in patterns.items()}


def find_wording(kind: str, text: str) -> re.Match[str] | None:
    """Where folded ``text`` has a wording of this kind (a ``kind`` of row_patterns.csv)."""
    return _row_patterns()[kind].search(fold(text))
