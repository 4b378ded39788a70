-- Days are known only where dates are read to the day. An ongoing event is known to have taken place on its first.
with events as (
    select * from {{ ref('int_event') }}
),

listed_days as (
    select * from {{ ref('stg_event_day') }}
),

calendar as (
    select
        make_date(greatest(min(year) - {{ var('calendar_margin_years') }}, 2000), 1, 1) as first_day,
        make_date(least(max(year) + {{ var('calendar_margin_years') }}, 2100), 12, 31) as last_day
    from {{ ref('int_report') }}
),

listed as (
    select event_key, listed_days.date_key
    from events
    inner join listed_days using (event_key)
    where not has_corrected_dates
),

ranges as (
    select
        event_key,
        greatest(start_date, calendar.first_day) as first_day,
        least(coalesce(end_date, start_date), calendar.last_day) as last_day
    from events
    cross join calendar
    where date_precision = 'day' and event_key not in (select event_key from listed)
),

ranged as (
    select
        event_key,
        unnest(generate_series(first_day, last_day, interval 1 day))::date as date_key
    from ranges
    where first_day <= last_day
)

select event_key, date_key
from listed
cross join calendar
where date_key between calendar.first_day and calendar.last_day

union all

select event_key, date_key
from ranged
