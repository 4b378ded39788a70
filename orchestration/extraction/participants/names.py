"""Judges whether the words beside a bare number name people, a body, a place or a way of taking part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from orchestration.extraction.language.morphology import parses
from orchestration.extraction.language.text import CellText, fold
from orchestration.extraction.organisations.lexicon import noun_of
from orchestration.extraction.participants import wording
from orchestration.extraction.participants.count import Count
from orchestration.extraction.participants.headcounts import Headcount, abbreviation_kind, is_substantive, noun_kind
from orchestration.extraction.participants.layout import ListLayout, is_collective, is_people_word
from orchestration.extraction.toponyms.gazetteer import scan

_WORD = re.compile(r"[а-я-]{2,}")
_ACRONYM = re.compile(r"[А-ЯЁ]+[а-яё]?[А-ЯЁ]+[А-ЯЁа-яё]*|[А-ЯЁ][а-яё]{2,8}[А-ЯЁ]{2,}")
_SHARED_OUT = re.compile(r"(?:\s[а-я]+){0,4}\s?(?::|,?\sиз них|(?P<bracket>\())")
_NOUN_BEFORE = re.compile(r"([а-я-]+)\s?[–—:-]\s?$")
_NOTE = re.compile(r"\s?\([^()]*\)")
_ENUMERATOR = re.compile(r"[^\w«\"]*(?:\d{1,2}[.)]\s)?")
_NAME = re.compile(r"[А-ЯЁ][\w-]+(?:\s[А-ЯЁ][\w-]+)?")
_TYPE = re.compile(r"(?:[а-я]{1,4}\.\s?){1,2}")
_NEXT_ITEM = re.compile(r"\d[;,]?\s(?P<label>[^\d;,]+?)\s?[–—:-]")
_ORIGIN = re.compile(r"(?:от|из|со?)\s", re.IGNORECASE)
_ADJECTIVE = re.compile(r"[а-я-]+(?:ая|ое|ой|ые|ый|ий|ых)")
_CONTRACTION = re.compile(r"[а-я]{1,6}-[а-я]{1,4}")
_LONGEST_PLAIN_LABEL = 3


class BareNumbers:
    """Labels of the numbers of one cell that no noun follows; all offsets are of the cell's text.

    ``counts`` grows while the cell is read; the labels before vouch for those after them.
    """

    def __init__(self, cell: CellText, layout: ListLayout, found: Sequence[Headcount], counts: list[Count]) -> None:
        self._text = cell.text
        self._folded = cell.folded
        self._layout = layout
        self._counts = counts
        self._has_people = any(h.noun in ("generic", "person") for h in found) or "участник" in cell.folded
        self._things = set(self._shares_of_things(found))

    def counts_thing(self, offset: int) -> bool:
        """Whether the number at ``offset`` is a share of a number of things."""
        return offset in self._things

    def are_labelled_by(self, start: int, end: int, is_list: bool) -> bool:
        """Whether the words before a bare number say whom it counts: with a dash, or as «детей 15», «от Читы 5»."""
        words = _WORD.findall(self._folded[start:end])
        if not words or self._counts_things(start, end):
            return False
        if is_list:
            return self._has_people or self.name_someone(start, end)
        label = self._label(start, end)
        if wording.IS_MODE.match(fold(label)) or self.is_place(label):
            return True
        if _ORIGIN.match(label) and self.name_someone(start, end):
            return True
        names_people = is_people_word(words[0]) or is_people_word(words[-1]) or is_substantive(words[-1])
        return (names_people or bool(abbreviation_kind(words[-1]))) and len(words) <= _LONGEST_PLAIN_LABEL

    def _counts_things(self, start: int, end: int) -> bool:
        """«команд – 8», «работы: 45»: the label's first noun is a plural of things, which are what is counted."""
        label = self._label(start, end)
        words = [m.group() for m in _WORD.finditer(fold(label)) if not m.start() or label[m.start()].islower()]
        noun = next((w for w in words if is_collective(w) or noun_kind(w) not in ("", "adjective")), "")
        if _ORIGIN.match(label):
            return False
        cases = {(p.tag.number, p.tag.case) for p in parses(noun) if p.tag.POS == "NOUN" and "Surn" not in p.tag}
        if not cases or is_people_word(noun):
            return False
        if is_collective(noun) and ("sing", "nomn") not in cases:
            return not self._has_people or (words[-1] == noun and not self._counts)
        names_body = noun_of(noun) is not None and ("plur", "gent") not in cases
        return ("sing", "nomn") not in cases and not names_body

    def _label(self, start: int, end: int) -> str:
        """What a label says, without list marks and linking words before it and punctuation after it."""
        label = self._text[_ENUMERATOR.match(self._text, start, end).end() : end]
        lead = wording.ITEM_LEAD.match(label)
        return label[lead.end() if lead else 0 :].strip(" :–—-,;.")

    def name_someone(self, start: int, end: int) -> bool:
        """Whether a label names people, a body with a name, a place of origin, a side or a way of taking part."""
        label = self._label(start, end)
        words = re.findall(r"[\w-]+", label)
        if "«" in label or "№" in label or wording.IS_MODE.match(fold(label)) or not words:
            return bool(words)
        for word in words:
            folded = fold(word)
            is_body = is_collective(folded) or folded.startswith("сторон") or _ACRONYM.fullmatch(word)
            if is_body or is_people_word(folded):
                return True
        if any(noun_of(word) for word in words[:4]) or is_substantive(fold(words[0])):
            return True
        if abbreviation_kind(fold(words[-1])) and self._text[:end].rstrip(" :–—-").endswith((".", words[-1])):
            return True
        if self._counts and _ORIGIN.match(label):
            return True
        if self.is_place(label) or self._is_place_of_list(label, end):
            return True
        previous = fold(self._counts[-1].label_text) if self._counts else ""
        if _ADJECTIVE.fullmatch(label) and self._is_headed(start):
            return True
        if wording.GOVERNS_GENITIVE.match(previous) or (label.islower() and self._is_headed(start)):
            return any("gent" in parse.tag for parse in parses(fold(words[0])))
        return "сторон" in previous or bool(previous and _CONTRACTION.fullmatch(fold(label).split()[0]))

    def _is_headed(self, start: int) -> bool:
        """Whether people stand before the bracket or colon that a label follows: «диаспоры: армянская»."""
        opening = max(self._text.rfind("(", 0, start + 1), self._text.rfind(":", 0, start + 1))
        words = _WORD.findall(self._folded[self._layout.clause_start(start) : max(opening, 0)])
        return any(is_people_word(word) or is_collective(word) for word in words)

    def _is_place_of_list(self, label: str, end: int) -> bool:
        """Whether a capitalised name that may be a place's stands beside a country, or in a list of places."""
        if not _NAME.fullmatch(_TYPE.sub("", _NOTE.sub("", label))):
            return False
        beside = [note.group().strip(" ()") for note in _NOTE.finditer(label)]
        beside += [following["label"] for following in [_NEXT_ITEM.search(self._text, end)] if following]
        beside += [self._counts[-1].label_text] if self._counts else []
        return any(map(self.is_place, beside))

    def is_place(self, label: str) -> bool:
        """Whether a label is a place's name, or several, and nothing else."""
        place = re.sub(r"^\W*(?:от|из|со?)\s", "", _NOTE.sub("", label), flags=re.IGNORECASE).strip()
        rest, position = "", 0
        for match in scan(place):
            if match.kind != "country_adjective" and match.start >= position:
                rest, position = rest + place[position : match.start], match.end
        return position > 0 and re.fullmatch(r"(?:[\s,.–-]|и)*", rest + place[position:]) is not None

    def _shares_of_things(self, found: Sequence[Headcount]) -> Iterator[int]:
        """Where the numbers begin that share out a number of things: «87 работ: Псков – 50, Витебск – 37»."""
        for whole in found:
            opening = _SHARED_OUT.match(self._folded, whole.end)
            noun = _NOUN_BEFORE.search(self._folded, 0, whole.start)
            is_of_things = whole.noun == "thing" or (whole.noun == "none" and noun and noun_kind(noun[1]) == "thing")
            if not opening or not is_of_things:
                continue
            closing = self._folded.find(")", opening.end()) if opening["bracket"] else -1
            end = closing if closing >= 0 else self._layout.clause_end(whole.end)
            shares = [h for h in found if whole.end < h.start < end and h.noun == "none"]
            if sum(share.value for share in shares) <= whole.value:
                yield from (share.start for share in shares)
