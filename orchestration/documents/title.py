"""A report's title and what it tells: the period and the region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from orchestration.documents.wording import find_wording, fold, read_table, shorten, squeeze

# The letters and digits that clerks type for a roman numeral, Cyrillic ones among them.
_ROMAN_LETTERS = str.maketrans("іl1|ӏуѵy", "iiiiivvv")
_ROMAN_QUARTERS = {1: "I", 2: "II", 3: "III", 4: "IV"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "iiii": 4}
_UNICODE_ROMAN = str.maketrans({"ⅰ": "i", "ⅱ": "ii", "ⅲ": "iii", "ⅳ": "iv"})
_ORDINALS = {"перв": 1, "втор": 2, "трет": 3, "четверт": 4}
_NUMERAL = r"(?:(?P<digit>[1-4])|(?P<roman>[iіlӏ|1vѵуy]{1,4})|(?P<word>перв|втор|трет|четверт)[а-я]*)"
_QUARTER = re.compile(
    rf"(?<![\w.]){_NUMERAL}(?:\s?-?\s?(?:ы?й|ий|о?го|о?м|ем|ему))?[\s-]*кв(?:\.|артал[а-я]*|-л[а-я]?\b|\b)"
    rf"|\bкв(?:\.|артал[а-я]*)[\s:№-]*{_NUMERAL.replace('P<', 'P<after_')}(?!\w)"
    r"|(?<![a-zа-я])q(?P<latin>[1-4])\b"
)
_LISTED_BEFORE = re.compile(rf"(?<![\w.]){_NUMERAL}(?:\s?-\s?[а-я]{{1,3}})?\s?(?:,|и|[-–—])\s?$")
_QUARTER_OF_MONTHS = {("январ", "март"): 1, ("апрел", "июн"): 2, ("июл", "сентябр"): 3, ("октябр", "декабр"): 4}
_MONTHS = re.compile(
    r"(январ|апрел|июл|октябр)[а-я]*(?:\s*20\d\d\s*(?:г[а-я]*\.?)?)?"
    r"\s*(?:[-–—]|по|до|[,и]\s*[а-я]+(?:,| и))\s*(?:3[01]\s*)?"
    r"(март|июн|сентябр|декабр)[а-я]*(?:\s*(?P<year>20\d\d))?"
)
_DATES = re.compile(
    r"\b0?1\.(01|04|07|10)\.?(?:20\d\d)?\s*(?:г[а-я]*\.?\s*)?(?:[-–—]|по)\s*3[01]\.(03|06|09|12)(?:\.(?P<year>20\d\d))?"
)
_QUARTER_OF_DATES = {("01", "03"): 1, ("04", "06"): 2, ("07", "09"): 3, ("10", "12"): 4}
_YEAR = re.compile(r"(?<!\d)(?<!\d\.)(20\d\d)(?!\d)")
_DAY_AND_MONTH = re.compile(r"\d\s?(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\s?$")
# How far the year may stand behind its quarter («IV квартал (октябрь – декабрь) 2025 года»), or before it.
_YEAR_DISTANCE = 60
_MOST_TITLE_LINES = 15
# Title and letterhead are looked for in so many characters.
_LONGEST_PREAMBLE = 10_000

_NAME = r"«?[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*»?"
_ADJECTIVE = r"[А-ЯЁ][А-ЯЁа-яё-]+(?:ого|ому|ом|ый|ий|ой)"
_MUNICIPALITIES = re.compile(r"(?:округов|районов|образований|муниципалитетов)\b", re.IGNORECASE)
_MUNICIPALITY = re.compile(
    r"[Мм]униципальн(?:ое|ого) образовани[ея] (?:«[^»]+»|\"[^\"]+\")"
    rf"|{_ADJECTIVE} (?:(?:муниципальн|городск)(?:ый|ой|ого|ому|ом) )?(?:округ|район)[ауе]?\b"
    rf"|[Гг]ородск(?:ой|ого) округа? (?:города? )?{_NAME}|\b(?:[Гг]орода?|г\.) ?(?:[-–]? ?героя? )?{_NAME}"
)

_OTHER_PERIOD = re.compile(
    r"полугоди|\bмесяц|январ|феврал|март|апрел|\bма[йя]\b|июн|июл|август|сентябр|октябр|ноябр|декабр"
)
_OF_MUNICIPALITIES = re.compile(r"(?:муниципал|самоуправлен|администраци|округов|районов|\bмо\b|омсу)[^,;]*$")
_TOGETHER_WITH = re.compile(r"\b(?:со?|из|между)\s+$")
# The cases that regions.csv does not list: dative and instrumental of «край», accusative and instrumental of «область».
_FURTHER_CASES: tuple[dict[str, str], ...] = (
    {"ий": "ому", "ый": "ому", "край": "краю", "округ": "округу"},
    {"ий": "им", "ый": "ым", "край": "краем", "округ": "округом"},
    {"ая": "ую", "республика": "республику"},
    {"ая": "ой", "область": "областью", "республика": "республикой"},
)
_DASH = re.compile(r"\s*[-–—]\s*")
_ABBREVIATIONS = (
    (re.compile(r"\bобл\b\.?"), "области"),
    (re.compile(r"\bресп\b\.?"), "республики"),
    (re.compile(r"(?<=кого )ао\b"), "автономного округа"),
    (re.compile(r"(?<=кий )ао\b"), "автономный округ"),
    (re.compile(r"(?<=кой )ао\b"), "автономной области"),
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title as found: its text, (year, quarter) and region in the nominative, None where it does not tell."""

    text: str
    period: tuple[int, int] | None
    region: str | None


def read_title(lines: Sequence[str]) -> Title:
    """The title among the lines before the report table.

    It begins at the first line that says what the paper is («Отчет», «Информация» …) and ends with the last line that
    tells period or region. What the title leaves out is looked for in the other lines.
    """
    texts = [squeeze(line) for line in lines if line.strip()]
    start = next((i for i, text in enumerate(texts) if find_wording("title", text)), 0)
    end = title_end(texts)
    title = squeeze(" ".join(texts[start:end]))
    whole = " ".join(texts)
    region = _reporting_region(title) or _reporting_region(whole)
    return Title(title, read_period(title) or read_period(whole), region)


def title_end(lines: Sequence[str]) -> int:
    """How many of the lines belong to the heading of the report; the rest may be the first section's heading."""
    start = next((i for i, text in enumerate(lines) if find_wording("title", text)), 0)
    last = min(len(lines), start + _MOST_TITLE_LINES)
    telling = (
        i + 1 for i in range(start, last) if _has_quarter(lines[i]) or read_period(" ".join(lines[start : i + 1]))
    )
    end = next(telling, None)
    if end is None:
        return last if not lines or not find_wording("title", lines[start]) else start + 1
    # The year may stand in the next line.
    if (
        end < len(lines)
        and read_period(" ".join(lines[start:end])) is None
        and read_period(" ".join(lines[start : end + 1]))
    ):
        end += 1
    # «… в IV квартале 2025 года» may go on with a line of its own that names the region.
    if read_region(" ".join(lines[start:end])) is None and end < len(lines) and read_region(lines[end]):
        end += 1
    return end


def read_period(text: str) -> tuple[int, int] | None:
    """(year, quarter) where the text names exactly one quarter of one year, otherwise None."""
    folded = fold(text[:_LONGEST_PREAMBLE]).translate(_UNICODE_ROMAN)
    periods: set[tuple[int, int]] = set()
    for quarter, start, end, stated_year in _quarters(folded):
        year = stated_year or _nearest_year(folded, start, end)
        if year is not None:
            periods.add((year, quarter))
    return periods.pop() if len(periods) == 1 else None


def read_region(text: str) -> str | None:
    """The nominative name of the one region that the text names in any case, otherwise None."""
    return _only({name for name, _ in _named_regions(text)})


def is_region_name(text: str) -> bool:
    """Whether the text is a region's name in any case and nothing more."""
    return _region_pattern().fullmatch(_fold_region(text)) is not None


def explain_missing_period(lines: Sequence[str]) -> str:
    """Why the lines above the report table tell no quarter, in Russian, for the sender of the report."""
    title = read_title(lines).text
    if not title:
        return "перед таблицей нет заголовка (верхний и нижний колонтитулы не читаются)"
    folded = fold(title).translate(_UNICODE_ROMAN)
    quarters = {quarter for quarter, *_ in _quarters(folded)}
    has_year = _YEAR.search(folded) is not None
    if len(quarters) > 1:
        reason = "названо несколько кварталов, а отчёт должен быть за один"
    elif quarters:
        reason = "назван квартал, но не ясен год"
    elif _OTHER_PERIOD.search(folded):
        reason = "отчёт не за квартал, а за полугодие или другое число месяцев"
    elif has_year:
        reason = "назван год, но не квартал"
    else:
        reason = "не названы ни квартал, ни год"
    return f"{reason}, заголовок: «{shorten(title)}»"


def explain_missing_region(lines: Sequence[str]) -> str:
    """Why the lines above the report table tell no region, in Russian, for the sender of the report."""
    title = read_title(lines).text
    if not title:
        return "перед таблицей нет заголовка (верхний и нижний колонтитулы не читаются)"
    named = dict.fromkeys(name for name, _ in _named_regions(" ".join(lines)))
    reason = f"названо несколько ({', '.join(named)}), " if len(named) > 1 else ""
    return f"{reason}заголовок: «{shorten(title)}»"


def period_text(period: tuple[int, int]) -> str:
    """A (year, quarter) as a person writes it, e.g. «IV квартал 2025 года»."""
    return f"{_ROMAN_QUARTERS[period[1]]} квартал {period[0]} года"


def read_municipality(text: str) -> str | None:
    """The one municipality that a title speaks of, verbatim; None where it speaks of all of them or of a region."""
    title = squeeze(text)
    if title.isupper():
        title = " ".join(w.lower() if find_wording("municipality_word", w) else w.title() for w in title.split())
    match = None if _MUNICIPALITIES.search(title) else _MUNICIPALITY.search(title)
    return match.group() if match and read_region(match.group()) is None else None


@cache
def regions() -> tuple[str, ...]:
    """The nominative names of all regions."""
    return tuple(row["name"] for row in read_table("regions.csv"))


def _has_quarter(text: str) -> bool:
    return any(_quarters(fold(text[:_LONGEST_PREAMBLE]).translate(_UNICODE_ROMAN)))


def _quarters(folded: str) -> list[tuple[int, int, int, int | None]]:
    """Each quarter named, where it stands, and its year where that is a part of it."""
    found: list[tuple[int, int, int, int | None]] = []
    for match in _QUARTER.finditer(folded):
        groups = {key.removeprefix("after_"): value for key, value in match.groupdict().items() if value is not None}
        quarter = _quarter_number(groups)
        if quarter is not None:
            found.append((quarter, match.start(), match.end(), None))
        listed = _LISTED_BEFORE.search(folded, max(0, match.start() - _YEAR_DISTANCE), match.start())
        if listed is not None:
            earlier = _quarter_number({key: value for key, value in listed.groupdict().items() if value is not None})
            found += [(earlier, match.start(), match.end(), None)] if earlier is not None else []
    for pattern, quarters in ((_MONTHS, _QUARTER_OF_MONTHS), (_DATES, _QUARTER_OF_DATES)):
        for match in pattern.finditer(folded):
            quarter = quarters.get((match[1], match[2]))
            if quarter is not None:
                found.append((quarter, match.start(), match.end(), int(match["year"]) if match["year"] else None))
    return found


def _quarter_number(groups: dict[str, str]) -> int | None:
    for key in ("digit", "latin"):
        if key in groups:
            return int(groups[key])
    if "word" in groups:
        return _ORDINALS[groups["word"]]
    return _ROMAN.get(groups["roman"].translate(_ROMAN_LETTERS))


def _nearest_year(folded: str, start: int, end: int) -> int | None:
    # The year of a whole date («12 января 2026 года») is that of a letter, not of the period.
    years = [
        match
        for match in _YEAR.finditer(folded)
        if not _DAY_AND_MONTH.search(folded, max(0, match.start() - _YEAR_DISTANCE), match.start())
    ]
    after = [match for match in years if 0 <= match.start() - end <= _YEAR_DISTANCE]
    before = [match for match in years if 0 <= start - match.end() <= _YEAR_DISTANCE]
    if after or before:
        return int((after[:1] or before[-1:])[0][1])
    distinct = {match[1] for match in years}
    return int(distinct.pop()) if len(distinct) == 1 else None


def _named_regions(text: str) -> list[tuple[str, str]]:
    """The regions that a text names, each with what stands before it since the one before."""
    folded = _fold_region(text[:_LONGEST_PREAMBLE])
    named: list[tuple[str, str]] = []
    end = 0
    for match in _region_pattern().finditer(folded):
        named.append((_region_forms()[match.group()], folded[end : match.start()]))
        end = match.end()
    return named


def _only(names: set[str]) -> str | None:
    if len(names) > 1:
        # An autonomous okrug may be named together with the oblast that it is part of.
        names = {name for name in names if "автономный округ" in name} or names
    return next(iter(names)) if len(names) == 1 else None


def _reporting_region(text: str) -> str | None:
    """The region whose report it is: the only one, else the first whose municipalities are spoken of."""
    named = _named_regions(text)
    own = [name for name, before in named if _OF_MUNICIPALITIES.search(before)]
    others = {name for name, before in named if not _TOGETHER_WITH.search(before)}
    return _only({name for name, _ in named}) or next(iter(own), None) or _only(others)


def _fold_region(text: str) -> str:
    folded = _DASH.sub("-", fold(text))
    for pattern, word in _ABBREVIATIONS:
        folded = pattern.sub(word, folded)
    return folded


@cache
def _region_forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for row in read_table("regions.csv"):
        for form in (row["name"], row["genitive"], row["prepositional"], *row["aliases"].split("|")):
            if form:
                forms[_fold_region(form)] = row["name"]
        for endings in _FURTHER_CASES:
            ending = re.compile(rf"({'|'.join(endings)})\b")
            form = ending.sub(lambda match, endings=endings: endings[match[1]], _fold_region(row["name"]))
            forms.setdefault(form, row["name"])
    return forms


@cache
def _region_pattern() -> re.Pattern[str]:
    longest_first = sorted(_region_forms(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
