select distinct
    {{ event_key() }} as event_key,
    day as date_key
from {{ source('parsed', 'event_day') }}
