"""Parts an event's description into its purpose and its result."""

from __future__ import annotations

import re

from orchestration.extraction.language.morphology import parses
from orchestration.extraction.language.quotes import quoted_spans
from orchestration.extraction.language.sentences import split_sentences
from orchestration.extraction.language.text import CellText, fold
from orchestration.extraction.model import Column, Evidence, Labelled

_HEADINGS = re.compile(
    r"(?<!\w)(?P<kind>цель|цели|цель и задачи|цели и задачи|задачи|содержание|краткое содержание|результат\w?|итог\w?)"
    r"(?:\s(?:мероприятия|проведения|конкурса|проекта|фестиваля|встречи|и\s\w+))*\s?[:–—-]\s"
)
_GOAL = re.compile(r"\W*(?:(?:основн|главн)\w+\s)?\b(?:цел[ьи]|целью|целями|задач[аи]|задачами|в целях|с целью)\b")
_ASIDE = re.compile(r"\([^)]*\)|,\s(?:\w+\s)?(?:котор\w+|где|чтобы|как)\s[^,.;]*")


def split_purpose_result(description: CellText) -> tuple[Labelled[str] | None, Labelled[str] | None]:
    """Part the text into purpose (the goals it opens with) and result (what was done and achieved)."""
    text = description.text
    if not text:
        return None, None
    headings = list(_HEADINGS.finditer(description.folded))
    start = 0
    if len(headings) > 1:
        boundary = next(
            (h.start() for h in headings[1:] if h["kind"].startswith(("содерж", "кратк", "результ", "итог"))), len(text)
        )
    else:
        start, boundary = _range_of_purpose(description)
    purpose, result = text[start:boundary].strip(), text[boundary:].strip()
    return (
        Labelled(purpose, Evidence(Column.DESCRIPTION, start, start + len(purpose), "purpose")) if purpose else None,
        Labelled(result, Evidence(Column.DESCRIPTION, len(text) - len(result), len(text), "result"))
        if result
        else None,
    )


def _range_of_purpose(description: CellText) -> tuple[int, int]:
    """The goals at the start, up to the first sentence of deeds or the paragraph's end; else a goal further on."""
    sentences = split_sentences(description)
    has_goal_list = False
    for sentence in sentences:
        text = description.text[sentence.start : sentence.end]
        if sentence.lead is None or not has_goal_list:
            is_new_paragraph = sentence.start - 1 in description.breaks and not has_goal_list
            has_goal_list = bool(_GOAL.match(fold(text)))
            if not has_goal_list and ((is_new_paragraph and sentence.start > 0) or _tells_of_deeds(text)):
                if sentence.start > 0:
                    return 0, sentence.start
                break
    else:
        return 0, len(description.text)
    goal = next((s for s in sentences if _GOAL.search(description.folded, s.start, s.end)), None)
    return (goal.start, goal.end) if goal else (0, 0)


def _tells_of_deeds(sentence: str) -> bool:
    """Whether a finite verb or a short participle stands outside titles and brackets."""
    bare = _ASIDE.sub(" ", sentence)
    for start, end in reversed(quoted_spans(bare)):
        bare = bare[:start] + " " + bare[end:]
    return any(
        str(parses(word.lower())[0].tag.POS) in ("VERB", "PRTS") for word in re.findall(r"[А-Яа-яЁё-]{3,}", bare)
    )
