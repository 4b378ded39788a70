"""Keys of findings: the same place in the same words has the same key, whatever file and row it stands in."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

_KEY_LENGTH = 16
_CELLS = ("name_text", "place_text", "dates_text", "description_text", "participants_text")
# Where something stands is no part of what it says: a row put in above it must not bring a judged finding back.
_POSITION_COLUMN = re.compile(r"(.+_)?(row|rows|number|numbers|file)")
_POSITION_IN_TEXT = re.compile(r"Таблица \d+, строка \d+")


@dataclass(frozen=True, slots=True)
class ReportTexts:
    """What tells findings apart: region and period by report key, a digest of all cells of the row by event key."""

    reports: Mapping[str, tuple[str, str]]
    rows: Mapping[str, str]


def read_report_texts(connection: duckdb.DuckDBPyConnection) -> ReportTexts:
    """The texts of all reports of the marts."""
    reports = connection.execute("select report_key, region_name, period from marts.dim_report").fetchall()
    cells = ", ".join(f"coalesce('=' || {cell}, '-')" for cell in _CELLS)
    rows = connection.execute(f"select event_key, md5(concat_ws(chr(31), {cells})) from marts.dim_event").fetchall()
    return ReportTexts({key: (region, period) for key, region, period in reports}, dict(rows))


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about: ``told`` is what it says by column, ``position`` orders those that agree in the rest."""

    report_key: str | None
    municipality_key: str | None
    event_key: str | None
    told: Mapping[str, str | None]
    position: tuple[str | None, ...]


def finding_keys(rule: str, texts: ReportTexts, subjects: Sequence[Subject]) -> list[str]:
    """The keys of a rule's findings, in the order of ``subjects``.

    A key is made of the rule, the report's region and period, the municipality, all cells of the row and what is told.
    It outlives a renamed file, a corrected report and a row put in above, not a change of the row's text. What is told
    without a report is told by file.
    """
    identities = [_identity(rule, texts, subject) for subject in subjects]
    order = sorted(range(len(subjects)), key=lambda index: [text or "" for text in subjects[index].position])
    seen: Counter[str] = Counter()
    keys = [""] * len(subjects)
    for index in order:
        identity = identities[index]
        seen[identity] += 1
        keys[index] = hashlib.sha256(f"{identity}{seen[identity]}".encode()).hexdigest()[:_KEY_LENGTH]
    return keys


def _identity(rule: str, texts: ReportTexts, subject: Subject) -> str:
    report = texts.reports.get(subject.report_key or "")
    said = {
        column: value and _POSITION_IN_TEXT.sub("", value)
        for column, value in sorted(subject.told.items())
        if report is None or not _POSITION_COLUMN.fullmatch(column)
    }
    row = texts.rows.get(subject.event_key or "")
    return json.dumps([rule, report, subject.municipality_key, row, said], ensure_ascii=False)
