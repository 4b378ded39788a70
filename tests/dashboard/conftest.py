"""Copies of the published warehouse for the dashboard's tests to alter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from altered import EARLIER, HOSTILE, altered

if TYPE_CHECKING:
    from pipelines import Pipeline


@pytest.fixture(scope="session")
def two_quarters(published: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published warehouse with a quarter before of the same region, of every second event."""
    statements = [
        f"""
        insert into marts.dim_report by name
        select * replace (concat('before-', report_key) as report_key, '{EARLIER}' as period, 3 as quarter)
        from marts.dim_report
        """,
        f"""
        insert into marts.obt_event by name
        select * replace (concat('before-', event_key) as event_key, concat('before-', report_key) as report_key,
            '{EARLIER}' as period, 3 as quarter, concat('before-', occurrence_key) as occurrence_key)
        from marts.obt_event where source_row % 2 = 0
        """,
        *(
            f"""
            insert into marts.{table} by name
            select * replace (concat('before-', event_key) as event_key) from marts.{table}
            where concat('before-', event_key) in (select event_key from marts.obt_event)
            """
            for table in ("fct_event_country", "fct_event_partner", "fct_event_fact", "dim_event")
        ),
    ]
    return altered(published, tmp_path_factory.mktemp("two_quarters"), *statements)


@pytest.fixture(scope="session")
def hostile(published: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published warehouse with ``HOSTILE`` wherever a report's text may stand."""
    text = HOSTILE.replace("'", "''")
    statements = [
        f"update marts.dim_event set description_text = '{text}', name_text = '{text}', name = '{text}'",
        f"update marts.obt_event set name = '{text}', description_text = '{text}', venue = '{text}', "
        f"municipality_name = '{text}', region_name = '{text}', source_file = '{text}', event_type_name_ru = '{text}'",
        f"update marts.dim_report set region_name = '{text}'",
        f"update marts.dim_municipality set name = '{text}'",
        f"update marts.dim_partner set name = '{text}', settlement = '{text}'",
        f"update marts.fct_event_partner set mention = '{text}'",
        f"update marts.fct_event_fact set value = '{text}', mention = '{text}'",
        f"update marts.dim_agreement set title = '{text}', evidence = '{text}'",
        f"update quality.finding set message_ru = '{text}', value = '{text}'",
        f"update marts.fct_event_country set country_name_ru = '{text}'",
    ]
    return altered(published, tmp_path_factory.mktemp("hostile"), *statements)
