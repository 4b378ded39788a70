select
    place_key,
    {{ most_frequent('venue') }} as venue,
    {{ most_frequent('settlement') }} as settlement,
    {{ most_frequent('settlement_type') }} as settlement_type,
    {{ most_frequent('district') }} as district,
    {{ most_frequent('region') }} as region,
    any_value(country_code) as country_code,
    {{ most_frequent_point('latitude', 'longitude') }}.latitude as latitude,
    {{ most_frequent_point('latitude', 'longitude') }}.longitude as longitude
from {{ ref('int_event') }}
where place_key is not null
group by place_key
