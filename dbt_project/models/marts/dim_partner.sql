with partners as (
    select * from {{ ref('int_partner') }}
),

agreement_counts as (
    select
        parties.partner_key,
        count(*) as agreement_count
    from {{ ref('int_agreement') }}
    cross join unnest(partner_keys) as parties (partner_key)
    group by parties.partner_key
)

select
    partners.partner_key,
    partners.name,
    partners.kind,
    partners.side,
    partners.country_code,
    partners.settlement,
    partners.latitude,
    partners.longitude,
    partners.event_count::integer as event_count,
    coalesce(agreement_counts.agreement_count, 0)::integer as agreement_count,
    partners.first_event_date,
    partners.last_event_date,
    {{ name_ru('partner_kind', 'partners.kind') }} as kind_name_ru,
    {{ name_ru('partner_side', 'partners.side') }} as side_name_ru
from partners
left join agreement_counts using (partner_key)
