"""Reads which agreements a row tells of: kind, status, parties, years of validity and day of signing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from orchestration.extraction.agreements.clauses import DocumentMention, find_documents
from orchestration.extraction.agreements.merging import Agreement, merged, without_denied
from orchestration.extraction.agreements.parties import listed_parties, organisers, parties_of_sides, possible_parties
from orchestration.extraction.agreements.roles import continues_list, names_both_sides, parties_of_documents
from orchestration.extraction.agreements.tokens import (
    Clause,
    Token,
    names_agreements,
    split_clauses,
    tokenise,
)
from orchestration.extraction.agreements.validity import read_year_span
from orchestration.extraction.dates.reader import read_dates
from orchestration.extraction.language.morphology import parses
from orchestration.extraction.language.sentences import Sentence, split_sentences
from orchestration.extraction.language.text import CellText, fold
from orchestration.extraction.model import (
    AgreementFact,
    Column,
    DateFact,
    Evidence,
    PartnerMention,
    ReportContext,
)
from orchestration.extraction.partners.names import partner_identity

_COLUMNS = (Column.NAME, Column.DESCRIPTION, Column.PARTICIPANTS)
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
_TERM_BEFORE = re.compile(
    r"(?:действующ|действовавш|рассчитанн|заключенн|подписанн|утвержденн|продленн)[а-я]*\s"
    r"(?P<term>(?:до|по|с|на|сроком)\s[^,;.()]*)$"
)
_TERM_AFTER_DASH = re.compile(r"срок[^–—-]*[–—-]\s*(?=\d{1,2} |[а-я])")
_CONCLUDED = re.compile(
    r"(?<![а-я])(?:от|(?:подписан|заключен|достигнут)[а-я]*(?:\s[а-я]+)??(?:\s(?:в|во|от))?)\s"
    r"(?P<date>(?:[а-я]+\s|\d{1,2}\s[а-я]+\s|\d{1,2}\.\d\d\.)?(?P<year>(?:19|20)\d\d))(?!\d)"
)
_WORD = re.compile(r"[^\W\d_]{3,}")


class _CellReader:
    """Reads one cell: adds to ``found``, which grows across the cells of a row, and returns what did not come about."""

    def __init__(
        self,
        cell: CellText,
        column: Column,
        context: ReportContext,
        partners: tuple[PartnerMention, ...],
        year: int,
        found: list[Agreement],
    ) -> None:
        self.cell = cell
        self.column = column
        self.context = context
        self.partners = partners
        self.year = year
        self.found = found
        self.denied: list[DocumentMention] = []
        # Parties may be listed in the sentence before the one that tells of the signing.
        self.reach_start = self.sentence_start = 0
        self.parties = possible_parties(cell.text, column, context, partners)

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
            if not mentions and lead and continues_list(clauses[0].tokens):
                mentions = _inherited(mentions_of[lead], clauses[0])
            if lead and any(mention.verdict not in (None, "denied") for mention in mentions):
                self.found[:] = [a for a in self.found if (a.column, a.sentence.start) != (self.column, lead[0])]
            clauses_of[place], mentions_of[place] = clauses, mentions
            self._keep(sentence, mentions)
        return self.denied

    def _keep(self, sentence: Sentence, mentions: list[DocumentMention]) -> None:
        verdicts = {mention.verdict for mention in mentions}
        is_of_term = _TERM_OF_EARLIER.search(fold(self.cell.text[sentence.start : sentence.end]))
        if verdicts <= {None, "denied"} or (is_of_term and verdicts == {"in_force"}):
            self._complete(sentence)
        for mention in mentions:
            if mention.verdict == "denied" or mention.rule == "aim":
                self.denied.append(mention)
            if mention.verdict not in (None, "denied"):
                parties = [self._parties(sentence, mention, tokens) for tokens in parties_of_documents(mention)]
                self.found += [self._agreement(sentence, mention, of_document) for of_document in parties]

    def _complete(self, sentence: Sentence) -> None:
        """A sentence of its own may tell of the document before it: «Срок действия – 3 года», «Подписанты: А и Б»."""
        text = self.cell.text[sentence.start : sentence.end]
        if not self.found or self.found[-1].kind == "arrangement":
            return
        last = self.found[-1]
        if last.years == (None, None) and _TERM_OF_EARLIER.search(fold(text)):
            term = _TERM_AFTER_DASH.sub("сроком на ", fold(text))
            last = replace(last, years=self._years_in(term, self.year))
        if not last.parties and last.column is self.column:
            parties = parties_of_sides(self.cell.text, sentence.start, sentence.end, self.parties)
            last = replace(last, parties=tuple(parties))
        self.found[-1] = last

    def _parties(self, sentence: Sentence, mention: DocumentMention, tokens: list[Token]) -> tuple[PartnerMention, ...]:
        parties = [self.parties[token.start, token.end] for token in tokens]
        reach = self._reach(sentence, mention)
        if mention.limit < len(mention.clause.tokens):
            parties = listed_parties(self.cell.text, *reach, self.parties) or parties
        if any(token.lemma == "организатор" for token in mention.clause.tokens[mention.index + 1 : mention.limit]):
            parties = [*organisers(self.cell.text, self.parties), *parties]
        if not parties:
            parties = parties_of_sides(self.cell.text, *reach, self.parties)
        if not parties and mention.verdict != "in_force":
            parties = listed_parties(self.cell.text, *reach, self.parties)
        if not parties and mention.verdict in ("signed", "drafted") and names_both_sides(mention.clause):
            parties = self._both_sides(sentence)
        return tuple(parties)

    def _reach(self, sentence: Sentence, mention: DocumentMention) -> tuple[int, int]:
        """Where a list of the document's parties may stand: up to the next document, from the one before."""
        tokens = mention.clause.tokens
        end = tokens[mention.limit].start if mention.limit < len(tokens) else sentence.end
        if mention.index > mention.first:
            return tokens[mention.index].start, end
        return (self.reach_start if tokens[0].start == sentence.start else tokens[0].start), end

    def _both_sides(self, sentence: Sentence) -> list[PartnerMention]:
        """The two organisations that the row has named so far, one of them from elsewhere; none if there are more."""
        earlier = _COLUMNS[: _COLUMNS.index(self.column)]
        named = [
            partner
            for partner in self.partners
            if partner.kind == "organisation"
            and (
                partner.evidence.column in earlier
                or (partner.evidence.column is self.column and partner.evidence.start < sentence.start)
            )
        ]
        return named if len(named) == 2 and len({partner.side == "home" for partner in named}) == 2 else []

    def _agreement(
        self, sentence: Sentence, mention: DocumentMention, parties: tuple[PartnerMention, ...]
    ) -> Agreement:
        years = (None, None) if mention.kind == "arrangement" else self._years(sentence, mention)
        signed_on = self._day_of_signing(sentence, mention)
        return Agreement(
            mention,
            self.column,
            sentence,
            mention.kind,
            str(mention.verdict),
            self._title(mention),
            parties,
            years,
            signed_on,
        )

    def _title(self, mention: DocumentMention) -> str:
        """The title, up to a line break where the next line opens with a capitalised common word."""
        start, end = mention.title
        for gap in sorted(self.cell.breaks):
            word = _WORD.match(self.cell.text, gap + 1)
            if start < gap < end and word and _is_common_capitalised(word.group()):
                return self.cell.text[start:gap].rstrip(" ,;")
        return self.cell.text[start:end]

    def _years(self, sentence: Sentence, mention: DocumentMention) -> tuple[int | None, int | None]:
        text, tokens = self.cell.text, mention.clause.tokens
        start, end = _range_of_document(mention)
        if mention.limit == len(tokens) and _TERM.search(fold(text[end : sentence.end])):
            end = sentence.end
        concluded = self._concluded(mention) if mention.verdict == "in_force" else None
        years = self._years_in(text[start:end], int(concluded["year"]) if concluded else self.year)
        before = [token for token in tokens[: max(mention.first, 0)] if token.sort == "term"]
        if years == (None, None) and mention.verdict == "signed" and before and before[-1].text.startswith("на "):
            years = self._years_in(before[-1].text, self.year)
        if years == (None, None) and mention.verdict == "in_force":
            term = _TERM_BEFORE.search(fold(text[tokens[0].start : start]))
            years = self._years_in(term["term"], self.year) if term else years
        if years == (None, None) and mention.verdict == "in_force" and mention.clause.having("extension"):
            years = self._years_in(text[tokens[0].start : start], self.year)
        return years

    def _years_in(self, text: str, start_year: int) -> tuple[int | None, int | None]:
        span = read_year_span(text, start_year)
        return (span.from_year, span.to_year) if span else (None, None)

    def _concluded(self, mention: DocumentMention) -> re.Match[str] | None:
        """Where the words about the document tell when it was concluded."""
        return _CONCLUDED.search(fold(self.cell.text[slice(*_range_of_document(mention))]))

    def _day_of_signing(self, sentence: Sentence, mention: DocumentMention) -> date | None:
        concluded = self._concluded(mention)
        if mention.verdict == "in_force":
            return self._day_in(concluded["date"]) if concluded else None
        if mention.verdict != "signed":
            return None
        if concluded and int(concluded["year"]) == self.year and (day := self._day_in(concluded["date"])):
            return day
        return self._day_in(self.cell.text[sentence.start : sentence.end])

    def _day_in(self, text: str) -> date | None:
        fact = read_dates(CellText(text), self.context) if re.search(r"\d", text) else None
        return fact.start if fact and fact.precision == "day" and fact.start == fact.end else None


def _range_of_document(mention: DocumentMention) -> tuple[int, int]:
    """From the document's title, or its list item's begin, to where the next document begins."""
    tokens = mention.clause.tokens
    return mention.title[0] if mention.index >= 0 else tokens[0].start, tokens[mention.limit - 1].end


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
    found: list[Agreement] = []
    denied: list[DocumentMention] = []
    ruled_out: list[Evidence] = []
    for column in _COLUMNS:
        cell = texts.get(column)
        if cell is not None and (found or names_agreements(cell.folded)):
            denied_here = _CellReader(cell, column, context, partners, year, found).read()
            denied += denied_here
            ruled_out += (_ruled_out(mention, column) for mention in denied_here)
    extended = list(partners)
    facts = tuple(_fact(a, texts, event_dates, extended) for a in without_denied(merged(found), denied))
    return facts, tuple(extended), tuple(ruled_out)


def _ruled_out(mention: DocumentMention, column: Column) -> Evidence:
    tokens = mention.clause.tokens
    return Evidence(column, tokens[0].start, tokens[-1].end, f"no_agreement_{mention.rule}", _DEFAULT_CONFIDENCE)


def _is_common_capitalised(word: str) -> bool:
    reading = parses(word.lower())[0]
    return word.istitle() and reading.is_known and not {"Geox", "Name", "Surn", "Orgn"} & reading.tag.grammemes


def _inherited(of_lead: list[DocumentMention], item: Clause) -> list[DocumentMention]:
    """«Заключены соглашения: – между …; – между …»: each item is a document of the lead's kind."""
    return [replace(mention, clause=item, index=-1, first=-1, limit=len(item.tokens)) for mention in of_lead[-1:]]


def _fact(
    agreement: Agreement, texts: dict[Column, CellText], event_dates: DateFact | None, partners: list[PartnerMention]
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
