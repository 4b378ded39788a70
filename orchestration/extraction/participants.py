"""Reads how many people took part: the declared total and every counted group with its label."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from orchestration.extraction.headcounts import Headcount, find_headcounts, noun_kind
from orchestration.extraction.model import Column, Evidence, ParticipantGroup, ParticipantTotal
from orchestration.extraction.participant_labels import head_of, worded
from orchestration.extraction.participant_layout import ListLayout, is_collective, is_people_word
from orchestration.extraction.text import CellText, fold

_PERSONS = r"(?:человек\w*|чел\b\.?|участник\w*|лиц\w*|людей|гост\w*|зрител\w*)"
_TOTAL_LEAD = re.compile(
    r"(?P<word>общ(?:ее|ая|ий|его|им|ей)\s(?:количеств|числ|численност|охват|состав)\w*|количеств[оа]|числ[оа]|численность\w*|"
    r"всего|итого|охва(?:т|че)\w*|в общей сложности|суммарно|в целом)"
    r"(?P<words>(?:[ ,]+[а-я/]+){0,7})(?:\s?\([^)\d]{1,20}\))?\s?(?:[:–—-]\s?){0,2}$"
)
_VERB_LEAD = re.compile(
    r"(?:приня\w+\s(?:[а-я]+\s){0,2}?участи\w+|участи\w+\sприня\w+|участвова\w+|присутств\w+|посети\w+|"
    r"собра\w+|объедини\w+|охвати\w+|привлек\w+|вовлечен\w*|вовлек\w+|пришл\w+|"
    r"стал[иао]?|приобщил\w+|познаком\w+|зарегистрирова\w+|с участием|при участии)"
    r"(?P<words>(?:\s[а-я]+){0,3})\s?[:–—-]?\s?$"
)
_PEOPLE_LEAD = re.compile(r"(?:^|[.;,(]\s?)(?:участник[иаов]*|зрител[иейя]*)\s?[:–—-]\s?$")
_PART_LEAD = re.compile(
    r"(?:из (?:них|которых|числа)|среди (?:них|которых)|в том числе|в т\.? ?ч\.?|включая|в их числе|в составе которых)"
)
_PER_UNIT = re.compile(r"(?<!\w)по\s$")
_TEAMS_OF = re.compile(r"(?P<teams>\d+)\s(?:команд|групп|школ|коллектив)\w*\sпо\s$")
_TEAM_SIZE = re.compile(r"(?:состав\w*\s(?:каждой\s|одной\s)?(?:команды|группы|сборной)|кажд\w+\s[а-я]+)[^.;]*$")
_EACH = re.compile(r"\s(?:от|с|из|для|в)\sкажд")
_SHARED = re.compile(r"соответственно[^()]*$")
_EACH_SIDE = re.compile(r"\s(?:с|от|из)\s(?:каждой|обеих|двух)\s(?:из\s)?(?:сторон\w*|стран\w*)")
_OWN_TAIL = re.compile(
    r"\s?[–—-]?\s?(?:из|от|с|со|очно|очн\w+|заочно|дистанционно|онлайн|офлайн|"
    r"в (?:очном|заочном|дистанционном|онлайн)\S*)(?!\w)"
)
_TOTAL_TAIL = re.compile(
    r"\s?\(?(?:из (?:разных|нескольк\w+|\d|"
    r"[а-я]+(?:и|х) (?:стран|город|регион|район|муниципал|школ|учрежден|организац|област))|с разных|от \d)"
)
_CONNECTED = re.compile(r"(?:в (?:количестве|составе|числе)|количеством|численностью|из|до|–|—|-|:|\w)$")
_ITEM_LEAD = re.compile(
    r"^(?:[\s,;:.)–—-]|(?:и|а также|также|всего|в том числе|из них|в т\.ч\.|от)(?!\w))+", re.IGNORECASE
)
_BESIDE = 40
_WHOLE_COUNTRY = re.compile(r"росси(?:и|я|йской федерации|йская федерация)(?!\w)")


@dataclass(slots=True)
class _Count:
    """A headcount with its reading: what it counts, and where its label stands."""

    headcount: Headcount
    strength: int = 0
    label: tuple[int, int] | None = None
    label_text: str = ""
    is_part: bool = False
    times: int = 1

    @property
    def start(self) -> int:
        return min(self.headcount.start, self.label[0]) if self.label else self.headcount.start

    @property
    def end(self) -> int:
        return max(self.headcount.end, self.label[1]) if self.label else self.headcount.end


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
        self._layout = ListLayout(cell)
        self._counts: list[_Count] = []
        self._labelled_totals: list[_Count] = []

    def read(self) -> tuple[ParticipantTotal | None, tuple[ParticipantGroup, ...]]:
        headcounts = [h for h in find_headcounts(self._folded) if h.noun != "thing"]
        self._has_people = any(h.noun in ("generic", "person") for h in headcounts) or "участник" in self._folded
        for headcount in headcounts:
            count = self._read_count(headcount)
            if count is not None:
                self._counts.append(count)
                self._layout.taken.append(count.end)
        self._settle_totals()
        self._carry_heads()
        return self._result()

    def _read_count(self, headcount: Headcount) -> _Count | None:
        clause = self._layout.clause_start(headcount.start)
        lead = self._folded[clause : headcount.start]
        count = _Count(headcount, is_part=self._is_part(headcount, lead))
        teams = _TEAMS_OF.search(lead)
        if teams:
            count.times = int(teams["teams"])
            return self._labelled(count, clause + teams.start(), headcount.end)
        if _PER_UNIT.search(lead):
            if not _EACH_SIDE.match(self._folded, headcount.end):
                return None
            return self._labelled(
                replace(count, times=2), headcount.noun_start, _EACH_SIDE.match(self._folded, headcount.end).end()
            )
        is_share = _SHARED.search(lead) or _EACH.match(self._folded, headcount.end)
        if headcount.noun != "none" and (is_share or _TEAM_SIZE.search(lead)):
            return None
        if not count.is_part and self._declares(count, lead):
            return count
        if headcount.noun == "none":
            return self._read_bare_number(count, lead)
        bracket = self._layout.open_bracket(headcount.start)
        if bracket is not None:
            return self._read_bracketed(count, bracket)
        return self._read_running(count, lead)

    def _is_part(self, headcount: Headcount, lead: str) -> bool:
        parts = [match.start() for match in _PART_LEAD.finditer(lead)]
        if not parts:
            return False
        clause = headcount.start - len(lead)
        bracket = self._layout.open_bracket(clause + parts[-1])
        if bracket is not None and ")" in lead[parts[-1] :]:
            return False
        return any(c.headcount.start < clause + parts[-1] or c.strength for c in self._counts)

    def _declares(self, count: _Count, lead: str) -> bool:
        """Whether the wording before or after the number makes it the overall count; sets its strength."""
        headcount = count.headcount
        total = _TOTAL_LEAD.search(lead)
        is_closed = headcount.noun != "none" or self._ends_here(headcount.end)
        if total and is_closed and not any(noun_kind(w) == "thing" or is_collective(w) for w in total["words"].split()):
            is_overall = total["word"].startswith(("общ", "итого", "в общей"))
            names_role = any(noun_kind(word) == "person" for word in total["words"].split())
            count.strength = 4 if is_overall else 2 if names_role else 3
            count.label = (headcount.start - len(lead) + total.start(), headcount.end)
            return True
        if headcount.noun == "none":
            is_alone = not (lead + self._folded[headcount.end :]).strip(" .")
            count.strength = int(is_alone or (bool(_PEOPLE_LEAD.search(lead)) and is_closed))
            return count.strength > 0
        verb = _VERB_LEAD.search(lead)
        is_owned = _OWN_TAIL.match(self._folded, headcount.end) and not _TOTAL_TAIL.match(self._folded, headcount.end)
        if verb and not is_owned and not any(is_people_word(w) for w in verb["words"].split()):
            is_visit = bool(re.match(r"(?:посети|собра)", verb.group()))
            if headcount.noun == "generic" or (is_visit and self._is_only_count(headcount)):
                count.strength = 2
        if headcount.noun == "generic" and _PEOPLE_LEAD.search(lead):
            count.strength = 1
        return count.strength > 0

    def _is_only_count(self, headcount: Headcount) -> bool:
        return sum(h.noun in ("generic", "person") for h in find_headcounts(self._folded)) == 1

    def _ends_here(self, end: int) -> bool:
        return re.match(r"\s?(?:$|[.,;)(]|из них|в том числе|в т\.|и\s)", self._folded[end:]) is not None

    def _read_bare_number(self, count: _Count, lead: str) -> _Count | None:
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
            words = self._folded[label_start:bracket].split()
            is_label = (
                any(is_people_word(w) or is_collective(w) for w in words) or "«" in self._text[label_start:bracket]
            )
            return self._labelled(count, label_start, bracket) if is_label or self._counts else None
        tail = _OWN_TAIL.match(self._folded, headcount.end)
        if tail and (count.is_part or self._counts):
            return self._labelled(count, headcount.end, self._layout.tail_end(headcount.end))
        if (
            (self._has_people or self._labels_people(headcount))
            and lead.rstrip().endswith(("–", "—", " -", ":"))
            and self._ends_here(headcount.end)
        ):
            label_start = self._layout.item_start(headcount.start - 2)
            if re.search("[а-я]", self._folded[label_start : headcount.start]):
                return self._labelled(count, label_start, headcount.start)
        if count.is_part and re.match(r"\s[–—-]\s", self._folded[headcount.end :]):
            return self._labelled(count, headcount.end, self._layout.tail_end(headcount.end + 3))
        return None

    def _labels_people(self, headcount: Headcount) -> bool:
        words = self._folded[self._layout.item_start(headcount.start - 2) : headcount.start].split()
        return bool(words) and is_people_word(words[0].strip(",:"))

    def _read_bracketed(self, count: _Count, bracket: int) -> _Count | None:
        headcount = count.headcount
        inside = self._folded[bracket + 1 : headcount.start]
        previous = self._counts[-1] if self._counts and self._counts[-1].headcount.start > bracket else None
        if re.search(r"[а-я]\s?[–—:-]\s?$", inside):
            return self._labelled(count, self._layout.item_start(headcount.start - 1), headcount.start)
        if headcount.noun == "person" or previous is not None:
            return self._labelled(count, headcount.noun_start, self._layout.tail_end(headcount.end))
        return self._labelled(count, self._layout.item_start(bracket), bracket)

    def _read_running(self, count: _Count, lead: str) -> _Count | None:
        headcount = count.headcount
        stripped = lead.rstrip()
        after_dash = stripped.endswith(("–", "—", " -", ":")) and len(stripped) > 1
        tail_end = self._layout.tail_end(headcount.end)
        tail = self._folded[headcount.end : tail_end].strip()
        if headcount.noun == "person":
            if after_dash and not stripped.endswith(":") and not tail:
                return self._labelled(count, self._layout.item_start(headcount.start - 2), headcount.start)
            return self._labelled(count, headcount.noun_start, tail_end)
        if _OWN_TAIL.match(self._folded, headcount.end) and not _TOTAL_TAIL.match(self._folded, headcount.end):
            return self._labelled(count, headcount.noun_start, tail_end)
        if tail and is_collective(tail.split()[0]) and not after_dash:
            return self._labelled(count, headcount.noun_start, tail_end)
        is_item = not stripped or stripped[-1] in ",;." or (stripped.endswith((" и", ")")) and self._counts)
        if (is_item and not after_dash) or (after_dash and self._names_everybody(headcount, lead)):
            count.strength = 1
            return count
        if not _CONNECTED.search(stripped):
            return None
        return self._labelled(count, self._layout.item_start(headcount.start - 2), headcount.start)

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

    def _labelled(self, count: _Count, start: int, end: int) -> _Count:
        text = self._text[start:end]
        lead = _ITEM_LEAD.match(text)
        start += lead.end() if lead else 0
        stripped = self._text[start:end].rstrip(" :–—-(,;")
        count.label = (start, max(start, start + len(stripped)))
        count.label_text = stripped
        return count

    def _settle_totals(self) -> None:
        """Keep one declared total, the most explicit; bracketed rivals are groups, and other rivals too."""
        declared = [c for c in self._counts if c.strength]
        if not declared:
            self._declare_the_whole()
            return
        best = max(declared, key=lambda c: c.strength)
        rivals = [c for c in declared if c is not best]
        in_brackets = [c for c in declared if self._layout.open_bracket(c.headcount.start) is not None]
        are_equals = len(declared) > 1 and all(c.headcount.noun == "none" and c.strength == 1 for c in declared)
        if len(in_brackets) == len(declared) > 1 or are_equals:
            rivals = declared
        for count in rivals:
            self._make_group(count)
        others = [c.headcount.value for c in self._counts if c is not best]
        is_outgrown = best in in_brackets and max(others, default=0) > best.headcount.value
        if best.strength and not rivals and (is_outgrown or (best.strength == 1 and self._is_one_of_roles(best))):
            self._make_group(best)

    def _make_group(self, count: _Count) -> None:
        """Read a count that declares no total as a group: labelled by what stands before it, or after its number."""
        count.strength = 0
        headcount = count.headcount
        bracket = self._layout.open_bracket(headcount.start)
        if bracket is not None:
            self._labelled(count, self._layout.item_start(bracket), bracket)
        elif headcount.noun == "none":
            self._labelled(count, self._layout.item_start(headcount.start - 2), headcount.start)
        else:
            self._labelled(count, headcount.noun_start, self._layout.tail_end(headcount.end))

    def _is_one_of_roles(self, count: _Count) -> bool:
        """«120 участников и 300 зрителей»: a bare count coordinated with another one is a group."""
        clause = self._layout.clause_start(count.headcount.start)
        return any(
            _counts_role(c)
            and c is not count
            and not c.is_part
            and self._layout.clause_start(c.headcount.start) == clause
            and abs(c.headcount.start - count.headcount.end) < _BESIDE
            for c in self._counts
        )

    def _declare_the_whole(self) -> None:
        """A group of several countries, the own among them, is the whole; groups of later sentences are its parts."""
        for count in self._counts:
            if not count.label or not _WHOLE_COUNTRY.search(fold(count.label_text)):
                continue
            clause = self._layout.clause_start(count.headcount.start)
            parts = [c for c in self._counts if c is not count]
            are_later = all(self._layout.clause_start(c.headcount.start) > clause for c in parts)
            is_larger = count.headcount.value > sum(c.headcount.value for c in parts)
            if parts and are_later and is_larger and len(self._layout.separators(*count.label)) > 1:
                count.strength = 2
                self._labelled_totals.append(count)

    def _carry_heads(self) -> None:
        """«Художники из Беларуси (6), Сербии (3)»: the head of a list's first label holds for the labels after it."""
        head, clause = "", -1
        for count in self._counts:
            if not count.label_text or (count.strength and count not in self._labelled_totals):
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

    def _result(self) -> tuple[ParticipantTotal | None, tuple[ParticipantGroup, ...]]:
        groups = [c for c in self._counts if c.label and (not c.strength or c in self._labelled_totals)]
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


def _counts_role(count: _Count) -> bool:
    is_labelled = count.headcount.noun == "none" and noun_kind(fold(count.label_text).partition(" ")[0]) == "person"
    return count.headcount.noun == "person" or is_labelled


def _is_in_bracket(lead: str) -> bool:
    return lead.count("(") > lead.count(")")


def _evidence(count: _Count, rule: str) -> Evidence:
    return Evidence(Column.PARTICIPANTS, count.start, count.end, rule)


def _total_of_description(description: CellText) -> ParticipantTotal | None:
    """The total of the text, where a verb of gathering governs a count of people."""
    folded = description.folded
    for headcount in find_headcounts(folded):
        if headcount.noun not in ("generic", "person"):
            continue
        lead = folded[max(0, headcount.start - 80) : headcount.start].rpartition(". ")[2]
        total = _TOTAL_LEAD.search(lead) if headcount.noun == "generic" else None
        if _PART_LEAD.search(lead) or not (_VERB_LEAD.search(lead) or total):
            continue
        if _OWN_TAIL.match(folded, headcount.end) and not _TOTAL_TAIL.match(folded, headcount.end):
            continue
        evidence = Evidence(Column.DESCRIPTION, headcount.start, headcount.end, "participants.description", 0.8)
        return ParticipantTotal(headcount.value, "declared", headcount.is_approximate, evidence)
    return None
