"""Where an event took place, from the place cell of its row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from orchestration.extraction.language.text import CellText, fold
from orchestration.extraction.model import Column, Evidence, Municipality, PlaceFact, ReportContext
from orchestration.extraction.municipality import canonical_district
from orchestration.extraction.toponyms.coordinates import find_coordinates
from orchestration.extraction.toponyms.gazetteer import (
    Settlement,
    Territory,
    ToponymMatch,
    find_settlement,
    find_territory,
    scan,
)

HOME_COUNTRY = "RU"
_CERTAINLY_A_CITY = 50_000

_REMOTE_WORD = (
    r"(?:онлайн|on-?line|дистанц|удал[её]нн|видео-?(?:конференц|связ|мост|звон|формат|встреч)|вкс\b|zoom|зум\b|skype"
    r"|скайп|телемост|сферум|вконтакте|вк\b|интернет|виртуальн|заочн|социальн\w+ сет|мессенджер|вебинар|трансляци"
    r"|видео-?звон|веб-?(?:конференц|встреч|семинар)|прям\w+ эфир|соц(?:иальн\w+|\.)?\s?сет|чат\b|переписк"
    r"|почтов\w+ (?:переписк|отправ)|дист(?:анц)?\b\.?|облачн\w+ "
    r"|мессенджер|по телефону|телефонн\w+ (?:разговор|перегов)|он-лайн|электронн"
    r"|(?:контур|яндекс)[ .]?(?:толк|телемост)"
    r"|teams|whatsapp|telegram|телеграм|youtube|rutube|voov|tencent|wechat|вичат"
    r"|webex|trueconf|jitsi|discord|(?:max|мах|mts link|google meet)\b|(?:официальн\w+ )?(?:сайт|портал)\w*$)"
)
_REMOTE_LEAD = (
    r"(?:с|в|во|на|по|посредством|через|при помощи|с помощью|с использованием|пут[её]м|участие|формат\w*|режим\w*)"
)
_REMOTE_MEANS = (
    r"(?:сет[ьи]|мессенджер\w*|приложени\w+|чат\w*|страниц\w+|канал\w*|"
    r"платформ\w+|сервис\w*|площадк\w+|групп\w+|сообществ\w+|сайт\w*|[а-я]+(?:ой|ом|ая|ый|ого|ем) )"
)
_REMOTE_SEGMENT = re.compile(rf"^\W*(?:(?:{_REMOTE_LEAD}|и|также|{_REMOTE_MEANS})\W*)*{_REMOTE_WORD}")
_REMOTE_SERVICE = re.compile(
    r"^\W*(?:(?:на|через|в|посредством|с использованием) )?(?:[а-я-]+(?:ая|ое|ый|ой|ом|ые|ых) ){0,2}"
    r"(?:(?:онлайн-|интернет-)?(?:платформ|сервис|приложени|сайт|портал)\w*|lichess|chess\.com)\b"
)
_REMOTE_PART = re.compile(
    rf"^(?:част[ьи]|отдельн|остальн|ряд|некотор|иностранн|зарубежн|иногородн|друг|гост|участник|спикер|эксперт|докладчик|партнер)"
    rf"[^«»]*?\W(?:{_REMOTE_LEAD}\W+)*{_REMOTE_WORD}"
)
_REMOTE_THEN_PLACE = re.compile(
    rf"{_REMOTE_SEGMENT.pattern}\w*\s?\((?P<place>(?:г|д|п|с|аг|пос|гор)\.|город\s)(?P<rest>[^()]*)\)\W*$"
)
_REMOTE_TAIL = re.compile(
    rf"[^\w»”\"]*(?P<means>\b(?:с (?:подключени|участи|включени)ем(?: \S+){{0,4}}? )?"
    rf"(?:(?:{_REMOTE_LEAD}|и|а также)\W+)*{_REMOTE_WORD}).*$"
)
_UNTOLD = re.compile(r"\W*(?:не (?:указан|определ[её]н)\w*|нет(?: данных| сведений)?|б/м|без места)\W*")
_REMOTE = re.compile(rf"(?<![а-яё]){_REMOTE_WORD}")
_PRESENCE = re.compile(
    r"\(?\b(?:в )?(?:очно|очная|очный|очном|оффлайн|офлайн)[\w-]*(?: (?:участие|форма\w*|режим\w*))?\b\)?"
)
_MIXED = re.compile(
    r"(?:в )?(?:смешанн|комбинированн|гибридн|очно-|очн)[\w-]*(?: и (?:дистанционн|онлайн|заочн)[\w-]*)?"
    r"(?: (?:формат|форм|режим)\w*)?(?:\s*[:,–-]\s*|\s+на базе\s+|\s+)"
)
_FORMAT_OR_TIME = re.compile(
    r"\W*(?:(?:(?:формат|форма|режим)\w*(?: проведения)?[ :–-]+)?(?:в |во )?"
    r"(?:смешанн|комбинированн|гибридн|очн|офлайн|оффлайн)[\w-]*(?: и [\w-]+)?(?: (?:формат|форм|режим)\w*)?"
    r"|постоянно|на постоянной основе|регулярно|ежедневно|еженедельно|ежемесячно|ежеквартально|круглый год"
    r"|(?:в течение|на протяжении) (?:всего )?(?:\w+ )?"
    r"(?:года|квартала|полугодия|месяца|периода|недели|дня|лета|сезона)"
    r"|по (?:понедельник|вторник|сред|четверг|пятниц|суббот|воскресень)(?:ам|ям)"
    r"|(?:весь|вся|все) (?:год|период|квартал|лето|сезон))\W*"
)
_LINK = re.compile(
    r"(?:^|(?<=[\s,(]))(?:в|во|на|у|и|по|близ|около|возле|под|из|территори[яи]|границ\w+|окрестност\w+)(?=[\s.,)]|$)"
)
_NEAR = re.compile(r"[\s,]+(?:у|в|во|на|близ|около|возле|под|недалеко от|рядом с|вблизи|в районе|на территории)\s*$")
_ADDRESS_LEAD = re.compile(
    r" ?(?:г\.|гор\.|город |г\.п\.|д\.|п\.|пос\.|с\.|аг\.|агрогородок |деревня |пос[её]лок |село )\s?[А-ЯЁп]"
)
_REMARK = re.compile(
    r"\((?:(?:игр|матч|старт|финиш|этап|тур|полуфинал|финал|отборочн|групп|день|дни|перв|втор|трет|участ|выезд|гастрол|начал|продолж"
    r"|кругл|основн|для|с|по|до|от|ежедневн|на протяжении)[а-я]*\b|\d)[^()]*\)"
)
_POSTCODE = re.compile(r"\d{6}")
_AFTER_NAME = re.compile(r"[»”\")]\s*$")
_BRACKETED = re.compile(r" ?\((?P<inside>[^()]+)\)")
_PART_LEAD = re.compile(r"[А-ЯЁ«]|онлайн|дистанц|в дистанц|в онлайн|в режиме")
_WRAPPED = re.compile(r"(?:\b(?:у|в|во|на|близ|около|возле|под|и|с|им|имени|г|д|п|с|аг|гор|пос|г\. ?п)\.?|[№–-])$")
_AUTHORITY = re.compile(r"администраци|сов[её]т|исполком|правлени|управлени|поселени|акимат|хокимият|мэри|муниципалит")
_RURAL = frozenset({"агрогородок", "деревня", "село", "посёлок", "хутор", "станица", "аул", "кишлак"})
_OPENING, _CLOSING = "«„(", "»“)"


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of the cell between commas and line breaks, and the toponyms in it."""

    start: int
    end: int
    toponyms: tuple[ToponymMatch, ...]


def read_place(cell: CellText, context: ReportContext, municipality: Municipality | None) -> PlaceFact | None:
    """The place that a cell names, None for a purely online event or an empty cell.

    Names are canonical and nominative; ``region`` and ``district`` only where the cell writes them; the country is
    inferred from the settlement where it is not written.
    """
    point = find_coordinates(cell.text)
    if point:
        cell = cell.blanked(point.start, point.end)
    segments = _present_segments(cell)
    if point and not segments:
        evidence = Evidence(Column.PLACE, point.start, point.end, "place_coordinates")
        return PlaceFact(None, None, None, None, None, None, point.latitude, point.longitude, evidence)
    if not segments or _UNTOLD.fullmatch(cell.folded):
        return None
    toponyms = scan(cell.text, home_region=context.region)
    segments = [_with_toponyms(segment, toponyms) for segment in segments]
    addresses = [segment for segment in segments if _is_address(segment, cell)]
    venues = [segment for segment in segments if segment not in addresses]
    written = [toponym for segment in addresses for toponym in segment.toponyms]
    inside = [toponym for segment in venues for toponym in segment.toponyms if not _is_name_part(toponym, cell)]
    settlement = _first(written, "settlement") or _first(reversed(inside), "settlement")
    district = next((t for t in [*written, *inside] if _level(t) == "district"), None)
    region = next((t for t in [*written, *inside] if _level(t) == "region"), None)
    country = _country(settlement, district, region, _first(written, "country"))
    venue = _venue(venues, settlement, cell)
    name = settlement.name if settlement else None
    entity = settlement.entity if settlement else None
    type_word = settlement.type_word if settlement else None
    if settlement is None and not written and not inside and municipality and municipality.name.startswith("город "):
        name, type_word = municipality.name.removeprefix("город "), "город"
        entity = find_settlement(name, region=context.region) or find_settlement(name, country_code=HOME_COUNTRY)
    if type_word is None and isinstance(entity, Settlement):
        type_word = entity.kind or ("город" if entity.population >= _CERTAINLY_A_CITY else None)
    if not (venue or name or written):
        return None
    latitude, longitude = (point.latitude, point.longitude) if point else _coordinates(entity, district, region)
    return PlaceFact(
        venue=venue,
        settlement=name,
        settlement_type=type_word,
        district=canonical_district(district.name, context.region) if district else None,
        region=region.name if region else None,
        country_code=country or HOME_COUNTRY,
        latitude=latitude,
        longitude=longitude,
        evidence=Evidence(
            column=Column.PLACE,
            start=segments[0].start,
            end=segments[-1].end,
            rule="place_address" if settlement and settlement.is_marked else "place_inferred",
            confidence=0.5 if settlement and settlement.contradicts else 1.0 if written else 0.7,
        ),
        written_country_code=settlement.written_country_code if settlement else None,
    )


def is_remote(cell: CellText) -> bool:
    """Whether the cell names no place, only means of communication («ВКС», «приложение WeChat»)."""
    return _REMOTE.search(cell.folded) is not None and not _present_segments(cell)


def _present_segments(cell: CellText) -> list[_Segment]:
    return [segment for segment in map(_present_part(cell), _split(cell)) if segment is not None]


def _split(cell: CellText) -> list[tuple[int, int]]:
    """Ranges between commas, semicolons and line breaks, those inside quotation marks and brackets not counted."""
    ranges, start, depth = [], 0, 0
    for position, character in enumerate(cell.text):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        rest = cell.text[position + 1 :]
        is_break = character in ",;" or (position in cell.breaks and not _WRAPPED.search(cell.folded[:position]))
        if is_break and (_ADDRESS_LEAD.match(rest) or (not depth and (character in ",;" or _PART_LEAD.match(rest)))):
            ranges.append((start, position))
            start, depth = position + 1, 0
    ranges.append((start, len(cell.text)))
    mixed = _MIXED.match(cell.folded)
    if mixed and mixed.end() < len(cell.text):
        ranges = [(max(start, mixed.end()), end) for start, end in ranges if end > mixed.end()]
    stripped = [_strip(cell.text, *edges) for edges in ranges]
    return [(start, end) for start, end in stripped if start < end and not _POSTCODE.fullmatch(cell.text, start, end)]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,;.":
        start += 1
    while start < end and text[end - 1] in " ,;.–-":
        end -= 1
    return start, end


def _present_part(cell: CellText) -> Callable[[tuple[int, int]], _Segment | None]:
    """A function from a range to its segment without remote wording, None where nothing else is left."""

    def cut(edges: tuple[int, int]) -> _Segment | None:
        start, end = edges
        text = cell.folded[start:end]
        if placed := _REMOTE_THEN_PLACE.match(text):
            return _Segment(start + placed.start("place"), start + placed.end("rest"), ())
        if any(remote.match(text) for remote in (_REMOTE_SEGMENT, _REMOTE_SERVICE, _REMOTE_PART)):
            return None
        if _FORMAT_OR_TIME.fullmatch(text):
            return None
        tail = _REMOTE_TAIL.search(text)
        if tail and not _is_inside_quotes(text, tail.start("means")):
            bracket = text.rfind("(", 0, tail.start())
            is_bracketed = bracket >= 0 and ")" not in text[bracket : tail.start()]
            end = start + (bracket if is_bracketed else tail.start())
        presence = _PRESENCE.search(cell.folded[start:end])
        if presence:
            end = start + presence.start() if presence.end() + start >= end else end
            start = start + presence.end() if presence.start() == 0 else start
        start, end = _strip(cell.text, start, end)
        return _Segment(start, end, ()) if start < end else None

    return cut


def _is_inside_quotes(text: str, position: int) -> bool:
    before = text[:position]
    return before.count("«") > before.count("»")


def _with_toponyms(segment: _Segment, toponyms: list[ToponymMatch]) -> _Segment:
    # The full stop of a shortened type word («м.о.») was stripped from the segment's end.
    inside = tuple(t for t in toponyms if segment.start <= t.start and t.end <= segment.end + 1 and not t.is_quoted)
    end = max([segment.end, *(t.end for t in inside)])
    return _Segment(segment.start, end, tuple(t for t in inside if t.kind != "country_adjective"))


def _is_address(segment: _Segment, cell: CellText) -> bool:
    """Whether nothing but toponyms, prepositions and punctuation stands in the segment."""
    rest, position = "", segment.start
    for toponym in segment.toponyms:
        rest += cell.text[position : toponym.start] + " "
        position = max(position, toponym.end)
    rest += cell.text[position : segment.end]
    rest = _PRESENCE.sub(" ", _LINK.sub(" ", _REMARK.sub(" ", fold(rest))))
    return bool(segment.toponyms) and not re.search(r"\w", rest)


def _is_name_part(toponym: ToponymMatch, cell: CellText) -> bool:
    """Whether a toponym inside a venue belongs to the name of an institution rather than to its address."""
    if toponym.kind == "settlement":
        return not (toponym.is_marked or _NEAR.search(" " + cell.folded[: toponym.start]))
    return toponym.kind == "country" or toponym.type_word is None


def _level(toponym: ToponymMatch) -> str | None:
    if toponym.kind != "territory":
        return None
    if isinstance(toponym.entity, Territory) and toponym.type_word != "округ":
        return toponym.entity.kind
    return (
        "district"
        if toponym.type_word in {"район", "округ", "улус", "уезд", "община"}
        and (not isinstance(toponym.entity, Territory) or toponym.entity.kind == "district")
        else "region"
    )


def _first(toponyms: Iterable[ToponymMatch], kind: str) -> ToponymMatch | None:
    return next((toponym for toponym in toponyms if toponym.kind == kind), None)


def _country(
    settlement: ToponymMatch | None,
    district: ToponymMatch | None,
    region: ToponymMatch | None,
    country: ToponymMatch | None,
) -> str | None:
    """The country of the known settlement; what the cell states counts where no gazetteer knows the settlement."""
    if settlement and settlement.entity:
        return settlement.entity.country_code
    stated = [t for t in (country, region, district, settlement) if t and t.country_code]
    return stated[0].country_code if stated else None


def _venue(venues: list[_Segment], settlement: ToponymMatch | None, cell: CellText) -> str | None:
    parts = []
    for segment in venues:
        end = segment.end
        if settlement and segment.start < settlement.start and settlement.end == end:
            near = _NEAR.search(cell.folded[segment.start : settlement.start])
            if near or _is_appended(settlement, cell.text[segment.start : settlement.start]):
                end = segment.start + near.start() if near else settlement.start
        if settlement and _opens_bracket(cell.text, settlement.start) and cell.text[segment.end - 1] == ")":
            end = cell.text.rindex("(", segment.start, settlement.start) if settlement.start > segment.start else end
        start, end = _strip(cell.text, segment.start, end)
        bracketed = _BRACKETED.fullmatch(cell.text[settlement.end : end]) if settlement else None
        if bracketed and settlement.start == start:
            start, end = settlement.end + bracketed.start("inside"), settlement.end + bracketed.end("inside")
        parts.append(cell.text[start:end])
    return ", ".join(filter(None, parts)) or None


def _is_appended(settlement: ToponymMatch, before: str) -> bool:
    """Whether a town in the nominative stands after a venue's quoted name, a village after a hall, no comma between."""
    is_nominative = settlement.form is not None and fold(settlement.form) == fold(settlement.name)
    is_village_of_hall = settlement.type_word in _RURAL and not _AUTHORITY.search(fold(before))
    return is_nominative and settlement.is_marked and (is_village_of_hall or _AFTER_NAME.search(before) is not None)


def _opens_bracket(text: str, position: int) -> bool:
    return text[:position].rstrip().endswith("(")


def _coordinates(
    entity: Settlement | Territory | None, district: ToponymMatch | None, region: ToponymMatch | None
) -> tuple[float | None, float | None]:
    if entity is not None and entity.latitude is None and entity.district:
        entity = find_territory(entity.district, region=entity.region)
    for known in (entity, district and district.entity, region and region.entity):
        if known is not None and known.latitude is not None:
            return known.latitude, known.longitude
    return None, None
