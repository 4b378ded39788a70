"""Faults around a run: many files at once, a clock that jumps, a full disk, other runs, PostgreSQL, secrets."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import Fault
from harness import befall, run_with, runs_under_way, served_version

from paths import PROJECT_ROOT
from pipelines import Pipeline
from word_files import HEADINGS, TITLE, body_bytes, event, paragraph, text_table

pytestmark = pytest.mark.slow

_BOTH = [("2025-Q3", 40), ("2025-Q4", 61)]
_REPORTS = "select period, event_count from marts.dim_report order by all"


def report_file(number: int) -> bytes:
    """A small report of Pskov oblast; what stands beside the file may say otherwise."""
    rows = [HEADINGS, "Город Псков", event("1", f"Ярмарка № {number}"), event("2", f"Турнир № {number}")]
    return body_bytes(paragraph(TITLE) + text_table(rows, len(HEADINGS)))


def test_ninety_of_a_hundred_files_are_published_though_ten_are_bad(pipeline, tmp_path):
    regions = ("Псковская область", "Смоленская область", "Приморский край", "Амурская область", "Республика Карелия",
               "Вологодская область", "Брянская область", "Курская область", "Тверская область")  # fmt: skip
    quarters = [f"{year}-Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4)] + ["2026-Q1", "2026-Q2"]
    wanted = [(region, quarter) for region in regions for quarter in quarters]
    for number, (region, quarter) in enumerate(wanted):
        file = pipeline.reports_dir / f"{number}.docx"
        file.write_bytes(report_file(number))
        file.with_name(f"{file.name}.yml").write_text(f"period: {quarter}\nregion: {region}\n", encoding="utf-8")
    whole = report_file(0)
    bad = {
        "empty.docx": b"",
        "half.docx": whole[: len(whole) // 2],
        "scan.docx": b"%PDF-1.7 a scan",
        "picture.docx": b"\x89PNG\r\n\x1a\n",
        "letter.docx": body_bytes(paragraph("Уважаемый Иван Иванович!")),
        "untitled.docx": body_bytes(text_table([HEADINGS, event("1", "Ярмарка")], len(HEADINGS))),
        "future.docx": body_bytes(paragraph(TITLE.replace("2025", "2099")) + text_table([HEADINGS], len(HEADINGS))),
        "list.xlsx": b"PK\x05\x06" + bytes(18),
        "hanging.rtf": rb"{\rtf1\ansi report}",
    }
    for name, content in bad.items():
        (pipeline.reports_dir / name).write_bytes(content)
    (pipeline.reports_dir / "nowhere.docx").symlink_to(tmp_path / "missing.docx")
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "soffice").write_text("#!/bin/sh\nexec sleep 600\n")
    (programs / "soffice").chmod(0o755)

    result = pipeline.events(
        "run",
        PATH=f"{programs}:{os.environ['PATH']}",
        EVENTS_LIMITS__CONVERSION_SECONDS="1",
        EVENTS_RETRY_SECONDS="0.1",
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "refused: 10" in result.stdout
    assert "LibreOffice не уложился в 1 с" in result.stdout and "Сохранить как" in result.stdout
    for name in (*bad, "nowhere.docx"):
        assert name in result.stdout
    served_version(pipeline)
    found = pipeline.query("select region_name, period from marts.dim_report where is_current order by all")
    assert found == sorted(wanted)
    assert pipeline.query("select count(*) from marts.fct_event") == [(2 * len(wanted),)]


_CLOCK = """
import datetime
from orchestration.assets import quarters
from orchestration.serving import publish
class Jumped(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.now(tz) + datetime.timedelta(days={days})
quarters.datetime = publish.datetime = Jumped
"""
_FILE_GOES = """
from orchestration.assets import intake
store = intake.store_files
def store_files(connection, files, received_at):
    store(connection, files, received_at)
    (file,) = [file for file in files if "q3" in file.path]
    file.location.rename(file.location.with_suffix(".away"))
intake.store_files = store_files
"""


def test_a_clock_that_jumps_and_a_file_that_goes_while_it_is_read(with_news):
    forwards = run_with(with_news, _CLOCK.format(days=800) + _FILE_GOES)
    assert forwards.returncode == 0, forwards.stdout + forwards.stderr
    assert "refused: 1" in forwards.stdout and "smolensk-oblast-2025-q3.docx" in forwards.stdout
    future = served_version(with_news)
    (away,) = with_news.reports_dir.glob("*.away")
    away.rename(away.with_suffix(".docx"))
    back = Fault("clock two years back", _CLOCK.format(days=-800), says=("refused: 1",), status=0, publishes=True)
    befall(with_news, back)
    assert with_news.query(_REPORTS) == _BOTH[1:], "what was read before is kept, what is read now is of the future"
    healed = with_news.events("run")
    assert healed.returncode == 0, healed.stdout + healed.stderr
    assert served_version(with_news) < future, "by the right clock again"
    assert with_news.query(_REPORTS) == _BOTH


def test_of_two_runs_at_once_the_second_waits(with_news):
    command = [sys.executable, "-m", "orchestration.cli", "run"]
    options = {"cwd": PROJECT_ROOT, "env": with_news.environment, "stdout": subprocess.PIPE, "text": True}
    lock = with_news.warehouse_dir / "build" / "lock"
    with subprocess.Popen(command, **options) as first:
        while f"process {first.pid}," not in lock.read_text(encoding="utf-8"):
            time.sleep(0.1)
        second = with_news.events("run")
        assert first.wait() == 0, first.stdout.read()
    assert second.returncode == 0, second.stdout + second.stderr
    assert f"Another run is under way (process {first.pid}, since" in second.stdout
    assert "Nothing is new" in second.stdout
    assert with_news.query(_REPORTS) == _BOTH


@pytest.fixture
def small_disk(with_news: Pipeline, tmp_path: Path) -> Iterator[Path]:
    """A file system of its own that holds the warehouse, and has room for one run."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", str(folder)], check=False).returncode:
        pytest.skip("no right to mount a file system of limited size")
    shutil.copytree(with_news.warehouse_dir, folder / "warehouse", symlinks=True)
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


_DISK_FILLS = """
from orchestration.assets import facts
from orchestration.settings import settings
pending = facts.pending_documents
def fill(connection):
    with (settings().warehouse_dir.parent / "balloon").open("wb", buffering=0) as file:
        try:
            while file.write(bytes(2**12)):
                pass
        except OSError:
            pass
    return pending(connection)
facts.pending_documents = fill
"""


def test_a_full_disk_is_told_and_loses_nothing(with_news, small_disk):
    pipeline = Pipeline(with_news.reports_dir, small_disk / "warehouse")
    says = (str(pipeline.warehouse_dir), "is full", "Make room", "`events run`", "stays as it was")
    patience = {"EVENTS_RETRY_SECONDS": "0.1"}
    befall(pipeline, Fault("disk fills in mid-run", _DISK_FILLS, says=says, environment=patience))
    befall(pipeline, Fault("disk full before", says=says, environment=patience))
    (small_disk / "balloon").unlink()
    healed = pipeline.events("run")
    assert healed.returncode == 0, healed.stdout + healed.stderr
    served_version(pipeline)
    assert pipeline.query(_REPORTS) == _BOTH
    assert runs_under_way(pipeline) == 0


def test_a_run_without_postgresql_publishes_tells_no_secret_and_leaves_nothing_to_everybody(with_news):
    secrets = ("pass-of-postgres", "pass-of-alerts", "pass-of-lake")
    before = os.umask(0)
    try:
        failed = with_news.events(
            "run",
            EVENTS_POSTGRES_URL=f"postgresql://events:{secrets[0]}@127.0.0.1:9/events",
            EVENTS_ALERT_URLS=f"json://user:{secrets[1]}@127.0.0.1:9/",
            EVENTS_DUCKLAKE_CATALOG=f"postgres:host=127.0.0.1 port=9 password={secrets[2]}",
            EVENTS_RETRY_SECONDS="0.1",
        )
    finally:
        os.umask(before)
    told = " ".join(failed.stdout.split())
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "127.0.0.1" in told and "`events run` brings PostgreSQL what it lacks" in told
    assert with_news.query(_REPORTS) == _BOTH
    served_version(with_news)
    files = [path for path in with_news.warehouse_dir.rglob("*") if path.is_file()]
    for secret in secrets:
        assert secret not in failed.stdout + failed.stderr
        assert [path for path in files if secret.encode() in path.read_bytes()] == []
    published_at = with_news.database.stat().st_mtime
    fresh = [path for path in with_news.warehouse_dir.rglob("*") if path.lstat().st_mtime > published_at - 30]
    assert [path for path in fresh if not path.is_symlink() and path.stat().st_mode & stat.S_IWOTH] == []
    for path in (with_news.database, with_news.warehouse_dir / "manifest.json"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o644
    again = with_news.events("run")
    assert again.returncode == 0 and "Nothing is new" in again.stdout, again.stdout
