"""A rule that breaks on one row costs that row's facts, and nothing else."""

import shutil

from orchestration.assets import facts, intake
from orchestration.assets.build import build_database
from orchestration.assets.folder import scan
from orchestration.assets.quarters import utc_now
from orchestration.settings import settings

from paths import GOLDEN

MADE_UP_REPORT = GOLDEN / "smolensk-oblast-2025-q3.docx"


def test_a_row_on_which_a_rule_breaks_keeps_its_text_and_is_told(tmp_path, monkeypatch):
    reports = tmp_path / "reports"
    reports.mkdir()
    shutil.copy(MADE_UP_REPORT, reports)
    config = settings().model_copy(update={"reports_dir": reports, "warehouse_dir": tmp_path / "warehouse"})
    extract_event = facts.extract_event
    rows = 0

    def break_on_the_third(text, context):
        nonlocal rows
        rows += 1
        if rows == 3:
            raise ZeroDivisionError("a rule divided by nought")
        return extract_event(text, context)

    monkeypatch.setattr(facts, "extract_event", break_on_the_third)
    files = scan(config.reports_dir)
    with build_database(config.build_database) as connection:
        intake.store_files(connection, files, utc_now())
        (outcomes,) = intake.read_news(intake.news(connection, files), config)
        intake.store_outcomes(connection, outcomes, utc_now())
        (pending,) = facts.pending_documents(connection)
        (extracted,) = facts.extract_documents(connection, [pending], workers=1)

        assert extracted.events == rows == 40
        assert extracted.failures == (
            f"{MADE_UP_REPORT.name}, table 1, row {_row(connection)}: ZeroDivisionError: a rule divided by nought",
        )
        name, place_text, start_date = connection.execute(
            "select name, place_text, start_date from parsed.event where row_number = 3"
        ).fetchone()
        assert name and place_text and start_date is None
        leftovers = connection.execute(
            "select source_column, text from parsed.leftover where row_number = 3 and kind = 'failure' order by all"
        ).fetchall()
        assert [column for column, _ in leftovers] == ["dates", "description", "name", "participants", "place"]
        assert ("name", name) in leftovers
        assert connection.execute("select count(*) from parsed.event where start_date is not null").fetchone() == (39,)


def _row(connection) -> int:
    return connection.execute("select table_row from raw.report_row where row_number = 3").fetchone()[0]
