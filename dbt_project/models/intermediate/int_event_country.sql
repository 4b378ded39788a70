select event_key, country_code
from {{ ref('int_partner_mention') }}
where side = 'foreign' and country_code <> '{{ var("home_country") }}'

union

select event_key, country_code
from {{ ref('int_event') }}
where country_code <> '{{ var("home_country") }}'
