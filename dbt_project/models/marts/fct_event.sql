with events as (
    select * from {{ ref('int_event') }}
),

countries as (
    select event_key, count(*) as foreign_country_count
    from {{ ref('int_event_country') }}
    group by event_key
),

partners as (
    select event_key, count(distinct partner_key) as partner_count
    from {{ ref('int_partner_mention') }}
    group by event_key
),

agreements as (
    select event_key, count(*) as agreement_count
    from {{ ref('int_agreement') }}
    group by event_key
)

select
    events.event_key,
    events.report_key,
    events.municipality_key,
    events.place_key,
    events.start_date,
    events.end_date,
    events.is_ongoing,
    events.date_precision,
    case when events.date_precision = 'day' then events.end_date - events.start_date + 1 end::integer as duration_days,
    events.participants_total,
    events.participants_source,
    events.participants_is_approximate,
    coalesce(countries.foreign_country_count, 0)::integer as foreign_country_count,
    coalesce(partners.partner_count, 0)::integer as partner_count,
    coalesce(agreements.agreement_count, 0)::integer as agreement_count,
    events.start_date <= events.period_end
        and (events.is_ongoing or events.end_date >= events.period_start) as is_within_period,
    {{ name_ru('date_precision', 'events.date_precision') }} as date_precision_name_ru,
    {{ name_ru('participants_source', 'events.participants_source') }} as participants_source_name_ru
from events
left join countries using (event_key)
left join partners using (event_key)
left join agreements using (event_key)
