"""The layout of a cell that lists participants: clauses, brackets, items, and the words beside a count."""

from __future__ import annotations

import re
from functools import cache

from orchestration.extraction.language.quotes import quoted_spans
from orchestration.extraction.language.tables import read_table
from orchestration.extraction.language.text import CellText
from orchestration.extraction.participants.headcounts import abbreviation_kind, noun_kind

_CLAUSE = re.compile(
    r"(?<!\b[А-ЯЁа-яё])(?<![ (.](?:им|ул|пр|др|гг|гп|ст))(?<!т\.ч)(?<!\bг\.п)[.!?;]\s(?=[А-ЯЁ«\"0-9–-])"
)
_ABBREVIATED_PLACE = re.compile(
    r"(?:г|д|п|с|пос|дер|аг|г\.п|ст|им|ул|пл|обл|р-н|[а-я]+(?:ая|ой) (?:область|области|обл))\b"
)
_HEADING = re.compile(
    r"^.*?\b(?:представ(?:ил|лен)\w*|представляли|участвовали|приняли участие|были|пришли|посетили|участники)"
    r"\s?:?\s"
)
_NEXT_COUNT = re.compile(
    r"\s(?:и|а также|\+)\s"
    r"(?=\d|(?:два|две|двое|три|трое|четыре|четверо|пять|шесть|семь|восемь|девять|десять|один|одна)\b)"
)
_PREDICATE = re.compile(r"\s(?:приня|посети|участвова|стал|представ(?!ител|ля)|выступ|собра)")
_TITLE = re.compile(
    r"(?<![\w-])(?:ак|акад|проф|доц|св|архит|худ|инж|ген|полк|адм|марш|еп|прот|кн|гр|имп|тов|зам|нач|рук|дир|гл|зав|отв|"
    r"ред|засл|нар|гос|муниц|нац|межд|пед|техн|мед|уч|им|ф-т|ун-т)$"
)
_DASHED_NUMBER = re.compile(r"[–—-]\s?(?:(?:ок|около|более|свыше|порядка|до|примерно)\.?\s)?\d")
_ORIGIN = re.compile(r"(?:от|из|со?)\s")
_LONGEST_BRACKET = 200
_PARTICIPLE = re.compile(r"[а-я]+(?:щи[ехй]|вши[ехй]|щая|нные)(?:ся)?\s(?:в|на|из|по|с|от)\s")


@cache
def _group_words() -> dict[str, str]:
    return {row["stem"]: row["kind"] for row in read_table("group_words.csv")}


def is_people_word(word: str) -> bool:
    """Whether a folded word names people."""
    return noun_kind(word) in ("generic", "person")


def is_collective(word: str) -> bool:
    """Whether a folded word names a body of people, such as a delegation or a choir."""
    return any(word.startswith(stem) for stem in _group_words())


def is_body(word: str) -> bool:
    """Whether a folded word names a body that people belong to, not the public at large."""
    return any(kind == "collective" and word.startswith(stem) for stem, kind in _group_words().items())


class ListLayout:
    """Where clauses, brackets and items of one cell begin and end; all offsets are of ``cell.text``.

    ``taken`` holds the ends of the counts read so far: no later item begins before them.
    """

    def __init__(self, cell: CellText) -> None:
        self._text = cell.text
        self._folded = cell.folded
        self._quoted = quoted_spans(cell.text)
        self.taken: list[int] = []
        ends = (match for match in _CLAUSE.finditer(cell.text) if not self._is_abbreviation(match))
        self._clauses = [0, *(match.end() for match in ends), len(cell.text) + 1]

    def _is_abbreviation(self, stop: re.Match[str]) -> bool:
        """«акад. И.И. Иванова», «уч. – 25»: a title's dot, or before a number that of people, ends no clause."""
        if self._text[stop.start()] == "." and self._text[stop.end()].isalpha():
            return _TITLE.search(self._folded, 0, stop.start()) is not None
        if _DASHED_NUMBER.match(self._text, stop.end()):
            return True
        word = re.search(r"[а-я-]+$", self._folded[: stop.start()])
        return self._text[stop.end()].isdigit() and word is not None and bool(abbreviation_kind(word.group()))

    def clause_start(self, offset: int) -> int:
        """Where the clause that holds ``offset`` begins."""
        return max((start for start in self._clauses if start <= offset), default=0)

    def clause_end(self, offset: int) -> int:
        """Where the clause that holds ``offset`` ends."""
        return min(start for start in self._clauses if start > offset) - 1

    def is_quoted(self, offset: int) -> bool:
        """Whether ``offset`` lies inside quotation marks."""
        return any(start < offset < end for start, end in self._quoted)

    def open_bracket(self, offset: int) -> int | None:
        """The bracket that is still open at ``offset``."""
        depth = 0
        for position in range(offset - 1, max(-1, offset - _LONGEST_BRACKET), -1):
            if self._text[position] == ")":
                depth += 1
            elif self._text[position] == "(":
                if depth == 0:
                    return position
                depth -= 1
        return None

    def separators(self, start: int, end: int) -> list[int]:
        """Offsets of the commas and semicolons between items of a list, not those in quotes, brackets, addresses."""
        depth = 0
        found: list[int] = []
        for position in range(start, end):
            character = self._text[position]
            if character == "(":
                depth += 1
            elif character == ")":
                depth = max(0, depth - 1)
            elif character in ",;" and depth == 0 and not self.is_quoted(position):
                found.append(position)
        return [position for position in found if not _ABBREVIATED_PLACE.match(self._folded, position + 2)]

    def item_start(self, end: int) -> int:
        """Where the item of a list begins that ends before ``end``: after a clause, an earlier count, or a comma."""
        start = self.clause_start(end)
        bracket = self.open_bracket(end)
        if bracket is not None:
            start = max(start, bracket + 1)
        start = max([start, *(taken for taken in self.taken if start <= taken <= end)])
        heading = _HEADING.match(self._text[start:end])
        if heading and not re.search(r"\w", self._text[start + heading.end() : end]):
            heading = None
        is_list_heading = heading is not None
        if heading:
            start += heading.end()
        colon = self._text.rfind(": ", start, end - 1)
        if colon >= 0 and not self.is_quoted(colon) and not is_list_heading:
            start = colon + 2
        commas = self.separators(start, end)
        semicolon = next((comma for comma in reversed(commas) if self._text[comma] == ";"), None)
        if semicolon is not None and re.search(r"\w", self._text[semicolon:end]):
            start = semicolon + 1
            commas = [comma for comma in commas if comma > semicolon]
        for comma in reversed(commas):
            if _PARTICIPLE.match(self._folded, comma + 2):
                continue
            words = self._folded[comma + 1 : end].split()
            if is_list_heading or not words:
                break
            if (
                any(is_people_word(w) or is_collective(w) for w in words[:3])
                or self._opens_name(comma + 2)
                or _ORIGIN.match(self._folded, comma + 2)
            ):
                start = comma + 1
                break
        return start

    def enumeration_start(self, end: int) -> int:
        """Where the list that ends before ``end`` begins: after the clause before it, an earlier count or a colon."""
        start = max([self.clause_start(end), *(taken for taken in self.taken if taken <= end)])
        colon = self._text.rfind(": ", start, end - 4)
        return colon + 2 if colon >= 0 and not self.is_quoted(colon) else start

    def _opens_name(self, offset: int) -> bool:
        return self._text[offset : offset + 1] in '«"' or self._text[offset : offset + 2].isupper()

    def tail_end(self, start: int) -> int:
        """End of the words that follow a count and belong to it."""
        end = self.clause_end(start)
        stop = next((c for c in self.separators(start, end) if c >= start), end)
        following = _NEXT_COUNT.search(self._folded, start, stop)
        if following:
            stop = following.start()
        for closing in re.finditer(r"\)", self._text[start:stop]):
            inside = self._text[start : start + closing.start()]
            if inside.count("(") <= inside.count(")"):
                stop = start + closing.start()
                break
        verb = _PREDICATE.search(self._folded, start, stop)
        if verb:
            stop = verb.start()
        while stop > start and self._text[stop - 1] in " .":
            stop -= 1
        return stop
