"""What a run has to do, and for which quarters."""

from __future__ import annotations

import shutil

import pytest

from orchestration.assets.folder import ReportsFolderMissingError, read_override, scan
from orchestration.assets.intake import read_file
from orchestration.assets.plan import folder_state, plan_run
from orchestration.assets.quarters import quarter_bounds, quarters_between
from orchestration.documents.errors import OverrideInvalid
from orchestration.settings import Settings

from paths import GOLDEN, REPORTS

Q4 = REPORTS / "smolensk-oblast-2025-q4.docx"


@pytest.fixture
def config(tmp_path):
    (tmp_path / "reports").mkdir()
    return Settings(reports_dir=tmp_path / "reports", warehouse_dir=tmp_path / "warehouse")


def test_a_plan_names_what_changed_and_its_quarters(config):
    shutil.copy(Q4, config.reports_dir / "new.docx")
    shutil.copy(GOLDEN / "smolensk-oblast-2025-q3.docx", config.reports_dir)
    (config.reports_dir / "note.txt").write_text("не отчёт", encoding="utf-8")
    state = folder_state(config)
    plan = plan_run(config, state)
    assert not state.is_published
    assert plan.changed == ("new.docx", "note.txt", "smolensk-oblast-2025-q3.docx")
    assert (plan.first_quarter, plan.last_quarter) == ("2025-Q3", "2025-Q4")


def test_what_is_no_report_is_not_looked_at(config):
    folder = config.reports_dir / ".Trash-1000"
    folder.mkdir()
    shutil.copy(Q4, folder)
    (config.reports_dir / "~$new.docx").write_bytes(b"lock file of Word")
    (config.reports_dir / "README.md").write_text("about", encoding="utf-8")
    shutil.copy(Q4, config.reports_dir / "отчёт [final].docx")
    (config.reports_dir / "отчёт [final].docx.yml").write_text("period: 2025-Q3", encoding="utf-8")
    (source,) = scan(config.reports_dir)
    assert source.path == "отчёт [final].docx"
    assert source.override == "period: 2025-Q3"


def test_a_missing_folder_is_told(config):
    config.reports_dir.rmdir()
    with pytest.raises(ReportsFolderMissingError, match="EVENTS_REPORTS_DIR"):
        folder_state(config)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", "период: 2025-Q4".encode("cp1251")),
        ("a.docx", b"[" * 9_000),
        ("b.docx", "period: 2025-Q4".encode("utf-16")),
        ("c.docx", b"period: 2025-13-45"),
        ("d.docx", b"region: [1, 2]"),
        ("e.docx", b"quarter: 4"),
        ("f.docx", b"just words"),
        ("g.docx", b"period: 2025-Q4\nregion: {"),
        ("h.docx", "region: Смоленское царство".encode()),
        ("i.docx", b"region: 67"),
    ],
)
def test_a_sidecar_that_is_not_understood_refuses_its_file_alone(config, name, content):
    shutil.copy(Q4, config.reports_dir / name)
    (config.reports_dir / f"{name}.yml").write_bytes(content)
    (source,) = scan(config.reports_dir)
    outcome = read_file(source, config)
    assert isinstance(outcome.error, OverrideInvalid)
    assert f"{name}.yml" in outcome.error.message


def test_a_sidecar_overrides_period_and_region(config):
    shutil.copy(Q4, config.reports_dir / "a.docx")
    override = "period: 2025-Q3\nregion: псковской области\n"
    (config.reports_dir / "a.docx.yaml").write_text(override, encoding="utf-8-sig")
    (source,) = scan(config.reports_dir)
    assert read_override(source).quarter == 3
    report = read_file(source, config).report
    assert (report.period, report.region) == ("2025-Q3", "Псковская область")


@pytest.mark.parametrize(("period", "code"), [("2099-Q1", "period_in_future"), ("2023-Q4", "period_too_early")])
def test_a_period_that_the_warehouse_does_not_keep_is_refused(config, period, code):
    shutil.copy(Q4, config.reports_dir / "a.docx")
    (config.reports_dir / "a.docx.yml").write_text(f"period: {period}", encoding="utf-8")
    (source,) = scan(config.reports_dir)
    assert read_file(source, config).error.code == code


def test_a_file_that_changes_under_the_reader_is_refused(config):
    shutil.copy(Q4, config.reports_dir / "a.docx")
    shutil.copy(Q4, config.reports_dir / "b.docx")
    changed, gone = scan(config.reports_dir)
    changed.location.write_bytes(b"PK")
    gone.location.unlink()
    assert [read_file(source, config).error.code for source in (changed, gone)] == ["file_unreadable"] * 2


def test_a_link_out_of_the_folder_is_told_and_not_followed(config, tmp_path):
    outside = tmp_path / "secret"
    outside.mkdir()
    shutil.copy(Q4, outside / "report.docx")
    shutil.copy(Q4, config.reports_dir / "report.docx")
    (config.reports_dir / "file.docx").symlink_to(outside / "report.docx")
    (config.reports_dir / "folder").symlink_to(outside)
    (config.reports_dir / "nowhere.docx").symlink_to(tmp_path / "missing.docx")
    (config.reports_dir / "inside.docx").symlink_to(config.reports_dir / "report.docx")
    outcomes = {source.path: read_file(source, config) for source in scan(config.reports_dir)}
    assert sorted(outcomes) == ["file.docx", "folder", "inside.docx", "nowhere.docx", "report.docx"]
    refused = {path for path, outcome in outcomes.items() if outcome.error and outcome.error.code == "file_unreadable"}
    assert refused == {"file.docx", "folder", "nowhere.docx"}


def test_a_sidecar_that_is_a_link_out_of_the_folder_is_not_read(config, tmp_path):
    (tmp_path / "secret.yml").write_text("period: 2025-Q3", encoding="utf-8")
    shutil.copy(Q4, config.reports_dir / "report.docx")
    (config.reports_dir / "report.docx.yml").symlink_to(tmp_path / "secret.yml")
    (source,) = scan(config.reports_dir)
    assert source.override == "" and read_file(source, config).error.code == "file_unreadable"


def test_a_file_too_large_for_a_report_is_refused_unread(config):
    with (config.reports_dir / "film.docx").open("wb") as file:
        file.truncate(config.limits.file_bytes + 1)
    (source,) = scan(config.reports_dir)
    assert read_file(source, config).error.code == "too_large"


@pytest.mark.parametrize(
    "name", ["от\nчёт.docx", "a" * 249 + ".docx", "|табл|ица|.docx", "<b>отчёт.docx", "'; --.docx"]
)
def test_any_name_is_read(config, name):
    shutil.copy(Q4, config.reports_dir / name)
    (source,) = scan(config.reports_dir)
    assert source.path == name and read_file(source, config).report


def test_a_name_in_another_encoding_is_shown_and_read(config):
    shutil.copy(Q4, bytes(config.reports_dir) + b"/\x8e\xe2\xe7\xa5\xe2.docx")
    (source,) = scan(config.reports_dir)
    assert source.path.endswith(".docx") and source.path.encode()
    assert read_file(source, config).report


def test_the_first_quarter_decides_what_is_published(config):
    shutil.copy(Q4, config.reports_dir)
    lowered = config.model_copy(update={"first_quarter": "2020-Q1"})
    assert folder_state(config).fingerprint != folder_state(lowered).fingerprint


def test_quarters_run_on_over_the_year():
    assert quarters_between("2024-Q3", "2025-Q2") == ["2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2"]
    assert [str(day) for day in quarter_bounds("2024-Q1")] == ["2024-01-01", "2024-03-31"]
    assert [str(day) for day in quarter_bounds("2025-Q4")] == ["2025-10-01", "2025-12-31"]
