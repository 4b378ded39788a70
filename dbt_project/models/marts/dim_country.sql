select
    country_code,
    name_ru,
    name_en
from {{ ref('countries') }}
