"""Countries, territories and settlements mentioned in running text, each with where it stands."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from orchestration.extraction.language.spellings import nominative_spellings
from orchestration.extraction.language.tables import read_table
from orchestration.extraction.toponyms.context import ToponymMatch, resolve
from orchestration.extraction.toponyms.gazetteer_index import (
    country_adjectives,
    country_names,
    country_title,
    find_country,
    find_settlements,
    find_territories,
)
from orchestration.extraction.toponyms.settlements import SettlementReader
from orchestration.extraction.toponyms.territories import TerritoryReader

_ADJECTIVE_ENDING = re.compile(r"(?:ий|ый|ой|ая|ое|ого|ому|им|ым|ом|ую|их|ых|ими|ыми|ие|ые)$")
_LANGUAGE = re.compile(r"(?:(?:,| и| или) [а-яё]+(?:ого|ому|им|ом|ий|их))* (?:язык|литератур)")
_LANGUAGE_REACH = 80
_BESIDE = 5


def scan(text: str, *, home_region: str | None = None) -> list[ToponymMatch]:
    """All countries, country adjectives, territories and settlements of the text, in order, none overlapping.

    ``home_region`` (canonical) decides between places of one name where the text does not tell.
    """
    return list(_scanned(text, home_region))


@lru_cache(maxsize=64)
def _scanned(text: str, home_region: str | None) -> tuple[ToponymMatch, ...]:
    """The matches; several rules read the same cell, one after another."""
    scanner = _Scanner(text, home_region)
    return tuple(resolve(scanner.matches(), scanner.tokens, home_region))


@cache
def _republics() -> dict[str, list[tuple[str, str, bool]]]:
    """Acronym («РБ») -> country, canonical region («» for the country itself) and whether it is meant by default."""
    republics: dict[str, list[tuple[str, str, bool]]] = {}
    for row in read_table("republic_acronyms.csv"):
        reading = (row["country_code"], row["region"], bool(row["is_usual"]))
        republics.setdefault(row["acronym"], []).append(reading)
    return republics


@cache
def _most_words_of_a_country() -> int:
    return max(len(name.split()) for name in country_names())


@cache
def _adjective_stems() -> dict[str, str]:
    return {adjective[:-2]: code for adjective, code in country_adjectives().items()}


@cache
def _first_words_of_countries() -> frozenset[str]:
    return frozenset(name.split()[0] for name in country_names())


class _Scanner(TerritoryReader, SettlementReader):
    """One pass a kind, the surest first; large towns of a list make the smaller ones before them sure."""

    def __init__(self, text: str, home_region: str | None) -> None:
        super().__init__(text)
        self.home_region = home_region

    def matches(self) -> list[ToponymMatch]:
        for one_pass in (
            self._acronyms,
            self._countries,
            self._typed_territories,
            self._marked_settlements,
            self._bare_territories,
            self._adjectives,
            self._unmarked_settlements,
            self._unmarked_settlements,
        ):
            one_pass()
            self.found.sort(key=lambda match: match.start)
        return self.found

    def _acronyms(self) -> None:
        """«РБ», «РК»: the republic that a town or district beside it, or the home region, makes of the letters."""
        for index, token in enumerate(self.tokens.items):
            readings = _republics().get(token.text)
            if not readings or not self._free(index):
                continue
            country, region = self._republic(index, readings)
            if region:
                candidates = tuple(t for t in find_territories(region) if t.kind == "region")
                self._add(
                    index,
                    index,
                    kind="territory",
                    country_code=None,
                    name=region,
                    is_marked=False,
                    candidates=candidates,
                )
            elif country:
                self._add(index, index, kind="country", country_code=country, name=country_title(country))

    def _republic(self, index: int, readings: list[tuple[str, str, bool]]) -> tuple[str | None, str | None]:
        beside = self._beside(index)
        likeliest = beside[0] if beside else None
        for here in (*([likeliest] if likeliest else ()), (None, self.home_region), *beside):
            for country, region, _ in readings:
                if here in ((country, region), (None, region)) or (not region and here[0] == country):
                    return country, region
        return next(((country, region) for country, region, is_usual in readings if is_usual), (None, None))

    def _beside(self, index: int) -> list[tuple[str, str | None]]:
        """Country and region of the towns and districts that the nearest name beside a word may stand for."""
        for position in (*range(index - 1, max(-1, index - _BESIDE), -1), *range(index + 1, index + _BESIDE)):
            if not 0 <= position < len(self.tokens) or not self.tokens[position].is_capitalised:
                continue
            pair = self.tokens.joined(position, 2)
            found = find_settlements(pair) if pair else []
            found = found or find_territories(pair or "") or find_settlements(self.tokens[position].text)
            if found:
                return list(dict.fromkeys((place.country_code, place.region) for place in found))
        return []

    def _countries(self) -> None:
        longest = _most_words_of_a_country()
        for first, token in enumerate(self.tokens.items):
            if not token.is_capitalised or not self._free(first):
                continue
            if _first_words_of_countries().isdisjoint(nominative_spellings(token.form)):
                continue
            for count in range(longest, 0, -1):
                form = self.tokens.joined(first, count)
                code = find_country(form) if form else None
                if code and count == 1 and self._add_region_of_two_words(first - 1):
                    break
                if code and (count > 1 or self._is_name(first)):
                    self._add(first, first + count - 1, kind="country", country_code=code, name=country_title(code))
                    break

    def _add_region_of_two_words(self, first: int) -> bool:
        """Take «Внутренняя Монголия», whose second word alone is another country."""
        form = self.tokens.joined(first, 2) if first >= 0 and self.tokens[first].is_capitalised else None
        candidates = tuple(t for t in find_territories(form) if t.kind == "region") if form else ()
        if not candidates or not self._free(first, 2):
            return False
        name = candidates[0].name
        kind = name.split()[:-2]
        start = first - len(kind)
        is_typed = start >= 0 and [self.tokens[i].form[:5] for i in range(start, first)] == [
            w.lower()[:5] for w in kind
        ]
        self._add(
            start if is_typed else first,
            first + 1,
            kind="territory",
            country_code=None,
            name=name,
            is_marked=is_typed,
            candidates=candidates,
        )
        return True

    def _adjectives(self) -> None:
        known = _adjective_stems()
        for index, token in enumerate(self.tokens.items):
            if len(token.form) < 5 or not self._free(index):
                continue
            parts = token.form.split("-")
            codes = []
            for number, part in enumerate(parts):
                is_last = number == len(parts) - 1
                stem = _ADJECTIVE_ENDING.sub("", part) if is_last else part.removesuffix("о")
                codes.append("RU" if stem == "русск" and len(parts) > 1 else known.get(stem))
            if not all(codes) or (token.is_capitalised and self._is_person(index)):
                continue
            if _LANGUAGE.match(self.text[token.end : token.end + _LANGUAGE_REACH].lower()):
                continue
            for code in dict.fromkeys(codes):
                self._add(index, index, kind="country_adjective", country_code=code, name=country_title(code))
