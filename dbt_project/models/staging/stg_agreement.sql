select
    {{ agreement_key() }} as agreement_key,
    {{ event_key() }} as event_key,
    agreement_number,
    kind,
    status,
    {{ clean('title') }} as title,
    {{ clean('evidence') }} as evidence,
    valid_from_year,
    valid_to_year,
    signed_on,
    source_column,
    char_start,
    char_end,
    rule,
    confidence
from {{ source('parsed', 'agreement') }}
