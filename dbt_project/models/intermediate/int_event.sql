with events as (
    select * from {{ ref('stg_event') }}
),

rows as (
    select * from {{ ref('stg_report_row') }}
),

reports as (
    select * from {{ ref('int_report') }}
    where is_current
)

select
    events.*,
    {{ municipality_key('reports.region_name', 'events.municipality_name') }} as municipality_key,
    reports.region_name,
    reports.period_start,
    reports.period_end,
    rows.sequence_number,
    rows.source_table,
    rows.source_row
from events
inner join reports using (report_key)
left join rows using (event_key)
