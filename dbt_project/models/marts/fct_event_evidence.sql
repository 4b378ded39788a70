with events as (
    select * from {{ ref('int_event') }}
),

corrections as (
    select distinct event_key, {{ corrected_field('column_name') }} as field
    from {{ ref('int_correction') }}
    where problem is null and column_name <> 'partner'
)

select
    evidence.event_key,
    evidence.field,
    evidence.source_column,
    evidence.char_start,
    evidence.char_end,
    if(corrections.event_key is null, evidence.rule, 'correction') as rule,
    if(corrections.event_key is null, evidence.confidence, 1) as confidence
from {{ ref('stg_evidence') }} as evidence
inner join events using (event_key)
left join corrections using (event_key, field)
