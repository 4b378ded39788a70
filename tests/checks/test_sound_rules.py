"""Every blocking rule finds a planted fault of our own reading, and blocks publication."""

from __future__ import annotations

import pytest

from orchestration.checks.outcome import CheckOutcome
from orchestration.checks.runner import run_suites
from orchestration.checks.suites import load_suites

from warehouse import Warehouse, faultless


def twice(table: str, condition: str = "true") -> str:
    return f"insert into {table} select * from {table} where {condition} limit 1"


FAULTS: dict[str, str] = {
    "corrected_report_shrank": "insert into raw.report_row by name"
    " select 'a0' as document_sha256, number as row_number, number as table_row,"
    " row.* exclude (document_sha256, row_number, table_row)"
    " from raw.report_row as row, range(1, 41) as earlier(number)"
    " where document_sha256 = 'a1' and row_number = 1;"
    "insert into marts.dim_report select * replace ('a0' as report_key, 'a0' as source_sha256, false as is_current,"
    " 40 as event_count) from marts.dim_report where source_sha256 = 'a1';"
    "update marts.dim_report set version = 9 where source_sha256 = 'a1'",
    "file_has_one_outcome": "delete from raw.document",
    "document_status_known": "update raw.document set status = 'skipped'",
    "read_document_is_identified": "update raw.document set period = '2025-Q3'",
    "document_rows_are_stored": "delete from raw.report_row where row_number = 2",
    "read_document_is_one_report": "delete from marts.dim_report",
    "refusal_is_explained": "update raw.document set status = 'refused'",
    "rows_are_numbered_without_gaps": "update raw.report_row set row_number = 9 where row_number = 4;"
    "update parsed.event set row_number = 9 where row_number = 4",
    "row_position_unique": "update raw.report_row set table_row = 3 where row_number = 4",
    "row_is_parsed_once": "delete from parsed.event where row_number = 2",
    "current_row_is_one_event": "delete from marts.dim_event where event_key = 'e2'",
    "event_text_is_whole": "update parsed.event set description_text = 'Укрепление' where row_number = 2",
    "event_municipality_named": "update parsed.event set municipality_name = ' ' where row_number = 2",
    "municipality_kind_known": "update parsed.event set municipality_kind = 'okrug' where row_number = 2",
    "event_type_known": "update parsed.event set event_type = 'party' where row_number = 2",
    "role_known": "update parsed.event set role = 'guest' where row_number = 2",
    "format_known": "update parsed.event set format = 'offline' where row_number = 2",
    "date_precision_known": "update parsed.event set date_precision = 'hour' where row_number = 2",
    "date_facts_agree": "update parsed.event set end_date = null where row_number = 2",
    "participants_source_known": "update parsed.event set participants_source = 'guess' where row_number = 2",
    "total_has_source": "update parsed.event set participants_source = null where row_number = 2",
    "listed_day_within_event": "update parsed.event_day set day = '2025-05-11'",
    "listed_day_unique": twice("parsed.event_day"),
    "mention_stands_in_text": "update parsed.partner_mention set char_start = 1, char_end = 18",
    "mention_unique": twice("parsed.partner_mention"),
    "mention_named": "update parsed.partner_mention set name = ''",
    "mention_kind_known": "update parsed.partner_mention set kind = 'person'",
    "mention_side_known": "update parsed.partner_mention set side = 'abroad', country_code = null",
    "evidence_stands_in_text": "update parsed.evidence set char_end = 99",
    "evidence_unique": twice("parsed.evidence"),
    "group_stands_in_text": "update parsed.participant_group set char_start = char_end",
    "group_unique": twice("parsed.participant_group"),
    "group_partner_known": "update parsed.participant_group set mention_number = 7",
    "agreement_stands_in_text": "update parsed.agreement set source_column = 'remarks'",
    "agreement_unique": twice("parsed.agreement"),
    "agreement_kind_known": "update parsed.agreement set kind = 'letter'",
    "agreement_status_known": "update parsed.agreement set status = 'lost'",
    "leftover_stands_in_text": "insert into parsed.leftover values ('a1', 1, 'other', '5', 'place', 90, 91)",
    "party_agreement_known": "update parsed.agreement_party set agreement_number = 5",
    "party_mention_known": "update parsed.agreement_party set mention_number = 5",
    "report_key_unique": twice("marts.dim_report") + "; update marts.dim_report set is_current = false",
    "report_has_one_current_version": "insert into marts.dim_report by name select * replace "
    "('b' as report_key, 'b' as source_sha256, 0 as event_count) from marts.dim_report",
    "report_counts_its_rows": "update marts.dim_report set event_count = 5",
    "report_events_reconcile": "delete from marts.dim_event where event_key = 'e2';"
    "delete from marts.fct_event where event_key = 'e2'",
    "report_facts_reconcile": "delete from marts.fct_event where event_key = 'e2'",
    "report_dates_were_read": "update marts.fct_event set start_date = null, end_date = null where event_key > 'e1'",
    "report_was_understood": "insert into parsed.leftover"
    " select 'a1', number, 'number', '5', 'participants', 0, 1 from range(1, 6) as rows(number)",
    "municipality_unique": twice("marts.dim_municipality"),
    "event_key_unique": "update marts.dim_event set event_key = 'e1' where event_key = 'e2'",
    "event_report_known": "update marts.dim_event set report_key = 'gone' where event_key = 'e2'",
    "event_municipality_known": "update marts.dim_event set municipality_key = null where event_key = 'e2'",
    "event_has_one_fact": "delete from marts.fct_event where event_key = 'e2'",
    "event_is_one_wide_row": twice("marts.obt_event"),
    "country_count_reconciles": "delete from marts.fct_event_country where event_key = 'e2'",
    "partner_count_reconciles": "delete from marts.fct_event_partner",
    "agreement_count_reconciles": "delete from marts.fct_agreement",
    "event_day_within_event": "update marts.fct_event_day set date_key = '2025-05-09'",
    "event_day_unique": twice("marts.fct_event_day"),
    "event_partner_stands_in_text": "update marts.dim_event set participants_text = null where event_key = 'e1'",
    "event_partner_known": "update marts.fct_event_partner set partner_key = 'gone'",
    "event_group_unique": twice("marts.fct_event_participant_group"),
    "partner_key_unique": twice("marts.dim_partner"),
    "partner_events_reconcile": "delete from marts.fct_event_partner",
    "partner_agreements_reconcile": "delete from marts.fct_agreement_party",
    "agreement_key_unique": twice("marts.fct_agreement"),
    "agreement_described_once": twice("marts.dim_agreement"),
    "agreement_event_known": "update marts.fct_agreement set event_key = 'gone'",
    "agreement_parties_reconcile": "delete from marts.fct_agreement_party",
}

# A fault that breaks another rule of its suite, too.
ALSO_BROKEN = {"agreement_described_once": {"agreement_key_unique"}}


def outcomes_of(warehouse: Warehouse, rule: str) -> list[CheckOutcome]:
    suites = [suite for suite in load_suites() if rule in {each.rule for each in suite.expectations}]
    return run_suites(warehouse.connection, suites)


@pytest.mark.parametrize("rule", FAULTS)
def test_fault_of_the_reading_blocks(rule: str) -> None:
    warehouse = faultless()
    warehouse.connection.execute(FAULTS[rule])
    outcomes = outcomes_of(warehouse, rule)
    blocking = {outcome.rule for outcome in outcomes if outcome.blocks_publication}
    assert blocking == {rule} | ALSO_BROKEN.get(rule, set())
    broken = next(outcome for outcome in outcomes if outcome.rule == rule)
    assert broken.failed_rows == len(broken.findings) > 0
    assert broken.preview


def test_every_blocking_rule_is_tested() -> None:
    assert set(FAULTS) == {
        each.rule for suite in load_suites() for each in suite.expectations if each.severity == "error"
    }


def test_a_superseded_version_may_be_without_events() -> None:
    warehouse = faultless()
    warehouse.add_report("a0", version=2, is_current=False)
    warehouse.add_event("old", "a0")
    for table in ("dim_event", "fct_event", "fct_event_country", "obt_event"):
        warehouse.connection.execute(f"delete from marts.{table} where event_key = 'old'")
    assert [outcome.rule for outcome in run_suites(warehouse.connection, load_suites()) if not outcome.passed] == []


def test_a_file_that_has_left_the_folder_is_not_judged() -> None:
    warehouse = faultless()
    warehouse.add_report("gone", version=2, is_current=False)
    warehouse.connection.execute("update raw.source_file set is_present = false where document_sha256 = 'gone'")
    assert [outcome.rule for outcome in run_suites(warehouse.connection, load_suites()) if not outcome.passed] == []


def test_two_undated_events_of_three_do_not_block() -> None:
    warehouse = Warehouse()
    warehouse.add_report()
    warehouse.add_event("e1")
    warehouse.add_event("e2", start_date=None)
    warehouse.add_event("e3", start_date=None)
    assert not [outcome.rule for outcome in outcomes_of(warehouse, "report_dates_were_read") if not outcome.passed]


def test_line_breaks_and_hard_spaces_are_no_difference() -> None:
    warehouse = faultless()
    warehouse.connection.execute(
        "update raw.report_row set description_text = chr(10) || replace(description_text, ' ', chr(160) || chr(10))"
    )
    assert all(outcome.passed for outcome in outcomes_of(warehouse, "event_text_is_whole"))


def test_offsets_count_characters_not_bytes() -> None:
    warehouse = Warehouse()
    warehouse.add_report()
    warehouse.add_event("e1", participants_text="🎻 Гости из г. Полоцка")
    warehouse.insert(
        "parsed.partner_mention", document_sha256="a1", row_number=1, mention_number=1, name="Полоцк",
        kind="settlement", side="foreign", country_code="BY", identity="полоцк", mention="г. Полоцка",
        source_column="participants", char_start=11, char_end=21, rule="typed", confidence=1.0,
    )  # fmt: skip
    assert all(outcome.passed for outcome in outcomes_of(warehouse, "mention_stands_in_text"))
