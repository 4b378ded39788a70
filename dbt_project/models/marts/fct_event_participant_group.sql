with events as (
    select * from {{ ref('int_event') }}
),

groups as (
    select * from {{ ref('stg_participant_group') }}
),

mentions as (
    select * from {{ ref('int_partner_mention') }}
)

select
    groups.event_key,
    groups.group_number,
    groups.label,
    groups.headcount,
    mentions.partner_key,
    groups.source_column,
    groups.char_start,
    groups.char_end,
    groups.rule,
    groups.confidence,
    groups.is_approximate
from groups
inner join events using (event_key)
left join mentions using (event_key, mention_number)
