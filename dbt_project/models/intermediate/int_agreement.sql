-- Agreements of current reports with the partners that are their parties.
with agreements as (
    select * from {{ ref('stg_agreement') }}
),

events as (
    select * from {{ ref('int_event') }}
),

parties as (
    select
        parties.agreement_key,
        list(distinct mentions.partner_key order by mentions.partner_key) as partner_keys
    from {{ ref('stg_agreement_party') }} as parties
    inner join {{ ref('int_partner_mention') }} as mentions using (event_key, mention_number)
    group by parties.agreement_key
)

select
    agreements.*,
    events.report_key,
    events.municipality_key,
    coalesce(parties.partner_keys, []) as partner_keys
from agreements
inner join events using (event_key)
left join parties using (agreement_key)
