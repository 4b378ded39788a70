"""What a clause does with the documents it names: tells, denies, intends, discusses or recalls."""

from __future__ import annotations

import re

from orchestration.extraction.agreements.tokens import Clause, Token

ACTING = frozenset({"sign", "adopt", "agree", "draft", "reach", "achieve", "signature", "exist"})
HAPPENED = frozenset({"VERB", "PRTS", "GRND"})
_POINT_IN_TIME = re.compile(r"(?:в|во|с|со)\s|\d{1,2}[ .]")
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_announced_as(clause: Clause, role: str) -> bool:
    """Whether a word of the role announces the document without a verb: «Результат: …», «Основание – …»."""
    colon = next((i for i, t in enumerate(clause.tokens) if t.text in {":", "–", "—"}), 0)
    return not clause.predicates and any(t.has(role) for t in clause.tokens[:colon])


def is_aim(clause: Clause) -> bool:
    """Whether the clause only names an aim: «Цель – подписание …», or an item of a list that begins «Цели:»."""
    if clause.lead and clause.lead.having("prospect") and not clause.lead.having("outcome"):
        return not clause.predicates
    return is_announced_as(clause, "prospect")


def is_readied(tokens: list[Token], index: int) -> bool:
    """Whether the noun at ``index`` is a step still to come: «готов к подписанию», «находится на согласовании»."""
    is_step = tokens[index].has("signing") or tokens[index].lemma in {"согласование", "утверждение"}
    return is_step and tokens[index - 1].text in {"к", "на"}


def having_happened(clause: Clause, *roles: str) -> bool:
    """Whether a finite verb, short participle or gerund of one of the roles tells that it took place."""
    return any(t.is_predicate or t.part in HAPPENED for t in clause.having(*roles))


def is_negated(tokens: list[Token], index: int) -> bool:
    """Whether «не» or «ни» stands before the verb at ``index``, «быть» and adverbs aside."""
    before = [t for t in tokens[max(0, index - 3) : index] if t.lemma not in {"быть", "удаться"} and t.part != "ADVB"]
    return bool(before) and before[-1].text in {"не", "ни"}


def is_denied(clause: Clause, roles: frozenset[str]) -> bool:
    """Whether a verb of the given roles is negated, itself or through «быть»."""
    return any(
        token.text == "нет" or ((token.roles & roles or token.lemma == "быть") and is_negated(clause.tokens, index))
        for index, token in enumerate(clause.tokens)
        if token.is_predicate or token.part in {"INFN", "GRND"}
    )


def is_intended(clause: Clause, *, discussing: bool = True) -> bool:
    """Whether the clause only plans, proposes or (unless told otherwise) discusses."""
    if clause.predicates and all(t.part == "INFN" for t in clause.predicates):
        return True
    if clause.having("prospect") and any(t.part == "INFN" and t.roles & ACTING for t in clause.tokens):
        return True
    discussing = discussing and not having_happened(clause, *ACTING)
    for token in clause.tokens:
        if token.has("intend") and token.part not in {"NOUN", "PRTF", "ADJF", "ADVB"}:
            return True
        if discussing and token.has("discuss") and (token.is_predicate or token.part in {"INFN", "GRND"}):
            return True
        if (
            token.part == "VERB"
            and "futr" in token.readings[0].grammemes
            and (token.roles & ACTING or token.lemma == "быть")
        ):
            return True
    return False


def is_relative_with(clause: Clause) -> bool:
    """Whether the clause tells who a partner is («с которыми заключены …»), not what happened («в ходе которой …»)."""
    if clause.opener is None or clause.opener.lemma != "который":
        return False
    before = clause.tokens[: clause.tokens.index(clause.opener)]
    return any(t.text in {"с", "со", "между"} for t in before) and not any(t.has("within") for t in before)


def is_former(clause: Clause, event_year: int) -> bool:
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
