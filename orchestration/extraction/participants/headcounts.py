"""Finds numbers that count people in Russian text and tells them from numbers of works, teams or towns."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from orchestration.extraction.language.morphology import parses
from orchestration.extraction.language.numerals import Quantity, find_quantities
from orchestration.extraction.language.tables import read_table
from orchestration.extraction.participants.wording import ACTED

NounKind = Literal["generic", "person", "thing", "none"]

_WORD = re.compile(r"\s?([а-яa-z]+(?:-[а-я]+)*)")
_HOUR = re.compile(r"(?:^|\W)(?:в|во|с|со|до|к|на|за|после|начало:?)\s$")
_ADJECTIVE = re.compile(r".{2,}(?:ых|их|ые|ие|ый|ий|ой|ая|ого|его|ым|им|ыми|ими|ому|ему)$")
# «классных руководителей», but «животных»
_ATTRIBUTE = re.compile(r"(?!животн|открыт)[а-я-]{3,}[ыи]х")
_RELATIONAL = re.compile(r".{2,}ск(?:их|ий|ие|ими|им|ой|ая|ого|ому|ую)")
_FUNCTION_WORD = re.compile(
    r"(?:из|от|со?|и|или|во?|на|по|а|до|для|очно|заочно|дистанционно|онлайн|офлайн|где|которые)"
)
_SUBSTANTIVE = re.compile(
    r"(?:иностранн|зарубежн|иногородн|приезж|приглашенн|прибывш|очн|заочн|дистанционн|подопечн|местн|отдыхающ|"
    r"присутствующ|выступающ|выступивш|желающ|верующ|проживающ|служащ|госслужащ|рабоч|полицейск|участков|самозанят|"
    r"многодетн|пострадавш|незряч|слабовидящ|слабослышащ|награжденн|болеющ)"
)
_SHORT_ADJECTIVE = re.compile(
    r"(?:ин|иностр|зарубеж|рос|росс|бел|белор|кит|монг|каз|казах|юн|мол|нар|местн|муниц)\.\s?"
)
_INVERTED = re.compile(r"(?<!количество )(?<!число )(?<!всего )\bчеловек\s$")
# «12 китайских и 20 российских школьников»: the first number counts the noun of the second.
_ELIDED = re.compile(r"\s(?P<adjectives>[а-я-]+[иы]х(?:\s[а-я-]+[иы]х)*)(?:,|\sи|,\sа\sтакже)\s")
# «5 и 6 классов», «4, 5 и 7 команды»: numbers of the same things.
_ELIDED_THING = re.compile(r"(?:,|\sи|,?\sили|\s?/)\s?")
_LISTED_ITEM = re.compile(r"[–—:(-]\s?$")
_ENUMERATOR = re.compile(r"\d{1,2}[.)]\s")
_SHORT_SUBSTANTIVES = frozenset(("ин", "иностр", "юн"))
_APPROXIMATELY = re.compile(r"\s?\(?(?:ориентировочно|приблизительно|примерно|и более|и выше|и больше)(?!\w)\)?")
_CONTRACTED = re.compile(
    r"(?P<start>[а-я]{2,})-(?:ся|ль|л[яеи]|лей|лями|к|ка|ки|ков|ника?|ники|ников|н|ны|нов|о?в|т|ты|тов|р|ры|ров|цы|цев|ц)"
)
_SHORTEST_ABBREVIATION = 3
_MAX_WORDS = 4
_LIKELY = 0.3
_LIKELY_OF_ALL = 0.45
_NAMES = frozenset(("Surn", "Name", "Patr", "Geox"))


@dataclass(frozen=True, slots=True)
class Headcount:
    """A quantity with what it counts.

    ``noun`` is «generic» (человек, участники), «person» (a role: дети, педагоги), «thing», or «none» where
    the number stands alone; ``[start, end)`` covers number and noun, ``noun_start`` is where its wording begins.
    """

    value: int
    is_approximate: bool
    noun: NounKind
    start: int
    end: int
    noun_start: int


@cache
def _stems() -> dict[str, str]:
    return {row["stem"]: row["kind"] for row in read_table("headcount_words.csv")}


@cache
def noun_kind(word: str) -> str:
    """What a folded word counts, by its longest known stem: generic, person, thing, adjective or «» (unknown)."""
    if _RELATIONAL.fullmatch(word):
        return "adjective"
    stems = _stems()
    for length in range(len(word), 1, -1):
        kind = stems.get(word[:length])
        if kind is not None and len(word) - length <= 7:
            return kind
    first, _, rest = word.partition("-")
    if rest and noun_kind(first) == "thing":
        return "thing"
    if rest and stems.get(rest[:7]) == "generic":
        return "generic"
    return "person" if _is_animate(first) or (rest and _is_animate(rest)) else ""


def is_substantive(word: str) -> bool:
    """Whether a folded adjective may stand for people by itself: «иностранных», «очные»."""
    return _SUBSTANTIVE.match(word) is not None or word in _SHORT_SUBSTANTIVES


def _is_animate(word: str) -> bool:
    """Whether a word likely is a common noun for people; animals are listed among the things."""
    if len(word) <= 2:
        return False
    scores = [p.score for p in parses(word) if p.tag.POS == "NOUN" and "anim" in p.tag and not _NAMES & p.tag.grammemes]
    return max(scores, default=0) >= _LIKELY or sum(scores) >= _LIKELY_OF_ALL


@cache
def abbreviations() -> dict[str, tuple[str, str]]:
    """What clerks shorten people to («уч-ся», «сотр.»): kind and the full word in the nominative, by abbreviation."""
    return {row["abbreviation"]: (row["kind"], row["expansion"]) for row in read_table("headcount_abbreviations.csv")}


@cache
def abbreviation_kind(word: str) -> str:
    """The kind of a shortened noun, without its dot: a listed one, or the beginning of words for people only."""
    kind, _ = abbreviations().get(word, ("", ""))
    if kind:
        return kind
    contracted = _CONTRACTED.fullmatch(word)
    beginning = contracted["start"] if contracted else word
    if not contracted and (len(word) < _SHORTEST_ABBREVIATION or _is_whole_thing(word)):
        return ""
    kinds = {kind for stem, kind in _stems().items() if stem.startswith(beginning)}
    return "person" if "person" in kinds and kinds <= {"person", "adjective"} else ""


def _is_things(ending: str, word: str) -> bool:
    """Whether a word is a known noun for things in the plural, in the case of the adjective with this last letter.

    «3 рабочие встречи» are no people, «20 рабочих завода» are.
    """
    if noun_kind(word) in ("generic", "person"):
        return False
    case = "gent" if ending == "х" else "nomn"
    readings = [p for p in parses(word) if p.is_known and p.tag.POS == "NOUN" and p.tag.case == case]
    return any("inan" in p.tag and p.tag.number == "plur" for p in readings)


def _is_whole_thing(word: str) -> bool:
    """Whether a word before a full stop is a thing in full: «диплома», no «дипломантов» cut short."""
    readings = [p for p in parses(word) if p.is_known and p.tag.POS == "NOUN" and "inan" in p.tag]
    return any(p.score >= _LIKELY and not {"Abbr"} & p.tag.grammemes for p in readings)


def _abbreviated_kind(folded: str, start: int, end: int, number_start: int) -> str:
    """The kind of an abbreviated noun; «ч.» after «в», «с», «до» are hours, and a dot must follow but after «чел»."""
    word = folded[start:end]
    kind = abbreviation_kind(word)
    if word == "ч":
        is_end = re.match(r"\.|\s?(?:$|[,;)(])", folded[end:]) is not None
        return kind if is_end and not _HOUR.search(folded, 0, number_start) else ""
    is_marked = "-" in word or word == "чел" or folded[end : end + 1] == "."
    return kind if is_marked else ""


@lru_cache(maxsize=16)
def find_headcounts(folded: str, breaks: frozenset[int] = frozenset()) -> tuple[Headcount, ...]:
    """Every quantity of lower-case text (ё as е) with the kind of noun it counts, in order.

    ``breaks`` are the offsets of line breaks: no number counts what the next line names.
    """
    headcounts = [
        _with_noun(quantity, folded, breaks)
        for quantity in find_quantities(folded)
        if not ((quantity.start == 0 or quantity.start - 1 in breaks) and _ENUMERATOR.match(folded, quantity.start))
    ]
    for position in range(len(headcounts) - 2, -1, -1):
        count, following = headcounts[position : position + 2]
        elided = _ELIDED.fullmatch(folded, count.end, following.start) if count.noun == "none" else None
        if elided and following.noun in ("generic", "person"):
            headcounts[position] = replace(count, noun="person", end=elided.end("adjectives"))
        if count.noun == "none" and following.noun == "generic" and folded[count.end : following.start] == " и ":
            headcounts[position] = replace(count, noun="generic")
        is_listed = count.noun == "none" and _ELIDED_THING.fullmatch(folded, count.end, following.start)
        if is_listed and following.noun == "thing" and not _LISTED_ITEM.search(folded, 0, count.start):
            headcounts[position] = replace(count, noun="thing")
    return tuple(headcounts)


def _with_noun(quantity: Quantity, folded: str, breaks: frozenset[int]) -> Headcount:
    position, noun, noun_start = quantity.end, "none", quantity.end
    end = quantity.end
    for index in range(_MAX_WORDS):
        match = _WORD.match(folded, position)
        if match is None or position in breaks:
            break
        word = match[1]
        if index == 0:
            if ACTED.match(folded, position):
                break
            noun_start = match.start(1)
        if short := _SHORT_ADJECTIVE.match(folded, match.start(1)):
            position = short.end()
            if is_substantive(word):
                noun, end = "person", match.end() + 1
            continue
        following = _WORD.match(folded, match.end())
        if is_substantive(word) and following and _is_things(word[-1], following[1]):
            noun = "thing"
            break
        abbreviated = _abbreviated_kind(folded, match.start(1), match.end(), quantity.start)
        kind = abbreviated or noun_kind(word)
        if kind in ("generic", "person"):
            noun, end = kind, match.end()
            end += bool(abbreviated) and folded[end : end + 1] == "."
            break
        if kind == "thing" and not _ATTRIBUTE.fullmatch(word):
            noun = "thing"
            break
        if kind in ("adjective", "thing") or _ADJECTIVE.fullmatch(word):
            if is_substantive(word):
                noun, end = "person", match.end()
        elif noun == "none" and index == 0 and not _FUNCTION_WORD.fullmatch(word):
            noun = "thing"
            break
        else:
            if noun == "none" and not _FUNCTION_WORD.fullmatch(word):
                noun = "thing"
            break
        position = match.end()
    if noun == "none" and (inverted := _INVERTED.search(folded, 0, quantity.start)):
        return Headcount(quantity.value, True, "generic", inverted.start(), quantity.end, inverted.start())
    is_approximate = quantity.is_approximate
    if noun != "thing" and (approximately := _APPROXIMATELY.match(folded, end)):
        is_approximate, end = True, approximately.end()
    return Headcount(quantity.value, is_approximate, noun, quantity.start, end, noun_start)  # type: ignore[arg-type]
