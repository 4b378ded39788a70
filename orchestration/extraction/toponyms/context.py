"""Which of several places of one name a text means, from the country and region it states beside the name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from orchestration.extraction.language.morphology import nominative_toponym
from orchestration.extraction.language.spellings import key_of, keys_of_form
from orchestration.extraction.toponyms.gazetteer_index import (
    Settlement,
    Territory,
    country_names,
    find_seat,
    find_settlement,
    is_within,
)
from orchestration.extraction.toponyms.tokens import Tokens

_SEPARATOR = re.compile(r",? ?(?:(?:и|или|а также) )?")
_SMALL = 50_000
_NOTABLE = 10_000
_VILLAGES = frozenset({"деревня", "село", "хутор", "агрогородок", "аул"})
_RURAL = _VILLAGES - {"агрогородок"} | {"посёлок", "станица"}
_COUNTRY_OF_TYPE = {"агрогородок": "BY"}
_REGION_OF_TYPE = {"улус": "Республика Саха (Якутия)", "кожуун": "Республика Тыва"}
# Elsewhere the regions of the gazetteer are not those of today, or too few towns are listed.
_COUNTRIES_OF_KNOWN_TOWNS = frozenset({"RU", "BY"})
_DISTRICTS = frozenset({"район", "округ", "муниципальный округ", "городской округ", "муниципальный район"})


@dataclass(frozen=True, slots=True)
class ToponymMatch:
    """A toponym in the half-open range [start, end) of the text, its type word included in the range.

    ``name`` is canonical; ``entity`` is None where no gazetteer knows the place or for a country;
    ``written_country_code`` is the country that the text states where no such settlement exists there,
    ``written_region`` the region beside a town that has no town of this name;
    ``is_quoted`` tells that «…» stands around the toponym.
    """

    start: int
    end: int
    kind: Literal["country", "country_adjective", "territory", "settlement"]
    country_code: str | None
    name: str
    entity: Settlement | Territory | None = None
    type_word: str | None = None
    is_marked: bool = True
    written_country_code: str | None = None
    written_region: str | None = None
    is_quoted: bool = False
    form: str | None = None
    candidates: tuple[Settlement, ...] | tuple[Territory, ...] = ()

    @property
    def contradicts(self) -> bool:
        """Whether the text puts the settlement into a country that has none of this name."""
        return self.written_country_code is not None


@dataclass(frozen=True, slots=True)
class _Stated:
    """The country and region that the text gives for a place, and whether it plainly speaks of that place alone."""

    country_code: str | None = None
    region: str | None = None
    is_plain: bool = False


def resolve(matches: list[ToponymMatch], tokens: Tokens, home_region: str | None) -> list[ToponymMatch]:
    """The matches with country and entity decided; territories first, since they decide on settlements."""
    resolved = list(matches)
    for index, match in enumerate(resolved):
        if match.kind == "territory":
            resolved[index] = _territory(index, resolved, tokens, home_region)
    for index, match in enumerate(resolved):
        if match.kind == "settlement":
            resolved[index] = _settlement(index, resolved, tokens, home_region)
    return [replace(match, candidates=()) for match in resolved]


def _territory(index: int, matches: list[ToponymMatch], tokens: Tokens, home_region: str | None) -> ToponymMatch:
    match = matches[index]
    candidates: tuple[Territory, ...] = match.candidates
    stated = _stated(index, matches, tokens)
    if not candidates:
        if region := _REGION_OF_TYPE.get(match.type_word or ""):
            return replace(match, country_code="RU", entity=Territory(match.name, "district", "RU", region, None, None))
        seat = find_seat(match.name.split()[0], home_region) if home_region and match.type_word in _DISTRICTS else None
        if seat and not stated.country_code:
            home = Territory(match.name, "district", "RU", home_region, seat.latitude, seat.longitude)
            return replace(match, country_code="RU", entity=home)
        return replace(match, country_code=stated.country_code or _mentioned(index, matches, tokens))

    def rank(candidate: Territory) -> tuple:
        is_home = home_region is not None and candidate.region == home_region and stated == _Stated()
        return (
            is_home,
            candidate.kind == "region",
            stated.region is not None and candidate.region == stated.region,
            candidate.country_code == stated.country_code,
            candidate.region == home_region and home_region is not None,
            candidate.country_code == (_mentioned(index, matches, tokens) or _company(index, matches, tokens)),
            candidate.country_code == "RU",
            candidate.country_code == "BY",
        )

    best = max(candidates, key=rank)
    if best.kind == "district" and stated.region and all(other.region != stated.region for other in candidates):
        there = Territory(match.name, "district", stated.country_code or best.country_code, stated.region, None, None)
        return replace(match, country_code=there.country_code, entity=there)
    if best.kind == "district" and _is_anywhere(best, candidates, home_region) and stated == _Stated():
        return match
    if best.kind == "district" and stated.country_code and best.country_code != stated.country_code:
        return replace(match, country_code=stated.country_code)
    is_bare = match.name.count(" ") == 1 and match.type_word == "район"
    name = best.name if is_bare and best.kind == "district" and best.name.endswith(" район") else match.name
    return replace(match, country_code=best.country_code, entity=best, name=name)


def _is_anywhere(best: Territory, candidates: tuple[Territory, ...], home_region: str | None) -> bool:
    """Whether districts of several Russian regions are called so, none of them at home: «Ленинский район»."""
    regions = {other.region for other in candidates if other.country_code == "RU"}
    return best.country_code == "RU" and home_region not in {None, *regions} and len(regions) > 1


def _settlement(index: int, matches: list[ToponymMatch], tokens: Tokens, home_region: str | None) -> ToponymMatch:
    match = matches[index]
    stated = _stated(index, matches, tokens)
    if stated == _Stated() and match.type_word in _COUNTRY_OF_TYPE:
        stated = _Stated(_COUNTRY_OF_TYPE[match.type_word], is_plain=True)
    is_village = match.type_word in _VILLAGES
    if not match.candidates or (is_village and not _has_namesake(match)):
        return _unlisted(match, stated, nominative_toponym(match.form), _mentioned(index, matches, tokens))
    usual = find_settlement(match.form, home_region=home_region)
    if home_region and match.type_word not in {None, "город"}:
        usual = find_settlement(match.form, region=home_region) or usual
        if match.type_word in _RURAL and stated == _Stated() and _is_elsewhere_in_russia(usual, home_region):
            name = _spelled(match)
            home = Settlement(name, "RU", home_region, None, 0, None, None, match.type_word)
            return replace(match, country_code="RU", name=name, entity=home)
    entity, written = usual, None
    is_at_home = home_region is not None and usual.region == home_region
    if stated.country_code:
        there = find_settlement(match.form, country_code=stated.country_code, region=stated.region) or (
            find_settlement(match.form, country_code=stated.country_code)
        )
        if there and is_village and stated.region and there.region != stated.region:
            return _unlisted(match, stated, _spelled(match), None)
        known_from = _NOTABLE if is_at_home else _SMALL
        if there and (stated.is_plain or usual.country_code != "RU" or usual.population < known_from):
            entity = there
        elif there is None and stated.is_plain:
            if usual.population < _NOTABLE or match.type_word not in {None, "город"}:
                return _unlisted(match, stated, _spelled(match), None)
            written = stated.country_code
    elif not is_at_home or (match.type_word == "город" and usual.population < _NOTABLE):
        mentioned = _mentioned(index, matches, tokens)
        there = find_settlement(match.form, country_code=mentioned) if mentioned else None
        is_likelier = there is not None and (not is_at_home or there.population >= _NOTABLE)
        if is_likelier and usual.country_code != mentioned and usual.population < _SMALL:
            entity = there
    known = {"country_code": entity.country_code, "entity": entity, "name": entity.name}
    region = stated.region if _is_in_another_region(match, stated) else None
    return replace(match, **known, written_country_code=written, written_region=region)


def _is_in_another_region(match: ToponymMatch, stated: _Stated) -> bool:
    """Whether a town is written into a region where none of its namesakes lies, in a country whose towns are known.

    A village may have any name, and only a town is written «г.».
    """
    if match.type_word != "город" or not (stated.is_plain and stated.region):
        return False
    towns = [town for town in match.candidates if town.country_code == stated.country_code]
    return (
        stated.country_code in _COUNTRIES_OF_KNOWN_TOWNS
        and any(town.population >= _NOTABLE for town in towns)
        and not any(is_within(town.region, stated.region) for town in towns)
    )


def _is_elsewhere_in_russia(settlement: Settlement, home_region: str) -> bool:
    """Whether a village that the text puts nowhere is listed only in another region, or as a city: it is at home."""
    is_village = settlement.population < _NOTABLE or settlement.population >= _SMALL
    return settlement.country_code == "RU" and settlement.region not in {home_region, None} and is_village


def _unlisted(match: ToponymMatch, stated: _Stated, name: str, mentioned: str | None) -> ToponymMatch:
    """A place that no gazetteer knows, where the text says it is."""
    country = stated.country_code or mentioned
    if not stated.country_code:
        return replace(match, country_code=country, name=name)
    entity = Settlement(name, stated.country_code, stated.region, None, 0, None, None, match.type_word)
    return replace(match, country_code=country, name=name, entity=entity)


def _has_namesake(match: ToponymMatch) -> bool:
    """Whether a candidate's own name, rather than an alias, is the word of the text."""
    return not {key_of(candidate.name) for candidate in match.candidates}.isdisjoint(keys_of_form(match.form))


def _spelled(match: ToponymMatch) -> str:
    """The nominative of a place that no gazetteer knows, spelt as namesakes elsewhere are."""
    keys = keys_of_form(match.form)
    known = next((s.name for s in match.candidates if key_of(s.name) in keys), None)
    return known or nominative_toponym(match.form)


def _stated(index: int, matches: list[ToponymMatch], tokens: Tokens) -> _Stated:
    match = matches[index]
    text = tokens.text
    bracket = tokens.bracket_around(match.start)
    # What the match's own bracket or a direct continuation says: «г. Горки (Могилевская область, Республика Беларусь)».
    last = index
    is_plain = True
    while True:
        following = _following(last, matches, text)
        if following:
            if matches[following].kind == "settlement":
                city = next(iter(matches[following].candidates), None)
                return _Stated(city.country_code, city.region, is_plain) if city else _Stated()
            return _chain(following, matches, text, is_plain)
        step = last + 1
        if step >= len(matches) or matches[step].kind != match.kind:
            break
        between = text[matches[last].end : matches[step].start]
        if not _SEPARATOR.fullmatch(between) or not between.strip():
            break
        if match.kind == "territory" and " " in text[matches[last].start : matches[last].end]:
            break
        last, is_plain = step, False
    if bracket:
        owner = next((m for m in matches if m.end == len(text[: bracket[0]].rstrip())), None)
        if owner and owner.kind in {"country", "territory"}:
            return _of(owner, True)
    before = _before(index, matches, text)
    return before or _Stated()


def _following(index: int, matches: list[ToponymMatch], text: str) -> int | None:
    """The position of the country or territory that right after a match says where it is."""
    step = index + 1
    if step >= len(matches):
        return None
    between = text[matches[index].end : matches[step].start]
    if matches[step].kind == "settlement" and matches[index].type_word in _DISTRICTS and between == " ":
        return step
    if matches[step].kind not in {"country", "territory"}:
        return None
    follower = matches[step]
    if follower.kind == matches[index].kind and follower.type_word == matches[index].type_word:
        return None
    if re.fullmatch(r"»?\.? ?\((?:[^()]{0,20})", between) or between == " " or re.fullmatch(r" ?\)? ", between):
        return step
    if between == ", " and _is_address(follower, text):
        return step
    return None


def _is_address(match: ToponymMatch, text: str) -> bool:
    """Whether a toponym after a comma goes on an address: it stands in the nominative."""
    written = key_of(text[match.start : match.end])
    return written in country_names() if match.kind == "country" else written in {key_of(match.name), *_short(match)}


def _short(match: ToponymMatch) -> set[str]:
    return {key_of(match.name).replace("область", "обл").replace("район", "р-н")}


def _chain(first: int, matches: list[ToponymMatch], text: str, is_plain: bool) -> _Stated:
    """Region and country of an address like «Могилевская область, Республика Беларусь»."""
    country = region = None
    position = first
    while position < len(matches) and matches[position].kind in {"country", "territory"}:
        match = matches[position]
        if position > first and not re.fullmatch(r",? ", text[matches[position - 1].end : match.start]):
            break
        if match.kind == "country":
            country = match.country_code
            break
        candidate = next(iter(match.candidates), None) or match.entity
        if candidate is not None:
            known = match.entity or candidate
            if known.kind == "region" or len(match.candidates) == 1:
                region = region or (known.name if known.kind == "region" else known.region)
                country = country or known.country_code
        position += 1
    return _Stated(country, region, is_plain)


def _of(match: ToponymMatch, is_plain: bool) -> _Stated:
    if match.kind == "country":
        return _Stated(match.country_code, None, is_plain)
    known = match.entity or next(iter(match.candidates), None)
    if known is None:
        return _Stated(match.country_code, None, is_plain)
    return _Stated(known.country_code, known.name if known.kind == "region" else known.region, is_plain)


def _before(index: int, matches: list[ToponymMatch], text: str) -> _Stated | None:
    """The country of «Республика Беларусь, г. Орша», «городов Беларуси: Минск и Орша», «белорусских городов Горки»."""
    position = index - 1
    while position >= 0 and matches[position].kind == matches[index].kind:
        between = text[matches[position].end : matches[position + 1].start]
        if not _SEPARATOR.fullmatch(between):
            return None
        position -= 1
    if position < 0:
        return None
    owner = matches[position]
    between = text[owner.end : matches[position + 1].start]
    if owner.kind == "country_adjective" and re.fullmatch(r" (?:[а-яё-]+ )?", between):
        return _Stated(owner.country_code, None, False)
    if owner.kind in {"country", "territory"} and re.fullmatch(r", | \(?|: ?| – | \([а-яё. ]*", between):
        return _of(owner, False)
    return None


def _company(index: int, matches: list[ToponymMatch], tokens: Tokens) -> str | None:
    """The only foreign country of the towns and regions in the sentence."""
    sentence = tokens.sentence_of(matches[index].start)
    others = [match for match in matches if match.candidates and tokens.sentence_of(match.start) == sentence]
    others = [other for other in others if other is not matches[index] and _is_of_one_country(other)]
    sure = {other.candidates[0].country_code for other in others}
    foreign = sure - {"RU"}
    return foreign.pop() if len(foreign) == 1 else None


def _is_of_one_country(match: ToponymMatch) -> bool:
    """Whether the likeliest place is taken for sure; districts of one name lie in many countries."""
    return match.kind == "settlement" or len({candidate.country_code for candidate in match.candidates}) == 1


def _mentioned(index: int, matches: list[ToponymMatch], tokens: Tokens) -> str | None:
    """The only foreign country that the sentence names, if it names one."""
    sentence = tokens.sentence_of(matches[index].start)
    codes = {
        match.country_code
        for match in matches
        if match.kind in {"country", "country_adjective"} and tokens.sentence_of(match.start) == sentence
    }
    foreign = codes - {"RU", None}
    return foreign.pop() if len(foreign) == 1 else None
