"""Automatic list numbers, counted paragraph by paragraph as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree

from orchestration.documents.number_formats import format_number
from orchestration.documents.styles import Styles
from orchestration.documents.wordml import W, child, is_on, parse_integer, w_attribute, w_integer

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    restart: int | None = None
    separator: str = " "
    is_legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """A numbering instance: its definition's id, levels and the levels that start anew with it."""

    abstract_id: str
    levels: dict[int, _Level]
    start_overrides: dict[int, int]


class ListNumbers:
    """Counts the numbered paragraphs of one document; ``label`` is called once a paragraph, in document order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = {} if root is None else _read_lists(root, styles)
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[int, int]] = set()

    def label(self, direct: etree._Element | None, style_id: str | None) -> str:
        """The paragraph's number with its separator («1. »), "" for bullets and unnumbered paragraphs.

        ``direct`` is the paragraph's own ``w:numPr``, which goes before its style's.
        """
        if direct is None and self._styles.numbering(style_id) is None:
            return ""
        number_id, level_index = self._numbering(direct, style_id)
        numbered = self._lists.get(number_id)
        level = None if numbered is None else numbered.levels.get(level_index)
        if numbered is None or level is None:
            return ""
        counters = self._counters.setdefault(numbered.abstract_id, {})
        self._count(counters, numbered, number_id, level_index, level)
        if level.number_format == "bullet":
            return ""
        text = _PLACEHOLDER.sub(lambda match: self._shown(counters, numbered, level, int(match[1]) - 1), level.text)
        # A sign alone is a bullet, whatever its format is called.
        return text + level.separator if any(map(str.isalnum, text)) else ""

    def _numbering(self, direct: etree._Element | None, style_id: str | None) -> tuple[int, int]:
        number_id, level = w_integer(direct, "numId"), w_integer(direct, "ilvl")
        if number_id is None:
            by_style = self._styles.numbering(style_id)
            if by_style is None:
                return 0, 0
            number_id = by_style.number_id
            if level is None:
                level = self._linked_level(number_id, by_style.lineage)
            if level is None:
                level = by_style.level
        return number_id, min(max(level or 0, 0), _LEVELS - 1)

    def _linked_level(self, number_id: int, lineage: tuple[str, ...]) -> int | None:
        """The list's level that names the nearest of these styles as its own."""
        numbered = self._lists.get(number_id)
        linked = {} if numbered is None else {one.style: index for index, one in numbered.levels.items() if one.style}
        return next((linked[name] for name in lineage if name in linked), None)

    def _count(self, counters: dict[int, int], numbered: _List, number_id: int, index: int, level: _Level) -> None:
        if index in numbered.start_overrides and (number_id, index) not in self._started:
            counters[index] = numbered.start_overrides[index]
        else:
            counters[index] = counters.get(index, level.start - 1) + 1
        self._started.add((number_id, index))
        for deeper in [i for i in counters if i > index]:
            restart = numbered.levels[deeper].restart if deeper in numbered.levels else None
            if restart is None or index < restart:
                del counters[deeper]

    @staticmethod
    def _shown(counters: dict[int, int], numbered: _List, shown_in: _Level, index: int) -> str:
        level = numbered.levels.get(index, _Level())
        number = counters.get(index, numbered.start_overrides.get(index, level.start))
        return format_number(number, "decimal" if shown_in.is_legal else level.number_format)


def _read_lists(root: etree._Element, styles: Styles) -> dict[int, _List]:
    abstracts = {element.get(W + "abstractNumId", ""): element for element in root.iterchildren(W + "abstractNum")}
    numbers = {parse_integer(element.get(W + "numId")) or 0: element for element in root.iterchildren(W + "num")}
    links = {one: w_attribute(element, "numStyleLink") for one, element in abstracts.items()}
    defining = {w_attribute(element, "styleLink"): one for one, element in reversed(abstracts.items())}
    levels_of = {one: _read_levels(element) for one, element in abstracts.items()}
    lists: dict[int, _List] = {}
    for number_id, element in numbers.items():
        abstract_id = w_attribute(element, "abstractNumId") or ""
        link = links.get(abstract_id)
        if link is not None:
            # The definition only points to a numbering style, whose own list has the levels.
            target = styles.numbering(link)
            linked_id = w_attribute(numbers.get(target.number_id), "abstractNumId") if target else None
            abstract_id = linked_id or defining.get(link, abstract_id)
        levels = dict(levels_of.get(abstract_id, {}))
        overrides: dict[int, int] = {}
        for override in element.iterchildren(W + "lvlOverride"):
            index = _index(override)
            start = w_integer(override, "startOverride")
            levels |= _read_levels(override)
            if start is not None:
                overrides[index] = start
                levels[index] = replace(levels.get(index, _Level()), start=start)
        lists[number_id] = _List(abstract_id, levels, overrides)
    return lists


def _read_levels(parent: etree._Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for element in islice(parent.iterchildren(W + "lvl"), _LEVELS):
        legal = child(element, W + "isLgl")
        start = w_integer(element, "start")
        levels[_index(element)] = _Level(
            # Word takes a missing start as 0.
            start=0 if start is None else start,
            number_format=w_attribute(element, "numFmt") or "decimal",
            text=w_attribute(element, "lvlText") or "",
            restart=w_integer(element, "lvlRestart"),
            separator="" if w_attribute(element, "suff") == "nothing" else " ",
            is_legal=legal is not None and is_on(legal),
            style=w_attribute(element, "pStyle"),
        )
    return levels


def _index(element: etree._Element) -> int:
    return parse_integer(element.get(W + "ilvl")) or 0
