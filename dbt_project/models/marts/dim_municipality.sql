with events as (
    select * from {{ ref('int_event') }}
)

select
    municipality_key,
    {{ most_frequent('municipality_name') }} as name,
    {{ most_frequent('municipality_kind') }} as kind,
    any_value(region_name) as region_name,
    {{ most_frequent_point('municipality_latitude', 'municipality_longitude') }}.latitude as latitude,
    {{ most_frequent_point('municipality_latitude', 'municipality_longitude') }}.longitude as longitude,
    {{ name_ru('municipality_kind', most_frequent('municipality_kind')) }} as kind_name_ru
from events
group by municipality_key
