"""Reads the headcounts of one text that lists participants."""

from __future__ import annotations

import re

from orchestration.extraction.language.text import CellText
from orchestration.extraction.participants import wording
from orchestration.extraction.participants.count import Count
from orchestration.extraction.participants.headcounts import Headcount, find_headcounts, noun_kind
from orchestration.extraction.participants.layout import ListLayout, is_collective, is_people_word
from orchestration.extraction.participants.names import BareNumbers
from orchestration.extraction.participants.rates import (
    PER_UNIT,
    RATE,
    for_each_team,
    in_each_team,
    read_rate,
    respective_items,
)
from orchestration.extraction.participants.totals import Totals

_QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"")
_ITEM_DASH = re.compile(r"[а-я»)]\s?[–—:-]\s?$")
_CIRCUMSTANCE = re.compile(r"\s(?:по|на|за|в|во)\s")


def read_counts(cell: CellText) -> tuple[list[Count], list[Count]]:
    """Every count of people in order, settled, and those of them that are a total and a named group at once."""
    return _Reader(cell).read()


class _Reader:
    """Reads one text; all offsets are of it."""

    def __init__(self, cell: CellText) -> None:
        self._cell = cell
        self._text = cell.text
        self._folded = cell.folded
        self._breaks = cell.breaks
        self._layout = ListLayout(cell)
        self._counts: list[Count] = []
        self._found = find_headcounts(cell.folded, cell.breaks)
        self._bare = BareNumbers(cell, self._layout, self._found, self._counts)
        self._totals = Totals(cell, self._layout, self._counts)
        self._sums = [match.span() for match in wording.SUM.finditer(cell.folded)]
        self._respective = respective_items(cell, self._layout, self._found)
        self._tells_modes = len(wording.ANY_MODE.findall(cell.folded)) > 1
        self._is_number_first = len(wording.NUMBER_FIRST.findall(cell.folded)) > 1

    def read(self) -> tuple[list[Count], list[Count]]:
        for headcount in self._found:
            count = self._read_count(headcount) if headcount.noun != "thing" and headcount.value else None
            if count is not None:
                self._counts.append(count)
                self._layout.taken.append(count.end)
        self._totals.settle()
        return self._counts, self._totals.labelled_totals

    def _read_count(self, headcount: Headcount) -> Count | None:
        clause = self._layout.clause_start(headcount.start)
        lead = self._folded[clause : headcount.start]
        count = Count(headcount, is_part=self._is_part(headcount, lead))
        if headcount.noun != "person" and any(start <= headcount.start < end for start, end in self._sums):
            return count.labelled(self._text, headcount.start, headcount.start)
        if headcount.start in self._respective:
            item = self._respective[headcount.start]
            return count.labelled(self._text, *item) if item else None
        if per_unit := PER_UNIT.search(lead):
            return read_rate(count, lead[: per_unit.end("per")], self._cell, self._layout)
        if in_each_team(lead) and (teams := for_each_team(count, self._folded[: headcount.start])):
            return teams
        lead_of_share = RATE.sub(" ", lead) if any(c.times > 1 for c in self._counts) else lead
        is_share = wording.SHARED.search(lead) or wording.EACH.match(self._folded, headcount.end)
        is_share = is_share or (wording.TEAM_SIZE.search(lead_of_share) and not wording.TOTAL_LEAD.search(lead))
        if headcount.noun != "none" and is_share:
            return None
        if self._tells_modes and headcount.noun == "generic" and wording.VERB_LEAD.search(lead):
            clause += lead.rfind(",") + 1
            if mode := wording.ANY_MODE.search(self._folded, clause, headcount.start):
                return count.labelled(self._text, *mode.span())
        if not count.is_part and self._declares(count, lead):
            return count
        if headcount.noun == "none":
            return self._read_bare_number(count, lead)
        bracket = self._layout.open_bracket(headcount.start)
        if bracket is not None:
            return self._read_bracketed(count, bracket)
        return self._read_running(count, lead)

    def _is_part(self, headcount: Headcount, lead: str) -> bool:
        parts = [match.start() for match in wording.PART_LEAD.finditer(lead)]
        if not parts:
            return False
        clause = headcount.start - len(lead)
        bracket = self._layout.open_bracket(clause + parts[-1])
        if bracket is not None and ")" in lead[parts[-1] :]:
            return False
        return any(c.headcount.start < clause + parts[-1] or c.strength for c in self._counts)

    def _declares(self, count: Count, lead: str) -> bool:
        """Whether the wording before or after the number makes it the overall count; sets its strength."""
        headcount = count.headcount
        if headcount.noun in ("generic", "person") and wording.OUT_OF.fullmatch(lead):
            count.strength = 3
            return True
        if not lead.strip() and (after := wording.TOTAL_AFTER.match(self._folded, headcount.end)):
            count.strength = 3
            count.label = (headcount.start, after.end())
            return True
        total = wording.TOTAL_LEAD.search(_QUOTED.sub(lambda name: "ы" * len(name.group()), lead))
        is_closed = headcount.noun != "none" or self._ends_here(headcount.end)
        is_audience = total is not None and wording.AUDIENCE.search(total["word"]) is not None
        if total and is_closed and (is_audience or _counts_people(total["words"])):
            is_overall = is_audience or total["word"].startswith(("общ", "итого", "в общей"))
            names_role = any(noun_kind(word) == "person" for word in total["words"].split())
            count.names_role = not is_overall and (names_role or bool(wording.RESTRICTED.search(total["words"])))
            count.strength = 4 if is_overall else 1 if count.names_role else 3
            count.label = (headcount.start - len(lead) + total.start(), headcount.end)
            return True
        if headcount.noun == "none":
            is_first = headcount.start == len(lead) and not lead.strip()
            is_whole = is_first and wording.WHOLE.match(self._folded, headcount.end) is not None
            is_alone = not (lead + self._folded[headcount.end :]).strip(" .")
            count.names_role = bool(wording.PEOPLE_LEAD.search(lead)) and is_closed
            count.strength = (
                3 if is_whole else int(is_alone or count.names_role) or 2 * self._follows_verb(headcount, lead)
            )
            return count.strength > 0
        if wording.PUBLIC.match(self._folded, headcount.noun_start):
            count.strength = 1
            return True
        verb = None if wording.SIDE_LEAD.search(lead) else wording.VERB_LEAD.search(lead)
        if (
            verb
            and not has_own_tail(self._folded, headcount)
            and not any(is_people_word(w) for w in verb["words"].split())
        ):
            is_visit = bool(re.match(r"(?:посети|собра)", verb.group()))
            follows_list = headcount.start > len(lead) and not lead[: verb.start()].strip()
            if headcount.noun == "generic" or ((is_visit or follows_list) and self._is_only_count(headcount)):
                count.strength = 2
        if headcount.noun == "generic" and wording.PEOPLE_LEAD.search(lead):
            count.strength, count.names_role = 1, True
        return count.strength > 0

    def _follows_verb(self, headcount: Headcount, lead: str) -> bool:
        """«Приняли участие: 45»: the number stands for people where the verb alone precedes it."""
        verb = wording.VERB_LEAD.search(lead)
        if verb is None or verb["words"] or wording.SIDE_LEAD.search(lead) or wording.ANY_MODE.search(lead):
            return False
        return self._ends_here(headcount.end)

    def _is_only_count(self, headcount: Headcount) -> bool:
        counted = [h for h in self._found if h.noun in ("generic", "person")]
        return all(h.start == headcount.start for h in counted)

    def _ends_here(self, end: int) -> bool:
        if end in self._breaks:
            return True
        return re.match(r"\s?(?:$|[.,;:)(]|из них|в том числе|в т\.|и\s)", self._folded[end:]) is not None

    def _read_bare_number(self, count: Count, lead: str) -> Count | None:
        """A number without a noun: in brackets after a label, after a dash in a list, or after «из них»."""
        headcount = count.headcount
        if wording.RESULTS_LEAD.search(lead):
            return None
        is_plain = not headcount.is_approximate and self._text[headcount.start : headcount.end].isdigit()
        is_year = is_plain and 1900 <= headcount.value <= 2100 and not _ITEM_DASH.search(lead)
        if self._layout.is_quoted(headcount.start) or is_year or self._bare.counts_thing(headcount.start):
            return None
        if of_whole := wording.PART_OF.match(self._folded, headcount.end):
            count.is_part = True
            if of_whole["dash"]:
                return count.labelled(self._text, of_whole.end(), self._layout.tail_end(of_whole.end()))
            return count.labelled(self._text, self._layout.item_start(headcount.start - 1), headcount.start)
        bracket = self._layout.open_bracket(headcount.start)
        if (
            bracket is not None
            and not self._text[bracket + 1 : headcount.start].strip()
            and self._text[headcount.end : headcount.end + 1] == ")"
        ):
            label_start = self._layout.item_start(bracket)
            is_label = self._counts or self._bare.name_someone(label_start, bracket)
            return count.labelled(self._text, label_start, bracket) if is_label else None
        acted = wording.ACTED.match(self._folded, headcount.end)
        if acted and (count.is_part or self._counts):
            return count.labelled(self._text, headcount.end, self._layout.tail_end(acted.end()))
        tail = wording.OWN_TAIL.match(self._folded, headcount.end)
        if tail:
            tail_end = self._layout.tail_end(headcount.end)
            is_mode = wording.IS_MODE.match(tail.group()) is not None
            if count.is_part or self._counts or is_mode or self._bare.is_place(self._text[headcount.end : tail_end]):
                return count.labelled(self._text, headcount.end, tail_end)
        if self._ends_here(headcount.end):
            label_start = self._layout.item_start(headcount.start - 2)
            is_list = lead.rstrip().endswith(("–", "—", "-", ":"))
            if is_list and not self._counts and self._names_everybody(headcount, lead):
                count.strength = 1
                return count
            if self._bare.are_labelled_by(label_start, headcount.start, is_list):
                return count.labelled(self._text, label_start, headcount.start)
        follows = wording.FOLLOWED.match(self._folded, headcount.end)
        previous = self._counts[-1].headcount if self._counts else None
        continues = previous is not None and previous.noun == "person" and previous.start >= headcount.start - len(lead)
        is_breakdown = bracket is not None and any(c.headcount.end in (bracket, bracket - 1) for c in self._counts)
        if follows and (count.is_part or self._is_number_first or is_breakdown or continues):
            return count.labelled(self._text, follows.end(), self._layout.tail_end(follows.end()))
        return None

    def _read_bracketed(self, count: Count, bracket: int) -> Count | None:
        headcount = count.headcount
        inside = self._folded[bracket + 1 : headcount.start]
        previous = self._counts[-1] if self._counts and self._counts[-1].headcount.start > bracket else None
        if _ITEM_DASH.search(inside):
            return count.labelled(self._text, self._layout.item_start(headcount.start - 1), headcount.start)
        if headcount.noun == "person" or previous is not None:
            return count.labelled(self._text, headcount.noun_start, self._layout.tail_end(headcount.end))
        return count.labelled(self._text, self._layout.item_start(bracket), bracket)

    def _read_running(self, count: Count, lead: str) -> Count | None:
        headcount = count.headcount
        if wording.WHEN.search(lead):
            count.strength = 1
            return count
        stripped = lead.rstrip()
        after_dash = stripped.endswith(("–", "—", " -", ":")) and len(stripped) > 1
        tail_end = self._layout.tail_end(headcount.end)
        tail = self._folded[headcount.end : tail_end].strip()
        if headcount.noun == "person":
            if after_dash and not stripped.endswith(":") and not tail:
                return count.labelled(self._text, self._layout.item_start(headcount.start - 2), headcount.start)
            return count.labelled(self._text, headcount.noun_start, tail_end)
        follows = wording.FOLLOWED.match(self._folded, headcount.end)
        if follows and self._is_number_first:
            return count.labelled(self._text, follows.end(), self._layout.tail_end(follows.end()))
        if has_own_tail(self._folded, headcount):
            return count.labelled(self._text, headcount.noun_start, tail_end)
        if tail and (is_collective(tail.split()[0]) or is_people_word(tail.split()[0])) and not after_dash:
            return count.labelled(self._text, headcount.noun_start, tail_end)
        is_item = not stripped or stripped[-1] in ",;." or (stripped.endswith((" и", ")")) and self._counts)
        if (is_item and not after_dash) or (after_dash and self._names_everybody(headcount, lead)):
            count.strength = 1
            return count
        if not wording.CONNECTED.search(stripped):
            return None
        return count.labelled(self._text, self._layout.item_start(headcount.start - 2), headcount.start)

    def _names_everybody(self, headcount: Headcount, lead: str) -> bool:
        """Whether a count after a dash closes a whole list of participants rather than its last item."""
        clause = headcount.start - len(lead)
        if any(c.headcount.start >= clause for c in self._counts) or _is_in_bracket(lead):
            return False
        commas = self._layout.separators(clause, headcount.start)
        if not commas:
            return False
        if headcount.is_approximate:
            return True
        last_item = self._folded[commas[-1] + 1 : headcount.start].split()
        starts_people = bool(last_item) and any(is_people_word(w) for w in last_item[:3])
        return starts_people and self._is_only_count(headcount) and "представ" not in lead.replace("представител", "")


def has_own_tail(folded: str, headcount: Headcount) -> bool:
    """Whether the words after a count say that it is only some of the people: «из Беларуси», «очно»."""
    if headcount.noun_start < headcount.end and wording.PART_ADJECTIVE.match(folded, headcount.noun_start):
        return True
    if wording.ARRIVED.match(folded, headcount.end):
        return True
    if (companions := wording.COMPANIONS.match(folded, headcount.end)) and is_people_word(companions["people"]):
        return False
    is_owned = wording.OWN_TAIL.match(folded, headcount.end) is not None
    return is_owned and not wording.TOTAL_TAIL.match(folded, headcount.end)


def _counts_people(words: str) -> bool:
    """Whether «количество …» is one of people: its first noun decides, «участников мероприятия» but not «команд»."""
    counted = _CIRCUMSTANCE.split(words)[0].replace(",", " ")
    kinds = ((noun_kind(word), is_collective(word)) for word in counted.split())
    for kind, collective in kinds:
        if kind in ("generic", "person"):
            return True
        if kind == "thing" or collective:
            return False
    return True


def _is_in_bracket(lead: str) -> bool:
    return lead.count("(") > lead.count(")")
