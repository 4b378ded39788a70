"""The operators' runbook: both languages give the same commands, and what it says of backups is true."""

from __future__ import annotations

import re
import shlex
import subprocess
import time

import pytest

from paths import PROJECT_ROOT
from pipelines import Pipeline

DOCS = PROJECT_ROOT / "orchestration" / "docs"
ENGLISH = (DOCS / "operations.en.md").read_text(encoding="utf-8")
RUSSIAN = (DOCS / "operations.ru.md").read_text(encoding="utf-8")


def commands(text: str) -> list[str]:
    """The lines of the code blocks, without comments."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [re.sub(r"\s+#.*", "", line) for block in blocks for line in block.splitlines() if line]


def shape(text: str) -> list[str]:
    """What each line is: heading, table row or other."""
    return [line.split(" ")[0] for line in text.splitlines() if line.startswith(("#", "|", "```"))]


def test_both_languages_give_the_same_commands():
    assert commands(ENGLISH) == commands(RUSSIAN)
    assert shape(ENGLISH) == shape(RUSSIAN)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"(?:orchestration|\.venv)/[\w./*-]*[\w*]", ENGLISH))))
def test_every_file_it_names_exists(path):
    assert path.startswith(".venv/") or list(PROJECT_ROOT.glob(path))


@pytest.mark.slow
@pytest.mark.xdist_group("published")
def test_what_its_lines_back_up_and_restore_answers_as_before(published: Pipeline, tmp_path):
    backup, restored = tmp_path / "events.tar.gz", tmp_path / "restored"
    restored.mkdir()

    def said(start: str) -> list[str]:
        (line,) = (line for line in commands(ENGLISH) if line.startswith(start))
        told = {"/backup/events.tar.gz": backup, "/srv/events": restored, "raw_reports": published.reports_dir.name}
        return [str(told.get(word, word)) for word in shlex.split(line)]

    subprocess.run(said("flock "), cwd=published.warehouse_dir.parent, check=True)
    subprocess.run(said("tar --extract"), check=True)
    copy = Pipeline(restored / published.reports_dir.name, restored / published.warehouse_dir.name)
    question = "select version, (select count(*) from marts.obt_event) from published.version"
    assert copy.query(question) == published.query(question)
    assert "Nothing is new" in copy.events("run").stdout


def test_a_run_waits_until_the_backup_is_taken(tmp_path):
    """The lock of the runbook's flock(1) is the lock that a run takes."""
    from orchestration.assets.run_lock import another_run_is_under_way

    database = tmp_path / "build" / "warehouse.duckdb"
    database.parent.mkdir()
    with subprocess.Popen(["flock", str(database.parent / "lock"), "cat"], stdin=subprocess.PIPE) as backup:
        started = time.monotonic()
        while not another_run_is_under_way(database) and time.monotonic() - started < 10:
            time.sleep(0.05)
        assert another_run_is_under_way(database)
        backup.stdin.close()
        backup.wait()
    assert not another_run_is_under_way(database)
