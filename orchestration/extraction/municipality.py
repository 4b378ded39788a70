"""The reporting municipality from the heading of its section."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import Literal

from orchestration.extraction.language.morphology import nominative, nominative_toponym
from orchestration.extraction.language.spellings import key_of
from orchestration.extraction.language.tables import read_table
from orchestration.extraction.language.text import fold
from orchestration.extraction.model import Municipality
from orchestration.extraction.toponyms.gazetteer_index import (
    Settlement,
    find_seat,
    find_settlement,
    find_territories,
    find_territory,
)

_Kind = Literal["urban_okrug", "municipal_okrug", "municipal_district"]

_LEAD = re.compile(
    r"^(?:[\dIVXLC]+[.)]\s*|администраци\w+\s+|муниципальн\w+\s+образовани\w+\s*|мо\s+(?!го\b|г\.\s?о\.)|[-–—:«»\"„“”]\s*)+",
    re.IGNORECASE,
)
_URBAN = re.compile(
    r"^(?:(?:муниципальн\w+\s+образовани\w+\s+)?(?:городск\w+\s+округ\w*|г\.\s?о\.|(?:мо\s+)?го\b"
    r"|(?P<municipal>муниципальн\w+\s+округ\w*)(?=\W+(?:город|гор\.|г\.)))\s*[-–—«\"]*\s*)?"
    r"(?P<closed>зато\s*[-–—«\"]*\s*)?(?P<city>(?:город(?:а|е|у|ом)?(?:-\w+)?|гор\.|г\.)\s*(?=\W*[А-ЯЁ]))?[«\"]?(?P<name>[А-ЯЁ].*)$",
    re.IGNORECASE,
)
_ADJECTIVE_ENDING = r"(?:ий|ый|ой|ого|его|ому|ему|им|ым|ом|ем)"
_TYPED = re.compile(
    rf"(?P<adjective>[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*?{_ADJECTIVE_ENDING})(?P<middle>(?:\s+[А-ЯЁа-яё-]+{_ADJECTIVE_ENDING})*)"
    r"\s+(?P<type>(?:округ|район|улус|кожуун)\w*)",
    re.IGNORECASE,
)
_DISTRICT_WORD = re.compile(r"(?:муниципальн|городск|округ|район|улус|кожуун)", re.IGNORECASE)
_EPITHET = re.compile(r"(?:муниципальн|городск|внутригородск)", re.IGNORECASE)
_WRAPPER = re.compile(
    r"^(?:(?i:муниципальн|городск)\w+\s+(?i:район|округ)\w*|МР|МО|ГО)\s+(?=[«\"]?[А-ЯЁ][а-яё-]+(?:\s[а-яё-]+)*\s(?:район|улус|кожуун)\b)"
)
_INVERTED = re.compile(
    r"^(?P<kind>(?:(?i:муниципальн|(?:внутри)?городск)\w+\s+(?:округ|район)\w*)|МР|МО|ГО)\s*[«\"]?"
    r"(?P<adjective>[А-ЯЁ][а-яё-]+(?:ск|цк|н)(?:ий|ой|ый|ого))(?=$|[»\"]|\s(?:г\.|город))"
)
_KIND_INITIALS = {"МР": "муниципальный район", "МО": "муниципальный округ", "ГО": "городской округ"}
_NAMED_DISTRICT = re.compile(r"^(?:муниципальн\w+\s+район\w*|МР)\s*[«\"]?(?P<name>[А-ЯЁ][а-яё-]+)[»\"]?$")
_FORMATION = re.compile(
    r"(?P<name>[А-ЯЁ][а-яё-]+(?:ое|ого)(?:\s+(?:районн|городск)\w+)?\s+муниципальн\w+\s+образовани\w+)"
)
_SHORT_DISTRICT = re.compile(r"\bр-о?н(?P<ending>а|е|у|ом)?\b\.?", re.IGNORECASE)
_SHORT_EPITHET = re.compile(
    r"\b(?P<epithet>мун(?:иц(?:ип)?)?|гор)\.?\s?(?=(?:округ|район)(?P<ending>а|у|е|ом)?\b)", re.IGNORECASE
)
_INITIALS = re.compile(
    r"(?P<adjective>\b[А-ЯЁ][а-яё-]+(?P<ending>[иоы]й|ого|ому|[иы]м|ом))\s+"
    r"(?P<initials>МО|МР|ГО|(?i:м\.\s?о|м\.\s?р|г\.\s?о)(?=\.)|м/о|м/р|г/о)(?!\w)\.?"
)
_CLOSED = re.compile(r"закрыт\w+ административно-территориальн\w+ образовани\w+", re.IGNORECASE)
_RESORT = re.compile(r"\bг\.?\s?-\s?к\.\s?")
_APPENDIX = re.compile(r"\s+с\s+(?:подведомственн|прилегающ|подчиненн)\w+\s+территори\w+")
_SETTLEMENT = re.compile(
    r"(?:городской округ\s+[«\"]?)?(?P<type>пос[её]лок городского типа|рабоч\w+ пос[её]л\w+(?:\s?\(пгт\))?|"
    r"пгт|п\.\s?г\.\s?т\.|р\.\s?п\.|рп|"
    r"пос[её]лок|пос\.|село|с\.|деревня|станица)\s*(?P<name>[А-ЯЁ].*)",
    re.IGNORECASE,
)
_CASE_OF_ENDING = {"": 0, "а": 1, "у": 2, "ом": 3, "е": 4, "ого": 1, "ому": 2, "им": 3, "ым": 3}
_EPITHET_ENDINGS = ("ый", "ого", "ому", "ым", "ом")
_TYPE_ENDINGS = ("", "а", "у", "ом", "е")
_SAME_NAME = 3


@lru_cache(maxsize=1000)
def read_municipality(section_text: str, region: str) -> Municipality:
    """The municipality that a section heading names, in the nominative, with its seat's coordinates where known.

    ``region`` is the report's canonical region; a heading of no known shape is taken as the name of a district.
    """
    heading = _APPENDIX.sub("", _spelled_out(" ".join(section_text.split())))
    core = _without_region(_LEAD.sub("", heading), region).strip(' «»"„“”.,:;–—-')
    if core.isupper() and not core.startswith("ЗАТО"):
        core = " ".join(_capitalised(word) for word in core.split())
    core = re.sub(r"\b[Рр]айон им\.\s?", "Район имени ", core)
    core = _WRAPPER.sub("", core).strip('«"')
    core = _INVERTED.sub(lambda m: f"{m['adjective']} {_KIND_INITIALS.get(m['kind'], m['kind'])}", core)
    if formation := _FORMATION.match(core):
        return Municipality(nominative(formation["name"]), "municipal_district", *_coordinates(core.split()[0], region))
    typed = _TYPED.search(core)
    if typed and not _EPITHET.match(typed["adjective"]):
        return _district(typed, region)
    if (named := _NAMED_DISTRICT.match(core)) and (seat := find_settlement(named["name"], region=region)):
        name = f"муниципальный район «{seat.name}»"
        return Municipality(name, "municipal_district", seat.latitude, seat.longitude)
    settled = _SETTLEMENT.fullmatch(core)
    if settled and settled["name"][0].isupper():
        return _settlement(settled["type"], settled["name"], region)
    urban = _URBAN.match(core)
    is_urban = urban and (urban["closed"] or urban["city"] or not core.startswith(urban["name"]))
    if is_urban:
        city = _city(urban["name"], bool(urban["closed"]), region)
        return replace(city, kind="municipal_okrug") if urban["municipal"] else city
    settlement = find_settlement(core, region=region) if core else None
    if settlement:
        return _city(core, False, region)
    name = canonical_district(nominative(core), region)
    return Municipality(name, _kind_of(name), *_coordinates(name.split()[0] if name else "", region))


def _spelled_out(heading: str) -> str:
    """The heading with «р-н», «мун. округ», «Зейский МО», «закрытое … образование» in full, their case kept."""

    def epithet(match: re.Match[str]) -> str:
        stem = "городск" if match["epithet"].lower() == "гор" else "муниципальн"
        return _inflected(stem, _CASE_OF_ENDING[(match["ending"] or "").lower()]) + " "

    def initials(match: re.Match[str]) -> str:
        letters = re.sub(r"[^мрго]", "", match["initials"].lower())
        case = _CASE_OF_ENDING.get(match["ending"], 0)
        if match["ending"] == "ом":
            case = 4
        kind = ("район" if letters[1] == "р" else "округ") + _TYPE_ENDINGS[case]
        return f"{match['adjective']} {_inflected('городск' if letters[0] == 'г' else 'муниципальн', case)} {kind}"

    heading = _SHORT_DISTRICT.sub(lambda match: "район" + (match["ending"] or ""), heading)
    heading = _RESORT.sub("город-курорт ", _CLOSED.sub("ЗАТО", heading))
    return _INITIALS.sub(initials, _SHORT_EPITHET.sub(epithet, heading))


def _inflected(stem: str, case: int) -> str:
    if stem.endswith("к"):
        return stem + ("ой", "ого", "ому", "им", "ом")[case]
    return stem + _EPITHET_ENDINGS[case]


@cache
def _aliases() -> dict[tuple[str, str], str]:
    return {
        (key_of(row["region"]), key_of(row["alias"])): row["name"] for row in read_table("municipality_aliases.csv")
    }


def canonical_district(name: str, region: str | None) -> str:
    """A district's present name for a former or short one («Велижский район»), as written if none is listed."""
    return _aliases().get((key_of(region or ""), key_of(name)), name)


def _without_region(text: str, region: str) -> str:
    """The heading without a region's name: in the genitive at its end, shortened or inside («ГО АО «Город …»»)."""
    initials = re.escape("".join(word[0].upper() for word in region.split()))
    text = re.sub(rf"\s{initials}(?=[»\"]*$|\s*[«\"])", "", text)
    words = text.split()
    for first in range(1, len(words) - 1):
        inner = find_territory(" ".join(words[first : first + 2]))
        if inner and inner.name == region and words[first + 2 :] and words[first + 2][0] in '«"':
            return " ".join([*words[:first], *words[first + 2 :]])
    for first in range(1, len(words)):
        tail = " ".join(words[first:]).strip(' «»"().,')
        if _DISTRICT_WORD.match(words[first]):
            continue
        territory = find_territory(tail)
        if territory and territory.kind == "region" and (territory.name == region or " " in territory.name):
            return " ".join(words[:first])
    return text


def _capitalised(word: str) -> str:
    is_common = re.match(r"(?:МУНИЦИПАЛЬН|ГОРОДСК|ОКРУГ|РАЙОН|ГОРОД)", word)
    return word.lower() if is_common else word.title()


def _district(typed: re.Match[str], region: str) -> Municipality:
    middle = [word if "-" in word else word.lower() for word in typed["middle"].split()]
    name = canonical_district(nominative(" ".join([typed["adjective"], *middle, typed["type"].lower()])), region)
    return Municipality(name, _kind_of(name), *_coordinates(name.split()[0], region))


def _kind_of(name: str) -> _Kind:
    if "городской округ" in name or name.startswith("город "):
        return "urban_okrug"
    return "municipal_okrug" if "округ" in name else "municipal_district"


def _city(name: str, is_closed: bool, region: str) -> Municipality:
    name = name.strip(' «»"„“”.,')
    settlement = find_settlement(name, region=region) or find_settlement(name, country_code="RU")
    coordinates = (settlement.latitude, settlement.longitude) if settlement else (None, None)
    return Municipality(
        f"{'ЗАТО' if is_closed else 'город'} {_spelling(name, settlement)}", "urban_okrug", *coordinates
    )


def _spelling(name: str, settlement: Settlement | None) -> str:
    """The gazetteer's nominative, but the heading's own name where the gazetteer only knows another name for it."""
    length = min(_SAME_NAME, len(name) - 1)
    is_same = settlement is not None and fold(settlement.name)[:length] == fold(name)[:length]
    return settlement.name if settlement and is_same else nominative_toponym(name)


def _settlement(type_word: str, name: str, region: str) -> Municipality:
    """A settlement that reports by itself («пгт Прогресс»)."""
    settlement = find_settlement(name, region=region)
    kind = type_word.lower().replace("ё", "е")
    kind = {"с.": "село", "село": "село", "деревня": "деревня", "станица": "станица"}.get(kind, "посёлок")
    coordinates = (settlement.latitude, settlement.longitude) if settlement else (None, None)
    return Municipality(f"{kind} {_spelling(name, settlement)}", "municipal_district", *coordinates)


def _coordinates(adjective: str, region: str) -> tuple[float | None, float | None]:
    """Degrees of the district's seat, found by the listed district or by the stem of its adjective."""
    district = next((t for t in find_territories(f"{adjective} район") if t.region == region), None)
    if district and district.latitude is not None:
        return district.latitude, district.longitude
    seat: Settlement | None = find_seat(adjective, region)
    return (seat.latitude, seat.longitude) if seat else (None, None)
