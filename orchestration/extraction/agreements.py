"""Reads which agreements a row tells of: kind, status, parties, years of validity and day of signing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from orchestration.extraction.agreement_clauses import DocumentMention, find_documents
from orchestration.extraction.agreement_parties import listed_parties, organisers, party_tokens, possible_parties
from orchestration.extraction.agreement_tokens import (
    Clause,
    names_agreements,
    roles_of_lemmas,
    split_clauses,
    tokenise,
)
from orchestration.extraction.dates import read_dates
from orchestration.extraction.model import (
    AgreementFact,
    Column,
    DateFact,
    Evidence,
    PartnerMention,
    ReportContext,
)
from orchestration.extraction.morphology import lemma
from orchestration.extraction.names import partner_identity
from orchestration.extraction.sentences import Sentence, split_sentences
from orchestration.extraction.text import CellText, fold
from orchestration.extraction.validity import read_year_span

_COLUMNS = (Column.NAME, Column.DESCRIPTION, Column.PARTICIPANTS)
_STRENGTH = {"signed": 3, "arranged": 2, "drafted": 1, "in_force": 0}
_CONFIDENCE = {
    "signing": 0.95,
    "arrangement_verb": 0.95,
    "reference": 0.9,
    "drafting": 0.9,
    "project": 0.9,
    "reaching": 0.9,
    "outcome": 0.6,
}
_DEFAULT_CONFIDENCE = 0.8
_TERM = re.compile(r"срок|рассчитан|действ")
_TERM_OF_EARLIER = re.compile(
    r"срок\w* (?:его |их )?(?:действия|реализации)|рассчитан\w* на|действует (?:до|с)|будет действовать"
)
_TERM_AFTER_DASH = re.compile(r"срок[^–—-]*[–—-]\s*(?=\d{1,2} |[а-я])")
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class _Agreement:
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


class _CellReader:
    """Reads one cell: adds to ``found``, which grows across the cells of a row, and returns what did not come about."""

    def __init__(
        self, cell: CellText, column: Column, context: ReportContext, year: int, found: list[_Agreement]
    ) -> None:
        self.cell = cell
        self.column = column
        self.context = context
        self.year = year
        self.found = found
        self.denied: list[DocumentMention] = []
        # Parties may be listed in the sentence before the one that tells of the signing.
        self.reach_start = self.sentence_start = 0
        self.parties = possible_parties(cell.text, column, context)

    def read(self) -> list[DocumentMention]:
        clauses_of: dict[tuple[int, int], list[Clause]] = {}
        mentions_of: dict[tuple[int, int], list[DocumentMention]] = {}
        for sentence in split_sentences(self.cell):
            self.reach_start, self.sentence_start = self.sentence_start, sentence.start
            place = sentence.start, sentence.end
            clauses = split_clauses(tokenise(self.cell.text, *place, self.parties))
            lead = sentence.lead if sentence.lead in clauses_of else None
            if lead:
                for clause in clauses:
                    clause.lead = clauses_of[lead][-1]
            mentions = find_documents(self.cell.text, clauses, self.year)
            if not mentions and lead and _continues_lead(clauses[0]):
                mentions = _inherited(mentions_of[lead], clauses[0])
            if lead and any(mention.verdict not in (None, "denied") for mention in mentions):
                self.found[:] = [a for a in self.found if (a.column, a.sentence.start) != (self.column, lead[0])]
            clauses_of[place], mentions_of[place] = clauses, mentions
            self._keep(sentence, mentions)
        return self.denied

    def _keep(self, sentence: Sentence, mentions: list[DocumentMention]) -> None:
        if all(mention.verdict in (None, "denied") for mention in mentions):
            self._complete_years(sentence)
        for mention in mentions:
            if mention.verdict == "denied":
                self.denied.append(mention)
            elif mention.verdict:
                self.found.append(self._agreement(sentence, mention))

    def _complete_years(self, sentence: Sentence) -> None:
        """A sentence of its own may tell the term of the document before it: «Срок действия – 3 года»."""
        text = self.cell.text[sentence.start : sentence.end]
        if not self.found or self.found[-1].years != (None, None) or self.found[-1].kind == "arrangement":
            return
        if _TERM_OF_EARLIER.search(fold(text)):
            term = _TERM_AFTER_DASH.sub("сроком на ", fold(text))
            self.found[-1] = replace(self.found[-1], years=self._years_in(term))

    def _agreement(self, sentence: Sentence, mention: DocumentMention) -> _Agreement:
        text = self.cell.text
        parties = tuple(self.parties[token.start, token.end] for token in party_tokens(mention))
        if any(token.lemma == "организатор" for token in mention.clause.tokens[mention.index + 1 : mention.limit]):
            parties = (*organisers(self.cell.text, self.parties), *parties)
        if not parties and mention.verdict != "in_force":
            parties = tuple(listed_parties(text, self.reach_start, sentence.end, self.parties))
        years = (None, None) if mention.kind == "arrangement" else self._years(sentence, mention)
        signed_on = self._day_in(sentence) if mention.verdict == "signed" else None
        return _Agreement(
            mention,
            self.column,
            sentence,
            mention.kind,
            str(mention.verdict),
            text[slice(*mention.title)],
            parties,
            years,
            signed_on,
        )

    def _years(self, sentence: Sentence, mention: DocumentMention) -> tuple[int | None, int | None]:
        text, tokens = self.cell.text, mention.clause.tokens
        start = tokens[max(mention.index, 0)].start
        end = tokens[mention.limit - 1].end
        if mention.limit == len(tokens) and _TERM.search(fold(text[end : sentence.end])):
            end = sentence.end
        years = self._years_in(text[start:end])
        before = [token for token in tokens[: max(mention.index, 0)] if token.sort == "term"]
        if years == (None, None) and mention.verdict == "signed" and before and before[-1].text.startswith("на "):
            years = self._years_in(before[-1].text)
        return years

    def _years_in(self, text: str) -> tuple[int | None, int | None]:
        span = read_year_span(text, self.year)
        return (span.from_year, span.to_year) if span else (None, None)

    def _day_in(self, sentence: Sentence) -> date | None:
        text = self.cell.text[sentence.start : sentence.end]
        fact = read_dates(CellText(text), self.context) if re.search(r"\d", text) else None
        return fact.start if fact and fact.precision == "day" and fact.start == fact.end else None


def read_agreements(
    texts: dict[Column, CellText],
    context: ReportContext,
    partners: tuple[PartnerMention, ...],
    event_dates: DateFact | None,
) -> tuple[tuple[AgreementFact, ...], tuple[PartnerMention, ...], tuple[Evidence, ...]]:
    """Agreements that came about, are drafted or are referred to, and the partners with parties not met before added.

    Plans, hopes and denials give none; the third value tells where they stand. A document named more than once is one
    agreement.
    """
    year = event_dates.start.year if event_dates else context.period_end.year
    found: list[_Agreement] = []
    denied: list[DocumentMention] = []
    ruled_out: list[Evidence] = []
    for column in _COLUMNS:
        cell = texts.get(column)
        if cell is not None and (found or names_agreements(cell.folded)):
            denied_here = _CellReader(cell, column, context, year, found).read()
            denied += denied_here
            ruled_out += (_ruled_out(mention, column) for mention in denied_here)
    extended = list(partners)
    facts = tuple(_fact(a, texts, event_dates, extended) for a in _without_denied(_merged(found), denied))
    return facts, tuple(extended), tuple(ruled_out)


def _ruled_out(mention: DocumentMention, column: Column) -> Evidence:
    tokens = mention.clause.tokens
    return Evidence(column, tokens[0].start, tokens[-1].end, f"no_agreement_{mention.rule}", _DEFAULT_CONFIDENCE)


def _continues_lead(clause: Clause) -> bool:
    first = clause.tokens[0] if clause.tokens else None
    return first is not None and first.text in {"между", "с", "со", "о", "об"}


def _inherited(of_lead: list[DocumentMention], item: Clause) -> list[DocumentMention]:
    """«Заключены соглашения: – между …; – между …»: each item is a document of the lead's kind."""
    return [replace(mention, clause=item, index=-1, first=-1, limit=len(item.tokens)) for mention in of_lead[-1:]]


def _merged(found: list[_Agreement]) -> list[_Agreement]:
    """One agreement a document: later mentions of the same document complete the first."""
    merged: list[_Agreement] = []
    for agreement in found:
        position = next((i for i in reversed(range(len(merged))) if _is_same(merged[i], agreement)), None)
        if position is None:
            merged.append(agreement)
        else:
            merged[position] = _join(merged[position], agreement)
    return [replace(a, kind="agreement") if a.kind == "document" else a for a in merged if _is_nameable(a)]


def _is_nameable(agreement: _Agreement) -> bool:
    """A bare «документ» tells no kind; one with a subject («документ о сотрудничестве») is an agreement."""
    return agreement.kind != "document" or (agreement.status == "signed" and " о" in agreement.title)


def _is_same(earlier: _Agreement, later: _Agreement) -> bool:
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


def _overlap(earlier: _Agreement, later: _Agreement) -> bool:
    identities = {party.identity for party in earlier.parties}, {party.identity for party in later.parties}
    return identities[0] <= identities[1] or identities[1] <= identities[0]


def _join(earlier: _Agreement, later: _Agreement) -> _Agreement:
    strong, weak = (later, earlier) if _STRENGTH[later.status] > _STRENGTH[earlier.status] else (earlier, later)
    if strong.mention.rule == "signing_noun" and weak.status == strong.status:
        strong, weak = weak, strong
    named = weak if strong.kind == "document" else strong
    return replace(
        strong,
        title=named.title,
        kind=named.kind,
        mention=replace(strong.mention, clause=named.mention.clause, index=named.mention.index),
        years=strong.years if strong.years != (None, None) else weak.years,
        parties=max(strong.parties, weak.parties, key=len),
        signed_on=strong.signed_on or weak.signed_on,
    )


def _without_denied(agreements: list[_Agreement], denied: list[DocumentMention]) -> list[_Agreement]:
    """A title that announces a signing does not stand against a text that says it failed."""
    failed = {mention.kind for mention in denied if mention.rule == "negated"}
    return [a for a in agreements if a.mention.rule != "signing_noun" or not failed & {a.kind, "document"}]


def _fact(
    agreement: _Agreement, texts: dict[Column, CellText], event_dates: DateFact | None, partners: list[PartnerMention]
) -> AgreementFact:
    rule, sentence = agreement.mention.rule, agreement.sentence
    signed_on = agreement.signed_on
    if signed_on is None and agreement.status == "signed" and event_dates and event_dates.precision == "day":
        signed_on = event_dates.start if event_dates.start == event_dates.end else None
    return AgreementFact(
        kind=agreement.kind,
        status=agreement.status,
        title=agreement.title,
        sentence=texts[agreement.column].text[sentence.start : sentence.end],
        parties=tuple(dict.fromkeys(_position(party, partners) for party in agreement.parties)),
        valid_from_year=agreement.years[0],
        valid_to_year=agreement.years[1],
        signed_on=signed_on,
        evidence=Evidence(
            agreement.column,
            sentence.start,
            sentence.end,
            f"agreement_{rule}",
            _CONFIDENCE.get(rule, _DEFAULT_CONFIDENCE),
        ),
    )


def _position(party: PartnerMention, partners: list[PartnerMention]) -> int:
    """Where the party stands among the partners; one not met before is added at the end."""
    for position, partner in enumerate(partners):
        if partner.kind == party.kind and partner_identity(partner.name) == party.identity:
            return position
    partners.append(party)
    return len(partners) - 1
