-- A view, because the checks write findings after the marts are built. A finding of an earlier run may point to rows
-- that are gone: such a reference is NULL.
{{ config(materialized='view') }}

select
    findings.finding_key,
    findings.rule,
    findings.severity,
    reports.report_key,
    municipalities.municipality_key,
    events.event_key,
    findings.column_name,
    findings.value,
    findings.message_ru,
    findings.expectation_suite,
    {{ name_ru('severity', 'findings.severity') }} as severity_name_ru,
    findings.is_accepted,
    findings.accepted_reason,
    findings.accepted_by,
    findings.accepted_until
from {{ source('quality', 'finding') }} as findings
left join {{ ref('dim_report') }} as reports using (report_key)
left join {{ ref('dim_municipality') }} as municipalities using (municipality_key)
left join {{ ref('dim_event') }} as events using (event_key)
