"""Which names of a clause stand where the parties of its document stand."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from orchestration.extraction.agreements.clauses import DocumentMention
from orchestration.extraction.agreements.tokens import Clause, Token

_DASHES = frozenset({"–", "—", "-", "/"})
_JOINS = frozenset({"и", ",", "с", "со", "а", "также", "совместно"}) | _DASHES
_OPENINGS_OF_ITEM = frozenset({"между", "с", "со", "о", "об"})
_PAIRING = frozenset({"оба", "обе", "обеими", "обоими", "двумя", "между"})
_ACTING = ("sign", "adopt", "arrange", "agree", "reach", "draft")


def parties_of_documents(mention: DocumentMention) -> list[list[Token]]:
    """The parties of each document that the mention tells of: one list, several where pairs are listed.

    A party signs before the verb, or «между», «с» or the genitive join it to the document.
    """
    clause, tokens = mention.clause, mention.clause.tokens
    own = _parties(tokens, mention)
    before = [i for i in own if i < mention.first]
    after = [i for i in own if mention.index < i < mention.limit] or [i for i in own if i > mention.index]
    if mention.verdict == "in_force":
        common = [tokens[i] for i in ([] if mention.rule == "reference" or after else before)]
    else:
        lead = clause.lead.tokens if clause.lead else []
        common = [lead[i] for i in _parties(lead)] + [tokens[i] for i in before]
    if mention.relative:
        relative = mention.relative.tokens
        common += [relative[i] for i in _parties(relative)]
    return [common + [tokens[i] for i in part] for part in _pairs(tokens, after)] or [common]


def continues_list(item: list[Token]) -> bool:
    """Whether a list item only tells who its document is between («между …») or on («о …»): «А – Б», «А с Б»."""
    first = next((i for i, t in enumerate(item) if t.sort != "mark"), None)
    if first is None:
        return False
    return item[first].text in _OPENINGS_OF_ITEM or any(group[0] == first for group in _groups(item))


def names_both_sides(clause: Clause) -> bool:
    """Whether the clause calls the parties by a common noun: «стороны», «обе школы», «между учреждениями»."""
    tokens = clause.tokens
    for i, token in enumerate(tokens):
        plurals = {reading.case for reading in token.readings if "plur" in reading.grammemes}
        if not token.has("earlier") or not plurals:
            continue
        before = [t for t in tokens[max(0, i - 3) : i] if t.part != "ADJF" or t.lemma == "оба"]
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        is_counted = bool(before) and before[-1].text in _PAIRING
        is_subject = "nomn" in plurals and (
            (after is not None and after.is_predicate) or (bool(before) and before[-1].is_predicate)
        )
        is_named = after is not None and (after.sort in {"party", "quote"} or after.text in {":", "–", "—"})
        if (is_counted or is_subject) and not is_named:
            return True
    return False


def _parties(tokens: list[Token], mention: DocumentMention | None = None) -> list[int]:
    own = {i for i, token in enumerate(tokens) if token.sort == "party" and _is_party(tokens, i)}
    own |= {i for i, t in enumerate(tokens) if t.sort == "party" and _is_subject(tokens, i)}
    if mention is not None:
        own |= {i for i, t in enumerate(tokens) if t.sort == "party" and _opens_pair(tokens, i, mention)}
    for group in _groups(tokens):
        is_complement = mention is not None and _completes_document(tokens, group[0], mention)
        if is_complement or own & set(group) or _acts(tokens, group):
            own.update(group)
    return sorted(own)


def _pairs(tokens: list[Token], after: list[int]) -> list[list[int]]:
    """Parties after the document, parted where each «между» or each pair joined by a dash is a document of its own."""
    if len(after) < 4:
        return [after] if after else []
    openings = [i for i in range(after[0]) if tokens[i].text == "между"][-1:]
    openings += [i for i in range(after[0], after[-1]) if tokens[i].text == "между"]
    if len(openings) > 1:
        return [
            part
            for start, stop in itertools.pairwise([*openings, len(tokens)])
            if (part := [i for i in after if start < i < stop])
        ]
    groups = [group for group in _groups(tokens, joins=_DASHES) if set(group) <= set(after)]
    return groups if len(groups) > 1 and sum(map(len, groups)) == len(after) else [after]


def _groups(tokens: list[Token], joins: frozenset[str] = _JOINS) -> Iterator[list[int]]:
    """Runs of two or more names joined by «и», a comma, a dash or «с»; places that complete a name are left out."""
    names = [i for i, t in enumerate(tokens) if t.sort == "party" and not _is_attribute(tokens, i)]
    group: list[int] = names[:1]
    for left, right in itertools.pairwise(names):
        between = [t for t in tokens[left + 1 : right] if t.sort not in {"bracket", "party"}]
        if between and len(between) <= 3 and all(t.text in joins for t in between):
            group.append(right)
            continue
        if len(group) > 1:
            yield group
        group = [right]
    if len(group) > 1:
        yield group


def _completes_document(tokens: list[Token], first: int, mention: DocumentMention) -> bool:
    """«договор о дружбе А и Б»: the names follow the document's title; places only its noun or the bond's."""
    if first < mention.index or mention.index < 0:
        return False
    between = [t for t in tokens[mention.index + 1 : first] if t.start >= mention.title[1]]
    is_adjacent = all(t.sort in {"bracket", "term"} for t in between)
    title = [t for t in tokens[mention.index : first] if t.end <= mention.title[1]]
    return is_adjacent and (not tokens[first].is_place or len(title) == 1 or title[-1].has("bond"))


def _opens_pair(tokens: list[Token], index: int, mention: DocumentMention) -> bool:
    """«договор о дружбе А с …»: an organisation after the title, joined to a partner that no rule names."""
    after = next((t for t in tokens[index + 1 :] if t.sort not in {"bracket", "party"}), None)
    is_joined = after is not None and after.text in {"с", "со", "и"}
    return is_joined and not tokens[index].is_place and _completes_document(tokens, index, mention)


def _is_subject(tokens: list[Token], index: int) -> bool:
    """An organisation in the nominative, or in a form without cases («ООО …»), right before a verb of signing."""
    token = tokens[index]
    if token.is_place or not _acts(tokens, [index]):
        return False
    if token.cases:
        return "nomn" in token.cases and "gent" not in token.cases
    verb = next(t for t in tokens[index + 1 :] if t.is_predicate)
    return verb.part == "VERB" and "sing" in verb.readings[0].grammemes


def _acts(tokens: list[Token], group: list[int]) -> bool:
    """«По окончании встречи А и Б подписали (подписано) …»: the names stand right before the verb."""
    after = [t for t in tokens[group[-1] + 1 :] if t.sort not in {"bracket", "party", "term"} and t.part != "ADVB"]
    if not after or not (after[0].is_predicate and after[0].has(*_ACTING)) or tokens[group[0]].is_place:
        return False
    passed = list(itertools.takewhile(lambda t: t.part != "PREP", reversed(tokens[: group[0]])))
    is_governed = len(passed) < group[0] and not passed
    return not is_governed and (after[0].part == "VERB" or not any(t.has("companion") for t in passed))


def _is_party(tokens: list[Token], index: int) -> bool:
    """Whether the name stands where a party stands, seen from the words that lead to it."""
    passed: list[Token] = []
    if index and (tokens[index - 1].sort == "quote" or tokens[index - 1].text.isdigit()):
        return False
    if tokens[index].is_place and _is_of_institution(tokens, index):
        return False
    for position in range(index - 1, -1, -1):
        token = tokens[position]
        if token.sort == "party":
            if not any(t.text in {"и", ","} for t in passed):
                return _is_agent_beside(tokens, position, index)
            if not _is_attribute(tokens, position):
                return _is_party(tokens, position)
            passed.append(token)
        elif token.text == "в" and tokens[position + 1].lemma == "лицо":
            continue
        elif _is_subject_official(tokens, position):
            return True
        elif token.part == "PREP" and not _is_agent_after(tokens[index], passed):
            return _joins_parties(token, passed)
        elif token.is_predicate or token.part in {"PREP", "INFN", "GRND", "PRTF"} or token.text in {":", "–", "—", ";"}:
            break
        elif token.sort != "bracket":
            passed.append(token)
    return _is_name_of_party(tokens[index], passed)


def _is_agent_beside(tokens: list[Token], partner: int, index: int) -> bool:
    """«С администрацией А администрацией Б подписано …»."""
    is_with = any(t.text in {"с", "со"} for t in tokens[:partner][-2:])
    return is_with and index - partner == 1 and tokens[index].cases == {"ablt"} and not tokens[index].is_place


def _is_subject_official(tokens: list[Token], position: int) -> bool:
    """«глава …», «директором …»: whoever signs or is signed for, not a further genitive."""
    token = tokens[position]
    is_free = position == 0 or tokens[position - 1].part != "PREP"
    return is_free and token.has("official") and bool(token.cases & {"nomn", "ablt"}) and "gent" not in token.cases


def _is_attribute(tokens: list[Token], index: int) -> bool:
    """Whether a place only completes the name before it («…» Могилевской области)."""
    before = [t for t in tokens[:index] if t.sort != "bracket"]
    return bool(before) and before[-1].sort == "party"


def _is_agent_after(party: Token, passed: list[Token]) -> bool:
    """«По итогам форума Администрацией …»: the instrumental agent is no part of the phrase before it."""
    return any(t.part == "NOUN" for t in passed) and party.cases == {"ablt"}


def _joins_parties(preposition: Token, passed: list[Token]) -> bool:
    if preposition.text in {"между"}:
        return True
    if preposition.text == "от":
        return any(t.has("side") for t in passed)
    return preposition.text in {"с", "со"} and not any(t.has("companion") for t in passed)


def _is_of_institution(tokens: list[Token], index: int) -> bool:
    """«школами Бреста и Пскова», «библиотекой г. Бреста»: an institution that no rule names, not the town."""
    joined = {"и", ","}
    before = itertools.dropwhile(lambda t: t.is_place or t.text in joined, reversed(tokens[:index]))
    phrase = itertools.takewhile(lambda t: t.part in {"NOUN", "ADJF"}, before)
    return any(t.has("earlier") and not t.has("official") for t in phrase)


def _is_name_of_party(party: Token, passed: list[Token]) -> bool:
    nouns = [t for t in passed if t.part == "NOUN"]
    return not nouns or party.cases == {"ablt"} or any(t.has("official") for t in nouns)
