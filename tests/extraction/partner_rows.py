"""Rows of reports and what they involve, for the tests of partners."""

from dataclasses import dataclass, field
from datetime import date

from orchestration.extraction.language.text import CellText
from orchestration.extraction.model import Column, Evidence, Municipality, PartnerMention, PlaceFact, ReportContext
from orchestration.extraction.partners.reader import read_partners
from orchestration.extraction.toponyms.gazetteer import find_settlement

PSKOV, AMUR, KALININGRAD = "Псковская область", "Амурская область", "Калининградская область"
TATARSTAN, ORENBURG, SMOLENSK = "Республика Татарстан", "Оренбургская область", "Смоленская область"

BRYANSK, BELGOROD, PRIMORYE = "Брянская область", "Белгородская область", "Приморский край"


@dataclass
class Case:
    """A row of a report and what it involves; settlements, territories and partners lie outside the home region."""

    region: str
    municipality: str
    name: str = ""
    place: str = ""
    description: str = ""
    participants: str = ""
    at: tuple[str, str] | None = None
    settlements: set[str] = field(default_factory=set)
    territories: set[str] = field(default_factory=set)
    partners: set[str] = field(default_factory=set)
    home: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)


def read(case: Case) -> tuple[PartnerMention, ...]:
    texts = {
        Column.NAME: CellText.from_raw(case.name),
        Column.PLACE: CellText.from_raw(case.place),
        Column.DATES: CellText.from_raw(""),
        Column.DESCRIPTION: CellText.from_raw(case.description),
        Column.PARTICIPANTS: CellText.from_raw(case.participants),
    }
    place = None
    if case.at:
        settlement, country = case.at
        found = find_settlement(settlement, country_code=country, home_region=case.region)
        latitude, longitude = (found.latitude, found.longitude) if found else (None, None)
        evidence = Evidence(Column.PLACE, 0, len(case.place), "place")
        place = PlaceFact(None, settlement, "город", None, None, country, latitude, longitude, evidence)
    kind = "urban_okrug" if case.municipality.startswith("город") else "municipal_okrug"
    context = ReportContext(case.region, date(2025, 1, 1), date(2025, 3, 31))
    return read_partners(texts, context, place, Municipality(case.municipality, kind))


def of(mentions: tuple[PartnerMention, ...], kind: str, is_home: bool) -> set[str]:
    return {m.name for m in mentions if m.kind == kind and (m.side == "home") is is_home}


def check(case: Case) -> None:
    """The row's partners are those of the case, and every mention is the text at its offsets."""
    mentions = read(case)
    assert of(mentions, "settlement", False) == case.settlements
    assert of(mentions, "territory", False) == case.territories
    assert of(mentions, "organisation", False) == case.partners
    assert of(mentions, "organisation", True) == case.home
    assert {m.country_code for m in mentions if m.side == "foreign"} == case.countries
    cells = {Column.NAME: case.name, Column.PLACE: case.place, Column.DESCRIPTION: case.description}
    cells[Column.PARTICIPANTS] = case.participants
    for mention in mentions:
        evidence = mention.evidence
        assert cells[evidence.column][evidence.start : evidence.end] == mention.mention
