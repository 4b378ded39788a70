"""Whether a toponym in running text takes part in the event or is only what is spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from orchestration.extraction.gazetteer import ToponymMatch, find_settlement
from orchestration.extraction.gazetteer_index import country_names, read_data
from orchestration.extraction.home import HOME_COUNTRY
from orchestration.extraction.model import Column, PlaceFact
from orchestration.extraction.morphology import parses
from orchestration.extraction.organisation_lexicon import adjective_readings
from orchestration.extraction.quotes import quoted_spans
from orchestration.extraction.spellings import key_of
from orchestration.extraction.text import fold

_WORD = re.compile(r"[а-яa-z-]+")
_LETTER = re.compile(r"(?<![а-яa-z])[а-яa-z]\.")
_SENTENCE_END = re.compile(r"(?<!\b\w)(?<!\b\w\w)(?<!\b\w\w\w)[.!?;]\s+(?=[А-ЯЁ–-])")
_MEETING_WITH = re.compile(r"(?:[Вв]стреч[аиу]|[Бб]есед[аыу]|[Зз]накомств[оа])(?: [а-яё]+){0,2} со?(?: [а-яё]+)? $")
_ON_THE_WAY = re.compile(r"(?:прош|прое|пробе|пролег|следова|движ|двига)\w+ (?:\S+ ){0,2}?по маршруту")
_ABSENCE = re.compile(r"(?:участия не прин|не прин\w+ участи|не участвова|не приехал|не прибыл|отсутствова)\w*")
_VIRTUAL = re.compile(r"виртуальн\w+ [^.;]{0,60}$")
_ACTS = re.compile(
    r"(?:\s?\)|\s+(?:также|тоже|впервые|[–—-]))*\s+(?:представ(?:ил|лял)|участвова|присла|подключи|выступ[аи]|приеха|прибы|занял|победи"
    r"|выигра|завоева|направи|приня[вл]|подписа)"
)
_COUNTED = re.compile(r"\)?\s?(?:[–—:-]\s?|\()\d+(?![\d.:]*(?:\s?г\.|\sгод|\sвек))")
_PREPOSITION = re.compile(r"(?<![А-Яа-яё])(?:в|во|на|из|под|о|об|по|к|от|с|у|для)\s$", re.IGNORECASE)
_NAMED_OWNER = re.compile(r"(?:[»”\"]|[А-ЯЁ][а-яё-]+|[А-ЯЁ]\.)\s?\([^()]*$")
_ABOUT = frozenset(("о", "об", "обо", "про"))
_AT = frozenset(("в", "во", "на", "по", "под", "над", "через", "до", "к", "у", "за"))
_FROM = frozenset(("из", "от", "с", "со", "между", "среди"))

_LOOK_BACK, _LOOK_AHEAD = 240, 60
_REACH, _OWNER_REACH = 14, 3
_STEM = 5
_NAMES = frozenset(("Name", "Surn", "Patr"))
_PARTICIPATION = frozenset(("people", "organisation", "joint"))


def involvement(
    column: Column,
    text: str,
    match: ToponymMatch,
    toponyms: Sequence[ToponymMatch],
    place_abroad: PlaceFact | None,
) -> str | None:
    """The rule by which a toponym outside names and titles takes part, None where it is only a subject.

    ``toponyms`` are all of the text; ``place_abroad`` is the event's place where that lies outside the home region.
    """
    if _stayed_away(text, match):
        return None
    is_country = match.kind.startswith("country")
    if match.kind == "country_adjective" and not _MEETING_WITH.search(text, 0, match.start):
        modified = modified_by(text, match)
        if modified == "craft":
            return None
        if modified == "people":
            return "participation"
        if column is Column.DESCRIPTION:
            return None
    if not is_country and place_abroad and _is_at_place(match, place_abroad):
        return "at_event_place"
    if _COUNTED.match(text, match.end) or (_is_nominative(text, match) and _ACTS.match(fold(text[match.end :]))):
        return "participation"
    verdict = _verdict(text, match, toponyms)
    if verdict == "participation":
        return verdict
    if verdict == "subject" or (verdict == "domain" and column is not Column.PARTICIPANTS):
        return None
    if column is Column.NAME:
        return "mention" if is_country else None
    if not is_country and place_abroad and match.country_code == place_abroad.country_code != HOME_COUNTRY:
        return "mention"
    if column is Column.DESCRIPTION and verdict != "occasion":
        return "mention" if _NAMED_OWNER.search(text, 0, match.start) else None
    return "mention"


def _is_at_place(match: ToponymMatch, place: PlaceFact) -> bool:
    """Whether the toponym is the event's place or lies around it («Дне освобождения Мстиславского района»)."""
    names = [name for name in (place.settlement, place.district, place.region) if name]
    if any(fold(match.name) == fold(name) for name in names):
        return True
    if match.kind != "territory" or match.country_code != place.country_code:
        return False
    town = find_settlement(place.settlement, country_code=place.country_code) if place.settlement else None
    regions = {place.region, town.region if town else None} - {None}
    if match.name in regions or (match.entity is not None and match.entity.region in regions):
        return True
    return place.settlement is not None and fold(match.name)[:_STEM] == fold(place.settlement)[:_STEM]


def _is_nominative(text: str, match: ToponymMatch) -> bool:
    """Whether the toponym may be the subject of its sentence."""
    if _PREPOSITION.search(text, 0, match.start):
        return False
    written = key_of(text[match.start : match.end])
    return written in country_names() if match.kind == "country" else key_of(match.name) in written


def _verdict(text: str, match: ToponymMatch, toponyms: Sequence[ToponymMatch]) -> str | None:
    """What governs the toponym: «participation», «subject», «occasion», None where nothing telling stands before it."""
    sentence = _before(text, match, toponyms)
    if _ON_THE_WAY.search(sentence):
        return "participation"
    words = _WORD.findall(sentence)[::-1]
    preposition = None
    for position, word in enumerate(words[:_REACH]):
        if preposition is None and word in _ABOUT:
            return "subject"
        if preposition is None and (word in _AT or word in _FROM):
            preposition = word
            if word == "из":
                in_clause = len(_WORD.findall(sentence.rpartition(";")[2]))
                left = filter(None, map(_class_of, words[position + 1 : min(position + 1 + _OWNER_REACH, in_clause)]))
                return "subject" if next(left, None) == "origin" else "participation"
            continue
        kind = _class_of(word)
        if kind in (None, "neutral"):
            continue
        owner = _class_of_owner(words[position + 1 :], is_inside=kind == "organisation")
        if kind in ("people", "organisation"):
            return "subject" if owner in ("subject", "origin", "about") else "participation"
        if kind == "domain":
            return "participation" if owner in _PARTICIPATION else kind
        if kind == "joint":
            return "subject" if _VIRTUAL.search(sentence) else "participation"
        return "subject" if kind == "origin" else kind
    return "participation" if preposition in _FROM else None


def _before(text: str, match: ToponymMatch, toponyms: Sequence[ToponymMatch]) -> str:
    """The folded sentence up to the toponym, other toponyms and quotations blanked out."""
    start = max(0, match.start - _LOOK_BACK)
    before = _SENTENCE_END.split(text[start : match.start])[-1]
    start = match.start - len(before)
    spans = [(other.start, other.end) for other in toponyms if other.end <= match.start]
    spans += [span for span in quoted_spans(text) if span[1] <= match.start]
    letters = list(fold(before))
    for first, last in spans:
        for position in range(max(0, first - start), last - start):
            letters[position] = " "
    return _LETTER.sub("  ", "".join(letters))


def _class_of_owner(words: Sequence[str], *, is_inside: bool) -> str | None:
    """The class of the noun that a noun belongs to, «about» after «о», from the words before it, the nearest first.

    ``is_inside`` goes on past «в» and «на».
    """
    for word in words[: 2 * _OWNER_REACH if is_inside else _OWNER_REACH]:
        if word in _ABOUT:
            return "about"
        if is_inside and (word in ("в", "во", "на") or _class_of(word) == "domain"):
            continue
        if word in _AT or word in _FROM:
            return None
        if parses(word)[0].tag.POS == "ADJF":
            continue
        kind = _class_of(word)
        if kind and kind != "neutral":
            return kind
        if kind is None and not adjective_readings(word):
            return None
    return None


def _stayed_away(text: str, match: ToponymMatch) -> bool:
    """Whether the sentence says that whom it speaks of did not take part."""
    end = _SENTENCE_END.search(text, match.end)
    start = max((stop.end() for stop in _SENTENCE_END.finditer(text, 0, match.start)), default=0)
    return _ABSENCE.search(fold(text[start : end.start() if end else len(text)])) is not None


def modified_by(text: str, match: ToponymMatch) -> str | None:
    """What a country adjective tells of: «people» who act, a «craft» such as a language or a dance, None if unclear."""
    words = _WORD.findall(fold(text[match.end : match.end + _LOOK_AHEAD]))[:4]
    for word in words:
        if any(word.startswith(stem) for stem in _crafts()) or _class_of(word) in ("subject", "origin"):
            return "craft"
        if word in ("и", "или") or adjective_readings(word):
            continue
        is_being = any("anim" in reading.tag for reading in parses(word)[:2])
        return "people" if is_being or _class_of(word) in _PARTICIPATION else None
    return None


@cache
def _classes() -> dict[str, str]:
    rows = read_data("involvement_words.csv")
    return {row["stem"]: row["verdict"] for row in rows if row["verdict"] != "craft"}


@lru_cache(maxsize=10_000)
def _class_of(word: str) -> str | None:
    """The class of the longest listed stem that the word begins with; «people» for other words for living beings."""
    stems = _classes()
    for part in (word, word.rpartition("-")[2]):
        for length in range(len(part), 1, -1):
            if part[:length] in stems:
                return stems[part[:length]]
    likeliest = parses(word)[0]
    is_being = likeliest.is_known and likeliest.tag.POS == "NOUN" and "anim" in likeliest.tag
    return "people" if is_being and _NAMES.isdisjoint(likeliest.tag.grammemes) else None


@cache
def _crafts() -> tuple[str, ...]:
    return tuple(row["stem"] for row in read_data("involvement_words.csv") if row["verdict"] == "craft")
