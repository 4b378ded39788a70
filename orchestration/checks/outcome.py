"""What a run of the checks tells: findings in the reports and the outcome of every expectation."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.checks.acceptance import Acceptance
from orchestration.checks.suites import Severity


class CheckExecutionError(Exception):
    """A check could not be carried out, so nothing is known about its rule."""

    def __init__(self, suite: str, rule: str | None, reason: str) -> None:
        super().__init__(f"{suite}{f', rule {rule}' if rule else ''} could not be checked: {reason}")
        self.suite = suite
        self.rule = rule
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a report that a person should look at; a row of ``quality.finding``.

    ``column_name`` is a column of the report, ``value`` what stands there, ``suite`` the suite that found it,
    ``acceptance`` the judgement of a person who looked at it.
    """

    finding_key: str
    rule: str
    severity: Severity
    report_key: str | None
    municipality_key: str | None
    event_key: str | None
    column_name: str | None
    value: str | None
    message_ru: str
    suite: str
    acceptance: Acceptance | None = None


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """How one expectation turned out; ``rule`` names it, no other expectation has the same.

    ``failed_rows`` counts the rows that broke the rule and that no person has accepted, ``observed`` is what a
    whole-table expectation measured, ``preview`` holds the first failing rows: what tells them apart and what was
    judged, as column -> value.
    """

    rule: str
    suite: str
    relation: str
    description: str
    severity: Severity
    passed: bool
    failed_rows: int
    observed: str | None
    findings: tuple[Finding, ...]
    preview: tuple[dict[str, str | None], ...]

    @property
    def accepted_rows(self) -> int:
        """Number of rows that broke the rule and that a person has accepted."""
        return sum(finding.acceptance is not None for finding in self.findings)

    @property
    def blocks_publication(self) -> bool:
        """Whether the build must not be published because of this outcome."""
        return not self.passed and self.severity == "error"
