"""Whether a toponym in running text takes part in the event or is only what is spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from orchestration.extraction.language.morphology import parses
from orchestration.extraction.language.quotes import quoted_spans
from orchestration.extraction.language.spellings import key_of
from orchestration.extraction.language.tables import read_table
from orchestration.extraction.language.text import fold
from orchestration.extraction.model import Column, PlaceFact
from orchestration.extraction.organisations.lexicon import adjective_readings
from orchestration.extraction.toponyms.gazetteer import ToponymMatch, find_settlement
from orchestration.extraction.toponyms.gazetteer_index import country_names
from orchestration.extraction.toponyms.home import HOME_COUNTRY

_WORD = re.compile(r"[а-яa-z-]+")
_WORD_OR_COMMA = re.compile(r"[а-яa-z-]+|,")
_LETTER = re.compile(r"(?<![а-яa-z])[а-яa-z]\.")
_SENTENCE_END = re.compile(r"(?:(?<!\b\w)(?<!\b\w\w)(?<!\b\w\w\w)|(?<=\d\d)|(?<=[–—-] \d))[.!?;]\s+(?=[А-ЯЁ–-])")
_MEETING_WITH = re.compile(r"(?:[Вв]стреч[аиу]|[Бб]есед[аыу]|[Зз]накомств[оа])(?: [а-яё]+){0,2} со?(?: [а-яё]+)? $")
_ON_THE_WAY = re.compile(r"(?:прош|прое|пробе|пролег|следова|движ|двига)\w+ (?:\S+ ){0,2}?по маршруту")
_GEOGRAPHY = re.compile(r"\bгеография(?: [а-я-]+){0,3}\s*(?:[:–—]|охват\w+|включ\w+|представлен\w+)")
_TOLD_OF_TIES = re.compile(
    r"\b(?:рассказ|повеств|поведа)\w*[^;:]*\bоб?о? (?:[а-я-]+ ){0,3}?(?:связ|торгов|союз|войн|поход|путешеств)\w*"
    r" (?:[а-я-]+ ){0,2}со?[\s,]+(?:и\s+)?$"
)
_ABSENCE = re.compile(r"(?:участия не прин|не прин\w+ участи|не участвова|не приехал|не прибыл|отсутствова)\w*")
_TIES = r"(?:контакт|связ|сотруднич|отношен|обмен|переписк|партнерств|взаимодейств)\w*"
_ENDING = r"(?:прекра[тщ]|приостан|прерва|разорва|заморо|сверн|расторг)\w*"
_ENDED = re.compile(rf"\b{_TIES}.*\b{_ENDING}|\b{_ENDING}.*\b{_TIES}")
_LONG_AGO = re.compile(
    r"\bв (?:[ivxlхі]+(?:\s?[–-]\s?[ivxlхі]+)?\s(?:век|столети|вв?\.)|(?:1[0-8]|19[0-8])\d{1,2}(?:-[а-я]+)?\s?г)"
)
_LASTING = re.compile(r"побратим|соглашен|договор|сотруднич|связ|дружб|партнер")
_BACKGROUND = re.compile(
    r"за (?:сво[юи]|годы|время сво)\w* (?:\w+ )?(?:истори|жизн|карьер|существован|работ|творческ)|в разные годы"
    r"|в свое время|когда-то"
    r"|некогда|за плечами|в (?:советск|довоенн|царск|послевоенн|молод)\w+ (?:врем|год|эпох)|в древности"
    r"|в (?:молодости|детстве|юности|старину)|по происхождению|творческ\w+ пут"
)
_CLAUSE_EDGE = re.compile(r"[,;()]|[.!?]\s")
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
_MEDIA = ("ролик", "видеоролик", "фото", "снимк", "рисун", "стенд", "показ", "бесед")
_HONOURED = ("лауреат", "дипломант", "обладател", "финалист", "стипендиат", "чемпион", "победител", "призер", "участни")
_PARTICIPLE = "вш"
_BIOGRAPHIC = frozenset(("PRTF", "actv", "past", "impf"))
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
    if _stayed_away(text, match) or _is_past(text, match):
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
    if _ON_THE_WAY.search(sentence) or _GEOGRAPHY.search(sentence):
        return "participation"
    if _BACKGROUND.search(sentence) or _TOLD_OF_TIES.search(sentence):
        return "subject"
    words = _WORD_OR_COMMA.findall(sentence)[::-1]
    preposition = None
    is_told = False
    for position, word in enumerate(words[:_REACH]):
        if word == ",":
            continue
        if word in _ABOUT:
            if preposition is None:
                return "subject"
            is_told = True
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
        if is_told and (kind in ("people", "organisation") or word.startswith(_MEDIA)):
            return "subject"
        owner = _class_of_owner(words[position + 1 :], kind)
        if kind in ("people", "organisation"):
            return "subject" if owner in ("subject", "origin", "about") else "participation"
        if kind == "domain":
            return "participation" if owner in _PARTICIPATION or preposition == "между" else kind
        if kind == "joint":
            is_biography = preposition in _AT and _is_honour(words[position + 1 :], word)
            return "subject" if is_biography or _VIRTUAL.search(sentence) else "participation"
        return "subject" if kind == "origin" else kind
    if is_told:
        return "subject"
    return "participation" if preposition in _FROM else None


def _is_honour(words: Sequence[str], contest: str) -> bool:
    """Whether «конкурсов» are those that somebody is known for: «лауреат международных конкурсов в …»."""
    is_honoured = any(word.startswith(_HONOURED) for word in words[:_OWNER_REACH])
    return is_honoured and parses(contest)[0].tag.number == "plur"


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


def _class_of_owner(words: Sequence[str], kind: str) -> str | None:
    """The class of the noun that a noun of class ``kind`` belongs to, «about» after «о».

    The words before it come the nearest first; of an organisation «в» and «на» are passed over.
    """
    is_inside, is_of_domain = kind == "organisation", kind in ("organisation", "domain")
    for word in words[: 2 * _OWNER_REACH if is_of_domain else _OWNER_REACH]:
        if word in _ABOUT:
            return "about"
        if word == ",":
            if kind == "people":
                return None
            continue
        if is_inside and word in ("в", "во", "на"):
            continue
        if is_of_domain and (word == "и" or _class_of(word) == "domain"):
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
    return _ABSENCE.search(_sentence_around(text, match)) is not None


def _sentence_around(text: str, match: ToponymMatch) -> str:
    end = _SENTENCE_END.search(text, match.end)
    start = max((stop.end() for stop in _SENTENCE_END.finditer(text, 0, match.start)), default=0)
    return fold(text[start : end.start() if end else len(text)])


def _is_past(text: str, match: ToponymMatch) -> bool:
    """Whether the clause tells of former centuries, or that ties have ended."""
    start = max((edge.end() for edge in _CLAUSE_EDGE.finditer(text, 0, match.start)), default=0)
    edge = _CLAUSE_EDGE.search(text, match.end)
    clause = fold(text[start : edge.start() if edge else len(text)])
    if _ENDED.search(clause):
        return True
    return _LONG_AGO.search(clause) is not None and _LASTING.search(_sentence_around(text, match)) is None


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
    rows = read_table("involvement_words.csv")
    return {row["stem"]: row["verdict"] for row in rows if row["verdict"] != "craft"}


@lru_cache(maxsize=10_000)
def _class_of(word: str) -> str | None:
    """The class of the longest listed stem that the word begins with; «people» for other words for living beings."""
    stems = _classes()
    likeliest = parses(word)[0]
    # «учившийся», «выступавшая»: what somebody used to do elsewhere, unless the participle itself is listed.
    is_biographic = likeliest.tag.grammemes >= _BIOGRAPHIC
    for part in (word, word.rpartition("-")[2]):
        for length in range(len(part), 1, -1):
            if part[:length] in stems and (not is_biographic or part[:length].endswith(_PARTICIPLE)):
                return stems[part[:length]]
    if is_biographic:
        return "subject"
    is_being = likeliest.is_known and likeliest.tag.POS == "NOUN" and "anim" in likeliest.tag
    return "people" if is_being and _NAMES.isdisjoint(likeliest.tag.grammemes) else None


@cache
def _crafts() -> tuple[str, ...]:
    return tuple(row["stem"] for row in read_table("involvement_words.csv") if row["verdict"] == "craft")
