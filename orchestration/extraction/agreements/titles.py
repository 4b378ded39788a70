"""Cuts out the phrase that names a document or arrangement."""

from __future__ import annotations

from orchestration.extraction.agreements.tokens import JOINS, SUBORDINATE, Clause, Token, names_document

_ENDS = frozenset({"между", "сроком", "–", "—", "-", ";", ":", "."})


def end_of_clause(clause: Clause) -> int:
    """Where the clause's last word ends."""
    return next(t.end for t in reversed(clause.tokens) if t.sort not in {"mark"} and t.text not in JOINS)


def title_of_document(clause: Clause, index: int, *, keeps_terms: bool) -> tuple[int, int]:
    """The range of the phrase around the document's noun: its adjectives before, its complement after, no parties.

    Terms are left out, unless ``keeps_terms``: what was arranged orally is told with its time.
    """
    tokens = clause.tokens
    first = last = index
    while first and tokens[first - 1].part == "ADJF" and not tokens[first - 1].has("deictic", "exist", "future"):
        first -= 1
    for position in range(index + 1, len(tokens)):
        if _ends_title(tokens, position, index, keeps_terms=keeps_terms):
            break
        last = position
    trailing = {"mark"} if keeps_terms else {"mark", "term"}
    while last > index and (tokens[last].sort in trailing or tokens[last].part in {"PREP", "CONJ"}):
        last -= 1
    if first and tokens[first - 1].text == "«" and any(t.text == "»" for t in tokens[index : last + 1]):
        first -= 1
    return tokens[first].start, tokens[last].end


def _ends_title(tokens: list[Token], position: int, document: int, *, keeps_terms: bool) -> bool:
    token = tokens[position]
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    is_party = token.sort == "party" and not (keeps_terms and token.is_place)
    if is_party or token.sort == "bracket" or token.is_predicate or token.part == "PRTF" or token.text in _ENDS:
        return True
    if token.sort == "term" and not keeps_terms:
        return following is None or not names_document(following.text)
    if token.part in {"NOUN", "ADJF"} and token.cases <= {"nomn", "voct"}:
        return True
    if token.part == "PREP":
        if token.text == "на" and any(t.lemma == "год" for t in tokens[position + 1 : position + 4]):
            return True
        is_with = token.text in {"с", "со"} and any(
            t.sort == "party" or t.has("official", "earlier") for t in tokens[position + 1 : position + 4]
        )
        is_before_party = (
            following is not None and following.sort == "party" and not (keeps_terms and following.is_place)
        )
        return is_with or following is None or is_before_party or following.has("within")
    if token.text in {",", "и"}:
        noun = next((t for t in tokens[position + 1 : position + 4] if t.part == "NOUN"), None)
        is_new = following is None or following.lemma in SUBORDINATE or (noun is not None and names_document(noun.text))
        may_be_subject = token.text == "," and following is not None and _is_nominative(following)
        if is_new or may_be_subject or position - 1 == document:
            return True
        return not following.cases & tokens[position - 1].cases
    return False


def _is_nominative(token: Token) -> bool:
    return bool(token.readings) and token.readings[0].case == "nomn"
