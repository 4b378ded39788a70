select
    event_key,
    date_key
from {{ ref('int_event_day') }}
