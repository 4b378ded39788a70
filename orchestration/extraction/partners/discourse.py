"""Where an organisation without a seat in its own name sits, by those it is named with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from orchestration.extraction.model import Column, PartnerSide, PlaceFact
from orchestration.extraction.organisations.parts import OrganisationSpan
from orchestration.extraction.toponyms.gazetteer import Settlement, Territory, ToponymMatch, find_settlement
from orchestration.extraction.toponyms.home import HOME_COUNTRY, Home, side_of
from orchestration.extraction.toponyms.palladius import looks_chinese

_BREAK = r"(?<!\b\w)(?<!\b\w\w)(?<!\b\w\w\w)"
_ITEM_START = re.compile(rf"[;,)]\s|{_BREAK}[.!?:]\s+(?=[А-ЯЁ–-])")
_SENTENCE_START = re.compile(rf";\s|{_BREAK}[.!?]\s+(?=[А-ЯЁ–-])")
_OWN_SIDE = re.compile(
    r"\b(?:росси\w+|росс\.|наш\w+|местн\w+|принимающ\w+|муниципальн\w+) (?:сторон|делегац|участни)", re.IGNORECASE
)
_SIDE_AFTER = re.compile(r"\s+(?:сторон|делегаци)\w*(?:\s*[:–—(-]|\s+[а-яё])", re.IGNORECASE)
_SIDE_BEFORE = re.compile(
    r"\b(?:сторон\w+|делегаци\w+|гост\w+|представител\w+|участник\w+|из|от)\s+(?:из\s+|от\s+)?$", re.IGNORECASE
)
_HEADING = re.compile(
    r"(?:\s*\([^()]*\))?(?:\s*[–—-]\s*\d+(?:\s*чел\w*\.?)?)?\s*(?:[:–—]|в составе|во главе|в лице)\s*", re.IGNORECASE
)
_ARRIVAL = re.compile(
    r"\b(?:прибы|приеха|прилете|участв|участие|выступ|представ|делегац|гост|в составе|во главе|в лице|в том числе"
    r"|в т\. ?ч)",
    re.IGNORECASE,
)
_VISIT = re.compile(
    r"\b(?:посет|посещ|осмотр|ознаком|знаком|побыва|показа|встрет|принял[аио]?\b(?! участие)|принима|организ|подпис"
    r"|заключ|договор|провел|провед|на баз|вручи|поздрав|передал|встреч)",
    re.IGNORECASE,
)
_FREE_WORDS = r"(?:(?!(?:в|во|на|у|к|по|с|со|для|при|приним\w+|встре\w+)\s)[а-яё-]+\s+){0,3}$"
_WITH_HOST = re.compile(
    r"\b(?:в|во|на|с|со|у|для|перед|руководств\w+|при поддержке|по приглашению|приглаш\w+"
    r"|принимающ\w+ сторон\w+\s*[–—:-]|организатор\w*\s*(?:[–—:-]|выступ\w+|стал\w*|явля\w+)"
    rf"|посети\w+|встретил\w*|принял\w*)\s+{_FREE_WORDS}",
    re.IGNORECASE,
)
_VISITED = re.compile(r"\b(?:посети|посещ|осмотр|ознаком|знаком|побыва)\w+", re.IGNORECASE)
_COMPANION = re.compile(rf"\b(?:вместе|совместно|наряду) со? {_FREE_WORDS}", re.IGNORECASE)
_GUEST = re.compile(
    r"\bгост\w+\s*[:–—-]\s*$"
    r"|\b(?:(?:встреч\w+|переговор\w+) с делегаци\w+|при[её]м\w*|визит\w*|гост\w+ из|иностранн\w+|зарубежн\w+)"
    r"\s+(?:[а-яё-]+(?:ой|ых|их|ого|ей|ии|ов)\s+){0,2}$",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*[–—-]\s*")
_JOINED = re.compile(r"\s*(?:,|и|а также)\s+(?:[а-яё]+\s+)?")
_BETWEEN = re.compile(r"\bмежду\s+$", re.IGNORECASE)
_QUOTED_WORDS = re.compile(r"[«\"“„]([^«»\"“”„]+)")
_LAST_QUOTED = re.compile(r"[«\"“„]\s*([^«»\"“”„]+?)\s*[»”\"]*$")
_LATIN_NAME = re.compile(r"[A-Za-zÀ-ž][A-Za-zÀ-ž0-9 &.-]{3,}")
_REACH = 160


@dataclass(frozen=True, slots=True)
class Seat:
    """An organisation's country and side, its settlement or territory where known, and the rule that told."""

    country_code: str | None
    side: PartnerSide
    rule: str
    confidence: float
    settlement: Settlement | None = None
    territory: Territory | None = None


@dataclass(frozen=True, slots=True)
class Discourse:
    """What a cell tells around its organisations: their places, the row's place abroad and its foreign countries."""

    column: Column
    text: str
    toponyms: Sequence[ToponymMatch]
    spans: Sequence[OrganisationSpan]
    home: Home
    place_abroad: PlaceFact | None
    countries: frozenset[str]
    places: Mapping[str, ToponymMatch]

    @property
    def only_country(self) -> str | None:
        """The country abroad that the row deals with, if it is one."""
        if self.place_abroad and self.place_abroad.country_code != HOME_COUNTRY:
            return self.place_abroad.country_code
        return next(iter(self.countries)) if len(self.countries) == 1 else None


def seat_in_discourse(index: int, seats: Sequence[Seat | None], discourse: Discourse) -> Seat | None:
    """The seat of ``discourse.spans[index]`` by its list, its side, its counterpart or its part in the event.

    ``seats`` are those that the mentions tell by themselves or that were found before, None where there is none.
    """
    span = discourse.spans[index]
    return (
        _of_bracket(span, discourse)
        or _of_side(span, discourse)
        or _of_quoted_place(span, discourse)
        or _of_spelling(span, discourse)
        or _of_counterpart(index, seats, discourse)
        or _of_host(span, discourse)
        or _of_neighbour(index, seats, discourse)
        or _of_guest(span, discourse)
    )


def _seat_at(match: ToponymMatch, home: Home, rule: str, confidence: float) -> Seat | None:
    if home.has_match(match):
        return Seat(HOME_COUNTRY, "home", rule, confidence)
    if match.country_code is None:
        return None
    settlement = match.entity if isinstance(match.entity, Settlement) else None
    territory = match.entity if isinstance(match.entity, Territory) else None
    return Seat(match.country_code, side_of(match.country_code), rule, confidence, settlement, territory)


def _free(discourse: Discourse, start: int, end: int) -> Iterator[ToponymMatch]:
    """The toponyms between two offsets that stand in no organisation's name."""
    for match in discourse.toponyms:
        inside = any(span.start <= match.start < span.end for span in discourse.spans)
        if start <= match.start and match.end <= end and not inside and not match.is_quoted:
            yield match


def _of_bracket(span: OrganisationSpan, discourse: Discourse) -> Seat | None:
    """«4 из КНР (ООО «…»)», «9 человек (ОАО «…», г. Брест)»: a place in the bracket, else before it."""
    text = discourse.text
    opening = _open_bracket(text, span.start)
    if opening is None:
        return None
    closing = text.find(")", span.end)
    closing = len(text) if closing < 0 else closing
    is_alone = sum(opening < other.start < closing for other in discourse.spans) == 1
    within = [match for match in _free(discourse, opening, closing) if match.kind != "country_adjective"]
    if within and is_alone:
        return _seat_at(within[0], discourse.home, "in_bracket", 0.8)
    start = _last_end(_ITEM_START, text, opening)
    if _OWN_SIDE.search(text, start, opening):
        return Seat(HOME_COUNTRY, "home", "own_side", 0.75)
    before = list(_free(discourse, start, opening))
    return _seat_at(before[-1], discourse.home, "before_bracket", 0.8) if before else None


def _open_bracket(text: str, position: int) -> int | None:
    depth = 0
    for offset in range(position - 1, max(-1, position - _REACH), -1):
        if text[offset] == ")":
            depth += 1
        elif text[offset] == "(":
            if not depth:
                return offset
            depth -= 1
    return None


def _last_end(pattern: re.Pattern[str], text: str, position: int) -> int:
    """Where the last match before a position ends, 0 if there is none."""
    return max((match.end() for match in pattern.finditer(text, max(0, position - _REACH), position)), default=0)


def _of_side(span: OrganisationSpan, discourse: Discourse) -> Seat | None:
    """«Белорусскую сторону представляли …», «от Минска – …», «из Бреста прибыли … ОАО «…»»."""
    text = discourse.text
    start = _last_end(_SENTENCE_START, text, span.start)
    for match in reversed(list(_free(discourse, start, span.start))):
        between = text[match.end : span.start]
        if _OWN_SIDE.search(between) or _VISIT.search(between):
            return None
        is_side = bool(_SIDE_AFTER.match(between)) and match.kind.startswith("country")
        is_led = bool(_SIDE_BEFORE.search(text, start, match.start))
        is_first = not text[start : match.start].rpartition(":")[2].strip()
        if match.kind == "country_adjective" and not is_side:
            continue
        if is_side or ((is_led or is_first) and _HEADING.match(between)) or (is_led and _ARRIVAL.search(between)):
            return _seat_at(match, discourse.home, "side", 0.75)
    return None


def _of_quoted_place(span: OrganisationSpan, discourse: Discourse) -> Seat | None:
    """«Замковый комплекс «Мир»» in a row that names the town of Мир."""
    quoted = _LAST_QUOTED.search(span.name)
    match = discourse.places.get(quoted[1].split(" ")[0]) if quoted else None
    return _seat_at(match, discourse.home, "quoted_place", 0.65) if match else None


def _of_spelling(span: OrganisationSpan, discourse: Discourse) -> Seat | None:
    """A quoted name that is spelt as Chinese is, in a row that deals with China, or in Latin letters."""
    quoted = _QUOTED_WORDS.search(span.name)
    if quoted is None:
        return None
    if "CN" in discourse.countries and looks_chinese(quoted[1]):
        return Seat("CN", "foreign", "spelling", 0.7)
    if discourse.only_country and _LATIN_NAME.fullmatch(quoted[1]):
        return Seat(discourse.only_country, "foreign", "spelling", 0.6)
    return None


def _of_counterpart(index: int, seats: Sequence[Seat | None], discourse: Discourse) -> Seat | None:
    """«ООО «А» – компания «Б»», «между А и Б»: opposite one at home stands one from abroad."""
    code = discourse.only_country
    if code is None:
        return None
    text, spans = discourse.text, discourse.spans
    for left, right in ((index - 1, index), (index, index + 1)):
        if left < 0 or right >= len(spans):
            continue
        other = seats[left if right == index else right]
        between = text[spans[left].end : spans[right].start]
        is_pair = _DASH.fullmatch(between) or (between == " и " and _BETWEEN.search(text, 0, spans[left].start))
        if is_pair and other is not None and other.side == "home":
            return Seat(code, "foreign", "counterpart", 0.6)
    return None


def _of_host(span: OrganisationSpan, discourse: Discourse) -> Seat | None:
    """One that receives, abroad: «в Доме дружбы», «с руководством ОАО «…»», «по приглашению …»."""
    place = discourse.place_abroad
    if place is None or discourse.column is Column.PARTICIPANTS:
        return None
    start = _last_end(_SENTENCE_START, discourse.text, span.start)
    before = discourse.text[start : span.start]
    is_visited = _VISITED.search(before) is not None
    if not (is_visited or _WITH_HOST.search(before)) or _COMPANION.search(before):
        return None
    settlement = find_settlement(place.settlement, country_code=place.country_code) if place.settlement else None
    return Seat(place.country_code, side_of(place.country_code), "event_place", 0.6, settlement=settlement)


def _of_neighbour(index: int, seats: Sequence[Seat | None], discourse: Discourse) -> Seat | None:
    """One that is joined to a host abroad: «с компанией «А» и холдингом «Б»»."""
    before = seats[index - 1] if index else None
    if discourse.place_abroad is None or discourse.column is Column.PARTICIPANTS or before is None:
        return None
    between = discourse.text[discourse.spans[index - 1].end : discourse.spans[index].start]
    if before.side == "home" or not _JOINED.fullmatch(between):
        return None
    return Seat(before.country_code, before.side, "neighbour", 0.55)


def _of_guest(span: OrganisationSpan, discourse: Discourse) -> Seat | None:
    """One that visits, at home: «визит делегации …», where the row deals with one country abroad."""
    if discourse.place_abroad or len(discourse.countries) != 1:
        return None
    if not _GUEST.search(discourse.text, max(0, span.start - _REACH), span.start):
        return None
    return Seat(discourse.only_country, "foreign", "guest", 0.55)
