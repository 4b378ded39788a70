"""Versions are kept, an earlier one is put back, and no run brings back by itself what was rolled back."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import duckdb
import psycopg
import pytest
from dagster import DagsterInstance, SkipReason, build_schedule_context, build_sensor_context

from orchestration import automation
from orchestration.assets.plan import folder_state
from orchestration.assets.quarters import current_quarter
from orchestration.serving import manifest as manifests
from orchestration.serving.history import RollbackError, find_version, roll_back
from orchestration.serving.manifest import read_manifest

from paths import GOLDEN, REPORTS
from pipelines import Pipeline
from workshop import Workshop, open_workshop

pytestmark = pytest.mark.xdist_group("published")

Q3, Q4 = GOLDEN / "smolensk-oblast-2025-q3.docx", REPORTS / "smolensk-oblast-2025-q4.docx"


def rename(number: int) -> str:
    return f"update marts.dim_event set name = '{number}' where sequence_number <= {number}"


@pytest.fixture(scope="module")
def three_versions(published, tmp_path_factory) -> Path:
    """The folder of a warehouse that was published three times."""
    workshop = open_workshop(published, tmp_path_factory.mktemp("history"))
    for number in (1, 2, 3):
        workshop.build(rename(number))
        workshop.publish()
    return workshop.settings.warehouse_dir


@pytest.fixture
def history(three_versions, tmp_path) -> Workshop:
    """Three versions, the newest served."""
    shutil.copytree(three_versions, tmp_path / "warehouse", symlinks=True)
    (tmp_path / "reports").mkdir()
    return Workshop(tmp_path / "warehouse", tmp_path / "reports")


def test_the_newest_versions_are_kept(history):
    history.settings = history.settings.model_copy(update={"kept_versions": 2})
    before = history.versions
    newest = history.publish()
    assert history.versions == [newest.version, before[0]]
    assert {path.name for path in history.settings.versions_dir.iterdir()} == set(history.versions)


def test_the_served_version_is_kept_however_old(history):
    oldest = find_version(history.settings, history.versions[-1])
    roll_back(history.settings, oldest)
    history.settings = history.settings.model_copy(update={"kept_versions": 1})
    newest = history.publish()
    assert newest.previous == oldest.version
    assert history.versions == [newest.version]


def test_each_version_tells_how_it_differs_from_the_one_before(history):
    newest = read_manifest(history.settings)
    assert newest.previous == history.versions[1]
    assert set(newest.difference) == {"dim_event"}
    assert dataclasses.astuple(newest.difference["dim_event"])[:5] == (61, 61, 0, 0, 3)


def test_the_version_before_comes_back_whole(history):
    third, second, _ = history.versions
    content = (history.settings.versions_dir / second / "warehouse.duckdb").read_bytes()
    target = find_version(history.settings, None)
    served = roll_back(history.settings, target)
    assert history.require_complete() == served
    assert served.version == second
    assert served.rolled_back.from_version == third
    assert history.settings.published_database.read_bytes() == content
    assert history.query("select max(name::int) from marts.dim_event where sequence_number = 1") == [(2,)]


def test_one_may_go_back_twice_and_forth_again(history):
    third, second, first = history.versions
    roll_back(history.settings, find_version(history.settings, None))
    roll_back(history.settings, find_version(history.settings, None))
    assert history.require_complete().version == first
    roll_back(history.settings, find_version(history.settings, third[:-4]))
    assert history.require_complete().version == third
    assert history.versions == [third, second, first]


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("2019", "No kept versions begin with 2019"),
        ("20", "3 kept versions begin with 20"),
        ("served", "is served already"),
    ],
)
def test_what_cannot_be_put_back_is_told(history, version, message):
    with pytest.raises(RollbackError, match=message):
        find_version(history.settings, history.versions[0] if version == "served" else version)


@pytest.mark.parametrize(
    ("file", "message"),
    [("parquet/dim_event.parquet", "lacks the Parquet files of dim_event"), ("warehouse.duckdb", "cannot be read")],
)
def test_a_version_that_lacks_a_file_is_not_put_back(history, file, message):
    (history.settings.versions_dir / history.versions[1] / file).unlink()
    with pytest.raises(RollbackError, match=message):
        find_version(history.settings, None)
    history.require_complete()


def test_the_first_version_has_none_before_it(workshop):
    with pytest.raises(RollbackError, match="Nothing has been published"):
        find_version(workshop.settings, None)
    workshop.publish()
    with pytest.raises(RollbackError, match="is the first version"):
        find_version(workshop.settings, None)


def test_readers_keep_the_version_that_was_rolled_back(history):
    with duckdb.connect(str(history.settings.published_database), read_only=True) as reader:
        version = reader.execute("select version from published.version").fetchone()
        roll_back(history.settings, find_version(history.settings, None))
        assert reader.execute("select version from published.version").fetchone() == version


@pytest.fixture
def rolled_back(history, monkeypatch) -> Workshop:
    """The served version was made from two reports, and the one from the first alone has been put back."""
    for file, version in zip((Q4, Q3), history.versions[1::-1], strict=True):
        shutil.copy(file, history.settings.reports_dir)
        state = folder_state(history.settings)
        path = history.settings.versions_dir / version / "manifest.json"
        content = json.loads(path.read_text("utf-8")) | {"fingerprint": state.fingerprint, "inputs": state.inputs}
        path.write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.setattr(automation, "settings", lambda: history.settings)
    assert folder_state(history.settings).is_published
    roll_back(history.settings, find_version(history.settings, None))
    return history


def test_neither_sensor_nor_schedule_brings_back_what_was_rolled_back(rolled_back):
    state = folder_state(rolled_back.settings)
    assert not state.is_published
    assert state.is_settled
    for started in (
        automation.reports_folder(build_sensor_context(DagsterInstance.ephemeral())),
        automation.daily_backstop(build_schedule_context()),
    ):
        assert isinstance(started, SkipReason)
        assert "rolled back" in started.skip_message


def test_a_new_day_or_quarter_does_not_bring_it_back_either(rolled_back, monkeypatch):
    monkeypatch.setattr(manifests, "current_quarter", lambda: current_quarter() + "+")
    monkeypatch.setattr(manifests, "count_of_expired", lambda *_: 99)
    assert folder_state(rolled_back.settings).is_settled


def test_a_new_file_ends_the_rollback(rolled_back):
    shutil.copy(Q3, rolled_back.settings.reports_dir / "again.docx")
    assert not folder_state(rolled_back.settings).is_settled
    assert not isinstance(automation.reports_folder(build_sensor_context(DagsterInstance.ephemeral())), SkipReason)


def test_a_new_program_ends_the_rollback(rolled_back, monkeypatch):
    monkeypatch.setattr(manifests, "code_version", lambda: "new")
    assert not folder_state(rolled_back.settings).is_settled


def test_the_folder_as_it_was_for_the_served_version_is_published(rolled_back):
    (rolled_back.settings.reports_dir / Q3.name).unlink()
    state = folder_state(rolled_back.settings)
    assert state.is_published
    assert state.rollback is None


def test_what_is_published_next_is_no_rollback(rolled_back):
    served = read_manifest(rolled_back.settings).version
    newest = rolled_back.publish()
    assert newest.rolled_back is None
    assert newest.previous == served


@pytest.mark.slow
@pytest.mark.xdist_group("runs")
def test_an_operator_rolls_back_a_run(pipeline):
    events = "select count(*) from marts.fct_event"
    shutil.copy(Q4, pipeline.reports_dir)
    assert pipeline.events("run").returncode == 0
    shutil.copy(Q3, pipeline.reports_dir)
    assert pipeline.events("run").returncode == 0
    assert pipeline.query(events) == [(101,)]
    listed = [line.rstrip() for line in pipeline.events("versions").stdout.splitlines()]
    assert listed[1].split()[1:3] == ["101", "40"]
    assert listed[1].endswith("served")
    assert listed[2].split()[1] == "61"
    would = pipeline.events("rollback", "--dry-run")
    assert "would be served" in would.stdout
    assert pipeline.query(events) == [(101,)]

    told = pipeline.events("rollback")
    assert told.returncode == 0, told.stdout + told.stderr
    assert pipeline.query(events) == [(61,)]
    assert "rolled back" in pipeline.events("status").stdout
    assert "Ещё не в хранилище" not in pipeline.events("status").stdout
    again = pipeline.events("run")
    assert again.returncode == 0
    assert "since the rollback" in again.stdout
    assert pipeline.query(events) == [(61,)]

    full = pipeline.events("run", "--full")
    assert full.returncode == 0, full.stdout + full.stderr
    assert pipeline.query(events) == [(101,)]
    assert "rolled back" not in pipeline.events("status").stdout
    unknown = pipeline.events("rollback", "--to", "2019")
    assert unknown.returncode == 1
    assert "events versions" in unknown.stdout


@pytest.mark.slow
def test_postgresql_follows_a_rollback(history, postgres_url):
    second = history.versions[1]
    pipeline = Pipeline(history.settings.reports_dir, history.settings.warehouse_dir)
    unreachable = pipeline.events("rollback", EVENTS_POSTGRES_URL="postgresql://postgres:s3cret@127.0.0.1:1/events")
    assert unreachable.returncode == 1
    assert "The file is rolled back" in unreachable.stdout
    assert "s3cret" not in unreachable.stdout
    assert read_manifest(history.settings).version == second

    told = pipeline.events("rollback", "--to", history.versions[2], EVENTS_POSTGRES_URL=postgres_url)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "PostgreSQL serves it too" in told.stdout
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute(
            "select max(name::int) from marts.dim_event where sequence_number = 1"
        ).fetchall() == [(1,)]
