"""Countries, territories and settlements mentioned in running text, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from orchestration.extraction.gazetteer_index import (
    Settlement,
    Territory,
    country_adjectives,
    country_names,
    country_title,
    find_country,
    find_settlements,
    find_territories,
    key_of,
    nominative_spellings,
)
from orchestration.extraction.morphology import analyzer, in_case_of, nominative_toponym, parses
from orchestration.extraction.toponym_context import ToponymMatch, resolve
from orchestration.extraction.toponym_tokens import Tokens

_ADJECTIVE = re.compile(r"[бвгджзклмнпрстчшщ](?:ий|ый|ой|ая|ое|ого|ому|им|ым|ом|ую|их|ых|ими|ыми|ие|ые)")
_ADJECTIVE_ENDING = re.compile(r"(?:ий|ый|ой|ая|ое|ого|ому|им|ым|ом|ую|их|ых|ими|ыми|ие|ые)$")
_MODIFIER = re.compile(r"(?:муниципальн|городск|сельск|автономн|народн|национальн|административн|федеральн)\w+")
_LANGUAGE = re.compile(r"(?:(?:,| и| или) [а-яё]+(?:ого|ому|им|ом|ий|их))* (?:язык|литератур)")
_LANGUAGE_REACH = 80
_LIST_GAP = re.compile(r",? ?")
_LIST_WORDS = frozenset({"и", "или", "также", "а", "да"})
_FEMININE = frozenset({"область", "республика", "провинция", "префектура", "губерния", "земля", "община"})
_NEUTER = frozenset({"воеводство"})
_FOREIGN_TYPES = frozenset(
    {"провинция", "штат", "префектура", "воеводство", "аймак", "уезд", "община", "сомон", "хошун", "кантон"}
)
_STREETS = frozenset(
    "улица улицы улице улицу ул площадь площади пл проспект проспекта проспекте пр переулок переулке бульвар бульваре "
    "набережная набережной шоссе сквер сквера сквере парк парка парке имени им памяти героя князя маршала генерала".split()
)
_PLACE_PREPOSITIONS = frozenset({"в", "во", "из", "под", "около", "между"})
_BARE_COUNTRIES = frozenset("RU BY UZ MD AZ GE RS BA CN IN KZ".split())
_LARGE, _LARGE_ABROAD, _LISTED = 50_000, 100_000, 3_000
_LONGEST_NAME = 4


def scan(text: str, *, home_region: str | None = None) -> list[ToponymMatch]:
    """All countries, country adjectives, territories and settlements of the text, in order, none overlapping.

    ``home_region`` (canonical) decides between places of one name where the text does not tell.
    """
    return resolve(_Scanner(text).matches(), Tokens(text), home_region)


@cache
def _first_words_of_countries() -> frozenset[str]:
    return frozenset(name.split()[0] for name in country_names())


class _Scanner:
    """One pass a kind; a token belongs to the first pass that takes it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = Tokens(text)
        self.taken: set[int] = set()
        self.found: list[ToponymMatch] = []

    def matches(self) -> list[ToponymMatch]:
        for one_pass in (
            self._countries,
            self._typed_territories,
            self._marked_settlements,
            self._bare_territories,
            self._adjectives,
            self._unmarked_settlements,
        ):
            one_pass()
            self.found.sort(key=lambda match: match.start)
        return self.found

    def _add(self, first: int, last: int, **values: object) -> None:
        start, end = self.tokens[first].start, self.tokens[last].end
        self.taken.update(range(first, last + 1))
        self.found.append(ToponymMatch(start=start, end=end, is_quoted=self.tokens.is_quoted(start), **values))

    def _free(self, first: int, count: int = 1) -> bool:
        last = first + count
        return last <= len(self.tokens) and self.taken.isdisjoint(range(first, last))

    # Countries

    def _countries(self) -> None:
        longest = max(len(name.split()) for name in country_names())
        for first, token in enumerate(self.tokens.items):
            if not token.is_capitalised or not self._free(first):
                continue
            spellings = {part for part in nominative_spellings(token.form)} | {token.form}
            if _first_words_of_countries().isdisjoint(spellings):
                continue
            for count in range(longest, 0, -1):
                form = self.tokens.joined(first, count)
                code = find_country(form) if form else None
                if code and (count > 1 or self._is_name(first)):
                    self._add(first, first + count - 1, kind="country", country_code=code, name=country_title(code))
                    break

    def _is_name(self, index: int) -> bool:
        """Whether a capitalised word is more than the first word of a sentence."""
        token = self.tokens[index]
        if token.text.isupper() or not self.tokens.starts_sentence(index):
            return True
        readings = parses(token.form)
        return not readings[0].is_known or any("Geox" in reading.tag for reading in readings)

    # Regions and districts

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
        while head >= 0 and self.tokens.gap(head) == " " and _MODIFIER.fullmatch(self.tokens[head].form):
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

    def _is_territory_adjective(self, index: int) -> bool:
        token = self.tokens[index]
        return (
            token.is_capitalised
            and self._free(index)
            and not token.text.isupper()
            and bool(re.search(f"{_ADJECTIVE.pattern}$", token.form))
            and not _MODIFIER.fullmatch(token.form)
        )

    def _previous_in_list(self, index: int) -> int | None:
        """The item before ``index`` in an enumeration, or None."""
        position = index - 1
        is_listed = "," in self.tokens.gap(position) and _LIST_GAP.fullmatch(self.tokens.gap(position))
        while position >= 0 and self.tokens[position].form in _LIST_WORDS and self.tokens.gap(position).strip() in "":
            position -= 1
            is_listed = True
        if position < 0 or not is_listed or not _LIST_GAP.fullmatch(self.tokens.gap(position)):
            return None
        return position

    def _next_in_list(self, index: int) -> int | None:
        """The item after ``index`` in an enumeration, a bracket after the item skipped, or None."""
        end = self.tokens[index].end
        bracket = next(((a, b) for a, b in self.tokens.brackets if a == end + 1 and self.text[end] == " "), None)
        position = index + 1
        gap = self.tokens.gap(index)
        if bracket:
            while position < len(self.tokens) and self.tokens[position].start < bracket[1]:
                position += 1
            if position >= len(self.tokens):
                return None
            gap = self.text[bracket[1] : self.tokens[position].start]
        if position >= len(self.tokens) or not _LIST_GAP.fullmatch(gap):
            return None
        is_listed = "," in gap
        while position < len(self.tokens) and self.tokens[position].form in _LIST_WORDS:
            if self.tokens.gap(position).strip():
                return None
            position += 1
            is_listed = True
        return position if is_listed and position < len(self.tokens) else None

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
            candidates = tuple(
                other for other in find_territories(f"{_adjective(adjective, 'masc')} район") if other.kind == "district"
            )
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
            name = candidates[0].name if candidates else f"{row['type'].capitalize()} {nominative_toponym(form)}"
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
        for count in range(_LONGEST_NAME, 0, -1):
            form = self.tokens.joined(position, count)
            if form and self._free(position, count) and self._territories_called(row, form):
                return count
        is_adjectival = bool(_ADJECTIVE.search(token.form)) and token.form.endswith(("ский", "ской", "ского"))
        return int(row["type"] in _FOREIGN_TYPES and not is_adjectival)

    def _adjectives_after(self, index: int, row: dict[str, str]) -> None:
        """Distribute «районов Смоленской области: Глинковского, Демидовского и Шумячского»."""
        position = index + 1
        while position < len(self.tokens) and (position in self.taken or not self.tokens[position].is_capitalised):
            if self.tokens.gap(position - 1).strip() in {":", "("} or position - index > 4:
                break
            position += 1
        if position >= len(self.tokens) or self.tokens.gap(position - 1).strip() not in {":", "("}:
            # The region's name after the type word is read by its own type word later.
            position = next(
                (p + 1 for p in range(index, min(index + 4, len(self.tokens) - 1)) if self.tokens.gap(p).strip() in {":", "("}),
                -1,
            )
        following: int | None = position if position > 0 else None
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
        tags = [reading.tag for reading in parses(key_of(form).split()[-1])]
        return " " in form or not any({"Surn"} in tag or {"Name"} in tag or {"Patr"} in tag for tag in tags)

    # Country adjectives

    def _adjectives(self) -> None:
        known = {adjective[:-2]: code for adjective, code in country_adjectives().items()}
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

    # Settlements

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
        before = self.text[: token.start]
        is_short = len(token.form.rstrip(".")) == 1
        return is_short and bool(re.search(r"\b(?:1[89]|20)\d\d ?(?:г\.)?$|(?<![А-Яа-яЁё])[А-Яа-яЁё]\. ?$", before))

    def _settlement_at(self, first: int, position: int, row: dict[str, str] | None, *, is_strict: bool) -> int | None:
        """Take the settlement whose name starts at ``position``; its last token, or None if there is none."""
        if position >= len(self.tokens):
            return None
        token = self.tokens[position]
        if not token.is_capitalised or not self._free(position) or token.type_row:
            return None
        longest = 0
        for count in range(_LONGEST_NAME, 0, -1):
            form = self.tokens.joined(position, count)
            if form and self._free(position, count) and find_settlements(form):
                longest = count
                break
        following = self.tokens[position + 1] if position + 1 < len(self.tokens) else None
        after = following.type_row if following and self.tokens.gap(position) == " " else None
        if longest <= 1 and after and after["level"] != "settlement":
            return None
        if not longest:
            if is_strict or token.text.isupper() or len(token.text) < 2:
                return None
            is_pair = (
                following is not None
                and following.is_capitalised
                and self.tokens.gap(position) == " "
                and self._free(position + 1)
                and bool(re.search(f"{_ADJECTIVE.pattern}$", token.form))
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
            type_word=row["type"] if row else None,
            is_marked=row is not None,
            candidates=candidates,
            form=form,
        )
        return last

    def _settlement_list(self, index: int, row: dict[str, str]) -> None:
        """Take the names after a plural type word, at once or after «как», a colon or a bracket."""
        position: int | None = index + 1
        if self.tokens.gap(index).strip() or index + 1 >= len(self.tokens) or not self.tokens[index + 1].is_capitalised or index + 1 in self.taken:
            position = None
            for other in range(index, min(index + 9, len(self.tokens) - 1)):
                if self.tokens.gap(other).strip() in {":", "("} or self.tokens[other].form == "как":
                    position = other + 1
                    break
                if "." in self.tokens.gap(other) or "," in self.tokens.gap(other) and self.tokens[other + 1].form != "как":
                    break
        first = index
        while position is not None:
            if position < len(self.tokens) and self.tokens[position].type_row:
                return
            last = self._settlement_at(first if first == position - 1 else position, position, row, is_strict=False)
            if last is None:
                return
            position = self._next_in_list(last)
            first = -1

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
        if self._is_dedication(first) or self._is_person(first) or self._is_person(first + count - 1):
            return False
        is_listed = any(first - 1 == last or self._previous_in_list(first) == last for last in self._settlement_ends())
        is_known = any(match.kind == "settlement" and match.name == likeliest.name for match in self.found)
        is_listed = is_listed or self._is_located(first + count - 1, likeliest)
        needed = _LISTED if is_listed else _LARGE if likeliest.country_code in {"RU", "BY"} else _LARGE_ABROAD
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

    def _is_located(self, last: int, settlement: Settlement) -> bool:
        """Whether the bracket that closes the list gives the settlement's country."""
        position: int | None = last
        while position is not None and self.tokens[position].is_capitalised:
            end = self.tokens[position].end
            country = next((m for m in self.found if m.kind == "country" and m.start == end + 2), None)
            if country and self.text[end : end + 2] == " (":
                return country.country_code == settlement.country_code
            position = self._next_in_list(position)
        return False

    def _settlement_ends(self) -> Iterator[int]:
        ends = {match.end for match in self.found if match.kind == "settlement"}
        return (index for index, token in enumerate(self.tokens.items) if token.end in ends)

    def _is_dedication(self, index: int) -> bool:
        """Whether the word names a street, or somebody in whose honour something is named."""
        return index > 0 and self.tokens[index - 1].form in _STREETS and self.tokens.gap(index - 1).strip() in {"", "."}

    def _is_person(self, index: int) -> bool:
        """Whether initials or a first name stand beside the word."""
        token = self.tokens[index]
        if re.search(r"(?<![А-Яа-яЁё])[А-ЯЁ]\. ?$", self.text[: token.start]):
            return True
        if re.match(r" [А-ЯЁ]\. ?[А-ЯЁ]\.", self.text[token.end :]):
            return True
        for neighbour, gap in ((index - 1, index - 1), (index + 1, index)):
            if not 0 <= neighbour < len(self.tokens) or self.tokens.gap(gap) != " ":
                continue
            other = self.tokens[neighbour]
            if other.is_capitalised and neighbour not in self.taken:
                tags = [reading.tag for reading in parses(other.form)[:3]]
                if any({"Name"} in tag or {"Patr"} in tag for tag in tags):
                    return True
        return False


@cache
def _adjective(word: str, gender: str) -> str:
    """An adjective in the nominative singular of that gender, capitals kept."""
    for parse in analyzer().parse(word):
        if parse.tag.POS == "ADJF":
            form = parse.inflect({"nomn", "sing", gender})
            if form:
                return in_case_of(form.word if "ё" in word else form.word.replace("ё", "е"), word)
    ending = {"masc": "ий", "femn": "ая", "neut": "ое"}[gender]
    return _ADJECTIVE_ENDING.sub(ending, word)
