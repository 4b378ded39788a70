"""Towns and villages in running text: after a type word, in lists, and large ones by name alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchestration.extraction.language.morphology import nominative_toponym, parses, possessive_pair
from orchestration.extraction.language.spellings import key_of
from orchestration.extraction.toponyms.gazetteer_index import (
    Settlement,
    find_country,
    find_settlements,
    find_territories,
)
from orchestration.extraction.toponyms.reader import LONGEST_NAME, ToponymReader

_ADJECTIVE = re.compile(r"[бвгджзклмнпрстчшщ](?:ий|ый|ой|ая|ое|ого|ому|им|ым|ом|ую|их|ых|ими|ыми|ие|ые)")
_PLACE_PREPOSITIONS = frozenset({"в", "во", "из", "под", "около", "между"})
_DEDICATIONS = frozenset({"имени", "им"})
_ABBREVIATED_BEFORE = re.compile(r"\b(?:1[89]|20)\d\d ?(?:г\.)?$|(?<![А-Яа-яЁё])[А-Яа-яЁё]\. ?$")
_DASH = re.compile(r" ?[–—-] ")
_PHRASE_END = re.compile(r"\s*(?:$|[.;,)(:–—]|- )")
_LIST_REACH = 9
_LIKELY = 0.3
_CITY = 300_000
_NAMES = frozenset(("Geox", "Surn", "Name", "Patr"))
_NEIGHBOURS = frozenset(
    [
        "RU",
        "BY",
        "KZ",
        "LV",
        "LT",
        "EE",
        "FI",
        "PL",
        "KG",
        "UZ",
        "TJ",
        "AM",
        "AZ",
        "MD",
        "RS",
        "GE",
        "GE-AB",
        "GE-OS",
        "MN",
    ]
)
_LARGE, _LARGE_ABROAD, _LISTED = 50_000, 100_000, 3_000


class SettlementReader(ToponymReader):
    """Reads «г. Минск», «городов Кричева, Чаусы и Могилева», «из Пскова»."""

    def _marked_settlements(self) -> None:
        for index, token in enumerate(self.tokens.items):
            row = token.type_row
            if not row or row["level"] != "settlement" or not self._free(index):
                continue
            if self._is_part_of_abbreviation(index):
                continue
            is_short = len(token.form.rstrip(".")) <= 2
            if row["number"] == "plural":
                self._settlement_list(index, row)
            elif self.tokens.gap(index) in {" ", ""} or (is_short and not self.tokens.gap(index).strip()):
                end = self._settlement_at(index, index + 1, row, is_strict=False)
                if end is not None:
                    self._continue_list(end, row)

    def _is_part_of_abbreviation(self, index: int) -> bool:
        """Whether «г.» ends a year and «д.», «п.» end «и т.д.», «и.п.»."""
        token = self.tokens[index]
        is_short = len(token.form.rstrip(".")) == 1
        return is_short and _ABBREVIATED_BEFORE.search(self.text[max(0, token.start - 10) : token.start]) is not None

    def _settlement_at(self, first: int, position: int, row: dict[str, str] | None, *, is_strict: bool) -> int | None:
        """Take the settlement whose name starts at ``position``; its last token, or None if there is none."""
        if position >= len(self.tokens):
            return None
        token = self.tokens[position]
        longest = 0
        for count in range(LONGEST_NAME, 0, -1):
            form = self.tokens.joined(position, count)
            if form and self._free(position, count) and find_settlements(form):
                longest = count
                break
        if row and longest <= 1 and (named := self._named_after(position)):
            form = self.text[token.start : self.tokens[named].end]
            known = tuple(find_settlements(form))
            self._add(
                first,
                named,
                kind="settlement",
                country_code=None,
                name=form,
                type_word=row["type"],
                candidates=known,
                form=form,
            )
            return named
        if not token.is_capitalised or not self._free(position) or token.type_row:
            return None
        following = self.tokens[position + 1] if position + 1 < len(self.tokens) else None
        if row and longest <= 1 and self._is_possessive_pair(position):
            longest = 2
        after = following.type_row if following and self.tokens.gap(position) == " " else None
        is_adjective = re.search(f"{_ADJECTIVE.pattern}$", token.form) is not None
        if longest <= 1 and is_adjective and after and after["level"] != "settlement":
            return None
        if not longest:
            if is_strict or token.text.isupper() or len(token.text) < 2:
                return None
            is_pair = (
                following is not None
                and following.is_capitalised
                and self.tokens.gap(position) == " "
                and self._free(position + 1)
                and is_adjective
                and not find_country(following.text)
                and not re.search(f"{_ADJECTIVE.pattern}$", following.form)
            )
            longest = 2 if is_pair else 1
        form = self.tokens.joined(position, longest)
        last = position + longest - 1
        candidates = tuple(find_settlements(form))
        self._add(
            first,
            last,
            kind="settlement",
            country_code=None,
            name=candidates[0].name if candidates else nominative_toponym(form),
            type_word=row["type"] if row and (row["number"] == "plural" or first != position) else None,
            is_marked=row is not None,
            candidates=candidates,
            form=form,
        )
        return last

    def _is_possessive_pair(self, position: int) -> bool:
        """Whether a village such as «Пинаевы Горки» starts at ``position``."""
        form = self.tokens.joined(position, 2)
        if form is None or not self._free(position, 2) or not self.tokens[position + 1].is_capitalised:
            return False
        following = self.tokens[position + 1]
        is_area = following.type_row is not None and following.type_row["level"] != "settlement"
        return not (is_area or find_country(following.text)) and possessive_pair(form) is not None

    def _named_after(self, position: int) -> int | None:
        """The last token of «Конезавод имени Будённого», «имени Морозова» at ``position``, None for other names."""
        dedication = position if self.tokens[position].form in _DEDICATIONS else position + 1
        last = dedication + 1
        if last >= len(self.tokens) or self.tokens[dedication].form not in _DEDICATIONS:
            return None
        if dedication > position and (not self.tokens[position].is_capitalised or self.tokens.gap(position) != " "):
            return None
        if dedication > position and find_settlements(self.tokens[position].text):
            return None
        is_whole = self.tokens[last].is_capitalised and self._free(position, last - position + 1)
        return last if is_whole and len(self.tokens[last].text) > 1 else None

    def _is_named_thing(self, position: int) -> bool:
        """«Курган Дружбы», «Орёл Победы»: a common noun with a capitalised genitive that is no place itself."""
        if position + 1 >= len(self.tokens) or self.tokens.gap(position) != " ":
            return False
        following = self.tokens[position + 1]
        if not following.is_capitalised or following.type_row:
            return False
        if find_country(following.text) or find_territories(following.text):
            return False
        readings = [p for p in parses(following.form) if p.is_known and p.score >= _LIKELY]
        is_genitive = any(p.tag.POS == "NOUN" and p.tag.case == "gent" for p in readings)
        is_name = any(_NAMES & p.tag.grammemes for p in readings)
        is_common = any(p.tag.POS == "NOUN" and "Geox" not in p.tag for p in parses(self.tokens[position].form))
        return is_genitive and is_common and not is_name

    def _settlement_list(self, index: int, row: dict[str, str]) -> None:
        """Take the names after a plural type word, at once or after «как», a colon or a bracket."""
        position = self._list_start(index)
        first = index
        while position is not None:
            if position < len(self.tokens) and self.tokens[position].type_row:
                return
            last = self._settlement_at(first if first == position - 1 else position, position, row, is_strict=False)
            if last is None:
                return
            position = self._next_in_list(last)
            first = -1

    def _list_start(self, index: int) -> int | None:
        first = index + 1
        if first >= len(self.tokens):
            return None
        if not self.tokens.gap(index).strip() and self.tokens[first].is_capitalised and self._free(first):
            return first
        for other in range(index, min(index + _LIST_REACH, len(self.tokens) - 1)):
            gap, following = self.tokens.gap(other).strip(), self.tokens[other + 1].form
            if gap in {":", "("} or self.tokens[other].form == "как":
                return other + 1
            if "." in gap or ("," in gap and following != "как"):
                return None
        return None

    def _continue_list(self, last: int, row: dict[str, str]) -> None:
        """Take the known towns that go on a list whose first town alone has a type word."""
        position = self._next_in_list(last)
        while position is not None:
            if not self.tokens[position].is_capitalised or self._is_person(position) or not self._is_name(position):
                return
            if not any(s.population >= _LISTED for s in find_settlements(self.tokens[position].text)) and not (
                find_settlements(self.tokens.joined(position, 2) or "-")
            ):
                return
            end = self._settlement_at(position, position, row, is_strict=True)
            if end is None:
                return
            position = self._next_in_list(end)

    def _unmarked_settlements(self) -> None:
        for first, token in enumerate(self.tokens.items):
            if not token.is_capitalised or not self._free(first) or self.tokens.is_quoted(token.start):
                continue
            for count in (3, 2, 1):
                form = self.tokens.joined(first, count)
                if not form or not self._free(first, count) or (count == 1 and token.text.isupper()):
                    continue
                candidates = find_settlements(form)
                if candidates and self._is_sure_settlement(first, count, candidates[0]):
                    self._add(
                        first,
                        first + count - 1,
                        kind="settlement",
                        country_code=None,
                        name=candidates[0].name,
                        is_marked=False,
                        candidates=tuple(candidates),
                        form=form,
                    )
                    break

    def _is_sure_settlement(self, first: int, count: int, likeliest: Settlement) -> bool:
        is_city_of_two_words = count > 1 and likeliest.population >= _LARGE
        is_person = not is_city_of_two_words and (self._is_person(first) or self._is_person(first + count - 1))
        if is_person or self._is_dedication(first):
            return False
        if count == 1 and (self._is_named_thing(first) or _is_rather_a_person(self.tokens[first].form, likeliest)):
            return False
        is_small = likeliest.population < _LARGE
        if (count == 1 and self._is_epithet(first)) or (is_small and self._is_of_territory(first)):
            return False
        is_listed = self._previous_in_list(first) in set(self._settlement_ends())
        starts = {match.start for match in self.found if match.kind == "settlement"}
        following = self._next_in_list(first + count - 1)
        is_listed = is_listed or (following is not None and self.tokens[following].start in starts)
        is_known = any(match.kind == "settlement" and match.name == likeliest.name for match in self.found)
        is_located = self._is_located(first, first + count - 1, likeliest)
        if is_located and key_of(self.tokens.joined(first, count)) == key_of(likeliest.name):
            return True
        is_listed = is_listed or is_located or self._is_paired(first, first + count - 1)
        is_origin = self._is_beside_place(first) and (
            _is_plainly_a_place(self.tokens[first].form) or self._is_substantive(first)
        )
        needed = _LARGE if likeliest.country_code in _NEIGHBOURS else _LARGE_ABROAD
        needed = _LISTED if is_listed or is_origin else needed
        if self._is_address(first, count):
            return True
        if likeliest.population < needed and not is_known:
            return False
        if count > 1:
            return True
        token = self.tokens[first]
        readings = parses(token.form)
        is_toponym = any("Geox" in reading.tag for reading in readings) or not readings[0].is_known
        is_personal = any({"Surn"} in r.tag or {"Name"} in r.tag or {"Patr"} in r.tag for r in readings)
        preposition = first > 0 and self.tokens[first - 1].form in _PLACE_PREPOSITIONS
        if is_personal or not is_toponym:
            return preposition or is_listed or is_known
        return True

    def _is_address(self, first: int, count: int) -> bool:
        """Whether the region after a comma or in a bracket has a settlement of just this name: «Ленино, … область»."""
        form, end = self.tokens.joined(first, count), self.tokens[first + count - 1].end
        if self.text[end : end + 2] not in {", ", " ("}:
            return False
        region = next((m for m in self.found if m.kind == "territory" and m.start == end + 2), None)
        names = {t.name for t in region.candidates if t.kind == "region"} if region else set()
        return any(s.region in names and key_of(s.name) == key_of(form) for s in find_settlements(form))

    def _is_located(self, first: int, last: int, settlement: Settlement) -> bool:
        """Whether the bracket that closes the list, or «country:» before it, gives the settlement's country."""
        position: int | None = first
        while (previous := self._previous_in_list(position)) is not None and self.tokens[previous].is_capitalised:
            position = previous
        start = self.tokens[position].start
        if self.text[max(0, start - 2) : start] in {": ", " ("}:
            owner = next((m for m in self.found if m.kind == "country" and m.end == start - 2), None)
            if owner and owner.country_code == settlement.country_code:
                return True
        position = last
        while position is not None and self.tokens[position].is_capitalised:
            end = self.tokens[position].end
            country = next((m for m in self.found if m.kind == "country" and m.start == end + 2), None)
            if country and self.text[end : end + 2] == " (":
                return country.country_code == settlement.country_code
            position = self._next_in_list(position)
        return False

    def _is_beside_place(self, first: int) -> bool:
        """Whether «из» or a list's region or country stands before the word."""
        if first and self.tokens[first - 1].form == "из":
            return True
        previous = self._previous_in_list(first)
        return previous is not None and any(match.end == self.tokens[previous].end for match in self.found)

    def _is_substantive(self, first: int) -> bool:
        """Whether «Глубокого» stands without a noun of its own."""
        is_adjective = parses(self.tokens[first].form)[0].tag.POS == "ADJF"
        return is_adjective and _PHRASE_END.match(self.text, self.tokens[first].end) is not None

    def _is_paired(self, first: int, last: int) -> bool:
        """Whether a dash joins the word to a town found: «Волгодонск – Островец»."""
        start, end = self.tokens[first].start, self.tokens[last].end
        towns = [match for match in self.found if match.kind == "settlement"]
        return any(
            (town.end < start and _DASH.fullmatch(self.text[town.end : start]))
            or (town.start > end and _DASH.fullmatch(self.text[end : town.start]))
            for town in towns
        )

    def _is_of_territory(self, first: int) -> bool:
        """Whether the word is the name of a «волость», a «район» before it."""
        row = self.tokens[first - 1].type_row if first and self.tokens.gap(first - 1) == " " else None
        return row is not None and row["level"] != "settlement"

    def _is_epithet(self, position: int) -> bool:
        """«Русского дома»: an adjective before its noun."""
        if position + 1 >= len(self.tokens) or self.tokens.gap(position) != " ":
            return False
        following = self.tokens[position + 1]
        is_adjective = parses(self.tokens[position].form)[0].tag.POS == "ADJF"
        return is_adjective and following.text[0].islower() and parses(following.form)[0].tag.POS == "NOUN"

    def _settlement_ends(self) -> Iterator[int]:
        ends = {match.end for match in self.found if match.kind == "settlement"}
        return (index for index, token in enumerate(self.tokens.items) if token.end in ends)


def _is_plainly_a_place(form: str) -> bool:
    """Whether a word is no surname, first name or common noun."""
    readings = [reading for reading in parses(form) if reading.is_known]
    return not readings or all("Geox" in reading.tag for reading in readings)


def _is_rather_a_person(form: str, settlement: Settlement) -> bool:
    """«из Пушкина»: a surname in an oblique case, unless a large city is called so."""
    is_inflected = key_of(form) != key_of(settlement.name)
    is_surname = any("Surn" in p.tag and p.is_known and p.score >= _LIKELY for p in parses(key_of(form)))
    return is_inflected and is_surname and settlement.population < _CITY
