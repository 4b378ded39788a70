"""Reads rates: «8 команд по 12 человек», «по 5 от каждой стороны», «по 18 от РФ и КНР»."""

from __future__ import annotations

import itertools
import re

from orchestration.extraction import participant_wording as wording
from orchestration.extraction.numerals import find_quantities
from orchestration.extraction.participant_count import Count
from orchestration.extraction.participant_layout import ListLayout
from orchestration.extraction.text import CellText, fold

_AND = re.compile(r"\s(?:и|а также)\s")
_ORIGIN = re.compile(r"\s(?P<preposition>от|из|со?)\s")
_OWN_ORIGIN = re.compile(r"(?:от|из|со?)\s", re.IGNORECASE)
_EACH_OF = re.compile(r"\s(?:от|из|со?)\sкажд\w+\sиз\s")
_SIDE_ADJECTIVE = re.compile(r"[а-я-]+(?:ой|ей|его|ого)(?:\s[а-я]+)?")
_BRACKETED_LIST = re.compile(r"\s?\((?P<items>[^()\d]+)\)")
_MOST_UNITS = 12


def read_rate(count: Count, lead: str, cell: CellText, layout: ListLayout) -> Count | None:
    """The count after «по» with the groups that it holds for; None where it is not told how many they are.

    ``lead`` is what its clause says before the number.
    """
    headcount = count.headcount
    if teams := wording.TEAMS_OF.search(lead):
        number = next((q for q in find_quantities(lead) if q.end == teams.start()), None)
        if number is None:
            return None
        count.times = number.value
        return count.labelled(cell.text, headcount.start - len(lead) + number.start, headcount.end)
    if wording.EACH_SIDE_BEFORE.search(lead):
        if (named := _BRACKETED_LIST.match(cell.folded, headcount.end)) and (
            shares := _shares(cell, layout, *named.span("items"))
        ):
            return count.shared(shares, named.end())
        count.times = 2
        return count.labelled(cell.text, headcount.noun_start, headcount.end)
    if side := wording.EACH_SIDE.match(cell.folded, headcount.end):
        count.times = 2
        return count.labelled(cell.text, headcount.noun_start, side.end())
    if each := _EACH_OF.match(cell.folded, headcount.end):
        units = next((q for q in find_quantities(cell.folded[each.end() : each.end() + 20]) if q.start == 0), None)
        if units is None or units.value > _MOST_UNITS:
            return None
        count.times = units.value
        return count.labelled(cell.text, headcount.noun_start, layout.tail_end(headcount.end))
    if origin := _ORIGIN.match(cell.folded, headcount.end):
        end = _end_of_list(cell, layout, origin.end())
        shares = _shares(cell, layout, origin.end(), end)
        return count.shared([f"участники {origin['preposition']} {share}" for share in shares], end) if shares else None
    start, end = headcount.start - len(lead), headcount.start - len("по ")
    bracket = layout.open_bracket(headcount.start)
    if bracket is not None or lead[: end - start].rstrip().endswith(("–", "—", "-", ":")):
        start = layout.enumeration_start(headcount.start)
        shares = _shares(cell, layout, start, bracket if bracket is not None else end)
        return count.shared(shares, headcount.end, start) if shares else None
    return None


def _end_of_list(cell: CellText, layout: ListLayout, start: int) -> int:
    """Where the names after «по 5 от» end: at the last name that still belongs to the list."""
    end = layout.clause_end(start)
    stops = [*layout.separators(start, end), end]
    for position, stop in enumerate(stops):
        if position + 1 == len(stops) or not _is_name(cell.text[stop + 1 : stops[position + 1]].strip()):
            return _trimmed(cell.text, stop)
    return end


def _trimmed(text: str, end: int) -> int:
    while end and (text[end - 1 : end] in " .;" or end > len(text)):
        end -= 1
    return end


def _shares(cell: CellText, layout: ListLayout, start: int, end: int) -> list[str]:
    """The items of an enumeration with «и» or commas, each a name of its own; [] where it is none."""
    edges = [start - 1, *layout.separators(start, end), end]
    pieces: list[str] = []
    for left, right in itertools.pairwise(edges):
        position = left + 1
        for conjunction in _AND.finditer(cell.folded, left + 1, right):
            if not layout.is_quoted(conjunction.start()) and layout.open_bracket(conjunction.start()) is None:
                pieces.append(cell.text[position : conjunction.start()])
                position = conjunction.end()
        pieces.append(cell.text[position:right])
    items = [_OWN_ORIGIN.sub("", piece.strip(" :–—-(,;.")) for piece in pieces]
    return items if len(items) > 1 and all(map(_is_name, items)) else []


def _is_name(item: str) -> bool:
    words = re.findall(r"[\w-]+", item)
    if not words or any(word.isdigit() for word in words[:1]):
        return False
    return any(word[0].isupper() for word in words) or bool(_SIDE_ADJECTIVE.fullmatch(fold(item)))
