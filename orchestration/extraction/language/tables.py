"""The rows of the data folder's word lists, and regular expressions made of them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the data folder, by its header."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def patterns_by_kind(name: str) -> dict[str, str]:
    """The ``pattern`` column of a word list as one alternation for each value of its ``kind`` column."""
    patterns: dict[str, list[str]] = defaultdict(list)
    for row in read_table(name):
        patterns[row["kind"]].append(row["pattern"])
    return {kind: "|".join(alternatives) for kind, alternatives in patterns.items()}


@cache
def pattern_rules(name: str) -> tuple[tuple[dict[str, str], re.Pattern[str]], ...]:
    """The rows of a rule list in order, each with its ``pattern`` column compiled."""
    return tuple((row, re.compile(row["pattern"])) for row in read_table(name))
