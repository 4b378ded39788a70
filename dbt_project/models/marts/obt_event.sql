with events as (
    select * from {{ ref('dim_event') }}
),

facts as (
    select * from {{ ref('fct_event') }}
),

reports as (
    select * from {{ ref('dim_report') }}
),

municipalities as (
    select * from {{ ref('dim_municipality') }}
),

event_types as (
    select * from {{ ref('dim_event_type') }}
),

places as (
    select * from {{ ref('dim_place') }}
),

countries as (
    select * from {{ ref('dim_country') }}
),

event_countries as (
    select
        event_key,
        string_agg(country_code, ', ' order by countries.name_ru) as country_codes,
        string_agg(countries.name_ru, ', ' order by countries.name_ru) as countries
    from {{ ref('fct_event_country') }}
    inner join countries using (country_code)
    group by event_key
),

event_partners as (
    select
        event_key,
        string_agg(distinct partners.name, ', ' order by partners.name) as partners,
        string_agg(distinct partners.name, ', ' order by partners.name)
            filter (where event_partner.side = 'foreign') as foreign_partners
    from {{ ref('fct_event_partner') }} as event_partner
    inner join {{ ref('dim_partner') }} as partners using (partner_key)
    group by event_key
),

-- A town of another region of the country is told as a partner; the region itself is seldom written.
places_elsewhere as (
    select distinct facts.event_key
    from facts
    inner join places using (place_key)
    inner join {{ ref('fct_event_partner') }} as event_partner
        on facts.event_key = event_partner.event_key
        and event_partner.side = 'domestic'
        and event_partner.name in (places.settlement, places.district, places.region)
),

event_agreements as (
    select
        event_key,
        string_agg(agreements.title, ', ' order by event_agreement.evidence_start, agreement_key) as agreements
    from {{ ref('fct_agreement') }} as event_agreement
    inner join {{ ref('dim_agreement') }} as agreements using (agreement_key)
    group by event_key
),

corrections as (
    select
        event_key,
        string_agg(
            column_name || ': ' || coalesce(value_as_read, '–') || ' → ' || coalesce(value, '–'),
            '; ' order by line_number
        ) as corrections
    from {{ ref('fct_correction') }}
    group by event_key
)

select
    events.event_key,
    events.occurrence_key,
    events.occurrence_row_count,
    events.is_occurrence_main,
    events.report_key,
    reports.region_name,
    reports.year,
    reports.quarter,
    reports.period,
    reports.title as report_title,
    reports.version as report_version,
    reports.received_at,
    reports.source_file,
    reports.source_sha256,
    events.source_table,
    events.source_row,
    events.municipality_key,
    municipalities.name as municipality_name,
    municipalities.kind_name_ru as municipality_kind_name_ru,
    municipalities.latitude as municipality_latitude,
    municipalities.longitude as municipality_longitude,
    events.sequence_number,
    events.name,
    events.edition,
    events.event_type,
    event_types.name_ru as event_type_name_ru,
    events.role,
    events.role_name_ru,
    events.format,
    events.format_name_ru,
    facts.start_date,
    facts.end_date,
    facts.is_ongoing,
    facts.date_precision,
    facts.date_precision_name_ru,
    facts.duration_days,
    facts.is_within_period,
    facts.place_key,
    places.venue,
    places.settlement,
    places.settlement_type,
    places.district,
    places.region,
    places.country_code,
    countries.name_ru as country_name_ru,
    case
        when places.country_code <> '{{ var("home_country") }}' then 'foreign'
        when places_elsewhere.event_key is not null then 'domestic'
        when places.country_code is not null then 'home'
    end as place_side,
    {{ name_ru('partner_side', 'place_side') }} as place_side_name_ru,
    places.latitude,
    places.longitude,
    facts.participants_total,
    facts.participants_source,
    facts.participants_source_name_ru,
    facts.participants_is_approximate,
    facts.foreign_country_count,
    event_countries.country_codes,
    event_countries.countries,
    facts.partner_count,
    event_partners.partners,
    event_partners.foreign_partners,
    facts.agreement_count,
    event_agreements.agreements,
    events.purpose,
    events.result,
    events.place_text,
    events.dates_text,
    events.description_text,
    events.participants_text,
    corrections.corrections
from events
inner join facts using (event_key)
left join reports on events.report_key = reports.report_key
left join municipalities on events.municipality_key = municipalities.municipality_key
left join event_types using (event_type)
left join places using (place_key)
left join countries using (country_code)
left join event_countries using (event_key)
left join event_partners using (event_key)
left join places_elsewhere using (event_key)
left join event_agreements using (event_key)
left join corrections using (event_key)
