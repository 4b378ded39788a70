select
    mentions.*,
    events.start_date,
    coalesce(events.end_date, events.start_date) as end_date
from {{ ref('stg_partner_mention') }} as mentions
inner join {{ ref('int_event') }} as events using (event_key)
