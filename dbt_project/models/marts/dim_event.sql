with events as (
    select * from {{ ref('int_event') }}
),

occurrences as (
    select * from {{ ref('int_occurrence') }}
)

select
    events.event_key,
    events.report_key,
    events.municipality_key,
    events.sequence_number,
    nullif(events.name, '') as name,
    events.edition,
    events.event_type,
    events.role,
    events.format,
    events.purpose,
    events.result,
    events.place_text,
    events.dates_text,
    events.description_text,
    events.participants_text,
    events.source_table,
    events.source_row,
    occurrences.occurrence_key,
    occurrences.occurrence_row_count::integer as occurrence_row_count,
    occurrences.is_occurrence_main,
    {{ name_ru('role', 'events.role') }} as role_name_ru,
    {{ name_ru('format', 'events.format') }} as format_name_ru,
    events.row_number as report_row_number,
    nullif(events.name_text, '') as name_text
from events
inner join occurrences using (event_key)
