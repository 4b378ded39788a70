"""Settles which headcount of a cell is the declared total, which are groups, and which are parts of others."""

from __future__ import annotations

import re

from orchestration.extraction.language.morphology import parses
from orchestration.extraction.language.text import CellText, fold
from orchestration.extraction.participants import wording
from orchestration.extraction.participants.count import Count
from orchestration.extraction.participants.headcounts import is_substantive, noun_kind
from orchestration.extraction.participants.labels import head_of
from orchestration.extraction.participants.layout import ListLayout, is_body, is_collective, is_people_word

_ORIGIN = re.compile(r"(?:из|от|со?)\s")
_OPENING = re.compile(r"(?:(?!\sи\s|\s[–—-]\s)[^()\d,;:]){0,80}(\()|(?:\s(?!и\s)[а-яё-]+){0,4}\s?(:)")
_ENUMERATION = re.compile(r"[А-ЯЁ][^()]*(?:,|\sи)\s[А-ЯЁ]")


class Totals:
    """The counts of one cell, settled by ``settle``."""

    def __init__(self, cell: CellText, layout: ListLayout, counts: list[Count]) -> None:
        self._text = cell.text
        self._layout = layout
        self._counts = counts
        self.labelled_totals: list[Count] = []

    def settle(self) -> None:
        """Mark the declared total, turn its rivals into groups, and complete the labels of lists."""
        self._break_down()
        self._settle_totals()
        self._carry_heads()

    def _break_down(self) -> None:
        """«Делегация из 7 человек (2 депутата, 4 юнармейца)»: what a bracket or colon counts is part of the whole."""
        self._mark_parts()
        for whole in self._counts:
            if whole.is_part or whole.times > 1:
                continue
            parts = self._breakdown_of(whole)
            counted, is_generic = sum(part.headcount.value for part in parts), whole.headcount.noun == "generic"
            is_list = is_generic and self._opens_list(whole)
            are_bare = all(part.headcount.noun in ("generic", "none") for part in parts)
            is_exceeded = counted > whole.headcount.value and not is_list
            if not parts or is_exceeded or (counted < whole.headcount.value and not (is_generic or are_bare)):
                continue
            for part in parts:
                part.is_part = True
            if whole.label and whole.label[0] >= whole.headcount.start:
                whole.label_text = whole.label_text.partition("(")[0].partition(":")[0].rstrip()
            if is_generic and not whole.strength and all(count.is_part or count is whole for count in self._counts):
                whole.strength, whole.label = 2, None
        self._declare_audience()

    def _mark_parts(self) -> None:
        """A part is no larger than its whole; «134 участника, иностранных – 14» names a part by its wording alone."""
        whole: Count | None = None
        for count in self._counts:
            if not count.is_part and whole and whole.headcount.noun == "generic" and whole.times == 1:
                is_foreign = wording.FOREIGN.match(fold(count.label_text)) and count.headcount.noun == "none"
                count.is_part = bool(is_foreign) and count.headcount.value < whole.headcount.value
            if count.is_part and whole and count.headcount.value > whole.headcount.value and not whole.strength:
                count.is_part = False
            if not count.is_part:
                whole = count

    def _opens_list(self, whole: Count) -> bool:
        """«142 чел.: дети – 118, взрослые – 34»: a number that a clause begins with and a colon follows."""
        return (
            not self._text[self._layout.clause_start(whole.headcount.start) : whole.headcount.start].strip()
            and self._text[whole.headcount.end : whole.headcount.end + 2].lstrip()[:1] == ":"
        )

    def _declare_audience(self) -> None:
        """«450 посетителей, в том числе 16 студентов»: the only whole, nobody's own people, is the declared total.

        Groups that later sentences tell of are its parts too, where it counts people of several regions or countries.
        """
        whole = next((count for count in self._counts if not count.is_part), None)
        if whole is None or whole.strength or whole.times > 1 or whole.label is None:
            return
        headcount = whole.headcount
        if headcount.noun not in ("generic", "person") or whole.label[0] < headcount.start:
            return
        clause_end = self._layout.clause_end(headcount.start)
        rest = fold(self._text[headcount.end :])
        part = wording.PART_LEAD.search(rest)
        others = [count for count in self._counts if not count.is_part and count is not whole]
        is_wide = part is not None or wording.TOTAL_TAIL.match(rest) is not None
        are_later = all(count.start > clause_end for count in others)
        if others and not (is_wide and are_later and sum(c.headcount.value for c in others) < headcount.value):
            return
        if not others and not part and len(self._counts) == 1:
            return
        tail = self._text[headcount.end : headcount.end + part.start() if part else whole.label[1]]
        is_owned = re.search(r"[«\"№A-ZА-ЯЁ]", tail.partition("(")[0].partition(":")[0]) is not None
        if not is_owned or _ENUMERATION.search(tail):
            whole.strength, whole.label = 2, None

    def _breakdown_of(self, whole: Count) -> list[Count]:
        end = whole.headcount.end
        opening = _OPENING.match(self._text, end, self._layout.clause_end(end))
        if opening and opening[1]:
            bracket = opening.start(1)
            return [c for c in self._counts if self._layout.open_bracket(c.headcount.start) == bracket]
        if opening:
            stop = self._layout.clause_end(end)
            return [c for c in self._counts if end < c.headcount.start < stop]
        return []

    def _settle_totals(self) -> None:
        """Keep one declared total, the most explicit; bracketed rivals are groups, and other rivals too."""
        declared = [c for c in self._counts if c.strength]
        if not declared:
            self._declare_the_whole()
            return
        if any(c.strength > 1 for c in declared):
            # «по 5 от каждой стороны, всего 10»: the total says what the rate amounts to.
            self._counts[:] = [c for c in self._counts if c.times == 1]
        best = max(declared, key=lambda c: c.strength)
        rivals = [c for c in declared if c is not best]
        in_brackets = [c for c in declared if self._layout.open_bracket(c.headcount.start) is not None]
        are_equals = len(declared) > 1 and all(
            c.strength == 1 and (c.headcount.noun == "none" or c.names_role or self._follows_comma(c)) for c in declared
        )
        if len(in_brackets) == len(declared) > 1 or are_equals:
            rivals = declared
        for count in rivals:
            self._make_group(count)
        others = [c.headcount.value for c in self._counts if c is not best]
        is_outgrown = best in in_brackets and max(others, default=0) > best.headcount.value
        is_group = is_outgrown or (best.strength == 1 and (self._is_one_of_roles(best) or self._follows_body(best)))
        if best.strength and not rivals and is_group:
            self._make_group(best)

    def _make_group(self, count: Count) -> None:
        """Read a count that declares no total as a group: labelled by what stands before it, or after its number."""
        count.strength = 0
        headcount = count.headcount
        bracket = self._layout.open_bracket(headcount.start)
        if bracket is not None:
            count.labelled(self._text, self._layout.item_start(bracket), bracket)
        elif headcount.noun == "none" or self._follows_comma(count):
            count.labelled(self._text, self._layout.item_start(headcount.start - 2), headcount.start)
        else:
            count.labelled(self._text, headcount.noun_start, self._layout.tail_end(headcount.end))

    def _follows_comma(self, count: Count) -> bool:
        """«Ансамбль «Лада», 12 чел.»: the item before the comma is what a count of people may belong to."""
        return count.headcount.noun == "generic" and self._text[: count.headcount.start].endswith(", ")

    def _follows_body(self, count: Count) -> bool:
        """«Делегация округа, 9 чел.»: what alone stands before the comma is one body of people."""
        start = self._layout.clause_start(count.headcount.start)
        end = count.headcount.start - len(", ")
        if not self._follows_comma(count) or self._layout.separators(start, end):
            return False
        words = [fold(word) for word in _lead_words(self._text[start:end])]
        body = next((word for word in words if is_body(word)), None)
        return body is not None and any({"nomn", "sing"} <= parse.tag.grammemes for parse in parses(body))

    def _is_one_of_roles(self, count: Count) -> bool:
        """«120 участников и 300 зрителей»: a bare count coordinated with another one is a group."""
        clause = self._layout.clause_start(count.headcount.start)
        return any(
            (_counts_role(c) or (count.names_role and _ORIGIN.match(c.label_text)))
            and c is not count
            and not c.is_part
            and self._layout.clause_start(c.headcount.start) == clause
            and abs(c.headcount.start - count.headcount.end) < wording.BESIDE
            for c in self._counts
        )

    def _declare_the_whole(self) -> None:
        """A group of several countries, the own among them, is the whole; groups of later sentences are its parts."""
        for count in self._counts:
            if not count.label or not wording.WHOLE_COUNTRY.search(fold(count.label_text)):
                continue
            clause = self._layout.clause_start(count.headcount.start)
            parts = [c for c in self._counts if c is not count]
            are_later = all(self._layout.clause_start(c.headcount.start) > clause for c in parts)
            is_larger = count.headcount.value > sum(c.headcount.value for c in parts)
            if parts and are_later and is_larger and len(self._layout.separators(*count.label)) > 1:
                count.strength = 2
                self.labelled_totals.append(count)

    def _carry_heads(self) -> None:
        """«Художники из Беларуси (6), Сербии (3)»: the head of a list's first label holds for the labels after it."""
        head, clause, bracket = "", -1, None
        for count in self._counts:
            if not count.label_text or (count.strength and count not in self.labelled_totals):
                continue
            text = count.label_text
            own_clause = self._layout.clause_start(count.start)
            if own_clause != clause:
                head, clause = "", own_clause
            opened, bracket = bracket, self._layout.open_bracket(count.start)
            if bracket != opened:
                head = ""
            first, second = [*(fold(word.strip('«»"(),')) for word in _lead_words(text)), "", ""][:2]
            if is_people_word(first) or is_collective(first) or is_people_word(second):
                head = head_of(text)
                head = "" if head == text else head
            elif head and count.headcount.noun != "person" and count.label[0] < count.headcount.start:
                own_head = re.sub(r"\s(?:из|от)$", "", head) if _ORIGIN.match(text) else head
                count.label_text = f"{own_head} {text}"


def _counts_role(count: Count) -> bool:
    if count.headcount.noun == "person":
        return True
    is_labelled = count.label is not None and count.label[0] < count.headcount.start
    return is_labelled and _names_people(fold(count.label_text).partition(" ")[0])


def _names_people(word: str) -> bool:
    return noun_kind(word) == "person" or is_substantive(word) or noun_kind(word) == "adjective"


def _lead_words(text: str) -> list[str]:
    """The first two words of a label, the first in any case, the second only where it is no name."""
    words = text.split()[:2]
    return [word for position, word in enumerate(words) if not position or word.islower()]
