-- Each line of `accepted_findings.csv`, and what is wrong with it.
with lines as (
    select
        (row_number() over ()) + 1 as line_number,
        lower({{ clean('finding') }}) as finding_key,
        {{ clean('reason') }} as reason,
        {{ clean('"by"') }} as accepted_by,
        {{ clean('"until"') }} as until_text,
        if(regexp_full_match(until_text, '\d{4}-\d{2}-\d{2}'), try_cast(until_text as date), null) as accepted_until
    from {{ ref('accepted_findings') }}
),

judged as (
    select
        *,
        case
            when finding_key is null then '`finding` must be given: finding_key of marts.fct_quality_finding'
            when reason is null then '`reason` must be given: why is the finding no fault of the report?'
            when accepted_by is null then '`by` must be given: who has judged it?'
            when until_text is not null and accepted_until is null
                then '`until` «' || until_text || '» is no date such as 2026-12-31; blank is for ever'
            when count(*) over (partition by finding_key) > 1 then 'another line accepts the same finding; keep one'
        end as fault
    from lines
)

select
    line_number::integer as line_number,
    finding_key,
    reason,
    accepted_by,
    accepted_until,
    'accepted_findings.csv, line ' || line_number || coalesce(' (' || finding_key || ')', '') || ': ' || fault as problem
from judged
