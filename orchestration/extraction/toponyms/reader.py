"""What the toponym rules share: the text's words, which of them are taken, lists and names of people."""

from __future__ import annotations

import re

from orchestration.extraction.language.morphology import parses
from orchestration.extraction.toponyms.context import ToponymMatch
from orchestration.extraction.toponyms.tokens import Tokens

LONGEST_NAME = 4
_LIST_GAP = re.compile(r",? ?")
_INITIAL_BEFORE = re.compile(r"(?<![А-Яа-яЁё])[А-ЯЁ]\. ?$")
_INITIALS_AFTER = re.compile(r" [А-ЯЁ]\. ?[А-ЯЁ]\.")
_LIST_WORDS = frozenset({"и", "или", "также", "а", "да"})
_STREETS = frozenset(
    [
        "улица",
        "улицы",
        "улице",
        "улицу",
        "ул",
        "площадь",
        "площади",
        "пл",
        "проспект",
        "проспекта",
        "проспекте",
        "пр",
        "переулок",
        "переулке",
        "бульвар",
        "бульваре",
        "набережная",
        "набережной",
        "шоссе",
        "сквер",
        "сквера",
        "сквере",
        "парк",
        "парка",
        "парке",
        "имени",
        "им",
        "памяти",
        "героя",
        "князя",
        "маршала",
    ]
)


class ToponymReader:
    """A text being read; a word belongs to the first rule that takes it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = Tokens(text)
        self.taken: set[int] = set()
        self.found: list[ToponymMatch] = []

    def _add(self, first: int, last: int, **values: object) -> None:
        start, end = self.tokens[first].start, self.tokens[last].end
        self.taken.update(range(first, last + 1))
        self.found.append(ToponymMatch(start=start, end=end, is_quoted=self.tokens.is_quoted(start), **values))

    def _free(self, first: int, count: int = 1) -> bool:
        if count == 1:
            return first not in self.taken and first < len(self.tokens)
        last = first + count
        return last <= len(self.tokens) and self.taken.isdisjoint(range(first, last))

    def _is_name(self, index: int) -> bool:
        """Whether a capitalised word is more than the first word of a sentence."""
        token = self.tokens[index]
        if token.text.isupper() or not self.tokens.starts_sentence(index):
            return True
        readings = parses(token.form)
        return not readings[0].is_known or any("Geox" in reading.tag for reading in readings)

    def _previous_in_list(self, index: int) -> int | None:
        """The item before ``index`` in an enumeration, or None."""
        position = index - 1
        is_listed = "," in self.tokens.gap(position) and _LIST_GAP.fullmatch(self.tokens.gap(position))
        while position >= 0 and self.tokens[position].form in _LIST_WORDS and self.tokens.gap(position).strip() == "":
            position -= 1
            is_listed = True
        if position < 0 or not is_listed or not _LIST_GAP.fullmatch(self.tokens.gap(position)):
            return None
        return position

    def _next_in_list(self, index: int) -> int | None:
        """The item after ``index`` in an enumeration, a bracket after the item skipped, or None."""
        end = self.tokens[index].end
        bracket = next(((a, b) for a, b in self.tokens.brackets if a == end + 1 and self.text[end] == " "), None)
        position = index + 1
        gap = self.tokens.gap(index)
        if bracket:
            while position < len(self.tokens) and self.tokens[position].start < bracket[1]:
                position += 1
            if position >= len(self.tokens):
                return None
            gap = self.text[bracket[1] : self.tokens[position].start]
        if position >= len(self.tokens) or not _LIST_GAP.fullmatch(gap):
            return None
        is_listed = "," in gap
        while position < len(self.tokens) and self.tokens[position].form in _LIST_WORDS:
            if self.tokens.gap(position).strip():
                return None
            position += 1
            is_listed = True
        return position if is_listed and position < len(self.tokens) else None

    def _is_dedication(self, index: int) -> bool:
        """Whether the word names a street, or somebody in whose honour something is named."""
        return index > 0 and self.tokens[index - 1].form in _STREETS and self.tokens.gap(index - 1).strip() in {"", "."}

    def _is_person(self, index: int) -> bool:
        """Whether initials or a first name stand beside the word."""
        token = self.tokens[index]
        if _INITIAL_BEFORE.search(self.text[max(0, token.start - 4) : token.start]):
            return True
        if _INITIALS_AFTER.match(self.text, token.end):
            return True
        for neighbour, gap in ((index - 1, index - 1), (index + 1, index)):
            if not 0 <= neighbour < len(self.tokens) or self.tokens.gap(gap) != " ":
                continue
            other = self.tokens[neighbour]
            if other.is_capitalised and neighbour not in self.taken and parses(other.form)[0].tag.POS != "PREP":
                tags = [reading.tag for reading in parses(other.form)[:3]]
                is_first_name = any({"Name"} in reading.tag for reading in parses(token.form))
                if is_first_name and any({"Surn"} in tag for tag in tags):
                    return True
                if any({"Name"} in tag or {"Patr"} in tag for tag in tags):
                    return True
        return False
