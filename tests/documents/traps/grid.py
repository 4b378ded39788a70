"""Traps of the grid: spans, merges, skipped columns, ragged rows, and numbers that no program should write."""

from __future__ import annotations

from traps.trap import Grid, Trap, cell, row, table


def span(count: object) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


_START, _GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
_BEFORE, _AFTER = '<w:gridBefore w:val="1"/>', '<w:gridAfter w:val="1"/>'
_TWO_ROWS = [row([cell("а"), cell("б"), cell("в")])]

_CASES: dict[str, tuple[list[str], int, Grid]] = {
    "plain": ([row([cell("а"), cell("б")]), row([cell("в"), cell("г")])], 2, (("а", "б"), ("в", "г"))),
    "column span": ([row([cell("а", span(2)), cell("б")])], 3, (("а", None, "б"),)),
    "section over all columns": (
        [row([cell("г. Орша", span(3))]), *_TWO_ROWS],
        3,
        (("г. Орша", None, None), ("а", "б", "в")),
    ),
    "row span": (
        [row([cell("а", _START), cell("б")]), row([cell("", _GOES_ON), cell("в")]), row([cell("г"), cell("д")])],
        2,
        (("а", "б"), (None, "в"), ("г", "д")),
    ),
    "two row spans, one under the other": (
        [row([cell("а", _START)]), row([cell("", _GOES_ON)]), row([cell("б", _START)]), row([cell("", _GOES_ON)])],
        1,
        (("а",), (None,), ("б",), (None,)),
    ),
    "both spans": (
        [row([cell("а", span(2) + _START), cell("б")]), row([cell("", span(2) + _GOES_ON), cell("в")])],
        3,
        (("а", None, "б"), (None, None, "в")),
    ),
    "row span that begins nowhere": (
        [row([cell("а"), cell("б")]), row([cell("в", _GOES_ON), cell("г")])],
        2,
        (("а", "б"), ("в", "г")),
    ),
    "row span from a continuation": (
        [row([cell("а", _GOES_ON), cell("б")]), row([cell("", _GOES_ON), cell("в")])],
        2,
        (("а", "б"), (None, "в")),
    ),
    "old column span": (
        [row([cell("а", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("б")])],
        3,
        (("а", None, "б"),),
    ),
    "columns before": (
        [row([cell("а")], _BEFORE), row([cell("б"), cell("в")])],
        2,
        ((None, "а"), ("б", "в")),
    ),
    "columns after": (
        [row([cell("а")], _AFTER), row([cell("б"), cell("в")])],
        2,
        (("а", None), ("б", "в")),
    ),
    "row span under a skipped column": (
        [row([cell("а"), cell("б", _START)]), row([cell("", _GOES_ON)], _BEFORE)],
        2,
        (("а", "б"), (None, None)),
    ),
    "ragged rows": ([row([cell("а")]), *_TWO_ROWS], 1, (("а", None, None), ("а", "б", "в"))),
    "no grid": (
        ["<w:tr><w:trPr/>" + cell("а", span(2)) + "</w:tr>", row([cell("б"), cell("в")])],
        0,
        (("а", None), ("б", "в")),
    ),
    "span of a hundred thousand": (
        [row([cell("а", span(100_000)), cell("б")]), *_TWO_ROWS],
        3,
        (("а", None, "б"), ("а", "б", "в")),
    ),
    "span of zero": ([row([cell("а", span(0)), cell("б")])], 2, (("а", "б"),)),
    "negative span": ([row([cell("а", span(-5)), cell("б")])], 2, (("а", "б"),)),
    "span that is no number": ([row([cell("а", span("два")), cell("б")])], 2, (("а", "б"),)),
    "absurd columns before": (
        [row([cell("а"), cell("б")], '<w:gridBefore w:val="100000"/>')],
        2,
        (("а", "б"),),
    ),
    "empty cells": ([row([cell(""), cell("а"), cell("")])], 3, (("", "а", ""),)),
}

GRIDS = [Trap("grid", name, table(rows, width), expected) for name, (rows, width, expected) in _CASES.items()]
