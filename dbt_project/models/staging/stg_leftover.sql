select
    {{ event_key() }} as event_key,
    kind,
    text,
    source_column,
    char_start,
    char_end
from {{ source('parsed', 'leftover') }}
