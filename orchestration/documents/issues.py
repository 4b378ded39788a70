"""What a reader has to tell about a report, each with its place as a person counts it in Word."""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.documents.model import ReportIssue

Place = tuple[int, int]


class Issues:
    """The issues of one report in the order in which they were met."""

    def __init__(self) -> None:
        self._issues: list[ReportIssue] = []

    def __iter__(self) -> Iterator[ReportIssue]:
        return iter(self._issues)

    def add(
        self,
        code: str,
        severity: str,
        message: str,
        remedy: str,
        *,
        at: Place | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Add an issue; ``at`` is (table, row) counted from 1 and is told in the message."""
        table, row = at or (None, None)
        if at:
            message = f"Таблица {table}, строка {row}: {message[0].lower()}{message[1:]}"
        self._issues.append(ReportIssue(code, severity, message, remedy, table, row, column, value))

    def replace_all(self, code: str, issue: ReportIssue) -> None:
        """Put one issue in the place of the first of all those of this code."""
        first = next(index for index, one in enumerate(self._issues) if one.code == code)
        kept = [one for one in self._issues[first:] if one.code != code]
        self._issues[first:] = [issue, *kept]
