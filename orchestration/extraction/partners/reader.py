"""Organisations, settlements, territories and countries that a row involves, each with its side and its seat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orchestration.extraction.language.quotes import quoted_spans
from orchestration.extraction.language.text import CellText, fold
from orchestration.extraction.model import (
    Column,
    Evidence,
    Municipality,
    PartnerKind,
    PartnerMention,
    PlaceFact,
    ReportContext,
)
from orchestration.extraction.organisations.lexicon import noun_of, seat_of
from orchestration.extraction.organisations.mentions import find_organisations
from orchestration.extraction.organisations.parts import OrganisationSpan
from orchestration.extraction.organisations.references import find_references
from orchestration.extraction.partners.discourse import Discourse, Seat, seat_in_discourse
from orchestration.extraction.partners.involvement import involvement
from orchestration.extraction.partners.merge import COLUMN_ORDER, one_each
from orchestration.extraction.partners.names import partner_identity
from orchestration.extraction.partners.seats import locates, read_seat
from orchestration.extraction.toponyms.gazetteer import (
    Territory,
    ToponymMatch,
    country_title,
    find_country,
    find_settlement,
    scan,
)
from orchestration.extraction.toponyms.home import HOME_COUNTRY, Home, side_of

_PAIR = re.compile(r"[«\"“„]\s*(?P<first>[А-ЯЁ][^–—:,«»]*?)\s+[–—-]\s+(?P<second>[А-ЯЁ][^–—:,«»]*?)\s*(?=[:.,»\"”])")
_INITIALS_BEFORE = re.compile(r"(?<!\w)[А-ЯЁ]\.\s?$")
_INITIALS_AFTER = re.compile(r"\s[А-ЯЁ]\.")
_DISASTER = re.compile(r"(?:авари|катастроф|взрыв|трагеди|ликвидатор)\w*(?: на)?\s$", re.IGNORECASE)
_TOURIST_HEADS = frozenset(("музей", "галерея", "заповедник", "парк", "театр", "цирк", "комплекс"))
_AT_MONUMENT = re.compile(r"\b(?:к|ко|у|на|в|во|возле|около|по)\s$", re.IGNORECASE)
_DISASTER = re.compile(r"(?:авари|катастроф|трагеди|ликвид|взрыв)\w*\s(?:[а-яё]+\s){0,3}$", re.IGNORECASE)
_ROOM = re.compile(r"\b(?:зал\w{0,3}|фойе|сцен\w{1,3}|здани\w{1,3})\s$", re.IGNORECASE)
_TOURIST_WORDS = re.compile(r"(?:экскурси|посети|посещен|осмотр)\w*[^.;]{0,60}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    home: Home
    municipality: Municipality
    place: PlaceFact | None
    is_place_home: bool
    countries: frozenset[str]
    places: dict[str, ToponymMatch]

    @property
    def place_abroad(self) -> PlaceFact | None:
        return None if self.is_place_home else self.place


def read_partners(
    texts: dict[Column, CellText], context: ReportContext, place: PlaceFact | None, municipality: Municipality
) -> tuple[PartnerMention, ...]:
    """Partners of a row, one mention each, by column and offset.

    Settlements and territories of the home region and the home country itself are no partners; organisations
    are, with side ``home``. A hall named in the place cell is a venue, not an organisation.
    """
    home = Home(context.region, municipality.name)
    cells = {column: texts[column].text for column in COLUMN_ORDER if texts[column].text}
    toponyms = {
        column: [match for match in scan(text, home_region=context.region) if not _is_organisation_word(match, text)]
        for column, text in cells.items()
    }
    places = {match.name: match for found in toponyms.values() for match in found if match.kind == "settlement"}
    row = _Row(home, municipality, place, home.has_place(place), _countries_abroad(toponyms.values()), places)
    mentions: list[PartnerMention] = []
    for column, text in cells.items():
        if column is Column.PLACE:
            mentions += _of_place(row, text, toponyms[column])
            mentions += _hosts(row, text, toponyms[column], cells)
        else:
            mentions += _of_text(row, column, text, toponyms[column])
    if not any(mention.side == "foreign" for mention in mentions):
        mentions += _of_title(texts[Column.NAME].text, context.region)
    return one_each(mentions)


def _countries_abroad(cells: Iterable[list[ToponymMatch]]) -> frozenset[str]:
    named = (match for toponyms in cells for match in toponyms if match.kind != "country_adjective")
    return frozenset(match.country_code for match in named if match.country_code not in (None, HOME_COUNTRY))


def _hosts(row: _Row, text: str, toponyms: list[ToponymMatch], cells: dict[Column, str]) -> Iterator[PartnerMention]:
    """An authority named as the place receives there, and so does a house that the row goes on to tell about.

    A hall or a school that is only lent does not.
    """
    spans = find_organisations(text)
    told_of = _told_of([span.name for span in spans], cells) if spans else frozenset()
    for index, span in enumerate(spans):
        noun = noun_of(span.head) if span.head else None
        is_authority = noun is not None and noun.naming == "body"
        if not is_authority and index not in told_of:
            continue
        seat = read_seat(span, text, toponyms, row.home, row.countries)
        if seat is None and row.is_place_home:
            seat = Seat(HOME_COUNTRY, "home", "reporting_municipality", 0.5)
        if seat is not None:
            yield _organisation(row, Column.PLACE, text, span, seat)


def _told_of(names: list[str], cells: dict[Column, str]) -> frozenset[int]:
    """Which of the names the description or the participants refer back to by a bare noun: «сотрудники музея»."""
    texts = [cells[column] for column in (Column.DESCRIPTION, Column.PARTICIPANTS) if column in cells]
    found = (find_references(text, find_organisations(text), names) for text in texts)
    return frozenset(reference.index for part in found for reference in part if not reference.is_place)


def _of_place(row: _Row, text: str, toponyms: list[ToponymMatch]) -> Iterator[PartnerMention]:
    """The settlement, territories and countries of the place cell, where they are not at home."""
    place = row.place
    if place is None:
        return
    named = [match for match in toponyms if not match.is_quoted]
    read: list[ToponymMatch] = []
    for kind, name in (("settlement", place.settlement), ("territory", place.district), ("territory", place.region)):
        if not name:
            continue
        match = next((m for m in named if m.kind == kind and _names(m, name, text)), None)
        if match:
            read.append(match)
        if row.is_place_home or (kind == "territory" and row.home.has_territory(name)):
            continue
        yield _of_place_fact(place, kind, name, match, text)
    for match in named:
        is_named = match.kind in ("country", "territory") or (match.kind == "settlement" and match.is_marked)
        if is_named and match not in read and match.country_code and not row.home.has_match(match):
            yield _toponym(match, text, Column.PLACE, "place", 0.9)


def _names(match: ToponymMatch, name: str, text: str) -> bool:
    return fold(match.name) == fold(name) or fold(name) in fold(text[match.start : match.end])


def _of_place_fact(
    place: PlaceFact, kind: PartnerKind, name: str, match: ToponymMatch | None, text: str
) -> PartnerMention:
    start, end = (match.start, match.end) if match else (place.evidence.start, place.evidence.end)
    point = place if kind == "settlement" else match.entity if match else None
    return PartnerMention(
        name=name,
        kind=kind,
        side=side_of(place.country_code),
        country_code=place.country_code,
        settlement=None,
        identity=_identity(name, match),
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        mention=text[start:end],
        evidence=Evidence(Column.PLACE, start, end, f"{kind}_place"),
        written_country_code=place.written_country_code if kind == "settlement" else None,
    )


def _of_text(row: _Row, column: Column, text: str, toponyms: list[ToponymMatch]) -> Iterator[PartnerMention]:
    spans = [span for span in find_organisations(text) if not _is_sight(span, text)]
    told = [read_seat(span, text, toponyms, row.home, row.countries) for span in spans]
    place_abroad = None if column is Column.NAME else row.place_abroad
    discourse = Discourse(column, text, toponyms, spans, row.home, place_abroad, row.countries, row.places)
    for index, seat in enumerate(told):
        told[index] = seat or _seat_in_discourse(index, told, discourse)
    at_home = Seat(HOME_COUNTRY, "home", "reporting_municipality", 0.5)
    seated = [(span, seat or at_home) for span, seat in zip(spans, told, strict=True)]
    for span, seat in seated:
        yield _organisation(row, column, text, span, seat)
    quoted = quoted_spans(text)
    for match in toponyms:
        if match.country_code is None or row.home.has_match(match):
            continue
        owner = next(((span, seat) for span, seat in seated if span.start <= match.start < span.end), None)
        if owner:
            span, seat = owner
            if seat.side != "home" and locates(match, span, text):
                yield _toponym(match, text, column, "organisation_name", 0.9)
            continue
        if any(start < match.start < end for start, end in quoted) or _is_surname(match, text):
            continue
        if any(seat.side != "home" and _is_bracketed_after(span, match, text) for span, seat in seated):
            yield _toponym(match, text, column, "organisation_bracket", 0.95)
            continue
        if rule := involvement(column, text, match, toponyms, row.place_abroad):
            yield _toponym(match, text, column, rule, 0.8 if rule == "mention" else 0.9)
    for start, end in quoted:
        yield from _title_pair(row, column, text, start, end)


def _is_bracketed_after(span: OrganisationSpan, match: ToponymMatch, text: str) -> bool:
    """Whether the place stands in the bracket right after the name: «ОАО «…» (г. Горки, Республика Беларусь)»."""
    opening = text.find("(", span.end, match.start)
    return opening >= 0 and not text[span.end : opening].strip() and ")" not in text[opening : match.start]


def _seat_in_discourse(index: int, told: list[Seat | None], discourse: Discourse) -> Seat | None:
    """By what stands around the name, unless its legal form is Russian, which alone means at home."""
    form = discourse.spans[index].legal_form
    if form and (seat_of(form) or (None, ""))[0] == HOME_COUNTRY:
        return Seat(HOME_COUNTRY, "home", "reporting_municipality", 0.7)
    return seat_in_discourse(index, told, discourse)


def _of_title(text: str, home_region: str) -> Iterator[PartnerMention]:
    """Countries of a quoted title («Знакомство с Китаем»), all that a row without any other tells of abroad."""
    toponyms = scan(text, home_region=home_region)
    for match in toponyms:
        is_abroad = match.kind == "country" and match.country_code != HOME_COUNTRY
        if is_abroad and match.is_quoted and involvement(Column.NAME, text, match, toponyms, None):
            yield _toponym(match, text, Column.NAME, "title", 0.5)


def _is_bracketed_after(span: OrganisationSpan, match: ToponymMatch, text: str) -> bool:
    """Whether the toponym stands in the bracket that follows an organisation's name."""
    return match.start > span.end and re.fullmatch(r" ?\([^()]*", text[span.end : match.start]) is not None


def _is_organisation_word(match: ToponymMatch, text: str) -> bool:
    """«СШ», «ГОУ» and a bare «Дом» are words of organisations' names, no places."""
    word = text[match.start : match.end]
    if match.kind == "country" and text[: match.start].endswith(("(", ", ")):
        return False
    if match.kind == "settlement" and noun_of(word) is not None:
        return True
    return word.isupper() and (noun_of(word) is not None or (seat_of(word) or (None, "none"))[1] != "none")


def _is_surname(match: ToponymMatch, text: str) -> bool:
    """«Петров А.С.» is a person, whatever village is called so."""
    if match.kind != "settlement" or " " in text[match.start : match.end]:
        return False
    return bool(_INITIALS_BEFORE.search(text, 0, match.start) or _INITIALS_AFTER.match(text, match.end))


def _is_sight(span: OrganisationSpan, text: str) -> bool:
    if span.head == "комплекс" and _AT_MONUMENT.search(text, 0, span.start):
        return True
    if span.head == "АЭС" and _DISASTER.search(text, max(0, span.start - 80), span.start):
        return True
    if span.head in _TOURIST_HEADS and _ROOM.search(text, max(0, span.start - 80), span.start):
        return True
    if _DISASTER.search(text, max(0, span.start - 60), span.start):
        return True
    return span.head in _TOURIST_HEADS and bool(_TOURIST_WORDS.search(text, max(0, span.start - 80), span.start))


def _organisation(row: _Row, column: Column, text: str, span: OrganisationSpan, seat: Seat) -> PartnerMention:
    point = seat.settlement or seat.territory or (row.municipality if seat.side == "home" else None)
    settlement = seat.settlement.name if seat.settlement else None
    town = row.municipality.name.removeprefix("город ") if row.municipality.kind == "urban_okrug" else None
    if seat.rule in ("reporting_municipality", "municipality_adjective"):
        settlement = town
    # «Дом детского творчества» of one municipality is not that of another.
    is_unplaced = seat.rule == "reporting_municipality" and town is None
    return PartnerMention(
        name=span.name,
        kind="organisation",
        side=seat.side,
        country_code=seat.country_code,
        settlement=settlement,
        identity=partner_identity(span.name, row.municipality.name if is_unplaced else settlement),
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        mention=text[span.start : span.end],
        evidence=Evidence(column, span.start, span.end, f"organisation_{seat.rule}", seat.confidence),
    )


def _toponym(match: ToponymMatch, text: str, column: Column, rule: str, confidence: float) -> PartnerMention:
    kind: PartnerKind = "country" if match.kind.startswith("country") else match.kind
    name = (country_title(match.country_code) or match.name) if kind == "country" and match.country_code else match.name
    return PartnerMention(
        name=name,
        kind=kind,
        side=side_of(match.country_code),
        country_code=match.country_code,
        settlement=None,
        identity=match.country_code if kind == "country" and match.country_code else _identity(name, match),
        latitude=match.entity.latitude if match.entity else None,
        longitude=match.entity.longitude if match.entity else None,
        mention=text[match.start : match.end],
        evidence=Evidence(column, match.start, match.end, f"{kind}_{rule}", confidence),
        written_country_code=match.written_country_code,
    )


def _identity(name: str, match: ToponymMatch | None) -> str:
    """A region is one partner, «Область Абай» or «Абайская область»."""
    region = match.entity if match and isinstance(match.entity, Territory) and match.entity.kind == "region" else None
    return partner_identity(region.name if region else name)


def _title_pair(row: _Row, column: Column, text: str, start: int, end: int) -> Iterator[PartnerMention]:
    """The other place of a title that pairs it with one at home: «Смоленск – Пуна: возможности сотрудничества»."""
    pair = _PAIR.match(text, start, end)
    if not pair or not any(row.home.has_name(pair[side]) for side in ("first", "second")):
        return
    for side in ("first", "second"):
        name = pair[side]
        if row.home.has_name(name):
            continue
        country = find_country(name)
        place = None if country else find_settlement(name, allow_inflected=False)
        code = country or (place.country_code if place else None)
        if code is None or (code == HOME_COUNTRY and place is None):
            continue
        kind = "country" if country else "settlement"
        match = ToponymMatch(*pair.span(side), kind=kind, country_code=code, name=name, entity=place)
        yield _toponym(match, text, column, "title_pair", 0.7)
