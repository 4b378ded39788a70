with pairs as (
    select * from {{ ref('int_partner_likeness') }}
),

partners as (
    select * from {{ ref('dim_partner') }}
),

-- The first event that names the partner as the pair's first.
events as (
    select
        mentions.partner_key,
        arg_min(mentions.event_key, (mentions.start_date is null, mentions.start_date, mentions.event_key)) as event_key
    from {{ ref('int_partner_mention') }} as mentions
    group by mentions.partner_key
)

select
    pairs.partner_key,
    pairs.other_partner_key,
    partners.name,
    others.name as other_name,
    events.event_key,
    pairs.rule,
    pairs.proposed_line
from pairs
inner join partners on pairs.partner_key = partners.partner_key
inner join partners as others on pairs.other_partner_key = others.partner_key
inner join events on pairs.partner_key = events.partner_key
