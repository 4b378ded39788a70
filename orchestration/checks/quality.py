"""Figures of a run that Dagster plots over the runs: findings, passages left unread, score."""

from __future__ import annotations

import duckdb
from dagster import MarkdownMetadataValue

from orchestration.assets.previews import markdown_rows

_SHOWN_QUARTERS = 12

# A passage is what a fact was read from, or what no rule could read.
_FIGURES = """
select
    count(*) filter (where severity = 'error' and not is_accepted) as errors,
    count(*) filter (where severity = 'warning' and not is_accepted) as warnings,
    count(*) filter (where severity = 'info' and not is_accepted) as notes,
    count(*) filter (where is_accepted) as accepted,
    (
        select round(100.0 * count(*) filter (where fact = 'leftover') / nullif(count(*), 0), 2)
        from marts.fct_event_fact
        where mention is not null
    ) as leftover_percent,
    (
        select round(100 - sum(lost_points) / nullif(sum(event_count), 0), 2) from marts.fct_report_quality
    ) as mean_score
from marts.fct_quality_finding
"""

_QUARTERS = """
with leftovers as (
    select
        report_key,
        round(100.0 * count(*) filter (where fact = 'leftover') / count(*), 2) as leftover_percent
    from marts.fct_event_fact
    inner join marts.dim_event using (event_key)
    where mention is not null
    group by all
),

quarters as (
    select
        report_key,
        sum(event_count) as events,
        sum(warning_count) as warnings,
        sum(info_count) as notes,
        sum(accepted_count) as accepted,
        round(100 - sum(lost_points) / sum(event_count), 1) as score
    from marts.fct_report_quality
    group by all
)

select period, region_name as region, quarters.* exclude (report_key, score), leftover_percent, score
from quarters
inner join marts.dim_report using (report_key)
left join leftovers using (report_key)
order by period desc, region_name
limit ?
"""


def quality_metadata(connection: duckdb.DuckDBPyConnection) -> dict[str, float | MarkdownMetadataValue]:
    """Figures over all current reports, and a table of the newest quarters; percents are 0 to 100.

    A figure is left out where there is nothing to measure.
    """
    figures = connection.execute(_FIGURES)
    names = [column[0] for column in figures.description]
    values = zip(names, figures.fetchone(), strict=True)
    quarters = connection.execute(_QUARTERS, [_SHOWN_QUARTERS])
    return {
        **{name: value for name, value in values if value is not None},
        "by_quarter": markdown_rows([column[0] for column in quarters.description], quarters.fetchall()),
    }
