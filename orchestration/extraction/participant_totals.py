"""Settles which headcount of a cell is the declared total, which are groups, and which are parts of others."""

from __future__ import annotations

from orchestration.extraction import participant_wording as wording
from orchestration.extraction.headcounts import noun_kind
from orchestration.extraction.participant_count import Count
from orchestration.extraction.participant_labels import head_of
from orchestration.extraction.participant_layout import ListLayout, is_collective, is_people_word
from orchestration.extraction.text import CellText, fold

_BEFORE = 14


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
        for whole in self._counts:
            if whole.is_part or whole.times > 1:
                continue
            parts = self._breakdown_of(whole)
            counted, is_generic = sum(part.headcount.value for part in parts), whole.headcount.noun == "generic"
            if not parts or counted > whole.headcount.value or (counted < whole.headcount.value and not is_generic):
                continue
            for part in parts:
                part.is_part = True
            if is_generic and not whole.strength and all(count.is_part or count is whole for count in self._counts):
                whole.strength, whole.label = 2, None

    def _breakdown_of(self, whole: Count) -> list[Count]:
        end = whole.headcount.end
        opening = self._text[end : end + 2].lstrip()[:1]
        if opening == "(":
            bracket = self._text.index("(", end)
            return [c for c in self._counts if self._layout.open_bracket(c.headcount.start) == bracket]
        if opening == ":":
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
            c.strength == 1 and (c.headcount.noun == "none" or c.names_role) for c in declared
        )
        if len(in_brackets) == len(declared) > 1 or are_equals:
            rivals = declared
        for count in rivals:
            self._make_group(count)
        others = [c.headcount.value for c in self._counts if c is not best]
        is_outgrown = best in in_brackets and max(others, default=0) > best.headcount.value
        is_audience = best.names_role and "зрител" in self._text[: best.headcount.start].lower()[-_BEFORE:]
        if is_audience and len(self._counts) > 1 and best.strength == 1:
            self._make_group(best)
        if best.strength and not rivals and (is_outgrown or (best.strength == 1 and self._is_one_of_roles(best))):
            self._make_group(best)

    def _make_group(self, count: Count) -> None:
        """Read a count that declares no total as a group: labelled by what stands before it, or after its number."""
        count.strength = 0
        headcount = count.headcount
        bracket = self._layout.open_bracket(headcount.start)
        if bracket is not None:
            count.labelled(self._text, self._layout.item_start(bracket), bracket)
        elif headcount.noun == "none":
            count.labelled(self._text, self._layout.item_start(headcount.start - 2), headcount.start)
        else:
            count.labelled(self._text, headcount.noun_start, self._layout.tail_end(headcount.end))

    def _is_one_of_roles(self, count: Count) -> bool:
        """«120 участников и 300 зрителей»: a bare count coordinated with another one is a group."""
        clause = self._layout.clause_start(count.headcount.start)
        return any(
            _counts_role(c)
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
        head, clause = "", -1
        for count in self._counts:
            if not count.label_text or (count.strength and count not in self.labelled_totals):
                continue
            text = count.label_text
            own_clause = self._layout.clause_start(count.start)
            if own_clause != clause:
                head, clause = "", own_clause
            words = [fold(word.strip('«»"(),')) for word in text.split()[:3]]
            if words and (is_people_word(words[0]) or is_collective(words[0]) or any(map(is_people_word, words[1:2]))):
                head = head_of(text)
            elif head and count.headcount.noun != "person" and count.label[0] < count.headcount.start:
                count.label_text = f"{head} {text}"


def _counts_role(count: Count) -> bool:
    is_labelled = count.headcount.noun == "none" and noun_kind(fold(count.label_text).partition(" ")[0]) == "person"
    return count.headcount.noun == "person" or is_labelled
