"""Judges, clause by clause, which documents and arrangements a sentence says came about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from orchestration.extraction.agreements.modality import (
    ACTING,
    HAPPENED,
    having_happened,
    is_aim,
    is_announced_as,
    is_denied,
    is_former,
    is_intended,
    is_negated,
    is_readied,
    is_relative_with,
)
from orchestration.extraction.agreements.titles import end_of_clause, title_of_document
from orchestration.extraction.agreements.tokens import (
    JOINS,
    Clause,
    DocumentNoun,
    Token,
    document_nouns,
    names_document,
)
from orchestration.extraction.language.text import fold

Verdict = Literal["signed", "arranged", "drafted", "in_force", "denied"]

_BEFORE_SIGNING = frozenset({"о", "об", "обо", "для", "к", "ко", "на", "до", "без", "под", "перед", "за", "против"})
_REFERRING_PREPOSITIONS = frozenset({"по", "согласно", "благодаря", "сообразно"})
_RESTING = {"на": ("rest",), "в": ("include", "fix")}
_COMPLETING_PREPOSITIONS = frozenset({"о", "об", "обо", "к", "ко", "по", "на", "в"})
_ADJECTIVES = frozenset({"ADJF", "PRTF", "NUMR"})
_PRONOUNS = frozenset({"его", "ее", "их"})
_WINDOW = 70


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A document named at ``clause.tokens[index]``: its kind, what the clause says of it, and its title's range.

    ``verdict`` is None where no rule applies; ``first`` is the index of the clause's first document, ``limit`` that
    of the next one or the clause's end; ``relative`` is a clause «который подписали …» that goes on about it.
    """

    kind: str
    verdict: Verdict | None
    rule: str
    clause: Clause
    index: int
    title: tuple[int, int]
    first: int = 0
    limit: int = 0
    relative: Clause | None = None


class _Chain(NamedTuple):
    """The words that govern a document from the left: nouns from near to far, the preposition, participles."""

    nouns: list[Token]
    preposition: str
    modifiers: list[Token]
    stop: int


def find_documents(text: str, clauses: list[Clause], event_year: int) -> list[DocumentMention]:
    """Every document and arrangement that the clauses name, in order, judged."""
    mentions: list[DocumentMention] = []
    for clause in clauses:
        found: list[DocumentMention] = []
        for index, token in enumerate(clause.tokens):
            if token.has("arrange") and token.is_predicate:
                found.append(_judge_arrangement(clause, index))
            elif (noun := _document(text, clause, index)) and not _completes_another(clause, index, found):
                mention = _judge(clause, index, noun.kind, found, event_year)
                words = fold(text[mention.title[0] : token.end + _WINDOW])
                is_own_affair = mention.verdict == "in_force" and noun.joint and not noun.joint.search(words)
                found.append(replace(mention, verdict=None, rule="unread") if is_own_affair else mention)
        if not found and mentions:
            mentions[-1] = _continued(mentions[-1], clause, event_year)
        limits = [mention.index for mention in found[1:]] + [len(clause.tokens)]
        mentions += [replace(m, first=found[0].index, limit=limit) for m, limit in zip(found, limits, strict=False)]
    return mentions


def _continued(mention: DocumentMention, clause: Clause, event_year: int) -> DocumentMention:
    """What a clause without a document of its own adds to the document before it."""
    if mention.verdict != "in_force" and _continues(clause, mention) and not is_former(clause, event_year):
        return replace(mention, verdict="signed", rule="signing")
    if mention.verdict == "denied" and clause.having("project") and having_happened(clause, "draft", "agree"):
        return replace(mention, verdict="drafted", rule="project")
    if mention.verdict == "denied" and any(t.text in _PRONOUNS for t in clause.tokens) and _signs(clause):
        return replace(mention, verdict="signed", rule="signing")
    if clause.opener is None or clause.opener.lemma != "который" or mention.verdict == "denied":
        return mention
    if clause.having("relative_side"):
        return replace(mention, relative=clause)
    if "accs" in clause.opener.cases and _signs(clause):
        is_new = mention.verdict is None and mention.kind != "plan" and not is_former(clause, event_year)
        verdict, rule = ("signed", "signing") if is_new else (mention.verdict, mention.rule)
        return replace(mention, verdict=verdict, rule=rule, relative=clause)
    return mention


def _continues(clause: Clause, mention: DocumentMention) -> bool:
    """«Соглашение обсуждено и по окончании встречи подписано»: the document is the subject of the next clause too."""
    has_subject = any(t.part == "NOUN" and "nomn" in t.cases for t in clause.tokens)
    is_passive = any(t.part == "PRTS" for t in clause.having("sign"))
    document = mention.clause.tokens[mention.index]
    return is_passive and _signs(clause) and not has_subject and "nomn" in document.cases


def _signs(clause: Clause) -> bool:
    return having_happened(clause, "sign") and not is_denied(clause, ACTING) and not is_intended(clause)


def _document(text: str, clause: Clause, index: int) -> DocumentNoun | None:
    token = clause.tokens[index]
    if token.part != "NOUN":
        return None
    noun = next((document_nouns()[r.lemma] for r in token.readings if r.lemma in document_nouns()), None)
    if noun is None:
        return None
    before = clause.tokens[max(0, index - 4) : index]
    if noun.before and not (before and before[-1].text.startswith(noun.before)):
        return None
    window = fold(text[clause.tokens[max(0, index - 4)].start : token.end + _WINDOW])
    if (noun.unless and noun.unless.search(window)) or (noun.needs and not noun.needs.search(window)):
        return None
    return noun


def _chain(clause: Clause, index: int) -> _Chain:
    nouns: list[Token] = []
    modifiers: list[Token] = []
    is_governed = "gent" in clause.tokens[index].cases
    for position in range(index - 1, -1, -1):
        token = clause.tokens[position]
        if token.part in _ADJECTIVES or token.has("former"):
            modifiers += [token] if all(noun.has("transparent") for noun in nouns) else []
            if _is_active_signing(token):
                return _Chain(nouns, "", modifiers, position)
        elif token.part == "PREP":
            if position and token.text in {"с", "со"} and clause.tokens[position - 1].has("reference"):
                nouns.append(clause.tokens[position - 1])
            return _Chain(nouns, token.text, modifiers, position - 1)
        elif token.part == "NOUN" and is_governed and not names_document(token.text):
            nouns.append(token)
        elif token.sort != "term" and token.part not in {"ADVB", "NPRO"}:
            return _Chain(nouns, "", modifiers, position)
    return _Chain(nouns, "", modifiers, -1)


def _is_active_signing(token: Token) -> bool:
    """«подписавшие», «имеющие»: the document is what somebody else has."""
    return token.part == "PRTF" and "actv" in token.readings[0].grammemes and token.has("sign", "possess")


def _completes_another(clause: Clause, index: int, found: list[DocumentMention]) -> bool:
    """Whether the document only completes another's title («протокол о продлении соглашения»)."""
    if not found or found[-1].rule == "arrangement_verb":
        return False
    chain = _chain(clause, index)
    if chain.stop >= 0 and clause.tokens[chain.stop].text in JOINS | {","}:
        return False
    is_within = found[-1].index <= chain.stop and clause.tokens[chain.stop].end <= found[-1].title[1]
    return is_within and (not chain.preposition or chain.preposition in _COMPLETING_PREPOSITIONS)


def _judge_arrangement(clause: Clause, index: int) -> DocumentMention:
    token = clause.tokens[index]
    is_denied = is_negated(clause.tokens, index) or "futr" in token.readings[0].grammemes
    title = (token.start, end_of_clause(clause))
    verdict: Verdict = "denied" if is_denied else "arranged"
    return DocumentMention("arrangement", verdict, "arrangement_verb", clause, index, title)


def _judge(clause: Clause, index: int, kind: str, found: list[DocumentMention], event_year: int) -> DocumentMention:
    chain = _chain(clause, index)
    token = clause.tokens[index]
    sibling = _sibling(clause, chain, found, kind, token)
    if sibling is not None:
        verdict, rule = sibling.verdict, sibling.rule
    else:
        verdict, rule = _verdict_of_chain(clause, chain, kind, event_year)
        if not rule:
            verdict, rule = _verdict_of_clause(clause, chain, kind, token, event_year)
        if not rule and clause.lead is not None:
            verdict, rule = _verdict_of_clause(clause.lead, chain, kind, token, event_year)
    if verdict == "arranged" and rule == "reaching":
        kind = "arrangement"
    elif kind == "arrangement" and verdict == "signed":
        verdict = "arranged"
    title = title_of_document(clause, index, keeps_terms=kind == "arrangement")
    return DocumentMention(kind, verdict, rule or "unread", clause, index, title)


def _sibling(
    clause: Clause, chain: _Chain, found: list[DocumentMention], kind: str, token: Token
) -> DocumentMention | None:
    """The document before «и» whose governor this one shares («подписание соглашения и плана»)."""
    if not found or chain.nouns or chain.preposition or chain.stop < 0 or found[-1].rule == "arrangement_verb":
        return None
    between = clause.tokens[found[-1].index : chain.stop]
    if clause.tokens[chain.stop].text not in {"и", ",", "или"} or any(t.is_predicate for t in between):
        return None
    agrees = clause.tokens[found[-1].index].cases & token.cases
    return found[-1] if agrees and (found[-1].kind == "arrangement") == (kind == "arrangement") else None


def _verdict_of_chain(clause: Clause, chain: _Chain, kind: str, event_year: int) -> tuple[Verdict | None, str]:
    if any(t.has("future") for t in chain.modifiers):
        return "denied", "future"
    if any(_is_active_signing(t) for t in chain.modifiers):
        return "in_force", "active_participle"
    for place, noun in enumerate(chain.nouns):
        if noun.has("project"):
            is_blocked = is_denied(clause, ACTING) or is_intended(clause, discussing=False)
            return ("denied" if is_blocked else "drafted"), "project"
        if noun.has("signing"):
            verdict = _verdict_of_signing(clause, chain.nouns[place + 1 :], chain.preposition, event_year)
            return verdict, "aim" if verdict == "signed" and is_aim(clause) else "signing_noun"
        if noun.has("signatory"):
            return "signed", "signing"
        if noun.has("reaching"):
            has_happened = not chain.preposition and any(t.has("resulting") for t in clause.predicates)
            return ("arranged" if has_happened else "denied"), "reaching"
        if noun.has("end", "prospect"):
            return "denied", "prospect"
        if noun.has("extension") and not chain.preposition and is_intended(clause):
            return "denied", "intended"
        if noun.has("reference", "occasion"):
            return ("denied" if clause.having("end") else "in_force"), "reference"
        if noun.has("condition") and chain.preposition in {"по", "на"}:
            return "in_force", "reference"
    if chain.nouns or not chain.preposition:
        return None, ""
    if chain.preposition in _REFERRING_PREPOSITIONS and (kind != "arrangement" or chain.modifiers):
        return "in_force", "reference"
    if clause.having(*_RESTING.get(chain.preposition, ())) and not is_intended(clause):
        return "in_force", "reference"
    governs = {"под": "signature", "на": "signature", "к": "join", "ко": "join"}.get(chain.preposition, "")
    return None, "" if clause.having(governs) else "preposition"


def _verdict_of_signing(clause: Clause, farther: list[Token], preposition: str, event_year: int) -> Verdict:
    if any(t.has("occasion") for t in farther):
        return "in_force"
    is_prospect = preposition in _BEFORE_SIGNING or any(t.has("prospect", "project", "end") for t in farther)
    verbs = [(i, t) for i, t in enumerate(clause.tokens) if t.is_predicate]
    is_undone = any(is_negated(clause.tokens, i) or "futr" in t.readings[0].grammemes for i, t in verbs)
    if is_prospect or is_undone or is_intended(clause) or clause.having("fail", "future", "schedule"):
        return "denied"
    return "in_force" if is_former(clause, event_year) else "signed"


def _verdict_of_clause(
    clause: Clause, chain: _Chain, kind: str, document: Token, event_year: int
) -> tuple[Verdict | None, str]:
    if clause.having("end"):
        return "denied", "ended"
    if clause.having("fail") or is_denied(clause, ACTING):
        return "denied", "negated"
    if clause.having("arrange"):
        return "denied", "arrangement_verb"
    if "nomn" in document.cases and any(is_readied(clause.tokens, i) for i in range(1, len(clause.tokens))):
        return "drafted", "drafting"
    is_passive = any(t.part == "PRTS" and not t.has("sign", "arrange") for t in clause.tokens)
    is_fixed_by = document.cases == {"ablt"} and not chain.preposition and (is_passive or clause.having("fix"))
    if is_fixed_by or (clause.having("anniversary") and "datv" in document.cases):
        return "in_force", "reference"
    signs = [t for t in clause.having("sign") if t.part != "PRTF"]
    if signs or clause.having("signature"):
        return _verdict_of_verb_of_signing(clause, signs, kind, event_year)
    is_standing = any(t.has("exist", "possess") for t in chain.modifiers)
    if is_standing and kind != "arrangement":
        return "in_force", "participle"
    is_old = is_standing or any(t.has("sign", "reach", "draft") and t.part == "PRTF" for t in chain.modifiers)
    if kind in {"arrangement", "agreement"} and not is_old and having_happened(clause, "reach"):
        return ("denied" if is_intended(clause, discussing=False) else "arranged"), "reaching"
    if is_old and kind == "arrangement":
        return "in_force", "participle"
    if is_intended(clause):
        return "denied", "intended"
    has_result = having_happened(clause, "result") and bool(clause.having("outcome"))
    if kind == "arrangement":
        exists = having_happened(clause, "exist", "possess") or any(t.lemma == "быть" for t in clause.predicates)
        is_told = "nomn" in document.cases and not chain.preposition and not clause.predicates
        return ("arranged", "existence") if has_result or exists or is_told else (None, "")
    if kind in {"plan", "memorandum", "protocol"} and having_happened(clause, "adopt"):
        return "signed", "adoption"
    if having_happened(clause, "agree"):
        return "arranged" if kind == "plan" else "drafted", "drafting"
    if having_happened(clause, "draft") and not (kind == "plan" and "plur" in document.readings[0].grammemes):
        return "drafted", "drafting"
    if has_result:
        return "signed", "signing"
    if is_old:
        return ("in_force" if is_former(clause, event_year) else "signed"), "participle"
    if having_happened(clause, "exist") or (kind != "plan" and having_happened(clause, "possess")):
        return "in_force", "existence"
    if kind != "plan" and is_announced_as(clause, "outcome"):
        return "signed", "outcome"
    is_dated = any(t.sort == "term" and t.text.startswith("от ") and t.start > document.end for t in clause.tokens)
    if is_dated or is_announced_as(clause, "reference"):
        return "in_force", "reference"
    if any(t.has("sign") and t.part == "PRTF" and t.start > document.end for t in clause.tokens):
        return ("in_force" if is_former(clause, event_year) else "signed"), "participle"
    return None, ""


def _verdict_of_verb_of_signing(
    clause: Clause, signs: list[Token], kind: str, event_year: int
) -> tuple[Verdict | None, str]:
    if is_relative_with(clause) or is_former(clause, event_year):
        return "in_force", "former_signing"
    is_achieved = bool(clause.having("achieve"))
    if is_intended(clause) and not is_achieved:
        return "denied", "intended"
    if not (is_achieved or clause.having("signature") or any(t.is_predicate or t.part in HAPPENED for t in signs)):
        return "denied", "infinitive"
    return ("arranged" if kind == "arrangement" else "signed"), "signing"
