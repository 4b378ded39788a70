-- No row of a current report is lost or doubled on its way to the marts.
select
    reports.report_key,
    reports.event_count,
    count(events.event_key) as found
from {{ ref('dim_report') }} as reports
left join {{ ref('dim_event') }} as events using (report_key)
where reports.is_current
group by reports.report_key, reports.event_count
having reports.event_count <> count(events.event_key)
