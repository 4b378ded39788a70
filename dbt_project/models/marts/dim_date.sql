with days as (
    select period_start as date_key from {{ ref('int_report') }}
    union all
    select period_end from {{ ref('int_report') }}
    union all
    select date_key from {{ ref('int_event_day') }}
),

years as (
    select
        date_trunc('year', min(date_key)) as first_day,
        date_trunc('year', max(date_key)) + interval 1 year - interval 1 day as last_day
    from days
),

calendar as (
    select unnest(generate_series(first_day, last_day, interval 1 day))::date as date_key
    from years
)

select
    date_key,
    year(date_key)::integer as year,
    quarter(date_key)::integer as quarter,
    month(date_key)::integer as month,
    [
        'январь', 'февраль', 'март', 'апрель', 'май', 'июнь',
        'июль', 'август', 'сентябрь', 'октябрь', 'ноябрь', 'декабрь'
    ][month(date_key)] as month_name_ru,
    weekofyear(date_key)::integer as week,
    isodow(date_key)::integer as day_of_week,
    isodow(date_key) > 5 as is_weekend,
    year(date_key) || '-Q' || quarter(date_key) as period
from calendar
