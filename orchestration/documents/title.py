"""A report's title and what it tells: the period and the region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from orchestration.documents.wording import find_wording, fold, read_table, squeeze

# The letters and digits that clerks type for a roman numeral, Cyrillic ones among them.
_ROMAN_LETTERS = str.maketrans("іl1|ӏуѵ", "iiiiivv")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "iiii": 4}
_UNICODE_ROMAN = str.maketrans({"ⅰ": "i", "ⅱ": "ii", "ⅲ": "iii", "ⅳ": "iv"})
_ORDINALS = {"перв": 1, "втор": 2, "трет": 3, "четверт": 4}
_NUMERAL = r"(?:(?P<digit>[1-4])|(?P<roman>[iіlӏ|1vѵу]{1,4})|(?P<word>перв|втор|трет|четверт)[а-я]*)"
_QUARTER = re.compile(
    rf"(?<![\w.]){_NUMERAL}(?:\s?-?\s?(?:ы?й|ий|о?го|о?м|ем|ему))?[\s-]*кв(?:\.|артал[а-я]*|-л[а-я]?\b|\b)"
    rf"|\bквартал[а-я]*[\s:№-]*{_NUMERAL.replace('P<', 'P<after_')}(?!\w)"
    r"|\bq(?P<latin>[1-4])\b"
)
_LISTED_BEFORE = re.compile(rf"(?<![\w.]){_NUMERAL}(?:\s?-\s?[а-я]{{1,3}})?\s?(?:,|и|[-–—])\s?$")
_MONTHS = re.compile(r"(январ|апрел|июл|октябр)[а-я]*\s*(?:[-–—]|по|и до)\s*(март|июн|сентябр|декабр)")
_MONTH_QUARTERS = {("январ", "март"): 1, ("апрел", "июн"): 2, ("июл", "сентябр"): 3, ("октябр", "декабр"): 4}
_YEAR = re.compile(r"(?<!\d)(?<!\d\.)(20\d\d)(?!\d)")
_DAY_AND_MONTH = re.compile(r"\d\s?(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\s?$")
# How far the year may stand behind its quarter («IV квартал (октябрь – декабрь) 2025 года»), or before it.
_YEAR_DISTANCE = 60

_NAME = r"«?[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*»?"
_ADJECTIVE = r"[А-ЯЁ][А-ЯЁа-яё-]+(?:ого|ому|ом|ый|ий|ой)"
_MUNICIPALITIES = re.compile(r"(?:округов|районов|образований|муниципалитетов)\b", re.IGNORECASE)
_MUNICIPALITY = re.compile(
    r"[Мм]униципальн(?:ое|ого) образовани[ея] (?:«[^»]+»|\"[^\"]+\")"
    rf"|{_ADJECTIVE} (?:(?:муниципальн|городск)(?:ый|ой|ого|ому|ом) )?(?:округ|район)[ауе]?\b"
    rf"|[Гг]ородск(?:ой|ого) округа? (?:города? )?{_NAME}|\b(?:[Гг]орода?|г\.) ?(?:[-–]? ?героя? )?{_NAME}"
)

_DASH = re.compile(r"\s*[-–—]\s*")
_ABBREVIATIONS = ((re.compile(r"\bобл\."), "области"), (re.compile(r"\bресп\."), "республики"))


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
    return Title(title, read_period(title) or read_period(whole), read_region(title) or read_region(whole))


def title_end(lines: Sequence[str]) -> int:
    """How many of the lines belong to the heading of the report; the rest may be the first section's heading."""
    start = next((i for i, text in enumerate(lines) if find_wording("title", text)), 0)
    telling = [i for i, text in enumerate(lines) if read_period(" ".join(lines[start : i + 1])) or _has_quarter(text)]
    first_telling = next((i for i in telling if i >= start), None)
    if first_telling is None:
        return len(lines) if not lines or not find_wording("title", lines[start]) else start + 1
    end = first_telling + 1
    # «… в IV квартале 2025 года» may go on with a line of its own that names the region.
    if read_region(" ".join(lines[start:end])) is None and end < len(lines) and read_region(lines[end]):
        end += 1
    return end


def read_period(text: str) -> tuple[int, int] | None:
    """(year, quarter) where the text names exactly one quarter of one year, otherwise None."""
    folded = fold(text).translate(_UNICODE_ROMAN)
    periods: set[tuple[int, int]] = set()
    for quarter, start, end in _quarters(folded):
        year = _nearest_year(folded, start, end)
        if year is not None:
            periods.add((year, quarter))
    return periods.pop() if len(periods) == 1 else None


def read_region(text: str) -> str | None:
    """The nominative name of the one region that the text names in any case, otherwise None."""
    folded = _fold_region(text)
    found = {_region_forms()[match.group()] for match in _region_pattern().finditer(folded)}
    if len(found) > 1:
        # An autonomous okrug may be named together with the oblast that it is part of.
        found = {name for name in found if "автономный округ" in name} or found
    return found.pop() if len(found) == 1 else None


def read_municipality(text: str) -> str | None:
    """The one municipality that a title speaks of, verbatim; None where it speaks of all of them or of a region."""
    match = None if _MUNICIPALITIES.search(text) else _MUNICIPALITY.search(squeeze(text))
    return match.group() if match and read_region(match.group()) is None else None


@cache
def regions() -> tuple[str, ...]:
    """The nominative names of all regions."""
    return tuple(row["name"] for row in read_table("regions.csv"))


def _has_quarter(text: str) -> bool:
    return any(_quarters(fold(text).translate(_UNICODE_ROMAN)))


def _quarters(folded: str) -> list[tuple[int, int, int]]:
    found = []
    for match in _QUARTER.finditer(folded):
        groups = {key.removeprefix("after_"): value for key, value in match.groupdict().items() if value is not None}
        quarter = _quarter_number(groups)
        if quarter is not None:
            found.append((quarter, match.start(), match.end()))
        listed = _LISTED_BEFORE.search(folded, 0, match.start())
        if listed is not None:
            earlier = _quarter_number({key: value for key, value in listed.groupdict().items() if value is not None})
            found += [(earlier, match.start(), match.end())] if earlier is not None else []
    for match in _MONTHS.finditer(folded):
        quarter = _MONTH_QUARTERS.get((match[1], match[2]))
        if quarter is not None:
            found.append((quarter, match.start(), match.end()))
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
    years = [match for match in _YEAR.finditer(folded) if not _DAY_AND_MONTH.search(folded, 0, match.start())]
    after = [match for match in years if 0 <= match.start() - end <= _YEAR_DISTANCE]
    before = [match for match in years if 0 <= start - match.end() <= _YEAR_DISTANCE]
    if after or before:
        return int((after[:1] or before[-1:])[0][1])
    distinct = {match[1] for match in years}
    return int(distinct.pop()) if len(distinct) == 1 else None


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
    return forms


@cache
def _region_pattern() -> re.Pattern[str]:
    longest_first = sorted(_region_forms(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
