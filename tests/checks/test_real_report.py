"""The contradictions of the real report are found, and no other row of it is warned of."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.xdist_group("published")

# Rule -> № of the rows that a person who reads them agrees with.
CONTRADICTIONS = {
    "works_counted_as_people": [21],
    "settlement_in_wrong_country": [13],
    "place_contradicts_text": [20],
    "headcount_repeated": [15],
    "headcount_of_one_or_both": [9],
    "delegation_in_two_cities": [53],
    "dates_differ_between_municipalities": [43],
}


def test_warnings_of_the_real_report_are_its_contradictions(published) -> None:
    found: dict[str, list[int]] = {}
    for rule, number in published.query(
        "select rule, sequence_number from marts.fct_quality_finding join marts.dim_event using (event_key)"
        " where severity = 'warning' order by all"
    ):
        found.setdefault(rule, []).append(number)
    assert found == CONTRADICTIONS


@pytest.mark.parametrize(
    ("rule", "number", "told"),
    [
        ("works_counted_as_people", 21, "«296 творческих работ»"),
        ("settlement_in_wrong_country", 13, "«г. Нелидово (Республика Беларусь)»"),
        ("place_contradicts_text", 20, "Межисетки"),
        ("headcount_repeated", 15, "(137) указано в строках № 15, 22, 25, 28, 32"),
        ("headcount_of_one_or_both", 9, "Число 27 "),
        ("delegation_in_two_cities", 53, "№ 52, Краснодар, 15 октября 2025 года"),
        ("dates_differ_between_municipalities", 43, "13 октября 2025 года"),
    ],
)
def test_message_names_what_contradicts(rule: str, number: int, told: str, published) -> None:
    messages = published.query(
        "select message_ru from marts.fct_quality_finding join marts.dim_event using (event_key)"
        f" where rule = '{rule}' and sequence_number = {number}"
    )
    assert [told in message for (message,) in messages] == [True]
