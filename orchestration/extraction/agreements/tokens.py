"""Sentences about agreements cut into tokens with their readings and roles, and into clauses around one predicate."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from orchestration.extraction.language.morphology import parses
from orchestration.extraction.language.quotes import quoted_spans
from orchestration.extraction.language.tables import read_table
from orchestration.extraction.language.text import fold
from orchestration.extraction.model import PartnerMention

_TOKEN = re.compile(r"[мМ]/[уУ](?!\w)|[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:-[^\W\d_]{1,3}(?!\w))?|[^\w\s]")
_BRACKETS = re.compile(r"\([^()]*\)")
_MONTH = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*"
_TERM = re.compile(
    r"(?:\b(?:до|с|со|по|на|от|в|во)\s+)?(?:(?:конца|начала|период|течение|срок)\s+)?"
    rf"(?:(?:\d{{1,2}}(?:\s?[-–—]\s?\d{{1,2}})?\s+)?{_MONTH}\s+|\d\d\.\d\d\.)?(?<!\d)(?:19|20)\d\d(?!\d)"
    r"(?:\s?[-–—/]\s?\d{2,4})?(?:\s?(?:учебн|календарн)\w+)?(?:\s?(?:гг?\b\.?|год\w*))?"
)
_AGREEMENT_WORD = re.compile(
    r"согла[шс]|догов[оа]р|контракт|меморандум|декларац|протокол|дорожн\w+ карт|\bплан|\bпрограмм|документ|услови[лв]"
    r"|подписан|заключен|\b(?:дог(?:ов)?|согл(?:аш)?|прот|мемор)\.|\b(?:дог-р|согл-)"
)
SUBORDINATE = frozenset({"который", "что", "где", "когда", "чтобы", "если", "хотя", "поскольку"})
_HEAVY_JOINS = frozenset({"а", "но", "однако", "зато", "причем", "притом", "затем"})
JOINS = _HEAVY_JOINS | {"и", "или", "также"}
_TITLE_START = 40
_TITLE_GOVERNORS = frozenset({"sign", "signing", "draft", "project", "adopt", "agree"})
_SYNONYMS = {"м/у": "между", "меж": "между", "есть": "имеется"}
_ADJECTIVES = frozenset({"ADJF", "PRTF"})
_DIRECT_JOINS = frozenset({"и", "или", "а", "также", ",", "не"})


@dataclass(frozen=True, slots=True)
class DocumentNoun:
    """A noun that names a document; the patterns are searched in the words around it.

    ``before`` begins the word that must stand before it; ``joint`` must be found where an existing document is only
    referred to: one's own plan of work is no agreement.
    """

    kind: str
    before: str
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    joint: re.Pattern[str] | None


class Reading(NamedTuple):
    """One way to read a word."""

    lemma: str
    part: str
    case: str | None
    grammemes: frozenset[str]


@dataclass(slots=True, eq=False)
class Token:
    """A word, mark, quoted or bracketed segment, date or term, or possible party ``[start, end)`` of the cell.

    ``is_place`` tells a party that is a settlement or territory from an organisation.
    """

    start: int
    end: int
    text: str
    sort: Literal["word", "mark", "quote", "bracket", "party", "term"]
    readings: tuple[Reading, ...] = ()
    roles: frozenset[str] = frozenset()
    is_place: bool = False

    @property
    def lemma(self) -> str:
        """Dictionary form of the likeliest reading; the text itself where there is none."""
        return self.readings[0].lemma if self.readings else self.text

    @property
    def part(self) -> str:
        """Part of speech of a word, empty for anything else."""
        return self.readings[0].part if self.sort == "word" else ""

    @property
    def cases(self) -> set[str]:
        """Cases of all readings."""
        return {reading.case for reading in self.readings if reading.case}

    @property
    def is_predicate(self) -> bool:
        """Whether a clause may be built around the word."""
        return self.part in {"VERB", "PRTS", "PRED"} or any(
            reading.part == "PRTS" and self.roles for reading in self.readings
        )

    def has(self, *roles: str) -> bool:
        """Whether the word has any of the roles."""
        return not self.roles.isdisjoint(roles)


@dataclass(slots=True)
class Clause:
    """Tokens around one predicate; ``opener`` is the relative word it begins with."""

    tokens: list[Token]
    opener: Token | None = None
    lead: Clause | None = None

    @property
    def predicates(self) -> list[Token]:
        """Finite verbs, short participles, infinitives and gerunds."""
        return [t for t in self.tokens if t.is_predicate or t.part in {"INFN", "GRND"}]

    def having(self, *roles: str) -> list[Token]:
        """Tokens that have any of the roles."""
        return [t for t in self.tokens if t.has(*roles)]


@cache
def document_nouns() -> dict[str, DocumentNoun]:
    """Document nouns by lemma."""

    def pattern(source: str) -> re.Pattern[str] | None:
        return re.compile(source) if source else None

    return {
        row["lemma"]: DocumentNoun(
            row["kind"], row["before"], pattern(row["needs"]), pattern(row["unless"]), pattern(row["joint"])
        )
        for row in read_table("agreement_kinds.csv")
    }


@cache
def roles_of_lemmas() -> dict[str, frozenset[str]]:
    """What each lemma tells about a document, e.g. ``sign``, ``draft``, ``intend``, ``prospect``."""
    roles: dict[str, set[str]] = {}
    for row in read_table("agreement_words.csv"):
        roles.setdefault(row["lemma"], set()).add(row["role"])
    return {lemma: frozenset(names) for lemma, names in roles.items()}


def names_agreements(folded: str) -> bool:
    """Whether a folded text holds any word that may name an agreement; cheap, for a quick exit."""
    return _AGREEMENT_WORD.search(folded) is not None


@cache
def _forms_of_abbreviations() -> dict[str, list[str]]:
    return {row["abbreviation"]: row["forms"].split() for row in read_table("agreement_abbreviations.csv")}


@lru_cache(maxsize=20_000)
def _read_word(folded: str) -> tuple[tuple[Reading, ...], frozenset[str]]:
    forms = _forms_of_abbreviations().get(folded, [folded])
    readings = tuple(
        Reading(p.normal_form.replace("ё", "е"), str(p.tag.POS or ""), p.tag.case, frozenset(p.tag.grammemes))
        for form in forms
        for p in parses(form)
    )
    roles: set[str] = set()
    for reading in readings:
        if reading.part != readings[0].part and reading.part not in {"PRTS", "VERB"}:
            continue
        roles |= roles_of_lemmas().get(reading.lemma, frozenset())
    return readings, frozenset(roles)


def tokenise(text: str, start: int, end: int, parties: Mapping[tuple[int, int], PartnerMention]) -> list[Token]:
    """Tokens of ``text[start:end]``; possible parties, quotations, brackets and terms are one token each.

    A quotation that is a document's own title is read as text, and so is a bracket that speaks of a document.
    """
    opaque: list[tuple[int, int, str]] = [(a, b, "party") for a, b in parties if start <= a and b <= end]
    opaque += [
        (a, b, "quote") for a, b in quoted_spans(text) if start <= a and b <= end and not _quotes_document(text, a)
    ]
    brackets = _BRACKETS.finditer(text, start, end)
    opaque += [(m.start(), m.end(), "bracket") for m in brackets if not _AGREEMENT_WORD.search(fold(m.group()))]
    opaque += [(m.start(), m.end(), "term") for m in _TERM.finditer(fold(text), start, end)]
    tokens: list[Token] = []
    position = start
    for a, b, sort in sorted(opaque, key=lambda span: (span[0], -span[1])):
        if a < position:
            continue
        tokens += _words(text, position, a)
        readings = _readings_of_party(text, a, b) if sort == "party" else ()
        is_place = sort == "party" and parties[a, b].kind != "organisation"
        tokens.append(Token(a, b, fold(text[a:b]), sort, readings, is_place=is_place))
        position = b
    return [*tokens, *_words(text, position, end)]


def _quotes_document(text: str, start: int) -> bool:
    """Whether a quotation is a document's own title: it follows a verb («подписан «Меморандум о …»»)."""
    if not any(names_document(word) for word in _TOKEN.findall(text, start + 1, start + _TITLE_START)[:2]):
        return False
    before = _TOKEN.findall(text, 0, start)
    return bool(before) and before[-1][0].isalpha() and bool(_read_word(fold(before[-1]))[1] & _TITLE_GOVERNORS)


def names_document(word: str) -> bool:
    """Whether a word by itself names a document."""
    return _read_word(fold(word))[0][0].lemma in document_nouns()


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    end_of_abbreviation = -1
    for match in _TOKEN.finditer(text, start, end):
        folded = _SYNONYMS.get(fold(match.group()), fold(match.group()))
        if folded[0].isalpha():
            readings, roles = _read_word(folded)
            yield Token(match.start(), match.end(), folded, "word", readings, roles)
            end_of_abbreviation = match.end() if folded in _forms_of_abbreviations() else -1
        elif folded != "." or match.start() != end_of_abbreviation:
            yield Token(match.start(), match.end(), folded, "mark")


def _readings_of_party(text: str, start: int, end: int) -> tuple[Reading, ...]:
    """Readings of the head noun of a name that begins with words, in the cases that its adjectives share."""
    shared: set[str | None] | None = None
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        if len(word) == 1 or not word[1:].replace("-", "").islower():
            break
        readings = _read_word(fold(word))[0]
        cases = {reading.case for reading in readings}
        agreeing = tuple(r for r in readings if shared is None or r.case in shared)
        if readings[0].part not in _ADJECTIVES:
            return agreeing
        shared = cases if shared is None else shared & cases
    return ()


def split_clauses(tokens: list[Token]) -> list[Clause]:
    """Clauses of a sentence, one a predicate; predicates joined directly («согласован и подписан») stay together."""
    predicates = [i for i, token in enumerate(tokens) if token.is_predicate]
    cuts = [0]
    for left, right in itertools.pairwise(predicates):
        cut = _boundary(tokens, left, right)
        if cut is not None and cut > cuts[-1]:
            cuts.append(cut)
    clauses = []
    for start, end in zip(cuts, [*cuts[1:], len(tokens)], strict=True):
        part = tokens[start:end]
        predicate = next((i for i, token in enumerate(part) if token.is_predicate), 0)
        opener = next((t for t in reversed(part[:predicate]) if t.lemma in SUBORDINATE), None)
        clauses.append(Clause(part, opener))
    return clauses


def _boundary(tokens: list[Token], left: int, right: int) -> int | None:
    between = range(left + 1, right)
    is_contrast = tokens[left - 1].text == "не" and all(tokens[i].text != "не" for i in between)
    if is_contrast and right - left == 2 and tokens[left + 1].text == ",":
        return right
    if all(tokens[i].text in _DIRECT_JOINS or tokens[i].part == "ADVB" for i in between):
        return None
    for i in between:
        if tokens[i].text == "," and any(t.lemma in SUBORDINATE for t in tokens[i + 1 : i + 5]):
            return i + 1
    joins = [i for i in between if tokens[i].text in JOINS]
    marks = [i for i in between if tokens[i].text in {",", ";", ":", "–", "—", "-", "(", ")"}]
    heavy = [i for i in joins if tokens[i].text in _HEAVY_JOINS]
    near = [i for i in joins if right - i <= 2]
    for choice in (heavy, near, marks, joins):
        if choice:
            return choice[-1] + 1
    return None
