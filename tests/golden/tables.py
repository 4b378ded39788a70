"""The figures for the terminal: a matrix of fields and reports, what has changed, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .baseline import Change
from .registry import GoldenReport
from .scorer import FIELDS, FieldScore, Mistake, ReportScore

_FIELD_WIDTH = 30
_REPORT_WIDTH = 25


def print_scores(
    console: Console, reports: Sequence[GoldenReport], scores: dict[str, ReportScore], changes: Sequence[Change]
) -> None:
    """Matrices of the blind and of the tuned reports, as many reports beside each other as the width allows."""
    changed = {(change.report, change.field, change.figure): change for change in changes}
    for kind in ("blind", "tuned"):
        of_kind = [report for report in reports if report.kind == kind]
        for beside in _fitting(of_kind, console.width):
            console.print(_matrix(kind, beside, scores, changed))
        if of_kind:
            mean = sum(scores[report.name].mean for report in of_kind) / len(of_kind)
            console.print(f"mean of {len(of_kind)} {kind}: [bold]{mean:.4f}[/]\n")


def print_changes(console: Console, changes: Sequence[Change]) -> None:
    """Every figure that differs from the baseline."""
    for change in changes:
        console.print(_arrow(change), f" {change}", sep="", soft_wrap=True, highlight=False)


def print_mistakes(console: Console, mistakes: dict[str, list[Mistake]]) -> None:
    """What each report's labels expect and the warehouse does not tell, and the other way round."""
    for report, of_report in mistakes.items():
        table = Table("row", "field", "expected", "got", title=f"{report}: {len(of_report)} mistakes", expand=True)
        for mistake in of_report:
            row = "" if mistake.row is None else str(mistake.row)
            table.add_row(row, mistake.field, _things(mistake.expected), _things(mistake.got))
        console.print(table)


def _fitting(reports: Sequence[GoldenReport], width: int) -> Iterator[Sequence[GoldenReport]]:
    count = max(1, (width - _FIELD_WIDTH) // _REPORT_WIDTH)
    for start in range(0, len(reports), count):
        yield reports[start : start + count]


def _matrix(
    kind: str,
    reports: Sequence[GoldenReport],
    scores: dict[str, ReportScore],
    changed: dict[tuple[str, str, str], Change],
) -> Table:
    table = Table(title=f"{kind}: accuracy or F1, precision/recall, n", title_justify="left", box=None, padding=(0, 1))
    table.add_column("field", no_wrap=True)
    for report in reports:
        table.add_column(report.name.replace("-oblast-", " "), justify="right", no_wrap=True)
    table.add_row("rows", *(_rows(scores[report.name]) for report in reports), style="dim")
    table.add_row(
        "mean",
        *(
            _marked(f"{scores[report.name].mean:.4f}", changed.get((report.name, "mean", "score")))
            for report in reports
        ),
        style="bold",
    )
    for field in FIELDS:
        cells = [_cell(report.name, field, scores[report.name].fields.get(field), changed) for report in reports]
        if any(cells):
            table.add_row(field, *cells)
    return table


def _rows(score: ReportScore) -> str:
    if score.labelled_rows == score.reported_rows:
        return str(score.reported_rows)
    return f"{score.labelled_rows} of {score.reported_rows}"


def _cell(report: str, field: str, score: FieldScore | None, changed: dict[tuple[str, str, str], Change]) -> Text | str:
    if score is None:
        return ""
    main = "accuracy" if score.accuracy is not None else "f1"
    cell = _marked(f"{score.score:.4f}", changed.get((report, field, main)))
    if score.accuracy is None:
        cell.append(" ")
        cell.append(_marked(f"{score.precision:.2f}", changed.get((report, field, "precision"))))
        cell.append("/")
        cell.append(_marked(f"{score.recall:.2f}", changed.get((report, field, "recall"))))
    return cell.append(f" {score.n:>3}", style="dim")


def _marked(figure: str, change: Change | None) -> Text:
    style = "" if float(figure) == 1 else "yellow"
    return Text(figure, style=style) if change is None else Text.assemble(_arrow(change), (figure, style))


def _arrow(change: Change) -> Text:
    return Text("▼", style="bold red") if change.is_fall else Text("▲", style="bold green")


def _things(things: Sequence[object]) -> Text:
    return Text("\n".join(map(_thing, things)))


def _thing(thing: object) -> str:
    if isinstance(thing, tuple):
        return ", ".join(map(_thing, thing))
    return "—" if thing is None else str(thing)
