with mentions as (
    select * from {{ ref('int_partner_mention') }}
)

select
    event_key,
    partner_key,
    mention,
    source_column,
    char_start,
    char_end,
    rule,
    confidence,
    (count(*) over (partition by event_key, partner_key))::integer as mention_count,
    side,
    {{ name_ru('partner_side', 'side') }} as side_name_ru,
    name
from mentions
qualify row_number() over (partition by event_key, partner_key order by mention_number) = 1
