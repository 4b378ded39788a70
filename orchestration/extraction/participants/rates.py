"""Reads numbers that hold for several: «8 команд по 12», «по 18 от РФ и КНР», «РФ и КНР – 9 и 5 соответственно»."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from orchestration.extraction.language.numerals import find_quantities
from orchestration.extraction.language.text import CellText, fold
from orchestration.extraction.participants import wording
from orchestration.extraction.participants.count import Count
from orchestration.extraction.participants.headcounts import Headcount
from orchestration.extraction.participants.layout import ListLayout, is_collective

_FURTHER = r"(?:(?:,\s|\sи\s)\d+\s[а-я]+)"
# «по 8 детей и 2 взрослых»: the second number is a rate too
PER_UNIT = re.compile(r"(?P<per>(?<!\w)по\s)(?:\d+\s[а-я]+(?:,\s|\sи\s))*$")
_EACH = r"\s(?:от|из|со?|для|в)\sкажд[а-я]+"
# a rate that is told to its end: what follows is counted by itself
RATE = re.compile(rf"(?<!\w)по\s\d+(?:\s[а-я]+)?{_FURTHER}*{_EACH}(?:\s(?!и\s)[а-я-]+)?")
_MORE = re.compile(rf"{_FURTHER}+(?=\s(?:от|из|со?|для|в)\s(?:кажд|обеих|двух))")
_EACH_UNIT = re.compile(rf"{_EACH}(?!\sиз\s)(?:\s(?!и\s)[а-я-]+)?")
_IN_UNIT = re.compile(
    r"(?<!\w)в\s(?:(?:каждой|каждом|одной|одном)(?:\s(?P<unit>[а-я]+))?|(?P<team>команде|сборной|экипаже|группе|делегации|отряде))"
    r"\s(?:[а-я]+\s){0,2}(?:[–—-]\s)?(?:по\s)?(?:\d+\s[а-я]+(?:,\s|\sи\s))*$"
)
_RESPECTIVE = re.compile(
    r"(?<![\w№])(?P<after>\d+(?:(?:,\s|\sи\s)\d+)+)(?:\s[а-я]+\.?)?,?\s\(?соответственно(?!\w)"
    r"|(?<!\w)соответственно\s?[:–—-]?\s?(?P<before>\d+(?:(?:,\s|\sи\s)\d+)+)(?!\d)"
)
_AND = re.compile(r"\s(?:и|а также)\s")
_ORIGIN = re.compile(r"\s(?P<preposition>от|из|со?)\s")
_OWN_ORIGIN = re.compile(r"(?:от|из|со?)\s", re.IGNORECASE)
_EACH_OF = re.compile(r"\s(?:от|из|со?)\sкажд\w+\sиз\s")
_SIDE_ADJECTIVE = re.compile(r"[а-я-]+(?:ой|ей|его|ого)(?:\s[а-я]+)?")
_BRACKETED_LIST = re.compile(r"\s?\((?P<items>[^()\d]+)\)")
_NEXT_COUNT = re.compile(r"\s(?:и|а также|\+)\s(?=\d)")
_MOST_UNITS = 12


def read_rate(count: Count, lead: str, cell: CellText, layout: ListLayout) -> Count | None:
    """The count after «по» with the groups that it holds for; None where it is not told how many they are.

    ``lead`` is what its clause says before the number.
    """
    headcount = count.headcount
    more = _MORE.match(cell.folded, headcount.end)
    end_of_rate = more.end() if more else headcount.end
    if teams := wording.TEAMS_OF.search(lead):
        number = next((q for q in find_quantities(lead) if q.end == teams.start()), None)
        if number is None:
            return None
        count.times = number.value
        return count.labelled(
            cell.text, min(layout.clause_start(headcount.start) + number.start, headcount.start), headcount.end
        )
    if wording.EACH_SIDE_BEFORE.search(lead):
        if (named := _BRACKETED_LIST.match(cell.folded, headcount.end)) and (
            shares := _shares(cell, layout, *named.span("items"))
        ):
            return count.shared(shares, named.end())
        count.times = 2
        return count.labelled(cell.text, headcount.noun_start, headcount.end)
    if side := wording.EACH_SIDE.match(cell.folded, end_of_rate):
        count.times = 2
        return count.labelled(cell.text, headcount.noun_start, headcount.end if more else side.end())
    if each := _EACH_OF.match(cell.folded, end_of_rate):
        units = next((q for q in find_quantities(cell.folded[each.end() : each.end() + 20]) if q.start == 0), None)
        if units is None or units.value > _MOST_UNITS:
            return None
        count.times = units.value
        return count.labelled(
            cell.text, headcount.noun_start, headcount.end if more else layout.tail_end(headcount.end)
        )
    start = layout.clause_start(headcount.start)
    end = start + len(lead) - len("по ")
    if each := _EACH_UNIT.match(cell.folded, end_of_rate):
        return _for_each_named(count, cell, layout, end, headcount.end if more else each.end())
    if origin := _ORIGIN.match(cell.folded, headcount.end):
        end = _end_of_list(cell, layout, origin.end())
        shares = _shares(cell, layout, origin.end(), end)
        return count.shared([f"участники {origin['preposition']} {share}" for share in shares], end) if shares else None
    bracket = layout.open_bracket(headcount.start)
    if bracket is not None or cell.text[start:end].rstrip().endswith(("–", "—", "-", ":")):
        start = layout.enumeration_start(headcount.start)
        shares = _shares(cell, layout, start, bracket if bracket is not None else end)
        return count.shared(shares, headcount.end, start) if shares else None
    return None


def _for_each_named(count: Count, cell: CellText, layout: ListLayout, end: int, own_end: int) -> Count | None:
    """«Лицей № 1, гимназия № 4: по 10 человек от каждой»: the rate holds for each that the list before it names."""
    headcount = count.headcount
    bracket = layout.open_bracket(headcount.start)
    start = layout.enumeration_start(end)
    shares = _shares(cell, layout, start, bracket if bracket is not None else len(cell.text[:end].rstrip(" ,:–—-")))
    if shares:
        return count.shared(shares, own_end, start)
    return for_each_team(count, cell.folded[start:end])


def for_each_team(count: Count, lead: str) -> Count | None:
    """«6 команд …, в команде 17 игроков»: the count for each of the bodies whose number ``lead`` tells last."""
    for number in reversed(list(find_quantities(lead))):
        word = re.match(r"\s([а-я]+)", lead[number.end :])
        if word and is_collective(word[1]) and number.value > 1:
            count.times = number.value
            count.label = (count.headcount.noun_start, count.headcount.end)
            count.label_text = "Участники"
            return count
    return None


def in_each_team(lead: str) -> bool:
    """Whether the words before a number make it the size of one of several teams."""
    return _IN_UNIT.search(lead) is not None


def respective_items(
    cell: CellText, layout: ListLayout, found: Sequence[Headcount]
) -> dict[int, tuple[int, int] | None]:
    """Range of the item that each number of «Орша и Лида – 9 и 5 соответственно» counts, by the number's offset.

    None stands for what is no count of people.
    """
    items: dict[int, tuple[int, int] | None] = {}
    for respective in _RESPECTIVE.finditer(cell.folded):
        group = "after" if respective["after"] else "before"
        numbers = [h for h in found if respective.start(group) <= h.start < respective.end(group)]
        end = respective.start()
        bracket = layout.open_bracket(end)
        end = bracket if bracket is not None else end
        start = layout.enumeration_start(end)
        names = _pieces(cell, layout, start, len(cell.text[:end].rstrip(" ,:–—-")))
        if any(number.noun == "thing" for number in numbers):
            items.update((number.start, None) for number in numbers)
        elif len(names) == len(numbers):
            items.update((number.start, name) for number, name in zip(numbers, names, strict=True))
    return items


def _end_of_list(cell: CellText, layout: ListLayout, start: int) -> int:
    """Where the names after «по 5 от» end: at the last name that still belongs to the list."""
    end = layout.clause_end(start)
    if following := _NEXT_COUNT.search(cell.folded, start, end):
        end = following.start()
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
    pieces = [cell.text[slice(*piece)] for piece in _pieces(cell, layout, start, end)]
    items = [_OWN_ORIGIN.sub("", piece.strip(" :–—-(,;.")) for piece in pieces]
    return items if len(items) > 1 and all(map(_is_name, items)) else []


def _pieces(cell: CellText, layout: ListLayout, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges of the items of an enumeration with «и» or commas."""
    edges = [start - 1, *layout.separators(start, end), end]
    pieces: list[tuple[int, int]] = []
    for left, right in itertools.pairwise(edges):
        position = left + 1
        for conjunction in _AND.finditer(cell.folded, left + 1, right):
            if not layout.is_quoted(conjunction.start()) and layout.open_bracket(conjunction.start()) is None:
                pieces.append((position, conjunction.start()))
                position = conjunction.end()
        pieces.append((position, right))
    return pieces


def _is_name(item: str) -> bool:
    words = re.findall(r"[\w-]+", item)
    if not words or any(word.isdigit() for word in words[:1]):
        return False
    return any(word[0].isupper() for word in words) or bool(_SIDE_ADJECTIVE.fullmatch(fold(item)))
