"""Names in a cell that may be parties of an agreement, and those that it lists as parties outright."""

from __future__ import annotations

import itertools
import re

from orchestration.extraction.language.text import fold
from orchestration.extraction.model import Column, Evidence, PartnerMention, PartnerSide, ReportContext
from orchestration.extraction.organisations.mentions import find_organisations
from orchestration.extraction.organisations.references import find_references
from orchestration.extraction.partners.merge import COLUMN_ORDER
from orchestration.extraction.partners.names import partner_identity
from orchestration.extraction.toponyms.gazetteer import ToponymMatch, scan

_HOME_COUNTRY = "RU"
_ORGANISER = re.compile(
    r"\bорганизатор\w*(?:\s[а-яё]+){0,3}?\s?(?:[–—:-]|явля\w+|выступ\w+|стал[аои]?)\s?", re.IGNORECASE
)
_SIDES = re.compile(
    r"\b(?:(?:сторон|подписант)\w*(?:\s(?:указанн|данн|эт|настоящ|подписанн|нов|так)\w+)?(?:\s(?:соглашени|договор|меморандум|протокол|документ|контракт|план)\w+)?"
    r"|участник\w*\s(?:соглашени|договор|меморандум|протокол|контракт)\w+)"
    r"\s?(?:[:–—-]|явля\w+|выступ\w+|стали)\s?",
    re.IGNORECASE,
)
_FROM_SIDE = r"(?:(?:от|со стороны|с)\s[^–—:;()«]{2,40}?\s?[–—:-]\s?)"
_LISTING_BRACKET = re.compile(rf"\((?:{_FROM_SIDE}|с\s|между\s)?(?=[А-ЯЁ«])")
_LIST_JOIN = re.compile(rf"(?:\s?\([^()]*\))?\s?(?:,|;|,?\s?и|,?\s?а также|–|—|-|/)?\s?{_FROM_SIDE}?")
_SIDE_OF_PLACE = re.compile(r"\b(?:от|со стороны|с)\s(?:г\.\s?|города\s)?$", re.IGNORECASE)
_MUNICIPAL_BEFORE = re.compile(r"(?:образовани|округ|район|поселени)\w*\s[«\"]$")


def possible_parties(
    text: str, column: Column, context: ReportContext, partners: tuple[PartnerMention, ...] = ()
) -> dict[tuple[int, int], PartnerMention]:
    """Organisations, the bare nouns that refer to one of ``partners``, and places outside their names, by range."""
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
    named = [
        p for p in partners if p.kind == "organisation" and COLUMN_ORDER[p.evidence.column] <= COLUMN_ORDER[column]
    ]
    since = [partner.evidence.end if partner.evidence.column is column else 0 for partner in named]
    for reference in find_references(text, organisations, [partner.name for partner in named], since):
        found[reference.start, reference.end] = named[reference.index]
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
    return parties_of_sides(text, start, end, parties) or _list_after(
        _LISTING_BRACKET.search(text, start, end), text, end, parties
    )


def parties_of_sides(
    text: str, start: int, end: int, parties: dict[tuple[int, int], PartnerMention]
) -> list[PartnerMention]:
    """Parties listed as such in ``text[start:end]``: «Стороны – А и Б», «подписанты: А, Б»."""
    return _list_after(_SIDES.search(text, start, end), text, end, parties)


def _list_after(
    opening: re.Match[str] | None, text: str, end: int, parties: dict[tuple[int, int], PartnerMention]
) -> list[PartnerMention]:
    if opening is None:
        return []
    bracket = text.find(")", opening.end(), end)
    stop = bracket if bracket >= 0 and text.find("(", opening.end(), bracket) < 0 else end
    inside = [
        (span, party)
        for span, party in sorted(parties.items())
        if opening.end() <= span[0] and span[1] <= stop and not _is_place_of_party(text, opening.end(), span[0])
    ]
    if not inside or inside[0][0][0] != opening.end():
        return []
    if len(inside) == 1 and opening.group() == "(" and inside[0][1].kind != "organisation":
        return []
    joins = [text[left[0][1] : right[0][0]] for left, right in itertools.pairwise(inside)]
    is_list = all(_LIST_JOIN.fullmatch(join) for join in joins)
    return [party for _, party in inside] if is_list else []


def _is_place_of_party(text: str, start: int, position: int) -> bool:
    """Whether what stands there only tells where a party sits or whose it is: «(г. Горки)», «от Бреста – …»."""
    before = text[start:position]
    return before.count("(") > before.count(")") or _SIDE_OF_PLACE.search(before) is not None


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
