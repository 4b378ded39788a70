"""The committed figures of the golden reports, and what has become better or worse since."""

from __future__ import annotations

import json
from dataclasses import dataclass

from .scorer import FieldScore, ReportScore
from paths import GOLDEN

BASELINE = GOLDEN / "baseline.json"


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that differs from the baseline; None where the field has appeared or gone."""

    report: str
    field: str
    figure: str
    was: float | None
    now: float | None

    @property
    def is_fall(self) -> bool:
        return self.was is not None and (self.now is None or self.now < self.was)

    def __str__(self) -> str:
        return f"{self.report}: {self.field}, {self.figure}: was {self.was}, is {self.now}"


def read_baseline() -> dict[str, ReportScore]:
    """Scores by the report's name; empty before the first ``make accuracy ARGS=--update``."""
    if not BASELINE.exists():
        return {}
    return {
        report: ReportScore(
            entry["labelled_rows"],
            entry["reported_rows"],
            {field: FieldScore(**figures) for field, figures in entry["fields"].items()},
        )
        for report, entry in json.loads(BASELINE.read_text(encoding="utf-8")).items()
    }


def write_baseline(scores: dict[str, ReportScore]) -> None:
    """Write every report's scores, a field a line, so that a difference reads well."""
    reports = []
    for report, score in sorted(scores.items()):
        fields = ",\n".join(
            f'      "{field}": {json.dumps(field_score.figures)}' for field, field_score in score.fields.items()
        )
        reports.append(
            f'  "{report}": {{\n    "labelled_rows": {score.labelled_rows},\n'
            f'    "reported_rows": {score.reported_rows},\n    "mean": {score.mean},\n'
            f'    "fields": {{\n{fields}\n    }}\n  }}'
        )
    BASELINE.write_text("{\n" + ",\n".join(reports) + "\n}\n", encoding="utf-8")


def compare(report: str, was: ReportScore, now: ReportScore) -> list[Change]:
    """Every figure of the report that differs, the mean over its fields first."""
    changes = [Change(report, "mean", "score", was.mean, now.mean)]
    for field in {**was.fields, **now.fields}:
        before = was.fields[field].figures if field in was.fields else {}
        after = now.fields[field].figures if field in now.fields else {}
        changes += [
            Change(report, field, figure, before.get(figure), after.get(figure)) for figure in {**before, **after}
        ]
    return [change for change in changes if change.was != change.now]
