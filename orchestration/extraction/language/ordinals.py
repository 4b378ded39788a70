"""Ordinal numbers in words: the stems that date and edition rules share."""

from __future__ import annotations

from functools import cache

from orchestration.extraction.language.tables import read_table


@cache
def ordinal_stems() -> dict[str, int]:
    """Values by stem; «двадцать» and its like, which a unit follows, end in «ь» or «к»."""
    return {row["stem"]: int(row["value"]) for row in read_table("ordinal_words.csv")}


@cache
def ordinal_pattern() -> str:
    """A regular expression up to the ending, groups ``tens`` and ``unit``."""
    stems = sorted(ordinal_stems(), key=len, reverse=True)
    tens = "|".join(stem for stem in stems if stem[-1] in "ьк")
    units = "|".join(stem for stem in stems if stem[-1] not in "ьк")
    return rf"(?:(?P<tens>{tens})\s)?(?P<unit>{units})"


def ordinal_value(unit: str, tens: str | None) -> int:
    """The value of the groups that ``ordinal_pattern`` found."""
    return ordinal_stems()[unit] + (ordinal_stems()[tens] if tens else 0)
