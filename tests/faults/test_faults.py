"""Whatever goes wrong in a run: what is published stays whole, the message says what to do, the next run heals."""

from __future__ import annotations

import pytest
from faults import STORIES
from harness import befall, end_dead_runs, runs_under_way, served_version

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("story", STORIES)
def test_what_is_published_outlives_every_fault_and_the_next_run_heals(with_news, story):
    for fault in STORIES[story]:
        befall(with_news, fault)
    healed = with_news.events("run")
    assert healed.returncode == 0, healed.stdout + healed.stderr
    served_version(with_news)
    assert with_news.query("select period, event_count from marts.dim_report order by all") == [
        ("2025-Q3", 40),
        ("2025-Q4", 61),
    ]
    end_dead_runs(with_news)
    assert runs_under_way(with_news) == 0
