select
    event_type,
    name_ru
from {{ ref('event_types') }}
