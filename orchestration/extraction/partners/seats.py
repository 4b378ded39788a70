"""Where an organisation sits, by the strongest sign that its mention gives."""

from __future__ import annotations

import re
from dataclasses import replace

from orchestration.extraction.language.text import fold
from orchestration.extraction.organisations.acronyms import (
    is_university,
    may_be_university,
    place_of,
    seats_of_universities,
)
from orchestration.extraction.organisations.lexicon import noun_of, seat_of
from orchestration.extraction.organisations.parts import OrganisationSpan
from orchestration.extraction.partners.discourse import Seat
from orchestration.extraction.partners.involvement import modified_by
from orchestration.extraction.partners.origins import country_of_kind, seat_of_place_word
from orchestration.extraction.toponyms.gazetteer import Settlement, Territory, ToponymMatch, find_settlement
from orchestration.extraction.toponyms.home import HOME_COUNTRY, Home, side_of

_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_NAMESAKE = re.compile(r"\b(?:им\.|имени)\s+(?:(?!\b(?:г|город\w*)\b).)*", re.IGNORECASE)
_COUNTED = re.compile(r"\s*[–—:-]\s*\d")
_DIASPORA = re.compile(r"культурн|автоном|общин|землячеств", re.IGNORECASE)
_CITY_PART = re.compile(r"\s+(?:г\.|города)\s*[А-ЯЁ]")
_MISSION = re.compile(r"посольств|консульств", re.IGNORECASE)


def read_seat(
    span: OrganisationSpan, text: str, toponyms: list[ToponymMatch], home: Home, countries: frozenset[str]
) -> Seat | None:
    """The organisation's seat by bracket, own name, words after it, place adjective or legal form; None where untold.

    ``countries`` are the foreign ones that the row deals with.
    """
    form = seat_of(span.legal_form) if span.legal_form else None
    own = [
        _namesake_in(form[0], match) if form and form[0] else match
        for match in toponyms
        if span.start <= match.start < span.place_end
        and match.kind != "country_adjective"
        and locates(match, span, text)
    ]
    sender = next((match.country_code for match in own if match.kind == "country"), None)
    if sender and sender != HOME_COUNTRY and _MISSION.search(span.name):
        return Seat(sender, "foreign", "mission", 0.95)
    if seat := _seat_of_bracket(span, text, toponyms, own, home):
        return seat
    if seat := _seat_of_matches(own, home, "own_name", 0.95):
        return seat
    after = [match for match in toponyms if _follows(match, span, text, form is not None)]
    return (
        _seat_of_matches(after, home, "words_after", 0.85)
        or _seat_of_acronym(span, home)
        or seat_of_place_word(span, home, countries)
        or _seat_of_country_adjective(span, text, toponyms)
        or _seat_of_form(form)
        or _seat_of_kind(span, home)
    )


def _namesake_in(country_code: str, match: ToponymMatch) -> ToponymMatch:
    """The town of the same name in the country that alone has the organisation's legal form, if there is one."""
    if match.kind != "settlement" or match.country_code == country_code or match.form is None:
        return match
    there = find_settlement(match.form, country_code=country_code)
    return replace(match, country_code=country_code, name=there.name, entity=there) if there else match


def _seat_of_bracket(
    span: OrganisationSpan, text: str, toponyms: list[ToponymMatch], own: list[ToponymMatch], home: Home
) -> Seat | None:
    """«(г. Минск)» after the name; a list of where its people come from («Ангола – 4, Йемен – 2») tells no seat."""
    bracket = _BRACKET.match(text, span.end)
    if bracket is None:
        return None
    named = [match for match in toponyms if bracket.start() < match.start and match.end <= bracket.end()]
    if any(_COUNTED.match(text, match.end) for match in named) or len({m.country_code for m in named}) > 1:
        return None
    return _seat_of_matches([*named, *own], home, "bracket", 0.95) if named else None


def locates(match: ToponymMatch, span: OrganisationSpan, text: str) -> bool:
    """Whether a toponym inside an organisation's name says where it sits (a namesake or a city's district does not)."""
    if match.kind == "country_adjective":
        return True
    namesake = _NAMESAKE.search(text, span.start, span.end)
    if namesake and namesake.start() < match.start < namesake.end():
        return False
    return not (match.kind == "territory" and _CITY_PART.match(text, match.end))


def _follows(match: ToponymMatch, span: OrganisationSpan, text: str, has_form: bool) -> bool:
    """Whether the toponym stands right after the name: «… района» Могилевской области, «театре … в Витебске»."""
    if match.start < span.end or match.kind == "country_adjective":
        return False
    between = text[span.end : match.start]
    if between == " из " and match.kind == "country" and _teaches(span):
        return False
    return between in (" ", " в ", " из ", " во ") or (not has_form and match.is_marked and between == ", ")


def _teaches(span: OrganisationSpan) -> bool:
    """Whether people «из Индии» after the name may be its students rather than those who sent it."""
    noun = noun_of(span.head) if span.head else None
    return noun is None or noun.naming in ("institution", "number", "branch")


def _seat_of_matches(matches: list[ToponymMatch], home: Home, rule: str, confidence: float) -> Seat | None:
    settlement = next((match.entity for match in matches if isinstance(match.entity, Settlement)), None)
    territory = next((match.entity for match in matches if isinstance(match.entity, Territory)), None)
    if any(home.has_match(match) and match.kind != "country" for match in matches):
        return Seat(HOME_COUNTRY, "home", rule, confidence, settlement, territory)
    country = next((match.country_code for match in matches if match.country_code), None)
    if country is None or (country == HOME_COUNTRY and settlement is None and territory is None):
        return None
    return Seat(country, side_of(country), rule, confidence, settlement, territory)


def _seat_of_acronym(span: OrganisationSpan, home: Home) -> Seat | None:
    """A university's seat by its acronym: listed, or at home where it begins like the home region or municipality."""
    if span.head is None or (not span.head.isupper() and not is_university(span.head)):
        return None
    if not is_university(span.head):
        is_home = may_be_university(span.head) and _shares_first_letter(span.head, home)
        return Seat(HOME_COUNTRY, "home", "acronym_letter", 0.6) if is_home else None
    listed = seats_of_universities().get(span.head)
    town = find_settlement(listed[0], country_code=listed[1]) if listed else None
    is_named_after = span.name != span.head and span.name.startswith(span.head)
    if is_named_after and _shares_first_letter(span.head, home) and not (town and home.has(town)):
        return Seat(HOME_COUNTRY, "home", "acronym_letter", 0.6)
    if town is not None:
        side = "home" if home.has(town) else side_of(town.country_code)
        if side == "domestic" and not span.name.startswith(span.head) and span.legal_form is None:
            return Seat(HOME_COUNTRY, "home", "branch", 0.5)
        return Seat(town.country_code, side, "acronym", 0.9, settlement=town)
    place = fold(place_of(span.head) or span.head)
    is_home = any(fold(name).startswith(place) for name in (home.region, home.municipality.removeprefix("город ")))
    return Seat(HOME_COUNTRY, "home" if is_home else "domestic", "acronym", 0.8 if is_home else 0.5)


def _shares_first_letter(acronym: str, home: Home) -> bool:
    """«БГПУ» of Благовещенск, «ОГУ» of Оренбургская область."""
    return acronym[0] in {home.region[0], home.municipality.removeprefix("город ")[0]}


def _seat_of_country_adjective(span: OrganisationSpan, text: str, toponyms: list[ToponymMatch]) -> Seat | None:
    for match in toponyms:
        is_own = match.kind == "country_adjective" and span.start <= match.start < span.end
        if not is_own or match.country_code in (None, HOME_COUNTRY) or _DIASPORA.search(span.name):
            continue
        is_of_head = not any(map(noun_of, text[span.start : match.start].split()))
        if is_of_head and modified_by(text, match) != "craft":
            return Seat(match.country_code, side_of(match.country_code), "country_adjective", 0.7)
    return None


def _seat_of_form(form: tuple[str | None, str] | None) -> Seat | None:
    if form is None or form[1] not in ("domestic", "foreign"):
        return None
    return Seat(form[0], "domestic" if form[1] == "domestic" else "foreign", "legal_form", 0.7)


def _seat_of_kind(span: OrganisationSpan, home: Home) -> Seat | None:
    """An authority of a kind that one country has («акимат»), a federal one («Россотрудничество»)."""
    if country := country_of_kind(span.name, home.region):
        return Seat(country, "foreign", "kind", 0.75)
    noun = noun_of(span.head) if span.head else None
    if noun and noun.naming == "proper":
        return Seat(HOME_COUNTRY, "domestic", "federal", 0.6)
    return None
