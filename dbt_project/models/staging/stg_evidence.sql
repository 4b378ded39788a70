select
    {{ event_key() }} as event_key,
    field,
    source_column,
    char_start,
    char_end,
    rule,
    confidence
from {{ source('parsed', 'evidence') }}
