select
    evidence.event_key,
    evidence.field,
    evidence.source_column,
    evidence.char_start,
    evidence.char_end,
    evidence.rule,
    evidence.confidence
from {{ ref('stg_evidence') }} as evidence
inner join {{ ref('int_event') }} as events using (event_key)
