"""Regions and districts in running text, lists under one type word distributed."""

from __future__ import annotations

import re
from functools import cache

from orchestration.extraction.language.morphology import in_case_of, nominative_toponym, parses
from orchestration.extraction.language.spellings import key_of
from orchestration.extraction.toponyms.gazetteer_index import Territory, find_settlements, find_territories, type_words
from orchestration.extraction.toponyms.reader import LONGEST_NAME, ToponymReader
from orchestration.extraction.toponyms.tokens import Token

_ADJECTIVE = re.compile(r"[бвгджзклмнпрстчшщ](?:ий|ый|ой|ая|ое|ого|ому|им|ым|ом|ую|их|ых|ими|ыми|ие|ые)")
_ADJECTIVE_ENDING = re.compile(r"(?:ий|ый|ой|ая|ое|ого|ому|им|ым|ом|ую|их|ых|ими|ыми|ие|ые)$")
_MODIFIER = re.compile(
    r"(?:муниципальн|городск|сельск|автономн|народн|национальн|административн|федеральн|внутригородск)\w+"
)
_PEOPLE = re.compile(r"(?:немецк|еврейск|эвенск|эвенкийск|ненецк|корякск|чукотск|бурятск|татарск|казахск|корейск)\w+")
_FEMININE = frozenset({"область", "республика", "провинция", "префектура", "губерния", "земля", "община"})
_NEUTER = frozenset({"воеводство"})
_FOREIGN_TYPES = frozenset(
    {"провинция", "штат", "префектура", "воеводство", "аймак", "уезд", "община", "сомон", "хошун", "кантон"}
)
_BARE_COUNTRIES = frozenset(["RU", "BY", "UZ", "MD", "AZ", "GE", "RS", "BA", "CN", "IN", "KZ"])
_LARGE = 50_000
_LIST_REACH = 4


class TerritoryReader(ToponymReader):
    """Reads «Брянской и Калужской областей», «провинции Хэйлунцзян», «Крым»."""

    def _typed_territories(self) -> None:
        for index, token in enumerate(self.tokens.items):
            row = token.type_row
            if not row or row["level"] == "settlement" or not self._free(index):
                continue
            if not self._adjectives_before(index, row):
                self._names_after(index, row)
            if row["number"] == "plural":
                self._adjectives_after(index, row)

    def _adjectives_before(self, index: int, row: dict[str, str]) -> bool:
        head = index - 1
        while head >= 0 and self.tokens.gap(head) == " " and self._is_modifier(self.tokens[head]):
            head -= 1
        if head < 0 or self.tokens.gap(head) != " " or not self._is_territory_adjective(head):
            return False
        modifiers = self.tokens.items[head + 1 : index]
        listed = [head]
        while True:
            previous = self._previous_in_list(listed[-1])
            if previous is None or not self._is_territory_adjective(previous):
                break
            if row["number"] == "singular" and not self._known(previous, row):
                break
            listed.append(previous)
        for position in reversed(listed):
            last = index if position == head else position
            self._add_territory(position, last, [modifier.form for modifier in modifiers], row)
        return True

    @staticmethod
    def _is_modifier(token: Token) -> bool:
        """«муниципального», and in lower case «немецкого» of «Азовского немецкого национального района»."""
        is_of_people = not token.is_capitalised and _PEOPLE.fullmatch(token.form) is not None
        return is_of_people or _MODIFIER.fullmatch(token.form) is not None

    def _is_territory_adjective(self, index: int) -> bool:
        token = self.tokens[index]
        return (
            token.is_capitalised
            and self._free(index)
            and not token.text.isupper()
            and bool(re.search(f"{_ADJECTIVE.pattern}$", token.form))
            and not _MODIFIER.fullmatch(token.form)
        )

    def _known(self, index: int, row: dict[str, str]) -> bool:
        return bool(find_territories(f"{self.tokens[index].text} {row['type']}"))

    def _add_territory(self, first: int, last: int, modifiers: list[str], row: dict[str, str]) -> None:
        adjective = self.tokens[first].text
        gender = "femn" if row["type"] in _FEMININE else "neut" if row["type"] in _NEUTER else "masc"
        kinds = [*(_adjective(modifier, gender) for modifier in modifiers), row["type"]]
        kinds = [kind.capitalize() if kind in {"народная", "республика"} else kind for kind in kinds]
        name = " ".join([_adjective(adjective, gender), *kinds])
        candidates = find_territories(name)
        if not candidates and row["type"].endswith(("округ", "район")):
            namesakes = find_territories(f"{_adjective(adjective, 'masc')} район")
            candidates = tuple(other for other in namesakes if other.kind == "district")
        if not candidates and row["type"] == "регион":
            candidates = find_territories(f"{_adjective(adjective, 'femn')} область")
            name = candidates[0].name if candidates else name
        if not candidates and row["level"] == "region" and row["type"] not in _FOREIGN_TYPES:
            return
        if candidates and candidates[0].kind == "region":
            name = candidates[0].name
        self._add(
            first, last, kind="territory", country_code=None, name=name, type_word=row["type"], candidates=candidates
        )

    def _names_after(self, index: int, row: dict[str, str]) -> None:
        position: int | None = index + 1
        if self.tokens.gap(index) != " ":
            return
        first = index
        while position is not None and position < len(self.tokens):
            count = self._territory_name_at(position, row)
            if count == 0:
                return
            form = self.tokens.joined(position, count)
            candidates = self._territories_called(row, form)
            is_of_city = row["type"] == "район" and not candidates
            name = form if is_of_city else nominative_toponym(form)
            if candidates and f" {key_of(name)} " in f" {key_of(candidates[0].name)} ":
                name = candidates[0].name
            if not any(word[0].islower() or word.lower() in type_words() for word in name.split()):
                name = f"{row['type'].capitalize()} {name}"
            self._add(
                first,
                position + count - 1,
                kind="territory",
                country_code=None,
                name=name,
                type_word=row["type"],
                candidates=candidates,
            )
            if row["number"] == "singular":
                return
            position = self._next_in_list(position + count - 1)
            first = position

    def _territories_called(self, row: dict[str, str], form: str) -> tuple[Territory, ...]:
        return tuple(t for t in find_territories(f"{row['type']} {form}") if t.kind == row["level"])

    def _territory_name_at(self, position: int, row: dict[str, str]) -> int:
        """How many tokens make a territory's name, 0 if none stands there."""
        token = self.tokens[position]
        if not token.is_capitalised or not self._free(position):
            return 0
        for count in range(LONGEST_NAME, 0, -1):
            form = self.tokens.joined(position, count)
            if form and self._free(position, count) and self._territories_called(row, form):
                return count
        is_adjectival = bool(_ADJECTIVE.search(token.form)) and token.form.endswith(("ский", "ской", "ского"))
        if row["type"] == "район":
            return int(not is_adjectival and self._is_of_city(position))
        if row["type"] == "община" and any(t.kind == "region" for t in find_territories(token.text)):
            return 0
        return int(row["type"] in _FOREIGN_TYPES and not is_adjectival)

    def _is_of_city(self, position: int) -> bool:
        """«район Айхой города Хэйхэ»: a city abroad names its districts so."""
        following = self.tokens[position + 1] if position + 1 < len(self.tokens) else None
        is_city = following is not None and following.type_row is not None and following.type_row["type"] == "город"
        return is_city and position + 2 < len(self.tokens) and self.tokens[position + 2].is_capitalised

    def _adjectives_after(self, index: int, row: dict[str, str]) -> None:
        """Distribute «районов Смоленской области: Глинковского, Демидовского и Шумячского»."""
        reach = range(index, min(index + _LIST_REACH, len(self.tokens) - 1))
        following = next((p + 1 for p in reach if self.tokens.gap(p).strip() in {":", "("}), None)
        while following is not None and following < len(self.tokens) and self._is_territory_adjective(following):
            after = self.tokens[following + 1].type_row if following + 1 < len(self.tokens) else None
            if after and after["level"] != "settlement":
                return
            self._add_territory(following, following, [], row)
            following = self._next_in_list(following)

    def _bare_territories(self) -> None:
        for first, token in enumerate(self.tokens.items):
            if not token.is_capitalised or not self._free(first):
                continue
            for count in (3, 2, 1):
                form = self.tokens.joined(first, count)
                if not form or not self._free(first, count):
                    continue
                candidates = tuple(t for t in find_territories(form) if t.kind == "region")
                if candidates and self._is_sure_region(form, first, candidates[0].country_code):
                    self._add(
                        first,
                        first + count - 1,
                        kind="territory",
                        country_code=None,
                        name=candidates[0].name,
                        is_marked=False,
                        candidates=candidates,
                    )
                    break

    def _is_sure_region(self, form: str, first: int, country: str) -> bool:
        if country not in _BARE_COUNTRIES or self._is_dedication(first):
            return False
        if form.isupper():
            return len(form) > 2
        if len(form) < 4 or any(settlement.population >= _LARGE for settlement in find_settlements(form)):
            return False
        tags = [reading.tag for reading in parses(key_of(form).split()[-1]) if reading.is_known]
        return " " in form or not any({"Surn"} in tag or {"Name"} in tag or {"Patr"} in tag for tag in tags)


@cache
def _adjective(word: str, gender: str) -> str:
    """An adjective in the nominative singular of that gender, capitals kept."""
    for parse in parses(word):
        if parse.tag.POS == "ADJF":
            form = parse.inflect({"nomn", "sing", gender})
            if form:
                return in_case_of(form.word if "ё" in word else form.word.replace("ё", "е"), word)
    ending = {"masc": "ий", "femn": "ая", "neut": "ое"}[gender]
    return _ADJECTIVE_ENDING.sub(ending, word)
