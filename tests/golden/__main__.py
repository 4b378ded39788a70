"""``make accuracy``: how well the pipeline reads the golden reports, beside the committed baseline."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from .baseline import Change, compare, read_baseline, write_baseline
from .measure import measure
from .published import PublicationError, publish
from .readme import accuracy_section, write_section
from .registry import GoldenReport, golden_reports
from .tables import print_changes, print_mistakes, print_scores

_WIDTH_OF_A_LOG = 160

console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else _WIDTH_OF_A_LOG)
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def accuracy(
    update: Annotated[bool, typer.Option("--update", help="Write the baseline and the README's tables.")] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List what is wrong.")] = False,
    only: Annotated[
        list[str] | None, typer.Option("--report", help="Only this report (its file's name without ending).")
    ] = None,
    warehouse: Annotated[Path | None, typer.Option(help="Score this published warehouse, build none.")] = None,
) -> None:
    """Publish the golden reports with the real pipeline, score them; exit status 1 when a figure has fallen."""
    reports = _chosen(only)
    with TemporaryDirectory() as folder:
        database = warehouse or _published(reports, Path(folder))
        measured = {report.name: measure(database, report) for report in reports}
    scores = {name: score for name, (score, _) in measured.items()}
    baseline = read_baseline()
    changes = [
        change for name, score in scores.items() if name in baseline for change in compare(name, baseline[name], score)
    ]
    print_scores(console, reports, scores, changes)
    if errors:
        print_mistakes(console, {name: mistakes for name, (_, mistakes) in measured.items()})
    print_changes(console, changes)
    if update:
        registered = {report.name for report in golden_reports()}
        merged = {name: score for name, score in {**baseline, **scores}.items() if name in registered}
        write_baseline(merged)
        write_section(accuracy_section(golden_reports(), merged))
    elif new := [name for name in scores if name not in baseline]:
        _fail(f"No baseline yet for {', '.join(new)}: `make accuracy ARGS=--update`.")
    elif falls := _falls(changes):
        _fail(f"Figures that have fallen: {len(falls)}. Where that is meant: `make accuracy ARGS=--update`.")


def _chosen(names: Sequence[str] | None) -> list[GoldenReport]:
    known = {report.name: report for report in golden_reports()}
    if unknown := set(names or ()) - set(known):
        raise typer.BadParameter(f"no report {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return [known[name] for name in names or known]


def _published(reports: Sequence[GoldenReport], folder: Path) -> Path:
    try:
        with console.status(f"Publishing {len(reports)} golden reports"):
            return publish(reports, folder)
    except PublicationError as error:
        _fail(str(error))


def _falls(changes: Sequence[Change]) -> list[Change]:
    return [change for change in changes if change.is_fall]


def _fail(message: str) -> NoReturn:
    console.print(message, style="bold red", markup=False, soft_wrap=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    app(prog_name="make accuracy")
