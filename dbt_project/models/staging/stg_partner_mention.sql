select
    {{ event_key() }} as event_key,
    {{ report_key() }} as report_key,
    mention_number,
    {{ clean('name') }} as name,
    kind,
    side,
    country_code,
    {{ clean('settlement') }} as settlement,
    identity,
    latitude,
    longitude,
    mention,
    source_column,
    char_start,
    char_end,
    rule,
    confidence
from {{ source('parsed', 'partner_mention') }}
