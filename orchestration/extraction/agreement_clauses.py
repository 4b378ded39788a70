"""Judges, clause by clause, which documents and arrangements a sentence says came about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from orchestration.extraction.agreement_tokens import (
    JOINS,
    SUBORDINATE,
    Clause,
    DocumentNoun,
    Token,
    document_nouns,
    names_document,
)
from orchestration.extraction.text import fold

Verdict = Literal["signed", "arranged", "drafted", "in_force", "denied"]

_POINT_IN_TIME = re.compile(r"(?:в|во|с|со)\s|\d{1,2}[ .]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_SIGNING = frozenset({"о", "об", "обо", "для", "к", "ко", "на", "до", "без", "под", "перед", "за", "против"})
_REFERRING_PREPOSITIONS = frozenset({"по", "согласно", "благодаря", "сообразно"})
_COMPLETING_PREPOSITIONS = frozenset({"о", "об", "обо", "к", "ко", "по", "на", "в"})
_ADJECTIVES = frozenset({"ADJF", "PRTF", "NUMR"})
_ACTING = frozenset({"sign", "adopt", "agree", "draft", "reach", "achieve", "signature", "exist"})
_HAPPENED = frozenset({"VERB", "PRTS", "GRND"})
_TITLE_ENDS = frozenset({"между", "сроком", "–", "—", "-", ";", ":", "."})
_WINDOW = 70


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A document named at ``clause.tokens[index]``: its kind, what the clause says of it, and its title's range.

    ``verdict`` is None where no rule applies; ``first`` is the index of the clause's first document, ``limit`` that
    of the next one or the clause's end.
    """

    kind: str
    verdict: Verdict | None
    rule: str
    clause: Clause
    index: int
    title: tuple[int, int]
    first: int = 0
    limit: int = 0


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
        if not found and mentions and _continues(clause, mentions[-1]):
            mentions[-1] = replace(mentions[-1], verdict="signed", rule="signing")
        limits = [mention.index for mention in found[1:]] + [len(clause.tokens)]
        mentions += [replace(m, first=found[0].index, limit=limit) for m, limit in zip(found, limits, strict=False)]
    return mentions


def _continues(clause: Clause, mention: DocumentMention) -> bool:
    """«Соглашение обсуждено и по окончании встречи подписано»: the document is the subject of the next clause too."""
    has_subject = any(t.part == "NOUN" and "nomn" in t.cases for t in clause.tokens)
    is_signed = any(t.part == "PRTS" for t in clause.having("sign")) and not _is_denied(clause, _ACTING)
    document = mention.clause.tokens[mention.index]
    return is_signed and not has_subject and not _is_intended(clause) and "nomn" in document.cases


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
    is_denied = _is_negated(clause.tokens, index) or "futr" in token.readings[0].grammemes
    title = (token.start, _end_of_clause(clause))
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
    return DocumentMention(kind, verdict, rule or "unread", clause, index, _title(clause, index))


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
            is_blocked = _is_denied(clause, _ACTING) or _is_intended(clause, discussing=False)
            return ("denied" if is_blocked else "drafted"), "project"
        if noun.has("signing"):
            return _verdict_of_signing(clause, chain.nouns[place + 1 :], chain.preposition, event_year), "signing_noun"
        if noun.has("reaching"):
            has_happened = not chain.preposition and any(t.has("resulting") for t in clause.predicates)
            return ("arranged" if has_happened else "denied"), "reaching"
        if noun.has("end", "prospect"):
            return "denied", "prospect"
        if noun.has("reference"):
            return ("denied" if clause.having("end") else "in_force"), "reference"
    if chain.nouns or not chain.preposition:
        return None, ""
    if chain.preposition in _REFERRING_PREPOSITIONS and (kind != "arrangement" or chain.modifiers):
        return "in_force", "reference"
    governs = {"под": "signature", "на": "signature", "к": "join", "ко": "join"}.get(chain.preposition, "")
    return None, "" if clause.having(governs) else "preposition"


def _verdict_of_signing(clause: Clause, farther: list[Token], preposition: str, event_year: int) -> Verdict:
    if any(t.has("occasion") for t in farther):
        return "in_force"
    is_prospect = preposition in _BEFORE_SIGNING or any(t.has("prospect", "project", "end") for t in farther)
    verbs = [(i, t) for i, t in enumerate(clause.tokens) if t.is_predicate]
    is_undone = any(_is_negated(clause.tokens, i) or "futr" in t.readings[0].grammemes for i, t in verbs)
    if is_prospect or is_undone or _is_intended(clause) or clause.having("fail", "future"):
        return "denied"
    return "in_force" if _is_former(clause, event_year) else "signed"


def _verdict_of_clause(
    clause: Clause, chain: _Chain, kind: str, document: Token, event_year: int
) -> tuple[Verdict | None, str]:
    if clause.having("end"):
        return "denied", "ended"
    if clause.having("fail") or _is_denied(clause, _ACTING):
        return "denied", "negated"
    if clause.having("arrange"):
        return "denied", "arrangement_verb"
    signs = [t for t in clause.having("sign") if t.part != "PRTF"]
    if signs or clause.having("signature"):
        return _verdict_of_verb_of_signing(clause, signs, kind, event_year)
    is_standing = any(t.has("exist", "possess") for t in chain.modifiers)
    is_old = is_standing or any(t.has("sign", "reach", "draft") and t.part == "PRTF" for t in chain.modifiers)
    if kind in {"arrangement", "agreement"} and not is_old and _having_happened(clause, "reach"):
        return ("denied" if _is_intended(clause, discussing=False) else "arranged"), "reaching"
    if is_old and kind == "arrangement":
        return "in_force", "participle"
    if _is_intended(clause):
        return "denied", "intended"
    has_result = _having_happened(clause, "result") and bool(clause.having("outcome"))
    if kind == "arrangement":
        exists = _having_happened(clause, "exist", "possess") or any(t.lemma == "быть" for t in clause.predicates)
        return ("arranged", "existence") if has_result or exists else (None, "")
    if kind in {"plan", "memorandum", "protocol"} and _having_happened(clause, "adopt"):
        return "signed", "adoption"
    if _having_happened(clause, "agree"):
        return "arranged" if kind == "plan" else "drafted", "drafting"
    if _having_happened(clause, "draft") and not (kind == "plan" and "plur" in document.readings[0].grammemes):
        return "drafted", "drafting"
    if has_result:
        return "signed", "signing"
    if is_old:
        return ("in_force" if is_standing or _is_former(clause, event_year) else "signed"), "participle"
    if kind != "plan" and _having_happened(clause, "exist", "possess"):
        return "in_force", "existence"
    if kind != "plan" and _announces_outcome(clause):
        return "signed", "outcome"
    return None, ""


def _announces_outcome(clause: Clause) -> bool:
    """«Результат: договор о …», without a verb."""
    colon = next((i for i, t in enumerate(clause.tokens) if t.text in {":", "–", "—"}), 0)
    return not clause.predicates and any(t.has("outcome") for t in clause.tokens[:colon])


def _verdict_of_verb_of_signing(
    clause: Clause, signs: list[Token], kind: str, event_year: int
) -> tuple[Verdict | None, str]:
    if _is_relative_with(clause) or _is_former(clause, event_year):
        return "in_force", "former_signing"
    is_achieved = bool(clause.having("achieve"))
    if _is_intended(clause) and not is_achieved:
        return "denied", "intended"
    if not (is_achieved or clause.having("signature") or any(t.is_predicate or t.part in _HAPPENED for t in signs)):
        return "denied", "infinitive"
    return ("arranged" if kind == "arrangement" else "signed"), "signing"


def _having_happened(clause: Clause, *roles: str) -> bool:
    return any(t.is_predicate or t.part in _HAPPENED for t in clause.having(*roles))


def _is_negated(tokens: list[Token], index: int) -> bool:
    before = [t for t in tokens[max(0, index - 3) : index] if t.lemma not in {"быть", "удаться"} and t.part != "ADVB"]
    return bool(before) and before[-1].text in {"не", "ни"}


def _is_denied(clause: Clause, roles: frozenset[str]) -> bool:
    """Whether a verb of the given roles is negated, itself or through «быть»."""
    return any(
        token.text == "нет" or ((token.roles & roles or token.lemma == "быть") and _is_negated(clause.tokens, index))
        for index, token in enumerate(clause.tokens)
        if token.is_predicate or token.part in {"INFN", "GRND"}
    )


def _is_intended(clause: Clause, *, discussing: bool = True) -> bool:
    """Whether the clause only plans, proposes or (unless told otherwise) discusses."""
    discussing = discussing and not _having_happened(clause, *_ACTING)
    for token in clause.tokens:
        if token.has("intend") and token.part not in {"NOUN", "PRTF", "ADJF", "ADVB"}:
            return True
        if discussing and token.has("discuss") and (token.is_predicate or token.part in {"INFN", "GRND"}):
            return True
        if (
            token.part == "VERB"
            and "futr" in token.readings[0].grammemes
            and (token.roles & _ACTING or token.lemma == "быть")
        ):
            return True
    return False


def _is_relative_with(clause: Clause) -> bool:
    """«с которыми заключены …» tells who they are; «в ходе которой подписано …» tells what happened."""
    if clause.opener is None or clause.opener.lemma != "который":
        return False
    before = clause.tokens[: clause.tokens.index(clause.opener)]
    return any(t.text in {"с", "со", "между"} for t in before) and not any(t.has("within") for t in before)


def _is_former(clause: Clause, event_year: int) -> bool:
    """Whether the clause puts its event before the year reported («в 2019 году», «ранее»)."""
    for token in clause.tokens:
        if token.has("former"):
            return True
        if (
            token.sort == "term"
            and _POINT_IN_TIME.match(token.text)
            and int(_YEAR.findall(token.text)[-1]) < event_year
        ):
            return True
    return False


def _end_of_clause(clause: Clause) -> int:
    return next(t.end for t in reversed(clause.tokens) if t.sort not in {"mark"} and t.text not in JOINS)


def _title(clause: Clause, index: int) -> tuple[int, int]:
    """The phrase that names the document: its adjectives before, its complement after, no parties, no term."""
    tokens = clause.tokens
    first = last = index
    while first and tokens[first - 1].part == "ADJF" and not tokens[first - 1].has("deictic", "exist", "future"):
        first -= 1
    for position in range(index + 1, len(tokens)):
        if _ends_title(tokens, position, index):
            break
        last = position
    while last > index and (tokens[last].sort in {"mark", "term"} or tokens[last].part in {"PREP", "CONJ"}):
        last -= 1
    if first and tokens[first - 1].text == "«" and any(t.text == "»" for t in tokens[index : last + 1]):
        first -= 1
    return tokens[first].start, tokens[last].end


def _ends_title(tokens: list[Token], position: int, document: int) -> bool:
    token = tokens[position]
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if token.sort in {"party", "bracket"} or token.is_predicate or token.part == "PRTF" or token.text in _TITLE_ENDS:
        return True
    if token.sort == "term":
        return following is None or not names_document(following.text)
    if token.part in {"NOUN", "ADJF"} and token.cases <= {"nomn", "voct"}:
        return True
    if token.part == "PREP":
        if token.text == "на" and any(t.lemma == "год" for t in tokens[position + 1 : position + 4]):
            return True
        is_with = token.text in {"с", "со"} and any(t.sort == "party" for t in tokens[position + 1 : position + 4])
        return is_with or following is None or following.sort == "party" or following.has("within")
    if token.text in {",", "и"}:
        noun = next((t for t in tokens[position + 1 : position + 4] if t.part == "NOUN"), None)
        is_new = following is None or following.lemma in SUBORDINATE or (noun is not None and names_document(noun.text))
        may_be_subject = token.text == "," and following is not None and "nomn" in following.cases
        if is_new or may_be_subject or position - 1 == document:
            return True
        return not following.cases & tokens[position - 1].cases
    return False
