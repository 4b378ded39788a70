"""A publication is one version, readable by everybody, with the same rows wherever it is made."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from itertools import chain

import duckdb
import pytest

from orchestration.serving.manifest import read_manifest
from orchestration.serving.publish import PublicationBlockedError

from paths import GOLDEN, PROJECT_ROOT, REPORTS
from workshop import small_workshop

pytestmark = pytest.mark.xdist_group("published")


def test_database_parquet_and_manifest_are_one_version(workshop):
    manifest = workshop.publish()
    assert workshop.require_complete() == manifest
    ((inside,),) = workshop.query("select manifest from published.version")
    assert json.loads(inside)["content_hashes"] == manifest.content_hashes
    lock = (PROJECT_ROOT / "requirements.lock").read_bytes()
    assert manifest.lock_sha256 == hashlib.sha256(lock).hexdigest()


def test_everybody_may_read_whatever_the_umask(workshop):
    umask = os.umask(0o077)
    try:
        version = workshop.settings.versions_dir / workshop.publish().version
    finally:
        os.umask(umask)
    for path in chain([version.parent, version], version.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path


@pytest.mark.parametrize(
    "fault",
    [
        "delete from quality.check_result",
        "update quality.check_result set is_passed = false, severity = 'error'",
        "update raw.document set reader_version = 'earlier'",
        "update marts.dim_report set is_current = false",
    ],
)
def test_what_is_unfit_changes_nothing(workshop, fault):
    manifest = workshop.publish()
    workshop.build(fault)
    with pytest.raises(PublicationBlockedError):
        workshop.publish()
    assert workshop.require_complete() == manifest
    assert workshop.versions == [manifest.version]


def test_what_is_free_in_the_build_database_is_not_served(tmp_path):
    workshop = small_workshop(tmp_path)
    before = workshop.publish()
    size = workshop.settings.published_database.stat().st_size
    workshop.build("create table spare as select md5(range::varchar) as text from range(1_000_000)")
    workshop.build("create table behind as select md5(range::varchar) as text from range(1_000)")
    workshop.build("drop table spare")
    assert workshop.settings.build_database.stat().st_size > 2 * size
    manifest = workshop.publish()
    assert workshop.settings.published_database.stat().st_size < 1.5 * size
    assert (manifest.row_counts, manifest.content_hashes) == (before.row_counts, before.content_hashes)
    workshop.require_complete()


def test_a_mart_that_is_no_more_is_served_no_more(workshop):
    workshop.build("create table marts.fct_passing as select 1 as number")
    workshop.publish()
    assert (workshop.settings.parquet_dir / "fct_passing.parquet").exists()
    workshop.build("drop table marts.fct_passing")
    manifest = workshop.publish()
    assert "fct_passing" not in workshop.require_complete().row_counts
    assert manifest.difference["fct_passing"].rows is None


def test_rows_in_another_order_are_the_same_rows(workshop):
    before = workshop.publish()
    workshop.build("create or replace table marts.fct_event_day as select * from marts.fct_event_day order by random()")
    after = workshop.publish()
    assert after.content_hashes == before.content_hashes
    assert after.difference == {}


def test_whoever_holds_the_file_open_keeps_the_version_and_blocks_nobody(workshop):
    first = workshop.publish()
    version = "select version from published.version"
    with (
        duckdb.connect(str(workshop.settings.published_database), read_only=True) as reader,
    ):
        second = workshop.publish()
        assert reader.execute(version).fetchall() == [(first.version,)]
        assert workshop.query(version) == [(second.version,)], "even in one process a new connection sees the new file"
    with duckdb.connect(str(workshop.settings.published_database)) as writer:
        writer.execute("create table marts.scribble as select 1 as number")
        third = workshop.publish()
    assert workshop.query(version) == [(third.version,)]
    assert workshop.query("select count(*) from duckdb_tables() where table_name = 'scribble'") == [(0,)]


def test_what_an_earlier_program_left_makes_way(workshop):
    settings = workshop.settings
    settings.parquet_dir.mkdir()
    (settings.parquet_dir / "dim_event.parquet").write_bytes(b"old")
    settings.published_database.write_bytes(b"old")
    settings.manifest.write_text('{"published_at": "2026-01-01T00:00:00"}', encoding="utf-8")
    assert read_manifest(settings) is None
    assert workshop.publish().difference is None
    workshop.require_complete()


def test_a_damaged_version_does_not_stop_the_next(workshop):
    workshop.publish()
    (workshop.settings.parquet_dir / "dim_event.parquet").write_bytes(b"damaged")
    workshop.build("update marts.dim_event set name = upper(name)")
    assert workshop.publish().difference is None
    workshop.require_complete()


@pytest.mark.slow
def test_the_same_reports_give_the_same_rows_on_any_machine(pipeline, tmp_path):
    reports = [REPORTS / "smolensk-oblast-2025-q4.docx", *sorted(GOLDEN.glob("*-oblast-2026-q1.docx"))[:2]]
    machines = [
        ({"TZ": "Asia/Kamchatka", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}, reports),
        ({"TZ": "America/Los_Angeles", "LC_ALL": "POSIX", "PYTHONHASHSEED": "2"}, reports[::-1]),
    ]
    hashes = []
    for number, (environment, files) in enumerate(machines):
        machine = type(pipeline)(tmp_path / f"reports{number}", tmp_path / f"warehouse{number}")
        machine.reports_dir.mkdir()
        for file in files:
            shutil.copyfile(file, machine.reports_dir / file.name)
        result = machine.events("run", **environment)
        assert result.returncode == 0, result.stdout + result.stderr
        hashes.append(json.loads((machine.warehouse_dir / "manifest.json").read_text("utf-8"))["content_hashes"])
    assert hashes[0] == hashes[1]
