"""Great Expectations' Data Docs as pages that open without a network, under an index of every rule's outcome."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from orchestration.checks.acceptance import Acceptance
from orchestration.checks.outcome import CheckOutcome
from orchestration.checks.suites import Severity

if TYPE_CHECKING:
    from great_expectations.core import ExpectationSuiteValidationResult

_PAGES = "validations"
_SHOWN_FINDINGS = 200
_REMOTE_ELEMENT = re.compile(
    r"<script\b[^>]*\bsrc=[\"']https?://[^>]*>\s*</script>"
    r"|<(?:link|img)\b[^>]*\b(?:href|src)=[\"']https?://[^>]*>"
    r"|url\([\"']?https?://[^)]*\)"
)
# The site of which Great Expectations takes the page for a part.
_LINK_INTO_SITE = re.compile(r'href="(?:\.\./)+(?:index|expectations/[^"]+)\.html"')
_STYLESHEET = Path(__file__).with_name("data_docs.css")


def build_data_docs(
    validations: Sequence[ExpectationSuiteValidationResult],
    directory: Path,
    outcomes: Sequence[CheckOutcome],
    places: Mapping[str, str],
) -> None:
    """Write ``validations/<suite>.html`` for every validation and ``index.html`` into ``directory``, replacing it.

    ``places`` says by event key where a finding's row stands: region, period, municipality and number.
    """
    from great_expectations.core import RunIdentifier
    from great_expectations.render.renderer import ValidationResultsPageRenderer
    from great_expectations.render.view import DefaultJinjaPageView

    shutil.rmtree(directory, ignore_errors=True)
    pages = directory / _PAGES
    pages.mkdir(parents=True)
    style = f"<style>{_STYLESHEET.read_text(encoding='utf-8')}</style>"
    renderer, view = ValidationResultsPageRenderer(), DefaultJinjaPageView()
    run = RunIdentifier(run_name="build", run_time=datetime.now(UTC))
    for validation in validations:
        validation.meta["run_id"] = run
        html = _REMOTE_ELEMENT.sub("", view.render(renderer.render(validation)))
        html = _LINK_INTO_SITE.sub('href="../index.html"', html)
        page = pages / f"{validation.suite_name}.html"
        page.write_text(html.replace("</head>", f"{style}</head>", 1), encoding="utf-8")
    (directory / "index.html").write_text(_index(outcomes, places, style), encoding="utf-8")


def _index(outcomes: Sequence[CheckOutcome], places: Mapping[str, str], style: str) -> str:
    rows = "\n".join(
        f'<tr class="{"passed" if outcome.passed else outcome.severity}">'
        f'<td><a href="{_PAGES}/{escape(outcome.suite)}.html">{_breakable(outcome.relation)}</a></td>'
        f"<td>{_breakable(outcome.rule)}</td><td>{escape(outcome.description)}</td><td>{outcome.severity}</td>"
        f'<td class="outcome">{_told(outcome, places)}</td></tr>'
        for outcome in sorted(
            outcomes, key=lambda outcome: (outcome.passed, get_args(Severity).index(outcome.severity))
        )
    )
    failed = sum(not outcome.passed for outcome in outcomes)
    return f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Data checks</title>{style}</head>
<body>
<h1>Data checks: {len(outcomes) - failed} passed, {failed} failed</h1>
<table class="checks">
<thead><tr><th>Relation</th><th>Rule</th><th>Expectation</th><th>Severity</th><th>Outcome</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def _breakable(name: str) -> str:
    """A long name that may go on in the next line behind its underscores."""
    return escape(name).replace("_", "_<wbr>")


def _told(outcome: CheckOutcome, places: Mapping[str, str]) -> str:
    """How the rule turned out, with each finding's key for ``accepted_findings.csv``."""
    told = "passed" if outcome.passed else f"failed rows: {outcome.failed_rows}"
    if outcome.accepted_rows:
        told += f", accepted: {outcome.accepted_rows}"
    if not outcome.findings:
        return told
    findings = "".join(
        f"<li><code>{finding.finding_key}</code> {escape(places.get(finding.event_key or '', ''))} "
        f"{escape(finding.message_ru)}{_judgement(finding.acceptance) if finding.acceptance else ''}</li>"
        for finding in outcome.findings[:_SHOWN_FINDINGS]
    )
    if (left_out := len(outcome.findings) - _SHOWN_FINDINGS) > 0:
        findings += f"<li>… {left_out} more: marts.fct_quality_finding</li>"
    return f"<details><summary>{told}</summary><ul>{findings}</ul></details>"


def _judgement(acceptance: Acceptance) -> str:
    until = f" until {acceptance.until}" if acceptance.until else ""
    return f" <em>accepted by {escape(acceptance.accepted_by)}{until}: {escape(acceptance.reason)}</em>"
