-- One row a partner: of differing mentions the most frequent value, then the longest, then the first in the alphabet.
select
    partner_key,
    any_value(kind) as kind,
    {{ most_frequent('name') }} as name,
    {{ most_frequent('side') }} as side,
    any_value(identity) as identity,
    any_value(country_code) as country_code,
    {{ most_frequent('settlement') }} as settlement,
    {{ most_frequent_point('latitude', 'longitude') }}.latitude as latitude,
    {{ most_frequent_point('latitude', 'longitude') }}.longitude as longitude,
    count(distinct event_key) as event_count,
    min(start_date) as first_event_date,
    max(end_date) as last_event_date
from {{ ref('int_partner_mention') }}
group by partner_key
