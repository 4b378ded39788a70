"""The questions about how good the reports are, each one small query of the marts."""

from __future__ import annotations

from orchestration.dashboard.address import Address
from orchestration.dashboard.queries import EVENTS_SHOWN, parameters_of
from orchestration.dashboard.warehouse import Row, Warehouse

_SCOPE = "($region = '' or report.region_name = $region) and ($period = 'all' or report.period = $period)"


def quality(warehouse: Warehouse, address: Address) -> list[Row]:
    """Quality of reports by municipality, lowest score first."""
    return warehouse.rows(
        f"""
        select
            municipality_key, municipality.name, report.region_name, sum(quality.event_count)::int as events,
            sum(error_count)::int as errors, sum(warning_count)::int as warnings, sum(info_count)::int as notes,
            sum(accepted_count)::int as accepted,
            100 - sum(lost_points) / nullif(sum(quality.event_count), 0) as score
        from marts.fct_report_quality as quality
        inner join marts.dim_report as report using (report_key)
        inner join marts.dim_municipality as municipality using (municipality_key)
        where is_current and {_SCOPE}
        group by all order by score nulls last, municipality.name, report.region_name
        """,
        parameters_of(address),
    )


def findings(warehouse: Warehouse, address: Address) -> list[Row]:
    """Open findings of the quarter, errors first; with ``municipality`` only of that one."""
    return warehouse.rows(
        f"""
        select
            finding_key, severity, severity_name_ru, message_ru, column_name, value, finding.event_key, rule,
            event.name as event_name, event.sequence_number, municipality.name as municipality_name,
            report.region_name, report.period
        from marts.fct_quality_finding as finding
        inner join marts.dim_report as report using (report_key)
        left join marts.dim_event as event on finding.event_key = event.event_key
        left join marts.dim_municipality as municipality on finding.municipality_key = municipality.municipality_key
        where
            not is_accepted and is_current
            and {_SCOPE}
            and ($municipality = '' or finding.municipality_key = $municipality)
            and ($having = '' or severity = $having)
        order by array_position(['error', 'warning', 'info'], severity), municipality.name, sequence_number, message_ru,
            finding_key
        limit {EVENTS_SHOWN}
        """,
        parameters_of(address),
    )
