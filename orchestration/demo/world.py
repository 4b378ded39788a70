"""What lasts in a made-up region: its municipalities, their partners abroad, their documents and yearly events."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from orchestration.demo.knowledge import (
    Kind,
    country_weights,
    kinds,
    municipalities,
    organisation_names,
    partner_towns,
    read_yaml,
)
from orchestration.demo.model import Document, Municipality, Organisation, Town

_TIES = (5, 9)
_SERIES = (5, 9)
_FIRST_FOUNDED, _LAST_FOUNDED = 1991, 2022
_DOCUMENT_KINDS = ("agreement", "agreement", "plan", "memorandum", "contract")
_SHARE_WITH_DOCUMENT = 0.6
_MOST_SCHOOLS = 9


@dataclass(frozen=True, slots=True)
class Tie:
    """Two institutions that work together; a document of theirs is signed anew every ``cycle`` years."""

    field: str
    host: Organisation
    guest: Organisation
    town: Town
    document_kind: str | None
    offset: int
    quarter: int
    term: int
    cycle: int

    def document(self, year: int, quarter: int) -> tuple[Document | None, bool]:
        """The document in force in a quarter, and whether it is signed in it."""
        if self.document_kind is None:
            return None, False
        signed = year - (year - self.offset) % self.cycle
        if signed == year and quarter < self.quarter:
            signed -= self.cycle
        last = signed + self.term - 1
        if last < year:
            return None, False
        document = Document(self.document_kind, self.host, self.guest, signed, last)
        return document, (signed, self.quarter) == (year, quarter)


@dataclass(frozen=True, slots=True)
class Series:
    """An event held every year in one quarter; ``people`` came in 2024, and each year ``growth`` times as many."""

    kind: Kind
    title: str
    tie: Tie
    quarter: int
    founded: int
    people: int
    growth: float
    day: int
    has_edition: bool


@dataclass(frozen=True, slots=True)
class Home:
    """A municipality with its ties and yearly events; ``weight`` is its share of the region's events."""

    municipality: Municipality
    ties: tuple[Tie, ...]
    series: tuple[Series, ...]
    weight: float


@lru_cache(maxsize=200)
def homes(seed: int, region: str) -> tuple[Home, ...]:
    """A region's municipalities, the same for every quarter."""
    random = Random(f"{seed}/{region}")
    used: set[str] = set()
    return tuple(_home(random, region, each, used, place) for place, each in enumerate(municipalities()[region]))


def title(random: Random, field: str, used: set[str]) -> str:
    """A title that the region has not used; it is then used."""
    words = read_yaml("fields.yml")[field]
    while True:
        head, (tail, other_tail) = random.choice(words["heads"]), random.sample(words["tails"], 2)
        name = f"{head} {tail}"
        if name in used:
            # All that a head and a tail can say is soon said: a second tail tells the events apart.
            name = f"{head} {tail} и {other_tail}"
        if name not in used:
            used.add(name)
            return name


def draw_kind(random: Random, fields: set[str]) -> Kind:
    """A kind of event in one of the fields."""
    possible = [kind for kind in kinds() if kind.field in fields]
    return random.choices(possible, [kind.weight for kind in possible])[0]


def _home(random: Random, region: str, municipality: Municipality, used: set[str], place: int) -> Home:
    weights = country_weights(region)
    fields = list(read_yaml("fields.yml"))
    ties = []
    for number in range(random.randint(*_TIES)):
        code = random.choices(list(weights), list(weights.values()))[0]
        field = fields[number % len(fields)]
        ties.append(_tie(random, municipality, random.choice(partner_towns()[code]), field))
    series = []
    for number in range(random.randint(*_SERIES)):
        tie = random.choice(ties)
        kind = draw_kind(random, {tie.field})
        while not kind.guest:
            tie = random.choice(ties)
            kind = draw_kind(random, {tie.field})
        series.append(
            Series(
                kind, title(random, kind.field, used), tie, number % 4 + 1,
                random.randint(_FIRST_FOUNDED, _LAST_FOUNDED), random.randint(*kind.people),
                random.uniform(1.02, 1.14), random.randint(0, 60), random.random() < 0.6,
            )
        )  # fmt: skip
    return Home(municipality, tuple(ties), tuple(series), 3.0 if place == 0 else 2.0 if place == 1 else 1.0)


def _tie(random: Random, municipality: Municipality, town: Town, field: str) -> Tie:
    has_document = random.random() < _SHARE_WITH_DOCUMENT
    term = random.randint(2, 4)
    return Tie(
        field,
        _organisation(random, organisation_names("RU", field), municipality=municipality.genitive,
                      seat=municipality.seat_of),
        _organisation(random, organisation_names(town.country_code, field), town=town.genitive,
                      adjective=town.adjective),
        town,
        random.choice(_DOCUMENT_KINDS) if has_document else None,
        random.randint(0, 9), random.randint(1, 4), term, term + random.randint(0, 1),
    )  # fmt: skip


def _organisation(random: Random, names: tuple[tuple[str, str], ...], **parts: str) -> Organisation:
    nominative, instrumental = random.choice(names)
    number = random.randint(1, _MOST_SCHOOLS)
    return Organisation(nominative.format(number=number, **parts), instrumental.format(number=number, **parts))
