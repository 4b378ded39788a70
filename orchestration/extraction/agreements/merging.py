"""Brings the mentions of one document together into one agreement."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from orchestration.extraction.agreements.clauses import DocumentMention
from orchestration.extraction.agreements.tokens import roles_of_lemmas
from orchestration.extraction.language.morphology import lemma
from orchestration.extraction.language.sentences import Sentence
from orchestration.extraction.model import Column, PartnerMention

_STRENGTH = {"signed": 3, "arranged": 2, "drafted": 1, "in_force": 0}
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as one mention tells it."""

    mention: DocumentMention
    column: Column
    sentence: Sentence
    kind: str
    status: str
    title: str
    parties: tuple[PartnerMention, ...]
    years: tuple[int | None, int | None]
    signed_on: date | None

    @property
    def subject(self) -> set[str]:
        """What the document is about: lemmas of its title without the document's own noun and common epithets."""
        own_noun = self.mention.clause.tokens[self.mention.index].lemma
        words = {lemma(word.lower()) for word in _WORD.findall(self.title)}
        return {word for word in words if word != own_noun and "epithet" not in roles_of_lemmas().get(word, ())}


def merged(found: list[Agreement]) -> list[Agreement]:
    """One agreement a document: later mentions of the same document complete the first.

    An aim by itself («Цель – подписание …») is no agreement; it completes the one that came about.
    """
    result: list[Agreement] = []
    for agreement in found:
        position = next((i for i in reversed(range(len(result))) if _is_same(result[i], agreement)), None)
        if position is None:
            result.append(agreement)
        else:
            result[position] = _join(result[position], agreement)
    kept = [a for a in result if _is_nameable(a) and a.mention.rule != "aim"]
    return [replace(a, kind="agreement") if a.kind == "document" else a for a in kept]


def _is_nameable(agreement: Agreement) -> bool:
    """A bare «документ» tells no kind; one with a subject («документ о сотрудничестве») is an agreement."""
    return agreement.kind != "document" or (agreement.status == "signed" and " о" in agreement.title)


def _is_same(earlier: Agreement, later: Agreement) -> bool:
    if "arrangement" in (earlier.kind, later.kind):
        return False
    if "document" in (earlier.kind, later.kind):
        return True
    if earlier.kind != later.kind:
        return False
    if earlier.sentence.lead is not None and earlier.sentence.lead == later.sentence.lead:
        return False
    if earlier.status == "in_force" and later.status != "in_force" and earlier.column is later.column:
        return False
    if earlier.parties and later.parties and not _overlap(earlier, later):
        return False
    return earlier.subject <= later.subject or later.subject <= earlier.subject


def _overlap(earlier: Agreement, later: Agreement) -> bool:
    """Whether every party of one is a party of the other, a town's administration as the town."""
    sides = [[set(party.identity.split()) for party in agreement.parties] for agreement in (earlier, later)]
    return any(
        all(any(one <= other or other <= one for other in others) for one in some)
        for some, others in (sides, sides[::-1])
    )


def _join(earlier: Agreement, later: Agreement) -> Agreement:
    strong, weak = (later, earlier) if _STRENGTH[later.status] > _STRENGTH[earlier.status] else (earlier, later)
    if strong.mention.rule in ("aim", "signing_noun") and weak.status == strong.status:
        strong, weak = weak, strong
    named = weak if strong.kind == "document" or (weak.kind != "document" and not strong.subject) else strong
    return replace(
        strong,
        title=named.title,
        kind=named.kind,
        mention=replace(strong.mention, clause=named.mention.clause, index=named.mention.index),
        years=strong.years if strong.years != (None, None) else weak.years,
        parties=max(strong.parties, weak.parties, key=_precision),
        signed_on=strong.signed_on or weak.signed_on,
    )


def _precision(parties: tuple[PartnerMention, ...]) -> tuple[int, int]:
    return len(parties), sum(party.kind == "organisation" for party in parties)


def without_denied(agreements: list[Agreement], denied: list[DocumentMention]) -> list[Agreement]:
    """A title that announces a signing does not stand against a text that says it failed."""
    failed = {mention.kind for mention in denied if mention.rule == "negated"}
    return [a for a in agreements if a.mention.rule != "signing_noun" or not failed & {a.kind, "document"}]
