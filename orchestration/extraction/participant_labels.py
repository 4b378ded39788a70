"""Words the label of a counted group of participants."""

from __future__ import annotations

import re

from orchestration.extraction.morphology import in_case_of, nominative, parses
from orchestration.extraction.participant_layout import is_collective, is_people_word
from orchestration.extraction.text import fold

_MODES = {"очно": "Очные участники", "дистанционно": "Дистанционные участники", "онлайн": "Дистанционные участники"}
_GENERIC_HEAD = re.compile(r"(?:человек\w*|чел\b\.?)\s?|(?=(?:из|от|с)\s)", re.IGNORECASE)


def head_of(label: str) -> str:
    """The leading people words of a label, with the preposition after them."""
    words = label.split()
    origin = next((index for index, word in enumerate(words[:6]) if word in ("из", "от")), 0)
    if origin and not any(word[0] in '«"(' or word[0].isupper() for word in words[1:origin]):
        return " ".join(words[: origin + 1])
    length = 0
    for index, word in enumerate(words):
        folded = fold(word.strip(","))
        if is_people_word(folded) or is_collective(folded):
            length = index + 1
        elif index > length + 1 or word[0] in '«"(' or (word[0].isupper() and index):
            break
    return " ".join(words[:length])


def worded(label: str, follows_number: bool) -> str:
    """The label as a name of the group: capitalised, in the nominative where its number governed it."""
    label = label or "участники"
    generic = _GENERIC_HEAD.match(label)
    if generic:
        rest = label[generic.end() :].strip()
        label = _MODES.get(rest) or f"участники {rest}".strip()
    else:
        label = _MODES.get(label.lower(), label)
    cases = {parse.tag.case for parse in parses(label.partition(" ")[0])}
    if "ablt" in cases and "nomn" not in cases:
        label = nominative(label)
    if follows_number:
        label = _in_nominative_plural(label)
    return label[0].upper() + label[1:]


def _in_nominative_plural(label: str) -> str:
    """«представителей ОАО …», «детей» → «представители ОАО …», «дети»: the words up to the people noun."""
    words = label.split(" ")
    for index, word in enumerate(words[:4]):
        parse = next((p for p in parses(word) if p.tag.case == "gent" and p.tag.POS in ("NOUN", "ADJF", "PRTF")), None)
        form = parse.inflect({"nomn", "plur"}) if parse else None
        if form is None:
            return label
        words[index] = in_case_of(form.word if "ё" in word else form.word.replace("ё", "е"), word)
        if is_people_word(fold(word)) or parse.tag.POS == "NOUN":
            break
    return " ".join(words)
