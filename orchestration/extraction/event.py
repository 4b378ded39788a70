"""Reads what kind of event a row tells of: edition, type, role, format, purpose and result."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from orchestration.extraction.model import Column, Evidence, Labelled
from orchestration.extraction.morphology import parses
from orchestration.extraction.places import is_remote
from orchestration.extraction.quotes import quoted_spans
from orchestration.extraction.sentences import split_sentences
from orchestration.extraction.text import CellText, fold

_DATA = files("orchestration.extraction") / "data"

_ROMAN_LETTERS = str.maketrans("ХІСМ", "XICM")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN = re.compile(r"(?<![\w.«-])(?P<roman>[IVXLХІ]{1,8})(?:\s?-\s?(?:й|ый|ой|ий|го|м|ом|я|ая|ю|ую))?(?=\s+[^\W\d])")
_ARABIC = re.compile(
    r"(?<![\w.,№-])(?P<number>\d{1,3})\s?[-–]?\s?(?:ый|ой|ий|й|ого|го|ому|му|ом|м|ая|я|ую|ю|ое|е|ых|х)(?=\s+[^\W\d])"
)
_BARE = re.compile(
    r"(?<![\w.,№-])(?P<number>\d{1,3})(?=\s+(?:международн|всероссийск|республиканск|открыт|областн|межрегиональн|региональн|"
    r"районн|городск|окружн|евразийск|традиционн|ежегодн|юбилейн|белорусск|российск|славянск)\w+)",
    re.IGNORECASE,
)
_NOT_EDITION = re.compile(
    r"\s+(?:\w+\s+)?(?:годовщин|лети[еюя]|летн|юбиле[йюяе](?!н)|класс|лет\b|год|век|вв?\b|столети|степен|ранг|созыв|курс\b|тур\b|этап|мест|"
    r"квартал|полугоди|армии|полк|бригад|дивизи|гвардейск|январ|феврал|март|апрел|ма[йя]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|"
    r"отечественн|мировой|мировая|человек|участник|дн[яе][мй]?\s+рождени)",
    re.IGNORECASE,
)
_ORDINALS = {
    "перв": 1, "втор": 2, "трет": 3, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9, "десят": 10,
    "одиннадцат": 11, "двенадцат": 12, "тринадцат": 13, "четырнадцат": 14, "пятнадцат": 15, "шестнадцат": 16,
    "семнадцат": 17, "восемнадцат": 18, "девятнадцат": 19, "двадцат": 20, "тридцат": 30, "сороков": 40, "пятидесят": 50,
}  # fmt: skip
_TENS = {"двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50}
_WORD_ORDINAL = re.compile(
    rf"(?<![\w-])(?:(?P<tens>{'|'.join(_TENS)})\s)?(?P<unit>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
    r"(?:ый|ой|ий|ая|ья|ого|ьего|ом|ьем|ую|ью|ое|ье|ей|ьей|ым|ьим)(?=\s)"
)
_PARTICIPATION = re.compile(
    r"^\W*(?:(?:заочное|дистанционное|активное)\s)?(?:участие|принятие участия|проведение|организация|поездка|выезд)\s+"
    r"(?:[^«»,.]{0,80}?\s)??(?:во?|на)\s(?!рамках)"
)
_TYPE_PREFIX = (
    r"(?:(?:фото|видео|кино|теле|медиа|онлайн|веб|арт|этно|эко|агро|гала|интернет|мульти|"
    r"муз|мини|супер|блиц|библио|спорт)-?)?"
)
_SUBORDINATE = re.compile(
    r"\b(?:посвящ\w+|приурочен\w+|в рамках|по случаю|в честь|в ознаменование|памяти|ко? дню|в преддверии|по итогам)\b"
)
_LARGE_EVENT = re.compile(r"международн|всероссийск|республиканск|евразийск|межгосударственн|интернациональн")
_OVERALL_COUNT = re.compile(r"общ\w+ (?:количеств|числ)|всего|итого|охват")
_SETTLEMENT = re.compile(r"(?<!\w)(?:г|д|п|с|пос|дер|аг|г\.\s?п|пгт|ст|город|поселок|деревня|село|агрогородок)\b\.?\s")
_ON_SITE = re.compile(r"(?<!\w)очн(?:о|ых|ые|ой|ом)(?!\w)")
_REMOTE = re.compile(r"видеоконференц\w+|дистанционно|онлайн")
_PHYSICAL = re.compile(r"(?<!\w)(?:очно|офлайн)")
_HEADINGS = re.compile(
    r"(?<!\w)(?P<kind>цель|цели|цель и задачи|цели и задачи|задачи|содержание|краткое содержание|результат\w?|итог\w?)"
    r"(?:\s(?:мероприятия|проведения|конкурса|проекта|фестиваля|встречи|и\s\w+))*\s?[:–—-]\s"
)
_GOAL = re.compile(r"\W*(?:(?:основн|главн)\w+\s)?\b(?:цел[ьи]|целью|целями|задач[аи]|задачами|в целях|с целью)\b")
_ASIDE = re.compile(r"\([^)]*\)|,\s(?:\w+\s)?(?:котор\w+|где|чтобы|как)\s[^,.;]*")


@cache
def _event_type_pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    meanings: dict[str, tuple[str, str]] = {}
    alternatives: list[str] = []
    with (_DATA / "event_types.csv").open(encoding="utf-8", newline="") as file:
        for index, row in enumerate(csv.DictReader(file)):
            meanings[f"p{index}"] = (row["code"], row["strength"])
            alternatives.append(rf"(?P<p{index}>{row['pattern']})")
    return re.compile(rf"(?<!\w){_TYPE_PREFIX}(?:{'|'.join(alternatives)})(?!\w)"), meanings


def _event_types(folded: str, start: int, end: int) -> Iterator[tuple[str, str, int, int]]:
    pattern, meanings = _event_type_pattern()
    for match in pattern.finditer(folded, start, end):
        yield (*meanings[match.lastgroup or ""], *match.span())


@cache
def _rules(name: str) -> list[dict[str, str | re.Pattern[str]]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return [{**row, "pattern": re.compile(row["pattern"])} for row in csv.DictReader(file)]


def _without_quotes(cell: CellText) -> str:
    """The folded text with quoted titles blanked, the same length."""
    folded = cell.folded
    for start, end in quoted_spans(cell.text):
        folded = folded[:start] + "«" + "_" * (end - start - 1) + folded[end:]
    return folded


def read_edition(name: CellText) -> Labelled[int] | None:
    """The ordinal edition that the name carries («X», «12-й», «Пятый»); anniversaries, classes and grades are none."""
    text = name.text
    outside = _without_quotes(name)
    for match in _ROMAN.finditer(text):
        if outside[match.start()] == "_" or _NOT_EDITION.match(text, match.end()) or _follows_name(text, match.start()):
            continue
        value = _roman(match["roman"].translate(_ROMAN_LETTERS))
        if value:
            return Labelled(value, Evidence(Column.NAME, *match.span(), "edition.roman"))
    for pattern, rule in ((_ARABIC, "edition.arabic"), (_BARE, "edition.bare")):
        for match in pattern.finditer(text):
            if outside[match.start()] != "_" and not _NOT_EDITION.match(text, match.end()) and int(match["number"]):
                return Labelled(int(match["number"]), Evidence(Column.NAME, *match.span(), rule))
    for match in _WORD_ORDINAL.finditer(outside):
        following = " ".join(outside[match.end() : match.end() + 80].split()[:4])
        if _NOT_EDITION.match(outside, match.end()) or next(_event_types(following, 0, len(following)), None) is None:
            continue
        value = _ORDINALS[match["unit"]] + _TENS.get(match["tens"] or "", 0)
        return Labelled(value, Evidence(Column.NAME, *match.span(), "edition.word", 0.9))
    return None


def _follows_name(text: str, start: int) -> bool:
    """Whether the numeral belongs to a ruler («Петра I»): a capitalised word inside the phrase stands right before."""
    words = text[:start].split()
    return len(words) > 1 and words[-1][0].isupper() and words[-1].isalpha() and len(words[-1]) > 2


def _roman(numeral: str) -> int | None:
    if not re.fullmatch(r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", numeral):
        return None
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values)) or None


def read_event_type(name: CellText, description: CellText) -> Labelled[str]:
    """The event type by the head noun of the name, else of its quoted title, else of the text, else «other»."""
    outside = _without_quotes(name)
    start = participation.end() if (participation := _PARTICIPATION.match(outside)) else 0
    cut = _SUBORDINATE.search(outside, start)
    found = _best_type(outside, start, cut.start() if cut else len(outside)) or _best_type(outside, 0, len(outside))
    if found:
        return Labelled(found[0], Evidence(Column.NAME, found[2], found[3], "event_type.name"))
    found = _best_type(name.folded, 0, len(name.folded))
    if found:
        return Labelled(found[0], Evidence(Column.NAME, found[2], found[3], "event_type.title", 0.7))
    found = next(
        (t for t in _event_types(_without_quotes(description), 0, len(description.text)) if t[1] == "strong"), None
    )
    if found:
        return Labelled(found[0], Evidence(Column.DESCRIPTION, found[2], found[3], "event_type.description", 0.5))
    return Labelled("other", None)


def _best_type(folded: str, start: int, end: int) -> tuple[str, str, int, int] | None:
    """The leftmost strong word, else the leftmost weak one."""
    found = list(_event_types(folded, start, end))
    return next((t for t in found if t[1] == "strong"), found[0] if found else None)


def read_role(texts: dict[Column, CellText], is_home_place: bool | None) -> Labelled[str]:
    """«participant» where the municipality's people joined somebody else's event, else «organiser».

    ``is_home_place`` tells whether the place lies in the reporting region; None where it is unknown or online.
    """
    place = {True: "home", False: "away", None: "remote"}[is_home_place]
    for rule in _rules("role_words.csv"):
        column = Column(rule["column"])
        if rule["place"] in ("any", place) and column in texts:
            match = rule["pattern"].search(texts[column].folded)
            if match:
                return Labelled(str(rule["role"]), Evidence(column, *match.span(), f"role.{column}"))
    name = texts[Column.NAME]
    if is_home_place is False:
        evidence = Evidence(Column.PLACE, 0, len(texts[Column.PLACE].text), "role.away", 0.8)
        return Labelled("participant", evidence)
    if is_home_place is None and read_format(texts).value == "online":
        large = _LARGE_EVENT.search(name.folded)
        kind = read_event_type(name, texts[Column.DESCRIPTION]).value
        if (
            large
            and kind in ("competition", "festival", "tournament")
            and not _OVERALL_COUNT.search(texts[Column.PARTICIPANTS].folded)
        ):
            return Labelled("participant", Evidence(Column.NAME, *large.span(), "role.remote_entry", 0.6))
    return Labelled("organiser", None)


def read_format(texts: dict[Column, CellText], extra_format: str | None = None) -> Labelled[str]:
    """«in_person», «online» or «hybrid»: a column of its own first, then place, name and text.

    ``extra_format`` is the verbatim cell of a format column where the report has one.
    """
    if extra_format:
        folded = CellText.from_raw(extra_format).folded
        found = _format_of(folded, "place")
        if found:
            return Labelled("hybrid" if _is_also_on_site(folded) else found[0], None)
        if re.search(r"(?<!\w)(?:очн|офлайн|оффлайн)", folded):
            return Labelled("in_person", None)
    place = texts[Column.PLACE]
    found = _format_of(place.folded, "place") or (("online", 0, len(place.text)) if is_remote(place) else None)
    text_found = _format_of(texts[Column.DESCRIPTION].folded, "text")
    if found:
        if found[0] == "online" and _is_also_on_site(place.folded):
            found = ("hybrid", *found[1:])
        if found[0] == "online" and text_found and text_found[0] == "hybrid":
            return _labelled_format(Column.DESCRIPTION, text_found)
        return _labelled_format(Column.PLACE, found)
    if text_found and text_found[0] == "hybrid":
        return _labelled_format(Column.DESCRIPTION, text_found)
    in_name = _format_of(_without_quotes(texts[Column.NAME]), "name")
    if in_name:
        return _labelled_format(Column.NAME, in_name)
    described = texts[Column.DESCRIPTION].folded
    remote = _REMOTE.search(described)
    if remote and _ON_SITE.search(described):
        return _labelled_format(Column.DESCRIPTION, ("hybrid", *remote.span()), 0.6)
    if text_found:
        return _labelled_format(Column.DESCRIPTION, text_found, 0.6)
    return Labelled("in_person", None)


def _format_of(folded: str, where: str) -> tuple[str, int, int] | None:
    for rule in _rules("format_words.csv"):
        if rule["where"] in ("any", where):
            match = rule["pattern"].search(folded)
            if match and not re.search(r"(?<!\w)(?:не|проект\w*|дистанционное обучение)\s$", folded[: match.start()]):
                return str(rule["format"]), *match.span()
    return None


def _is_also_on_site(place: str) -> bool:
    """A place cell that names a site beside «онлайн», joined to it rather than qualified by it."""
    if _PHYSICAL.search(place):
        return True
    return bool(
        _SETTLEMENT.search(place)
        and re.search(r"(?:\sи|/|;|\+|а также)\s?(?:в\s)?(?:онлайн|дистанцион|по видео|вкс|zoom|видео)", place)
    )


def _labelled_format(column: Column, found: tuple[str, int, int], confidence: float = 1.0) -> Labelled[str]:
    return Labelled(found[0], Evidence(column, found[1], found[2], f"format.{column}", confidence))


def split_purpose_result(description: CellText) -> tuple[Labelled[str] | None, Labelled[str] | None]:
    """Part the text into purpose (the goals it opens with) and result (what was done and achieved)."""
    text = description.text
    if not text:
        return None, None
    headings = list(_HEADINGS.finditer(description.folded))
    start = 0
    if len(headings) > 1:
        boundary = next(
            (h.start() for h in headings[1:] if h["kind"].startswith(("содерж", "кратк", "результ", "итог"))), len(text)
        )
    else:
        start, boundary = _range_of_purpose(description)
    purpose, result = text[start:boundary].strip(), text[boundary:].strip()
    return (
        Labelled(purpose, Evidence(Column.DESCRIPTION, start, start + len(purpose), "purpose")) if purpose else None,
        Labelled(result, Evidence(Column.DESCRIPTION, len(text) - len(result), len(text), "result"))
        if result
        else None,
    )


def _range_of_purpose(description: CellText) -> tuple[int, int]:
    """The goals at the start, up to the first sentence of deeds or the paragraph's end; else a goal further on."""
    sentences = split_sentences(description)
    has_goal_list = False
    for sentence in sentences:
        text = description.text[sentence.start : sentence.end]
        if sentence.lead is None or not has_goal_list:
            is_new_paragraph = sentence.start - 1 in description.breaks and not has_goal_list
            has_goal_list = bool(_GOAL.match(fold(text)))
            if not has_goal_list and ((is_new_paragraph and sentence.start > 0) or _tells_of_deeds(text)):
                if sentence.start > 0:
                    return 0, sentence.start
                break
    else:
        return 0, len(description.text)
    goal = next((s for s in sentences if _GOAL.search(description.folded, s.start, s.end)), None)
    return (goal.start, goal.end) if goal else (0, 0)


def _tells_of_deeds(sentence: str) -> bool:
    """Whether a finite verb or a short participle stands outside titles and brackets."""
    bare = _ASIDE.sub(" ", sentence)
    for start, end in reversed(quoted_spans(bare)):
        bare = bare[:start] + " " + bare[end:]
    return any(
        str(parses(word.lower())[0].tag.POS) in ("VERB", "PRTS") for word in re.findall(r"[А-Яа-яЁё-]{3,}", bare)
    )
