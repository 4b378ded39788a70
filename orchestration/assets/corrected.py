"""The corrected reports that are current, and how their events differ from those of the version before."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True)
class CorrectedReport:
    """A report of which an earlier version is known; ``version`` counts from 1, the numbers are events."""

    region: str
    period: str
    version: int
    added: int
    removed: int
    changed: int

    def __str__(self) -> str:
        """One line, such as «2025-Q4 Псковская область, version 2: +1 −1 ~2 events»."""
        signs = (("+", self.added), ("−", self.removed), ("~", self.changed))
        told = " ".join(f"{sign}{count}" for sign, count in signs if count)
        return f"{self.period} {self.region}, version {self.version}: {f'{told} events' if told else 'the same events'}"


def corrected_reports(connection: duckdb.DuckDBPyConnection, limit: int) -> list[CorrectedReport]:
    """The ``limit`` current reports that replaced another version last, the newest first."""
    if not connection.execute("from duckdb_tables() where table_name = 'fct_report_change'").fetchone():
        return []  # made by an earlier program
    return [
        CorrectedReport(*row)
        for row in connection.execute(
            f"""
            select
                report.region_name,
                report.period,
                report.version,
                count(*) filter (where change = 'added'),
                count(*) filter (where change = 'removed'),
                count(*) filter (where change = 'changed')
            from marts.dim_report as report
            left join marts.fct_report_change using (report_key)
            where report.is_current and report.version > 1
            group by all
            order by max(report.received_at) desc, report.period, report.region_name
            limit {limit}
            """
        ).fetchall()
    ]
