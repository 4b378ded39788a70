"""Reads how many people took part: the declared total and every counted group with its label."""

from __future__ import annotations

import re
from dataclasses import replace

from orchestration.extraction.language.sentences import split_sentences
from orchestration.extraction.language.text import CellText
from orchestration.extraction.model import Column, Evidence, ParticipantGroup, ParticipantTotal
from orchestration.extraction.participants import wording
from orchestration.extraction.participants.beside import is_audience, read_beside
from orchestration.extraction.participants.headcounts import find_headcounts
from orchestration.extraction.participants.labels import worded
from orchestration.extraction.participants.listing import has_own_tail, read_counts

# people from several places are all of them, people from one are some
_PLACES = re.compile(r"\s(?:из|от|с)\s[А-ЯЁ][^.;()]*?(?:,|\sи)\s[А-ЯЁ]")
_IN_THE_CELL, _IN_THE_DESCRIPTION = 1.0, 0.8
_SUMMED = _BARE = 0.9
Reading = tuple[ParticipantTotal | None, tuple[ParticipantGroup, ...]]


def read_participants(cell: CellText, description: CellText | None = None) -> Reading:
    """Read the participants cell: the total, declared or summed over the groups, and the groups in order.

    Where the cell has no count, the description is read if it tells how many took part; else only groups that the cell
    leaves out are read from it, of which spectators add to a sum.
    """
    total, groups = _facts(cell, Column.PARTICIPANTS)
    if total is None and not groups and description is not None:
        return _told(description)
    if total is None or description is None:
        return total, groups
    beside = read_beside(description, total, groups)
    audience = [group for group in beside if is_audience(group.label)]
    if audience and total.source == "sum_of_groups" and not any(is_audience(group.label) for group in groups):
        headcount = total.headcount + sum(group.headcount for group in audience)
        is_approximate = total.is_approximate or any(group.is_approximate for group in audience)
        total = replace(total, headcount=headcount, is_approximate=is_approximate)
    return total, (*groups, *beside)


def _facts(cell: CellText, column: Column, offset: int = 0) -> Reading:
    """What a text says, as facts of the column that it is cut from at ``offset``."""
    counts, labelled_totals = read_counts(cell)
    sureness = _IN_THE_CELL if column is Column.PARTICIPANTS else _IN_THE_DESCRIPTION

    def evidence(start: int, end: int, kind: str, confidence: float) -> Evidence:
        return Evidence(column, start + offset, end + offset, f"participants.{kind}", confidence)

    groups = [c for c in counts if c.label and (not c.strength or c in labelled_totals)]
    facts = tuple(
        ParticipantGroup(
            worded(label, c.label is not None and c.label[0] >= c.headcount.start),
            c.headcount.value,
            c.headcount.is_approximate,
            evidence(c.start, c.end, "group", min(sureness, _BARE) if c.headcount.noun == "none" else sureness),
        )
        for c in groups
        for label in c.labels_of_shares or [c.label_text] * c.times
    )
    declared = next((c for c in counts if c.strength), None)
    if declared:
        h = declared.headcount
        told = evidence(declared.start, declared.end, "declared", sureness)
        return ParticipantTotal(h.value, "declared", h.is_approximate, told), facts
    summed = [c for c in groups if not c.is_part]
    if not summed:
        return None, facts
    told = evidence(summed[0].start, max(c.end for c in summed), "sum_of_groups", min(_SUMMED, sureness))
    value = sum(c.headcount.value * c.times for c in summed)
    return ParticipantTotal(value, "sum_of_groups", any(c.headcount.is_approximate for c in summed), told), facts


def _told(description: CellText) -> Reading:
    """What the first sentence of the description that counts those who took part says, parts told after it too."""
    sentences = split_sentences(description)
    for position, sentence in enumerate(sentences):
        if not wording.ATTENDANCE.search(description.folded, sentence.start, sentence.end):
            continue
        end = sentence.end
        if position + 1 < len(sentences) and wording.PART_LEAD.match(description.folded, sentences[position + 1].start):
            end = sentences[position + 1].end
        list_total, groups = _facts(_cut(description, sentence.start, end), Column.DESCRIPTION, sentence.start)
        if list_total and not wording.OTHER_COUNT.search(description.folded, sentence.start, list_total.evidence.end):
            is_opened = wording.OPENS_COUNT.match(description.folded, sentence.start)
            if len(groups) > 1 or (list_total.source == "declared" and (groups or is_opened)):
                return list_total, groups
        total = _attendance(_cut(description, sentence.start, sentence.end), sentence.start)
        if total is not None:
            return total, ()
    return None, ()


def _cut(cell: CellText, start: int, end: int) -> CellText:
    return CellText(cell.text[start:end], frozenset(b - start for b in cell.breaks if start <= b < end))


def _attendance(sentence: CellText, offset: int) -> ParticipantTotal | None:
    """The first count of people that a verb of gathering or a word for the total governs."""
    for headcount in find_headcounts(sentence.folded):
        if headcount.noun not in ("generic", "person") or sentence.folded.endswith("ч.", 0, headcount.end):
            continue
        lead = sentence.folded[: headcount.start]
        if wording.PART_LEAD.search(lead) or wording.OTHER_COUNT.search(lead):
            continue
        if has_own_tail(sentence.folded, headcount) and not _PLACES.match(sentence.text, headcount.end):
            continue
        total = wording.TOTAL_LEAD.search(lead) if headcount.noun == "generic" else None
        if wording.VERB_LEAD.search(lead) or total:
            start, end = offset + headcount.start, offset + headcount.end
            evidence = Evidence(Column.DESCRIPTION, start, end, "participants.description", _IN_THE_DESCRIPTION)
            return ParticipantTotal(headcount.value, "declared", headcount.is_approximate, evidence)
    return None
