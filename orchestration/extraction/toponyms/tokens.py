"""Words of a running text as the toponym rules see them: folded form, capitals, gaps, quotes, brackets."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from orchestration.extraction.language.text import fold
from orchestration.extraction.toponyms.gazetteer_index import name_abbreviations, type_words

_TOKEN = re.compile(
    r"(?P<abbreviation>\b(?:п\. ?г\. ?т|г\. ?[пг]|р\. ?п|а\. ?г|а/г|г\. ?о|м\. ?о|м\. ?р)\b\.?(?= ?«?[А-ЯЁ]))"
    r"|(?P<word>[А-Яа-яЁёA-Za-z]+(?:['’][А-Яа-яЁёA-Za-z]+)*(?:[-‑][А-Яа-яЁёA-Za-z0-9]+)*)(?P<dot>\.?)"
    r"|(?P<number>\d+)"
)
_JOINS = frozenset({"", " ", " – ", " - ", "-"})
_LAST_WORD = re.compile(r"[А-Яа-яЁё]+$")
_LONGEST_WORD = 30
_SENTENCE_END = re.compile(r"[!?…]|\.(?= *(?:$|[–—-] |«?[А-ЯЁ]))|[;\n]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word; ``end`` leaves out the full stop that ``has_dot`` tells of; ``type_row`` is the listed type word."""

    text: str
    start: int
    end: int
    form: str
    has_dot: bool
    is_capitalised: bool
    type_row: dict[str, str] | None


def _type_row(form: str, has_dot: bool, is_capitalised: bool) -> dict[str, str] | None:
    rows = type_words()
    row = rows.get(form + ".") if has_dot else None
    row = row or rows.get(form)
    if row is None and form.startswith("город"):
        row = rows.get(form.partition("-")[0])
    if row and is_capitalised and len(form.rstrip(".")) == 1:
        return None
    return row


class Tokens:
    """The tokens of a text with what stands between them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.items: list[Token] = []
        for match in _TOKEN.finditer(text):
            if match["abbreviation"]:
                form = re.sub(r"[ ]", "", fold(match["abbreviation"]))
                form = form if form.endswith(".") or "/" in form else form + "."
                self._append(match.group(), match.start(), form, False)
            elif match["word"]:
                self._append(match["word"], match.start(), fold(match["word"]), bool(match["dot"]))
            else:
                self._append(match.group(), match.start(), match.group(), False)

    def _append(self, text: str, start: int, form: str, has_dot: bool) -> None:
        is_capitalised = text[0].isupper()
        row = _type_row(form, has_dot, is_capitalised)
        self.items.append(Token(text, start, start + len(text), form, has_dot, is_capitalised, row))

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Token:
        return self.items[index]

    def gap(self, index: int) -> str:
        """The text between a token (its full stop not counted for an abbreviation) and the next one."""
        if index < 0 or index + 1 >= len(self.items):
            return "\n"
        return self._gaps[index]

    @cached_property
    def _gaps(self) -> list[str]:
        return [self._gap(token, following) for token, following in pairwise(self.items)]

    def _gap(self, token: Token, following: Token) -> str:
        gap = self.text[token.end : following.start]
        is_abbreviation = token.has_dot and (
            len(token.text) <= 2 or token.form + "." in type_words() or token.form + "." in name_abbreviations()
        )
        return gap.removeprefix(".") if is_abbreviation else gap

    def joined(self, first: int, count: int) -> str | None:
        """``count`` tokens from ``first`` as one name, None if anything but blanks or a dash parts them."""
        last = first + count - 1
        if last >= len(self.items) or not _JOINS.issuperset(self._gaps[first:last]):
            return None
        return self.text[self.items[first].start : self.items[last].end]

    def starts_sentence(self, index: int) -> bool:
        """Whether a token's capital may be due to its place alone."""
        position = self.items[index].start - 1
        while position >= 0 and self.text[position] in ' «("':
            position -= 1
        return position < 0 or self.text[position] in ".!?…;:\n–—"

    @cached_property
    def quotes(self) -> list[int]:
        """Depth of «…» quotation at each character; a mark that closes two quotations closes what is open."""
        depths, depth = [], 0
        for position, character in enumerate(self.text):
            if character in "«„":
                depth += 1
            elif character in "»“" and depth:
                depth -= 1
                # A quotation inside another is often closed once: no word may follow and stay inside.
                if depth and "»" not in self.text[position + 1 :].partition("«")[0]:
                    depth = 0
            depths.append(depth)
        return depths

    def is_quoted(self, position: int) -> bool:
        """Whether a character stands inside «…»."""
        return self.quotes[position] > 0

    @cached_property
    def brackets(self) -> list[tuple[int, int]]:
        """Half-open ranges of round brackets, brackets included."""
        found, opened = [], []
        for position, character in enumerate(self.text):
            if character == "(":
                opened.append(position)
            elif character == ")" and opened:
                found.append((opened.pop(), position + 1))
        return sorted(found)

    def bracket_around(self, position: int) -> tuple[int, int] | None:
        """The innermost bracket that a character stands in."""
        return next(((a, b) for a, b in reversed(self.brackets) if a <= position < b), None)

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Offsets at which a sentence or a line begins."""
        return [0, *(match.end() for match in _SENTENCE_END.finditer(self.text) if not self._is_abbreviated(match))]

    def _is_abbreviated(self, stop: re.Match[str]) -> bool:
        word = _LAST_WORD.search(self.text[max(0, stop.start() - _LONGEST_WORD) : stop.start()])
        if word is None or stop.group() != ".":
            return False
        return len(word.group()) == 1 or fold(word.group()) + "." in type_words()

    def sentence_of(self, position: int) -> int:
        """The number of the sentence that a character stands in."""
        return bisect_right(self.sentence_starts, position)
