{%- set date_columns = ['start_date', 'end_date'] -%}
{%- set place_columns = ['settlement', 'settlement_type', 'district', 'region', 'country_code'] -%}

with events as (
    select * from {{ ref('stg_event') }}
),

rows as (
    select * from {{ ref('stg_report_row') }}
),

reports as (
    select * from {{ ref('int_report') }}
    where is_current
),

corrections as (
    select
        event_key,
        map(list(column_name order by column_name), list(corrected order by column_name)) as corrections
    from {{ ref('int_correction') }}
    where problem is null and column_name <> 'partner'
    group by event_key
),

corrected as (
    select
        events.* replace (
            {%- for column, type in correctable_columns().items() %}
            if(
                {{ is_corrected([column]) }},
                try_cast(corrections['{{ column }}'] as {{ type }}),
                events.{{ column }}
            ) as {{ column }}{{ ',' if not loop.last }}
            {%- endfor %}
        ),
        events.name as name_text,
        corrections.corrections
    from events
    left join corrections using (event_key)
),

-- What a corrected fact settles follows, unless it is corrected itself.
settled as (
    select
        * replace (
            if({{ is_corrected(['municipality_name']) }}, null, municipality_latitude) as municipality_latitude,
            if({{ is_corrected(['municipality_name']) }}, null, municipality_longitude) as municipality_longitude,
            case
                when {{ is_corrected(['is_ongoing']) }} then is_ongoing
                when {{ is_corrected(['end_date']) }} then end_date is null
                when start_date is not null then coalesce(is_ongoing, false)
            end as is_ongoing,
            case
                when {{ is_corrected(['date_precision']) }} then date_precision
                when start_date is not null then if({{ is_corrected(date_columns) }}, 'day', date_precision)
            end as date_precision,
            {%- for column in ['latitude', 'longitude'] %}
            if({{ is_corrected(place_columns) }} and not {{ is_corrected([column]) }}, null, {{ column }}) as {{ column }},
            {%- endfor %}
            case
                when {{ is_corrected(['participants_source']) }} then participants_source
                when participants_total is not null
                    then if({{ is_corrected(['participants_total']) }}, 'declared', participants_source)
            end as participants_source,
            case when participants_total is not null then coalesce(participants_is_approximate, false) end
                as participants_is_approximate
        )
    from corrected
),

dated as (
    select
        * replace (
            case
                when start_date is null or is_ongoing then null
                when {{ is_corrected(['start_date']) }} then coalesce(end_date, start_date)
                else end_date
            end as end_date
        ),
        {{ is_corrected(date_columns + ['is_ongoing']) }} as has_corrected_dates
    from settled
)

select
    dated.* exclude (corrections),
    {{ place_key() }} as place_key,
    {{ municipality_key('reports.region_name', 'dated.municipality_name') }} as municipality_key,
    reports.region_name,
    reports.period_start,
    reports.period_end,
    rows.sequence_number,
    rows.source_table,
    rows.source_row
from dated
inner join reports using (report_key)
left join rows using (event_key)
