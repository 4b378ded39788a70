"""Reads the groups that a description counts beside those of the participants cell: spectators, guest performers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from orchestration.extraction.language.sentences import Sentence, split_sentences
from orchestration.extraction.language.tables import patterns_by_kind
from orchestration.extraction.language.text import CellText, fold
from orchestration.extraction.model import Column, Evidence, ParticipantGroup, ParticipantTotal
from orchestration.extraction.participants.count import Count
from orchestration.extraction.participants.labels import worded
from orchestration.extraction.participants.layout import is_collective, is_people_word
from orchestration.extraction.participants.listing import read_counts

_AUDIENCE = re.compile(r"зрител|слушател|посетител|болельщик|публик|аудитори")
_WATCHED = re.compile(r"(?:смотрели|увидели|наблюдали|слушали|посетили)(?:\s[а-я]+){0,2}\s(?:[а-я]+\s)?$")
_WORD = re.compile(r"[\w-]+|[«\"]")
_PERSON_COUNT = re.compile(r"\d\s?(?:[а-я]+\s)?[а-я]")
_STEM = 5
_CONFIDENCE = 0.6


def read_beside(
    description: CellText, total: ParticipantTotal, groups: Sequence[ParticipantGroup]
) -> list[ParticipantGroup]:
    """Groups of people that a sentence about what happened counts by a role («выступили 12 артистов»).

    Winners, plans, history, and those whom the cell counts already are left out.
    """
    known = {group.headcount for group in groups} | {total.headcount}
    roles = {fold(word)[:_STEM] for group in groups for word in group.label.split()[:2]}
    beside: list[ParticipantGroup] = []
    for sentence in split_sentences(description):
        for group in _groups_of(description, sentence):
            is_new = group.headcount not in known and fold(group.label)[:_STEM] not in roles
            if is_new and (total.source == "sum_of_groups" or group.headcount < total.headcount):
                beside.append(group)
                known.add(group.headcount)
    return beside


def is_audience(label: str) -> bool:
    """Whether a label names those who watched or listened."""
    return _AUDIENCE.search(fold(label)) is not None


@cache
def _word(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{patterns_by_kind('description_count_words.csv')[kind]})(?![\w-])")


def _groups_of(description: CellText, sentence: Sentence) -> Iterator[ParticipantGroup]:
    start, end = sentence.start, sentence.end
    if not _PERSON_COUNT.search(description.folded, start, end):
        return
    if not _word("happened").search(description.folded, start, end) or _word("other").search(
        description.folded, start, end
    ):
        return
    text = description.text[start:end]
    counts, _ = read_counts(CellText(text))
    for count in counts:
        headcount = count.headcount
        label = _label(text, count)
        if label and count.times == 1 and not count.is_part and headcount.value > 1:
            span = start + min(headcount.start, count.start), start + max(headcount.end, count.end)
            evidence = Evidence(Column.DESCRIPTION, *span, "participants.beside", _CONFIDENCE)
            yield ParticipantGroup(label, headcount.value, headcount.is_approximate, evidence)


def _label(text: str, count: Count) -> str | None:
    """The label of a role's count, of those who watched, or of a bracket behind people: «учащиеся ДШИ (6 человек)»."""
    headcount = count.headcount
    if headcount.noun == "person" and (count.label is None or count.label[0] >= headcount.start):
        return worded(count.label_text or text[headcount.noun_start : headcount.end], True)
    if headcount.noun == "generic" and count.strength and _WATCHED.search(fold(text[: headcount.start])):
        return "Зрители"
    if headcount.noun == "none" or count.strength or count.label is None or text[headcount.start - 1] != "(":
        return None
    start = _people_start(count.label_text)
    if start is None:
        return None
    count.label = (count.label[0] + start, count.label[1])
    return worded(count.label_text[start:], False)


def _people_start(label: str) -> int | None:
    """Where the last people or body that a label names begins, with those coordinated with it."""
    words = [(word.start(), fold(word.group())) for word in _WORD.finditer(label)]
    is_named = [is_people_word(word) or is_collective(word) for _, word in words]
    if not any(is_named):
        return None
    index = len(words) - 1 - is_named[::-1].index(True)
    while index > 1 and words[index - 1][1] == "и" and is_named[index - 2]:
        index -= 2
    return words[index][0]
