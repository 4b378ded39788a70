"""Whose organisation it is: side and country by what stands around a name that does not tell its seat."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from orchestration.extraction import extract_event
from orchestration.extraction.model import PartnerMention, ReportContext, RowText
from orchestration.extraction.toponyms.palladius import looks_chinese


def _cases() -> list[dict[str, str]]:
    with Path(__file__).with_name("organisation_seat_cases.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _organisations(case: dict[str, str]) -> list[PartnerMention]:
    row = RowText(case["municipality"], "", case["place"], "", case["description"], case["participants"])
    context = ReportContext(case["region"], date(2026, 1, 1), date(2026, 3, 31))
    return [partner for partner in extract_event(row, context).partners if partner.kind == "organisation"]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["description"] or case["participants"])
def test_side_and_country(case: dict[str, str]) -> None:
    told = [f"{'home' if p.side == 'home' else p.country_code} {p.name}" for p in _organisations(case)]
    assert "; ".join(told) == case["organisations"]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["description"] or case["participants"])
def test_mention_is_the_text_at_its_offsets(case: dict[str, str]) -> None:
    for partner in _organisations(case):
        evidence = partner.evidence
        assert case[evidence.column][evidence.start : evidence.end] == partner.mention


def test_a_seat_that_nothing_tells_is_doubtful() -> None:
    case = {
        "region": "Псковская область",
        "municipality": "город Псков",
        "place": "г. Псков",
        "description": "Выступило ОАО «Горизонт».",
        "participants": "",
    }
    (partner,) = _organisations(case)
    assert (partner.side, partner.evidence.rule) == ("home", "organisation_reporting_municipality")
    assert partner.evidence.confidence <= 0.5


def test_full_name_wins_over_a_bare_one() -> None:
    case = {
        "region": "Алтайский край",
        "municipality": "город Барнаул",
        "place": "г. Барнаул",
        "description": "Гости побывали в гимназии № 22.",
        "participants": "МБОУ «Гимназия № 22»",
    }
    (partner,) = _organisations(case)
    assert (partner.name, partner.mention) == ("МБОУ «Гимназия № 22»", "гимназии № 22")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Бэйдахуан", True),
        ("Лунцзян Логистик", True),
        ("Юаньда", True),
        ("Динамо", False),
        ("Восток Трейд", False),
        ("Поэзия", False),
        ("Нива", False),
    ],
)
def test_a_name_spelt_as_chinese(words: str, expected: bool) -> None:
    assert looks_chinese(words) is expected
