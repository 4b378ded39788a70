"""Countries, territories and settlements mentioned in running text, each with where it stands."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from orchestration.extraction.gazetteer_index import country_adjectives, country_names, country_title, find_country
from orchestration.extraction.spellings import nominative_spellings
from orchestration.extraction.toponym_context import ToponymMatch, resolve
from orchestration.extraction.toponym_settlements import SettlementReader
from orchestration.extraction.toponym_territories import TerritoryReader

_ADJECTIVE_ENDING = re.compile(r"(?:ий|ый|ой|ая|ое|ого|ому|им|ым|ом|ую|их|ых|ими|ыми|ие|ые)$")
_LANGUAGE = re.compile(r"(?:(?:,| и| или) [а-яё]+(?:ого|ому|им|ом|ий|их))* (?:язык|литератур)")
_LANGUAGE_REACH = 80


def scan(text: str, *, home_region: str | None = None) -> list[ToponymMatch]:
    """All countries, country adjectives, territories and settlements of the text, in order, none overlapping.

    ``home_region`` (canonical) decides between places of one name where the text does not tell.
    """
    return list(_scanned(text, home_region))


@lru_cache(maxsize=64)
def _scanned(text: str, home_region: str | None) -> tuple[ToponymMatch, ...]:
    """The matches; several rules read the same cell, one after another."""
    scanner = _Scanner(text)
    return tuple(resolve(scanner.matches(), scanner.tokens, home_region))


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

    def matches(self) -> list[ToponymMatch]:
        for one_pass in (
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

    def _countries(self) -> None:
        longest = _most_words_of_a_country()
        for first, token in enumerate(self.tokens.items):
            if not token.is_capitalised or not self._free(first):
                continue
            spellings = set(nominative_spellings(token.form))
            if _first_words_of_countries().isdisjoint(spellings):
                continue
            for count in range(longest, 0, -1):
                form = self.tokens.joined(first, count)
                code = find_country(form) if form else None
                if code and (count > 1 or self._is_name(first)):
                    self._add(first, first + count - 1, kind="country", country_code=code, name=country_title(code))
                    break

    def _adjectives(self) -> None:
        known = _adjective_stems()
        for index, token in enumerate(self.tokens.items):
            if not self._free(index) or len(token.form) < 5:
                continue
            following = self.text[token.end : token.end + _LANGUAGE_REACH].lower()
            if _LANGUAGE.match(following):
                continue
            parts = token.form.split("-")
            if any(part.startswith("фашист") for part in parts):
                continue
            codes = []
            for number, part in enumerate(parts):
                is_last = number == len(parts) - 1
                codes.append(known.get(_ADJECTIVE_ENDING.sub("", part) if is_last else part.removesuffix("о")))
            if not all(codes):
                continue
            for code in dict.fromkeys(codes):
                self._add(index, index, kind="country_adjective", country_code=code, name=country_title(code))
