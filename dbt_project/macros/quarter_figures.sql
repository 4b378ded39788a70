{#-
  The figures of a quarter, a row for each combination of `keys` (columns of `obt_event`) and quarter with a report.
  Rows on the same real-world event count once within the combination: the row that speaks for it gives the numbers.
-#}

{% macro quarter_figures(keys) -%}
with events as (
    select
        *,
        row_number() over (
            partition by {{ keys | join(', ') }}, period, occurrence_key
            order by is_occurrence_main desc, role = 'organiser' desc, participants_total desc nulls last, event_key
        ) = 1 as is_main
    from {{ ref('obt_event') }}
),

quarters as (
    select
        {{ keys | join(', ') }},
        period,
        year,
        quarter,
        last_day(make_date(year, 3 * quarter, 1)) as period_end,
        count(*) as event_count,
        count(*) filter (where is_main) as occurrence_count,
        sum(participants_total) filter (where is_main) as participants_total,
        count(participants_total) filter (where is_main) as counted_occurrence_count,
        count(*) filter (where is_main and format = 'online') as online_count,
        count(*) filter (where is_main and format = 'hybrid') as hybrid_count,
        count(*) filter (where is_main and country_code <> '{{ var("home_country") }}') as abroad_count
    from events
    group by all
),

countries as (
    select
        {{ keys | join(', ') }},
        period,
        count(distinct event_country.country_code) as foreign_country_count
    from events
    inner join {{ ref('fct_event_country') }} as event_country using (event_key)
    group by all
),

partners as (
    select
        {%- for key in keys %}
        events.{{ key }},
        {%- endfor %}
        events.period,
        count(distinct partner.partner_key) as foreign_partner_count,
        count(distinct partner.partner_key) filter (where partner.kind = 'organisation') as foreign_organisation_count,
        count(distinct (partner.country_code, coalesce(partner.settlement, partner.name))) filter (
            where partner.kind = 'settlement' or partner.settlement is not null
        ) as foreign_settlement_count
    from events
    inner join {{ ref('fct_event_partner') }} as mention using (event_key)
    inner join {{ ref('dim_partner') }} as partner using (partner_key)
    where mention.side = 'foreign'
    group by all
),

agreements as (
    select
        {%- for key in keys %}
        events.{{ key }},
        {%- endfor %}
        events.period as told_period,
        agreement.document_key,
        agreement.status,
        agreement.valid_from_year,
        agreement.valid_to_year,
        told.signed_on
    from events
    inner join {{ ref('fct_agreement') }} as told using (event_key)
    inner join {{ ref('dim_agreement') }} as agreement using (agreement_key)
),

told_agreements as (
    select
        {{ keys | join(', ') }},
        told_period as period,
        count(distinct document_key) as agreement_count,
        count(distinct document_key) filter (where status = 'signed') as signed_agreement_count
    from agreements
    group by all
),

active_agreements as (
    select
        {%- for key in keys %}
        quarters.{{ key }},
        {%- endfor %}
        quarters.period,
        count(distinct document_key) as active_agreement_count,
        count(distinct document_key) filter (where valid_to_year is null) as endless_agreement_count,
        count(distinct document_key) filter (
            where make_date(valid_to_year, 12, 31) <= quarters.period_end + interval 12 months
        ) as expiring_agreement_count
    from quarters
    inner join agreements using ({{ keys | join(', ') }})
    where
        agreements.told_period <= quarters.period
        and agreements.status in ('signed', 'in_force')
        and coalesce(agreements.valid_from_year <= quarters.year, true)
        and coalesce(agreements.valid_to_year >= quarters.year, true)
        and coalesce(agreements.signed_on <= quarters.period_end, true)
    group by all
)

select
    {{ keys | join(',\n    ') }},
    period,
    quarters.year,
    quarters.quarter,
    quarters.period_end,
    quarters.event_count::integer as event_count,
    quarters.occurrence_count::integer as occurrence_count,
    quarters.participants_total::bigint as participants_total,
    round(quarters.counted_occurrence_count / quarters.occurrence_count, 4) as participants_coverage,
    coalesce(countries.foreign_country_count, 0)::integer as foreign_country_count,
    coalesce(partners.foreign_partner_count, 0)::integer as foreign_partner_count,
    coalesce(partners.foreign_organisation_count, 0)::integer as foreign_organisation_count,
    coalesce(partners.foreign_settlement_count, 0)::integer as foreign_settlement_count,
    quarters.online_count::integer as online_count,
    quarters.hybrid_count::integer as hybrid_count,
    round((quarters.online_count + quarters.hybrid_count) / quarters.occurrence_count, 4) as remote_share,
    quarters.abroad_count::integer as abroad_count,
    coalesce(told_agreements.agreement_count, 0)::integer as agreement_count,
    coalesce(told_agreements.signed_agreement_count, 0)::integer as signed_agreement_count,
    coalesce(active_agreements.active_agreement_count, 0)::integer as active_agreement_count,
    coalesce(active_agreements.endless_agreement_count, 0)::integer as endless_agreement_count,
    coalesce(active_agreements.expiring_agreement_count, 0)::integer as expiring_agreement_count
from quarters
left join countries using ({{ keys | join(', ') }}, period)
left join partners using ({{ keys | join(', ') }}, period)
left join told_agreements using ({{ keys | join(', ') }}, period)
left join active_agreements using ({{ keys | join(', ') }}, period)
{%- endmacro %}
