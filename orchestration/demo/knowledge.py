"""The data files of the made-up world: regions, towns, institutions, kinds of events, sentences, layouts."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from orchestration.demo.model import Municipality, Region, Town
from orchestration.documents.wording import read_table as read_table_of_documents

_ANY_COUNTRY = "*"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event; ``guest`` follows «Участие в» ("" where nobody is a guest), ``result`` the sort of result,
    ``program`` and ``who`` what happens and who comes, where they are not those of the type and the field.

    ``people`` are from fewest to most, ``days`` from least to most.
    """

    type: str
    result: str
    field: str
    weight: int
    days: tuple[int, int]
    people: tuple[int, int]
    name: str
    guest: str = ""
    online: bool = False
    program: str = ""
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How ``regions`` lay out their reports; ``columns`` are fields and headings in order."""

    regions: list[str]
    form: str
    title: str
    columns: dict[str, str]


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the data folder."""
    with _data(name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def read_yaml(name: str) -> Any:
    """The content of a YAML file of the data folder."""
    return yaml.safe_load(_data(name).read_text(encoding="utf-8"))


def _data(name: str) -> resources.abc.Traversable:
    return resources.files(__package__) / "data" / name


@cache
def municipalities() -> dict[str, tuple[Municipality, ...]]:
    """The municipalities of every region that reports can be made for."""
    by_region: dict[str, list[Municipality]] = {}
    for row in read_table("municipalities.csv"):
        name, seat, of = row["municipality"], row["seat"], row["seat_genitive"]
        genitive = f"города {of}" if name.startswith("город ") else _genitive_of_district(name)
        places = (f"{row['seat_type']} {seat}", f"{row['seat_type']} {of}")
        by_region.setdefault(row["region"], []).append(Municipality(name, genitive, seat, *places))
    return {region: tuple(rows) for region, rows in by_region.items()}


def _genitive_of_district(name: str) -> str:
    adjective, _, rest = name.partition(" ")
    return f"{adjective.removesuffix('ий')}ого {rest.replace('муниципальный округ', 'муниципального округа')}"


@cache
def regions() -> dict[str, Region]:
    """Every region that reports can be made for, by its name."""
    return {
        row["name"]: Region(row["name"], row["genitive"], row["iso_code"])
        for row in read_table_of_documents("regions.csv")
        if row["name"] in municipalities()
    }


@cache
def partner_towns() -> dict[str, tuple[Town, ...]]:
    """Partner towns by country code."""
    countries = {row["code"]: row for row in read_table("countries.csv")}
    towns: dict[str, list[Town]] = {code: [] for code in countries}
    for row in read_table("partner_towns.csv"):
        country = countries[row["code"]]
        town = Town(row["town"], row["genitive"], row["adjective"], row["code"], country["name"], country["genitive"])
        towns[row["code"]].append(town)
    return {code: tuple(rows) for code, rows in towns.items()}


@cache
def country_weights(region: str) -> dict[str, int]:
    """How often a region's partners are in which country."""
    weights = {row["code"]: int(row["weight"]) for row in read_table("countries.csv")}
    near = {row["code"]: int(row["weight"]) for row in read_table("neighbours.csv") if row["region"] == region}
    return dict.fromkeys(weights, 1) | near if near else weights


@cache
def organisation_names(country_code: str, field: str) -> tuple[tuple[str, str], ...]:
    """Templates of institutions' names in that country: nominative and instrumental."""
    rows = [row for row in read_table("organisations.csv") if row["field"] == field]
    own = [row for row in rows if row["code"] == country_code] or [row for row in rows if row["code"] == _ANY_COUNTRY]
    return tuple((row["nominative"], row["instrumental"] or row["nominative"]) for row in own)


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of events."""
    rows: list[dict[str, Any]] = read_yaml("kinds.yml")
    return tuple(Kind(**row | {"days": tuple(row["days"]), "people": tuple(row["people"])}) for row in rows)


@cache
def layouts() -> tuple[Layout, ...]:
    """The layouts of reports."""
    return tuple(Layout(**row) for row in read_yaml("layouts.yml"))


@cache
def layout_of(region: str) -> Layout:
    """The region's layout; neighbours in the list of regions differ."""
    own = next((layout for layout in layouts() if region in layout.regions), None)
    return own or layouts()[list(regions()).index(region) % len(layouts())]


@cache
def fault_rules() -> dict[str, str]:
    """The check that finds each kind of fault, "" where a report is missing."""
    return {row["kind"]: row["rule"] for row in read_table("faults.csv")}
