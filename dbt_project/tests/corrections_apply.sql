-- Every line of `corrections.csv` applies, and the dates that it leaves agree.
with problems as (
    select line_number, problem
    from {{ ref('int_correction') }}
    where problem is not null

    union all

    select
        min(corrections.line_number),
        'corrections.csv, строка ' || min(corrections.line_number) || ' (' || any_value(corrections.report) || ', строка отчёта '
            || any_value(corrections.row_number) || '): исправленное мероприятие '
            || if(
                any_value(events.end_date) is null,
                'закончилось, но последний день не указан',
                'заканчивается ' || any_value(events.end_date) || ', а начинается ' || any_value(events.start_date)
            )
            || '; исправьте и end_date'
    from {{ ref('int_correction') }} as corrections
    inner join {{ ref('int_event') }} as events using (event_key)
    where
        events.has_corrected_dates
        and (events.end_date < events.start_date or (events.end_date is null and not events.is_ongoing))
    group by corrections.event_key
)

{{ fail_with('problems') }}
