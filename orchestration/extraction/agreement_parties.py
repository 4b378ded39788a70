"""Who the parties of an agreement are: names in the cell that may be parties, and which of them a clause makes one."""

from __future__ import annotations

import itertools
import re

from orchestration.extraction.agreement_clauses import DocumentMention
from orchestration.extraction.agreement_tokens import Token
from orchestration.extraction.gazetteer import ToponymMatch, scan
from orchestration.extraction.model import Column, Evidence, PartnerMention, PartnerSide, ReportContext
from orchestration.extraction.names import partner_identity
from orchestration.extraction.organisations import find_organisations
from orchestration.extraction.text import fold

_HOME_COUNTRY = "RU"
_ORGANISER = re.compile(
    r"\bорганизатор\w*(?:\s[а-яё]+){0,3}?\s?(?:[–—:-]|явля\w+|выступ\w+|стал[аои]?)\s?", re.IGNORECASE
)
_SIDES = re.compile(
    r"\bсторон\w*(?:\s(?:соглашени|договор|меморандум|протокол|документ|контракт)\w+)?\s?[:–—-]\s?", re.IGNORECASE
)
_LISTING_BRACKET = re.compile(r"\((?:с\s|между\s)?(?=[А-ЯЁ«])")
_LIST_JOIN = re.compile(r"\s?(?:,|;|и|–|—|-|/|\([^()]*\),?)\s?")
_MUNICIPAL_BEFORE = re.compile(r"(?:образовани|округ|район|поселени)\w*\s[«\"]$")


def possible_parties(text: str, column: Column, context: ReportContext) -> dict[tuple[int, int], PartnerMention]:
    """Organisations, and settlements and territories outside their names, by range."""
    found: dict[tuple[int, int], PartnerMention] = {}
    organisations = find_organisations(text)
    for span in organisations:
        found[span.start, span.end] = PartnerMention(
            name=span.name,
            kind="organisation",
            side="domestic",
            country_code=None,
            settlement=None,
            identity=partner_identity(span.name),
            latitude=None,
            longitude=None,
            mention=text[span.start : span.end],
            evidence=Evidence(column, span.start, span.end, "organisation_party", 0.5),
        )
    for match in scan(text, home_region=context.region):
        if match.kind not in {"settlement", "territory"}:
            continue
        if any(span.start < match.end and match.start < span.end for span in organisations):
            continue
        start, end = match.start, match.end
        if match.is_quoted:
            if not _MUNICIPAL_BEFORE.search(text, 0, start):
                continue
            start, end = start - 1, end + 1
        found[start, end] = _place_party(match, text, column, context)
    return found


def listed_parties(
    text: str, start: int, end: int, parties: dict[tuple[int, int], PartnerMention]
) -> list[PartnerMention]:
    """Parties listed by themselves in ``text[start:end]``: «(стороны: А, Б)», «Стороны – А и Б», «(А – Б)»."""
    for opening in (_SIDES.search(text, start, end), _LISTING_BRACKET.search(text, start, end)):
        if opening is None:
            continue
        bracket = text.find(")", opening.end(), end)
        stop = bracket if bracket >= 0 else end
        inside = [
            (span, party) for span, party in sorted(parties.items()) if opening.end() <= span[0] and span[1] <= stop
        ]
        is_list = inside and inside[0][0][0] == opening.end()
        joins = [text[left[0][1] : right[0][0]] for left, right in itertools.pairwise(inside)]
        if is_list and all(_LIST_JOIN.fullmatch(join) for join in joins):
            return [party for _, party in inside]
    return []


def organisers(text: str, parties: dict[tuple[int, int], PartnerMention]) -> list[PartnerMention]:
    """The organisation that the cell names as organiser («Организатор – МБУК …»), for «между организатором и …»."""
    ends = {match.end() for match in _ORGANISER.finditer(text)}
    return [party for (start, _), party in parties.items() if party.kind == "organisation" and start in ends][:1]


def _place_party(match: ToponymMatch, text: str, column: Column, context: ReportContext) -> PartnerMention:
    entity = match.entity
    region = fold(context.region)
    is_home = fold(match.name) == region or bool(entity and entity.region and fold(entity.region) == region)
    side: PartnerSide = "home" if is_home else "domestic" if match.country_code in (None, _HOME_COUNTRY) else "foreign"
    return PartnerMention(
        name=match.name,
        kind="settlement" if match.kind == "settlement" else "territory",
        side=side,
        country_code=match.country_code,
        settlement=None,
        identity=partner_identity(match.name),
        latitude=entity.latitude if entity else None,
        longitude=entity.longitude if entity else None,
        mention=text[match.start : match.end],
        evidence=Evidence(column, match.start, match.end, f"{match.kind}_party", 0.8),
    )


def party_tokens(mention: DocumentMention) -> list[Token]:
    """The parties: who signs before the verb, and whom «между», «с» or the genitive join to the document."""
    clause, tokens = mention.clause, mention.clause.tokens
    own = [i for i, token in enumerate(tokens) if token.sort == "party" and _is_party(tokens, i)]
    before = [i for i in own if i < mention.first]
    after = [i for i in own if mention.index < i < mention.limit] or [i for i in own if i > mention.index]
    if mention.verdict == "in_force":
        return [tokens[i] for i in ([] if mention.rule == "reference" or after else before) + after]
    lead = clause.lead.tokens if clause.lead else []
    fronted = [token for i, token in enumerate(lead) if token.sort == "party" and _is_party(lead, i)]
    return fronted + [tokens[i] for i in before + after]


def _is_party(tokens: list[Token], index: int) -> bool:
    """Whether the name stands where a party stands, seen from the words that lead to it."""
    passed: list[Token] = []
    if index and (tokens[index - 1].sort == "quote" or tokens[index - 1].text.isdigit()):
        return False
    for position in range(index - 1, -1, -1):
        token = tokens[position]
        if token.sort == "party":
            if not any(t.text in {"и", ","} for t in passed):
                return False
            if not _is_attribute(tokens, position):
                return _is_party(tokens, position)
            passed.append(token)
        elif _is_subject_official(tokens, position):
            return True
        elif token.part == "PREP" and not _is_agent_after(tokens[index], passed):
            return _joins_parties(token, passed)
        elif token.is_predicate or token.part in {"PREP", "INFN", "GRND", "PRTF"} or token.text in {":", "–", "—", ";"}:
            break
        elif token.sort != "bracket":
            passed.append(token)
    return _is_name_of_party(tokens[index], passed)


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
    if preposition.text in {"между", "меж"}:
        return True
    if preposition.text == "от":
        return any(t.has("side") for t in passed)
    return preposition.text in {"с", "со"} and not any(t.has("companion") for t in passed)


def _is_name_of_party(party: Token, passed: list[Token]) -> bool:
    nouns = [t for t in passed if t.part == "NOUN"]
    return not nouns or party.cases == {"ablt"} or any(t.has("official") for t in nouns)
