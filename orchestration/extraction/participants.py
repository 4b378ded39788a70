"""Reads how many people took part: the declared total and every counted group with its label."""

from __future__ import annotations

import re

from orchestration.extraction import participant_wording as wording
from orchestration.extraction.gazetteer import scan
from orchestration.extraction.headcounts import Headcount, find_headcounts, noun_kind
from orchestration.extraction.model import Column, Evidence, ParticipantGroup, ParticipantTotal
from orchestration.extraction.morphology import parses
from orchestration.extraction.numerals import find_quantities
from orchestration.extraction.organisation_lexicon import noun_of
from orchestration.extraction.participant_count import Count
from orchestration.extraction.participant_labels import worded
from orchestration.extraction.participant_layout import ListLayout, is_collective, is_people_word
from orchestration.extraction.participant_totals import Totals
from orchestration.extraction.text import CellText, fold

_WORD = re.compile(r"[а-я-]{2,}")
_ACRONYM = re.compile(r"[А-ЯЁ]+[а-яё]?[А-ЯЁ]+[А-ЯЁа-яё]*")
_LONGEST_PLAIN_LABEL = 3


def read_participants(
    cell: CellText, description: CellText | None = None
) -> tuple[ParticipantTotal | None, tuple[ParticipantGroup, ...]]:
    """Read the participants cell: the total, declared or summed over the groups, and the groups in order.

    The description is read only where the cell has no count, and only for a total with a word for people.
    """
    reader = _Reader(cell)
    total, groups = reader.read()
    if total is None and not groups and description is not None:
        return _total_of_description(description), ()
    return total, groups


class _Reader:
    """Reads one participants cell; all offsets are of its text."""

    def __init__(self, cell: CellText) -> None:
        self._text = cell.text
        self._folded = cell.folded
        self._breaks = cell.breaks
        self._layout = ListLayout(cell)
        self._counts: list[Count] = []
        self._totals = Totals(cell, self._layout, self._counts)
        self._sums = [match.span() for match in wording.SUM.finditer(cell.folded)]
        self._is_number_first = len(wording.NUMBER_FIRST.findall(cell.folded)) > 1

    def read(self) -> tuple[ParticipantTotal | None, tuple[ParticipantGroup, ...]]:
        headcounts = [h for h in find_headcounts(self._folded, self._breaks) if h.noun != "thing"]
        self._has_people = any(h.noun in ("generic", "person") for h in headcounts) or "участник" in self._folded
        for headcount in headcounts:
            count = self._read_count(headcount)
            if count is not None:
                self._counts.append(count)
                self._layout.taken.append(count.end)
        self._totals.settle()
        return self._result()

    def _read_count(self, headcount: Headcount) -> Count | None:
        clause = self._layout.clause_start(headcount.start)
        lead = self._folded[clause : headcount.start]
        count = Count(headcount, is_part=self._is_part(headcount, lead))
        if headcount.noun != "person" and any(start <= headcount.start < end for start, end in self._sums):
            return count.labelled(self._text, headcount.start, headcount.start)
        if wording.PER_UNIT.search(lead):
            return self._read_rate(count, lead)
        is_share = wording.SHARED.search(lead) or wording.EACH.match(self._folded, headcount.end)
        is_share = is_share or (wording.TEAM_SIZE.search(lead) and not wording.TOTAL_LEAD.search(lead))
        if headcount.noun != "none" and is_share:
            return None
        if not count.is_part and self._declares(count, lead):
            return count
        if headcount.noun == "none":
            return self._read_bare_number(count, lead)
        bracket = self._layout.open_bracket(headcount.start)
        if bracket is not None:
            return self._read_bracketed(count, bracket)
        return self._read_running(count, lead)

    def _read_rate(self, count: Count, lead: str) -> Count | None:
        """«8 команд по 12 человек», «по 5 от каждой стороны»: as many groups as there are teams or sides."""
        headcount = count.headcount
        if teams := wording.TEAMS_OF.search(lead):
            number = next((q for q in find_quantities(lead) if q.end == teams.start()), None)
            if number is None:
                return None
            count.times = number.value
            return count.labelled(self._text, headcount.start - len(lead) + number.start, headcount.end)
        if wording.EACH_SIDE_BEFORE.search(lead):
            count.times = 2
            return count.labelled(self._text, headcount.noun_start, headcount.end)
        if side := wording.EACH_SIDE.match(self._folded, headcount.end):
            count.times = 2
            return count.labelled(self._text, headcount.noun_start, side.end())
        return None

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
        total = wording.TOTAL_LEAD.search(lead)
        is_closed = headcount.noun != "none" or self._ends_here(headcount.end)
        if total and is_closed and not any(noun_kind(w) == "thing" or is_collective(w) for w in total["words"].split()):
            is_overall = total["word"].startswith(("общ", "итого", "в общей"))
            names_role = any(noun_kind(word) == "person" for word in total["words"].split())
            count.strength = 4 if is_overall else 2 if names_role else 3
            count.label = (headcount.start - len(lead) + total.start(), headcount.end)
            return True
        if headcount.noun == "none":
            is_first = headcount.start == len(lead) and not lead.strip()
            is_whole = is_first and wording.WHOLE.match(self._folded, headcount.end) is not None
            is_alone = not (lead + self._folded[headcount.end :]).strip(" .")
            count.names_role = bool(wording.PEOPLE_LEAD.search(lead)) and is_closed
            count.strength = 3 if is_whole else int(is_alone or count.names_role)
            return count.strength > 0
        verb = wording.VERB_LEAD.search(lead)
        if (
            verb
            and not _has_own_tail(self._folded, headcount)
            and not any(is_people_word(w) for w in verb["words"].split())
        ):
            is_visit = bool(re.match(r"(?:посети|собра)", verb.group()))
            follows_list = headcount.start > len(lead) and not lead[: verb.start()].strip()
            if headcount.noun == "generic" or ((is_visit or follows_list) and self._is_only_count(headcount)):
                count.strength = 2
        if headcount.noun == "generic" and wording.PEOPLE_LEAD.search(lead):
            count.strength, count.names_role = 1, True
        return count.strength > 0

    def _is_only_count(self, headcount: Headcount) -> bool:
        counted = [h for h in find_headcounts(self._folded) if h.noun in ("generic", "person")]
        return all(h.start == headcount.start for h in counted)

    def _ends_here(self, end: int) -> bool:
        if end in self._breaks:
            return True
        return re.match(r"\s?(?:$|[.,;:)(]|из них|в том числе|в т\.|и\s)", self._folded[end:]) is not None

    def _read_bare_number(self, count: Count, lead: str) -> Count | None:
        """A number without a noun: in brackets after a label, after a dash in a list, or after «из них»."""
        headcount = count.headcount
        if self._layout.is_quoted(headcount.start) or 1900 <= headcount.value <= 2100:
            return None
        bracket = self._layout.open_bracket(headcount.start)
        if (
            bracket is not None
            and not self._text[bracket + 1 : headcount.start].strip()
            and self._text[headcount.end : headcount.end + 1] == ")"
        ):
            label_start = self._layout.item_start(bracket)
            is_label = self._counts or self._names_someone(label_start, bracket)
            return count.labelled(self._text, label_start, bracket) if is_label else None
        tail = wording.OWN_TAIL.match(self._folded, headcount.end)
        if tail and (count.is_part or self._counts):
            return count.labelled(self._text, headcount.end, self._layout.tail_end(headcount.end))
        if self._ends_here(headcount.end):
            label_start = self._layout.item_start(headcount.start - 2)
            is_list = lead.rstrip().endswith(("–", "—", "-", ":"))
            if is_list and not self._counts and self._names_everybody(headcount, lead):
                count.strength = 1
                return count
            if self._is_labelled_by(label_start, headcount.start, is_list):
                return count.labelled(self._text, label_start, headcount.start)
        follows = wording.FOLLOWED.match(self._folded, headcount.end)
        is_breakdown = bracket is not None and any(c.headcount.end in (bracket, bracket - 1) for c in self._counts)
        if follows and (count.is_part or self._is_number_first or is_breakdown):
            return count.labelled(self._text, follows.end(), self._layout.tail_end(follows.end()))
        return None

    def _is_labelled_by(self, start: int, end: int, is_list: bool) -> bool:
        """Whether the words before a bare number say whom it counts: with a dash, or as «детей 15»."""
        words = _WORD.findall(self._folded[start:end])
        if not words or self._counts_things(words):
            return False
        if not is_list:
            return is_people_word(words[-1]) and len(words) <= _LONGEST_PLAIN_LABEL
        return self._has_people or self._names_someone(start, end)

    def _counts_things(self, words: list[str]) -> bool:
        """«команд – 8», «работы: 45»: the label's first noun is a plural of things, which are what is counted."""
        noun = next((w for w in words if is_collective(w) or noun_kind(w) not in ("", "adjective")), "")
        cases = {(p.tag.number, p.tag.case) for p in parses(noun) if p.tag.POS == "NOUN"}
        if not cases or is_people_word(noun):
            return False
        if ("sing", "nomn") in cases or (noun_of(noun) is not None and ("plur", "gent") not in cases):
            return False
        return not (is_collective(noun) and ("plur", "nomn") in cases and self._has_people)

    def _names_someone(self, start: int, end: int) -> bool:
        """Whether a label names people, a body with a name, a place of origin, a side or a way of taking part."""
        label = self._text[start:end].strip(" :–—-(,;.")
        words = re.findall(r"[\w-]+", label)
        if "«" in label or "№" in label or wording.IS_MODE.match(fold(label)) or not words:
            return bool(words)
        for word in words:
            folded = fold(word)
            is_body = is_collective(folded) or folded.startswith("сторон") or _ACRONYM.fullmatch(word)
            if is_body or is_people_word(folded):
                return True
        if any(noun_of(word) for word in words[:4]):
            return True
        is_side = bool(self._counts) and "сторон" in fold(self._counts[-1].label_text)
        place = re.sub(r"^(?:от|из|с|со)\s", "", label)
        return is_side or any(m.kind != "country_adjective" and m.end - m.start == len(place) for m in scan(place))

    def _read_bracketed(self, count: Count, bracket: int) -> Count | None:
        headcount = count.headcount
        inside = self._folded[bracket + 1 : headcount.start]
        previous = self._counts[-1] if self._counts and self._counts[-1].headcount.start > bracket else None
        if re.search(r"[а-я]\s?[–—:-]\s?$", inside):
            return count.labelled(self._text, self._layout.item_start(headcount.start - 1), headcount.start)
        if headcount.noun == "person" or previous is not None:
            return count.labelled(self._text, headcount.noun_start, self._layout.tail_end(headcount.end))
        return count.labelled(self._text, self._layout.item_start(bracket), bracket)

    def _read_running(self, count: Count, lead: str) -> Count | None:
        headcount = count.headcount
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
        if _has_own_tail(self._folded, headcount):
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

    def _result(self) -> tuple[ParticipantTotal | None, tuple[ParticipantGroup, ...]]:
        groups = [c for c in self._counts if c.label and (not c.strength or c in self._totals.labelled_totals)]
        declared = next((c for c in self._counts if c.strength), None)
        facts = tuple(
            ParticipantGroup(
                worded(c.label_text, c.label is not None and c.label[0] >= c.headcount.start),
                c.headcount.value,
                c.headcount.is_approximate,
                _evidence(c, "participants.group"),
            )
            for c in groups
            for _ in range(c.times)
        )
        if declared:
            h = declared.headcount
            return ParticipantTotal(
                h.value, "declared", h.is_approximate, _evidence(declared, "participants.declared")
            ), facts
        summed = [c for c in groups if not c.is_part]
        if not summed:
            return None, facts
        evidence = Evidence(
            Column.PARTICIPANTS, summed[0].start, max(c.end for c in summed), "participants.sum_of_groups", 0.9
        )
        value = sum(c.headcount.value * c.times for c in summed)
        return ParticipantTotal(
            value, "sum_of_groups", any(c.headcount.is_approximate for c in summed), evidence
        ), facts


def _has_own_tail(folded: str, headcount: Headcount) -> bool:
    """Whether the words after a count say that it is only some of the people: «из Беларуси», «очно»."""
    if headcount.noun_start < headcount.end and wording.MODE_ADJECTIVE.match(folded, headcount.noun_start):
        return True
    is_owned = wording.OWN_TAIL.match(folded, headcount.end) is not None
    return is_owned and not wording.TOTAL_TAIL.match(folded, headcount.end)


def _is_in_bracket(lead: str) -> bool:
    return lead.count("(") > lead.count(")")


def _evidence(count: Count, rule: str) -> Evidence:
    return Evidence(Column.PARTICIPANTS, count.start, count.end, rule)


def _total_of_description(description: CellText) -> ParticipantTotal | None:
    """The total of the text, where a verb of gathering governs a count of people."""
    folded = description.folded
    for headcount in find_headcounts(folded):
        if headcount.noun not in ("generic", "person") or folded.endswith("ч.", 0, headcount.end):
            continue
        lead = folded[max(0, headcount.start - 80) : headcount.start].rpartition(". ")[2]
        total = wording.TOTAL_LEAD.search(lead) if headcount.noun == "generic" else None
        if wording.PART_LEAD.search(lead) or not (wording.VERB_LEAD.search(lead) or total):
            continue
        if _has_own_tail(folded, headcount):
            continue
        evidence = Evidence(Column.DESCRIPTION, headcount.start, headcount.end, "participants.description", 0.8)
        return ParticipantTotal(headcount.value, "declared", headcount.is_approximate, evidence)
    return None
