select
    event_countries.event_key,
    event_countries.country_code,
    countries.name_ru as country_name_ru
from {{ ref('int_event_country') }} as event_countries
left join {{ ref('countries') }} as countries using (country_code)
