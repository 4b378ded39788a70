select
    {{ event_key() }} as event_key,
    group_number,
    {{ clean('label') }} as label,
    headcount,
    is_approximate,
    mention_number,
    source_column,
    char_start,
    char_end,
    rule,
    confidence
from {{ source('parsed', 'participant_group') }}
