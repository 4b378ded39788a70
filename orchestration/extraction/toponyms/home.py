"""What lies at home: in the reporting region, by gazetteer entity, name, adjective or place of the event."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.extraction.language.text import fold
from orchestration.extraction.model import PartnerSide, PlaceFact
from orchestration.extraction.toponyms.gazetteer import (
    Settlement,
    Territory,
    ToponymMatch,
    find_country,
    find_settlement,
    find_territory,
)
from orchestration.extraction.toponyms.gazetteer_index import find_seat

HOME_COUNTRY = "RU"
_DISTRICT = re.compile(r"(?P<adjective>[А-ЯЁ][а-яё-]+(?:ский|цкий|ской)) (?:\w+ )?(?:район|округ)$")
_LEAST_SEAT = 1_000
_WORD = re.compile(r"[а-я-]+")


def side_of(country_code: str | None) -> PartnerSide:
    """The side of what lies outside the home region."""
    return "domestic" if country_code in (None, HOME_COUNTRY) else "foreign"


@dataclass(frozen=True, slots=True)
class Home:
    """The reporting region and municipality, by their canonical names."""

    region: str
    municipality: str

    def has(self, entity: Settlement | Territory) -> bool:
        """Whether the entity is the home region or lies in it."""
        names = (fold(entity.region or ""), fold(entity.name))
        return entity.country_code == HOME_COUNTRY and fold(self.region) in names

    def has_match(self, match: ToponymMatch) -> bool:
        """Whether the toponym is the home country or region, the reporting municipality, or lies in the region."""
        if match.kind.startswith("country"):
            return match.country_code == HOME_COUNTRY
        if match.entity and self.has(match.entity):
            return True
        if match.kind == "settlement":
            # «Хутор Рославльский», in no gazetteer, is of the home Рославльский округ.
            return match.entity is None and self.has_territory(f"{match.name} район")
        return match.country_code in (None, HOME_COUNTRY) and self.has_territory(match.name)

    def has_territory(self, name: str) -> bool:
        """Whether the canonical territory name is the region's, the municipality's or that of a part of the region."""
        if fold(name) in (fold(self.region), fold(self.municipality)):
            return True
        territory = find_territory(name, home_region=self.region)
        if territory is not None and (self.has(territory) or territory.country_code != HOME_COUNTRY):
            return self.has(territory)
        # A district of this name elsewhere does not count against one around a town at home.
        district = _DISTRICT.match(name)
        return district is not None and self._has_town_of(district["adjective"])

    def _has_town_of(self, adjective: str) -> bool:
        stem = re.sub(r"(?:ск|цк)?(?:ий|ой)$", "", fold(adjective))
        seat = find_seat(adjective, self.region)
        return seat is not None and seat.population >= _LEAST_SEAT and fold(seat.name).startswith(stem)

    def has_place(self, place: PlaceFact | None) -> bool:
        """Whether the event took place in the region; a row without a place counts as at home."""
        if place is None:
            return True
        if place.country_code not in (None, HOME_COUNTRY):
            return False
        if place.region:
            return fold(place.region) == fold(self.region)
        if place.settlement is None:
            return True
        if place.district and self.has_territory(place.district):
            return True
        if place.latitude is None and place.district is None:
            return True
        own = find_settlement(place.settlement, region=self.region)
        if own and (own.latitude, own.longitude) == (place.latitude, place.longitude):
            return True
        settlement = find_settlement(place.settlement, country_code=HOME_COUNTRY, home_region=self.region)
        return settlement is None or self.has(settlement)

    def has_name(self, name: str) -> bool:
        """Whether a bare name in the nominative is the home country's, the municipality's or a home settlement's."""
        if find_country(name) == HOME_COUNTRY or fold(name) in fold(self.municipality):
            return True
        place = find_settlement(name, home_region=self.region, allow_inflected=False)
        return place is not None and self.has(place)

    def gave(self, adjective: str) -> bool:
        """Whether an adjective lemma («рославльский») is made of the region's or the municipality's name."""
        return self.is_of_municipality(adjective) or _is_made_of(adjective, self.region)

    def is_of_municipality(self, adjective: str) -> bool:
        """Whether an adjective lemma is made of the reporting municipality's name."""
        return _is_made_of(adjective, self.municipality)


def _is_made_of(adjective: str, name: str) -> bool:
    return bool({adjective, adjective.removesuffix("ий")} & set(_WORD.findall(fold(name))))
