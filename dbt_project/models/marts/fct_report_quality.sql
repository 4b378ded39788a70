-- A view, because the checks write findings after the marts are built.
{{ config(materialized='view') }}

with findings as (
    select
        *,
        not is_accepted as is_open
    from {{ ref('fct_quality_finding') }}
    where report_key is not null and municipality_key is not null
),

-- One mistake may break several rules: of the findings on a cell only the dearest counts.
cells as (
    select
        findings.report_key,
        findings.municipality_key,
        findings.event_key,
        findings.column_name,
        max(coalesce(rule_points.points, severity_points.points, 0)) as points
    from findings
    left join {{ ref('finding_points') }} as rule_points
        on rule_points.scope = 'rule' and findings.rule = rule_points.code
    left join {{ ref('finding_points') }} as severity_points
        on severity_points.scope = 'severity' and findings.severity = severity_points.code
    where findings.is_open
    group by all
),

-- NULL as the event stands for what is told of the municipality's section as a whole.
rows_lost as (
    select
        report_key,
        municipality_key,
        event_key,
        least(sum(points), 100) as points
    from cells
    group by all
),

lost as (
    select
        report_key,
        municipality_key,
        sum(points) as points
    from rows_lost
    group by all
),

counts as (
    select
        report_key,
        municipality_key,
        count(*) filter (where is_open and severity = 'error') as error_count,
        count(*) filter (where is_open and severity = 'warning') as warning_count,
        count(*) filter (where is_open and severity = 'info') as info_count,
        count(*) filter (where not is_open) as accepted_count,
        count(distinct event_key) filter (where is_open and severity <> 'info') as faulty_event_count
    from findings
    group by all
),

events as (
    select
        report_key,
        municipality_key,
        count(*) as event_count
    from {{ ref('fct_event') }}
    group by all
)

select
    events.report_key,
    events.municipality_key,
    reports.period,
    events.event_count::integer as event_count,
    coalesce(counts.error_count, 0)::integer as error_count,
    coalesce(counts.warning_count, 0)::integer as warning_count,
    coalesce(counts.info_count, 0)::integer as info_count,
    coalesce(counts.accepted_count, 0)::integer as accepted_count,
    (events.event_count - coalesce(counts.faulty_event_count, 0))::integer as clean_event_count,
    round((events.event_count - coalesce(counts.faulty_event_count, 0)) / events.event_count, 4) as clean_event_share,
    -- What the section as a whole loses may not take a score below 0, nor that of several rows together.
    least(coalesce(lost.points, 0), 100 * events.event_count)::integer as lost_points,
    round(100 - lost_points / events.event_count, 1) as quality_score
from events
inner join {{ ref('dim_report') }} as reports using (report_key)
left join counts using (report_key, municipality_key)
left join lost using (report_key, municipality_key)
