"""Great Expectations' Data Docs as pages that open without a network, under an index of every rule's outcome."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from orchestration.checks.acceptance import Acceptance
from orchestration.checks.outcome import CheckOutcome
from orchestration.checks.suites import Severity

if TYPE_CHECKING:
    from great_expectations.data_context import EphemeralDataContext

_SITE = "checks"
_REMOTE_ELEMENT = re.compile(
    r"<script\b[^>]*\bsrc=[\"']https?://[^>]*>\s*</script>"
    r"|<(?:link|img)\b[^>]*\b(?:href|src)=[\"']https?://[^>]*>"
    r"|url\([\"']?https?://[^)]*\)"
)
_STYLESHEET = Path(__file__).with_name("data_docs.css")


def build_data_docs(context: EphemeralDataContext, directory: Path, outcomes: Sequence[CheckOutcome]) -> None:
    """Write a page for every validation of ``context`` and ``index.html`` into ``directory``, replacing it."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    context.add_data_docs_site(
        site_name=_SITE,
        site_config={
            "class_name": "SiteBuilder",
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            "show_how_to_buttons": False,
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(directory)},
        },
    )
    context.build_data_docs(site_names=[_SITE])
    style = f"<style>{_STYLESHEET.read_text(encoding='utf-8')}</style>"
    for page in directory.rglob("*.html"):
        html = _REMOTE_ELEMENT.sub("", page.read_text(encoding="utf-8"))
        page.write_text(html.replace("</head>", f"{style}</head>", 1), encoding="utf-8")
    shutil.rmtree(directory / "static")
    # Great Expectations' own index is filled in by scripts that it fetches.
    (directory / "index.html").write_text(_index(directory, outcomes, style), encoding="utf-8")


def _index(directory: Path, outcomes: Sequence[CheckOutcome], style: str) -> str:
    pages = {
        page.relative_to(directory).parts[1]: page.relative_to(directory).as_posix()
        for page in directory.glob("validations/**/*.html")
    }
    rows = "\n".join(
        f'<tr class="{"passed" if outcome.passed else outcome.severity}">'
        f'<td><a href="{escape(pages[outcome.suite])}">{escape(outcome.relation)}</a></td>'
        f"<td>{escape(outcome.rule)}</td><td>{escape(outcome.description)}</td><td>{outcome.severity}</td>"
        f"<td>{_told(outcome)}</td></tr>"
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
<table>
<thead><tr><th>Relation</th><th>Rule</th><th>Expectation</th><th>Severity</th><th>Outcome</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""


def _told(outcome: CheckOutcome) -> str:
    """How the rule turned out, with each finding's key for ``accepted_findings.csv``."""
    told = "passed" if outcome.passed else f"failed rows: {outcome.failed_rows}"
    if outcome.accepted_rows:
        told += f", accepted: {outcome.accepted_rows}"
    if not outcome.findings:
        return told
    findings = "".join(
        f"<li><code>{finding.finding_key}</code> {escape(finding.message_ru)}"
        f"{_judgement(finding.acceptance) if finding.acceptance else ''}</li>"
        for finding in outcome.findings
    )
    return f"<details><summary>{told}</summary><ul>{findings}</ul></details>"


def _judgement(acceptance: Acceptance) -> str:
    until = f" until {acceptance.until}" if acceptance.until else ""
    return f" <em>accepted by {escape(acceptance.accepted_by)}{until}: {escape(acceptance.reason)}</em>"
