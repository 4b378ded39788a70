"""The tables of figures between two markers of the project's README."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .registry import GoldenReport
from .scorer import FIELDS, ReportScore
from paths import PROJECT_ROOT

README = PROJECT_ROOT / "README.md"
BEGIN = "<!-- accuracy: written by `make accuracy ARGS=--update` -->"
END = "<!-- /accuracy -->"
_KINDS = {
    "blind": "Blind: no rule was made with these reports",
    "tuned": "Tuned: the rules have learnt from these reports",
}


def accuracy_section(reports: Sequence[GoldenReport], scores: dict[str, ReportScore]) -> str:
    """Markdown: for each kind a line a scored report, then field by field, in three digits."""
    parts = []
    for kind, title in _KINDS.items():
        of_kind = [report for report in reports if report.kind == kind and report.name in scores]
        if of_kind:
            parts += [f"**{title}.**", _summary(of_kind, scores), _details(of_kind, scores)]
    return "\n\n".join(parts)


def section_in_readme() -> str:
    """What stands between the markers; ValueError where they are missing."""
    _, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    section, end, _ = rest.partition(END)
    if not end:
        raise ValueError(f"README.md lacks the markers {BEGIN} and {END}")
    return section.strip()


def write_section(section: str) -> None:
    """Put the section between the markers."""
    text = README.read_text(encoding="utf-8")
    README.write_text(text.replace(section_in_readme(), section), encoding="utf-8")


def _summary(reports: Sequence[GoldenReport], scores: dict[str, ReportScore]) -> str:
    rows = []
    for report in reports:
        score = scores[report.name]
        counted = (
            f"{score.labelled_rows} of {score.reported_rows}" if report.is_partly_labelled else score.reported_rows
        )
        first = "" if report.first_blind is None else f"{report.first_blind:.3f}"
        rows.append((report.heading, counted, len(score.fields), f"{score.mean:.3f}", first, report.note))
    return _table(("report", "rows", "fields", "mean", "first reading", ""), rows)


def _details(reports: Sequence[GoldenReport], scores: dict[str, ReportScore]) -> str:
    rows = [(f"`{field}`", *(_figure(scores[report.name], field) for report in reports)) for field in FIELDS]
    table = _table(("field", *(report.heading for report in reports)), [row for row in rows if any(row[1:])])
    return f"<details><summary>Field by field: accuracy or F1</summary>\n\n{table}\n\n</details>"


def _figure(score: ReportScore, field: str) -> str:
    return f"{score.fields[field].score:.3f}" if field in score.fields else ""


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    alignment = ["---", *("---:" if name else "---" for name in header[1:])]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (header, alignment, *rows))
