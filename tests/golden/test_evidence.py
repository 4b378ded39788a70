"""The characters that a fact of a golden report leads back to state that fact.

That they lie within the cell and, for partners, are the mention is the dbt test ``valid_span``: it passes in every run.
"""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from .wording import (
    states_country,
    states_day,
    states_edition,
    states_month,
    states_name,
    states_number,
    states_territory,
    words_missing,
)

pytestmark = pytest.mark.xdist_group("golden")

_CELLS = """
select event_key, unnest([
    {'source_column': 'name', 'cell': name},
    {'source_column': 'place', 'cell': place_text},
    {'source_column': 'dates', 'cell': dates_text},
    {'source_column': 'description', 'cell': description_text},
    {'source_column': 'participants', 'cell': participants_text}
], recursive := true)
from marts.dim_event
"""
_KIND_WORDS = {
    "agreement": ("соглашен",),
    "contract": ("договор", "контракт"),
    "plan": ("план", "програм", "дорожн"),
    "memorandum": ("меморандум", "деклараци"),
    "protocol": ("протокол",),
    "arrangement": ("договор", "договар", "условил", "решен"),
}
_STATUS_WORDS = {
    "signed": ("подпис", "заключ", "скреп", "обменял", "утвержд", "согласован", "продл"),
    "arranged": ("договор", "договар", "условил", "решен"),
    "drafted": ("составл", "разраб", "подготов", "проект", "согласов"),
}


@pytest.fixture(scope="module")
def rows(golden_database):
    """Rows of a query as dictionaries; ``spans`` joins the characters that a fact of ``{table}`` was read from."""
    with duckdb.connect(str(golden_database), read_only=True) as connection:

        def query(sql: str) -> list[dict[str, Any]]:
            cursor = connection.execute(f"with cells as ({_CELLS}) {sql}")
            columns = [column for column, *_ in cursor.description]
            return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

        yield query


def _evidence(rows, field: str) -> list[dict[str, Any]]:
    found = rows(
        "select fact.*, event.edition, place.settlement, place.venue, evidence.rule, cell,"
        " substring(cell, char_start + 1, char_end - char_start) as span"
        " from marts.fct_event_evidence as evidence join cells using (event_key, source_column)"
        " join marts.fct_event as fact using (event_key) join marts.dim_event as event using (event_key)"
        f" left join marts.dim_place as place using (place_key) where field = '{field}'"
    )
    assert found, f"no evidence of {field} in any golden report"
    return found


def _wrong(found: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in ("event_key", *columns)) for row in found]


def test_every_span_is_text(rows):
    blank = rows(
        "select event_key, field from marts.fct_event_evidence left join cells using (event_key, source_column)"
        " where coalesce(trim(substring(cell, char_start + 1, char_end - char_start)), '') = ''"
    )
    assert blank == []


def test_dates_are_stated(rows):
    def are_stated(row: dict[str, Any]) -> bool:
        states = states_day if row["date_precision"] == "day" else states_month
        return states(row["span"], row["start_date"]) and (not row["end_date"] or states(row["span"], row["end_date"]))

    named = [row for row in _evidence(rows, "dates") if row["date_precision"] in ("day", "month")]
    assert _wrong([row for row in named if not are_stated(row)], "span", "start_date", "end_date") == []


def test_the_edition_is_stated(rows):
    wrong = [row for row in _evidence(rows, "edition") if not states_edition(row["span"], row["edition"])]
    assert _wrong(wrong, "span", "edition") == []


def test_the_place_is_stated(rows):
    places = [row for row in _evidence(rows, "place") if row["rule"] != "place_inferred"]
    unnamed = [row for row in places if row["settlement"] and not states_name(row["span"], row["settlement"])]
    assert _wrong(unnamed, "span", "settlement") == []
    made_up = [row for row in places if row["venue"] and words_missing(row["cell"], row["venue"])]
    assert _wrong(made_up, "cell", "venue") == []


def test_declared_totals_are_stated_and_sums_add_up(rows):
    totals = _evidence(rows, "participants_total")
    declared = [row for row in totals if row["participants_source"] == "declared"]
    wrong = [row for row in declared if not states_number(row["span"], row["participants_total"])]
    assert _wrong(wrong, "span", "participants_total") == []
    groups = rows(
        "select event_key, participants_total, list(headcount) as headcounts from marts.fct_event"
        " left join marts.fct_event_participant_group using (event_key)"
        " where participants_source = 'sum_of_groups' group by all"
    )
    wrong = [row for row in groups if row["participants_total"] not in _sums(row["headcounts"])]
    assert _wrong(wrong, "participants_total", "headcounts") == []


def _sums(headcounts: list[int | None]) -> set[int]:
    sums = {0}
    for headcount in headcounts:
        sums |= {total + (headcount or 0) for total in sums}
    return sums


def test_headcounts_of_groups_are_stated(rows):
    groups = rows(
        "select event_key, headcount, substring(cell, char_start + 1, char_end - char_start) as span"
        " from marts.fct_event_participant_group join cells using (event_key, source_column)"
    )
    assert (
        _wrong([row for row in groups if not states_number(row["span"], row["headcount"])], "span", "headcount") == []
    )


def test_partners_are_named(rows):
    partners = rows(
        "select event_key, partner.name, partner.kind, partner.country_code, mention"
        " from marts.fct_event_partner join marts.dim_partner as partner using (partner_key)"
    )

    def is_named(row: dict[str, Any]) -> bool:
        if row["kind"] == "country":
            return states_country(row["mention"], row["country_code"])
        if row["kind"] == "territory":
            return states_territory(row["mention"], row["name"])
        return states_name(row["mention"], row["name"])

    assert _wrong([row for row in partners if not is_named(row)], "name", "mention") == []


def test_agreements_are_told_of(rows):
    agreements = rows(
        "select event_key, agreement.kind, status, title, evidence, valid_from_year, valid_to_year, signed_on,"
        " lower(cell) as cell, start_date, end_date,"
        " substring(cell, evidence_start + 1, evidence_end - evidence_start) as span"
        " from marts.fct_agreement join marts.dim_agreement as agreement using (agreement_key)"
        " join marts.fct_event using (event_key) join cells using (event_key, source_column)"
    )
    assert _wrong([row for row in agreements if row["span"] != row["evidence"]], "evidence", "span") == []
    unnamed = [row for row in agreements if not _has_any(row["title"], _KIND_WORDS[row["kind"]])]
    assert _wrong(unnamed, "kind", "title") == []
    untold = [row for row in agreements if not _has_any(row["cell"], _STATUS_WORDS.get(row["status"], ("",)))]
    assert _wrong(untold, "status", "evidence") == []
    signed = [row for row in agreements if row["signed_on"]]
    undated = [row for row in signed if not (_is_during(row) or states_day(row["cell"], row["signed_on"]))]
    assert _wrong(undated, "signed_on", "evidence") == []


def _has_any(text: str, stems: tuple[str, ...]) -> bool:
    return any(stem in text.lower() for stem in stems)


def _is_during(row: dict[str, Any]) -> bool:
    return row["start_date"] <= row["signed_on"] <= (row["end_date"] or row["signed_on"])


def test_terms_of_agreements_are_stated(rows):
    agreements = rows(
        "select event_key, string_agg(cell, '; ') as cell, valid_from_year, valid_to_year from marts.fct_agreement"
        " join marts.dim_agreement using (agreement_key) join cells using (event_key) group by all"
    )
    wrong = [
        row
        for row in agreements
        if not _is_year_stated(row["cell"], row["valid_from_year"], from_year=None)
        or not _is_year_stated(row["cell"], row["valid_to_year"], from_year=row["valid_from_year"])
    ]
    assert _wrong(wrong, "cell", "valid_from_year", "valid_to_year") == []


def _is_year_stated(text: str, year: int | None, *, from_year: int | None) -> bool:
    """By its number, of two digits too, or as the end of a term of so many years."""
    if year is None or str(year) in text or states_number(text, year % 100):
        return True
    return from_year is not None and any(states_number(text, year - from_year + more) for more in (0, 1))
