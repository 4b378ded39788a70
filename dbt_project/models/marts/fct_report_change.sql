{% set cells = reported_cells() %}

with reports as (
    select * from {{ ref('int_report') }}
    where previous_report_key is not null
),

rows as (
    select
        events.event_key,
        events.report_key,
        numbers.sequence_number,
        {%- for cell, column in cells.items() %}
        {{ clean('events.' ~ column) }} as {{ cell }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('stg_event') }} as events
    left join {{ ref('stg_report_row') }} as numbers using (event_key)
),

newer as (
    select reports.report_key, rows.* exclude (report_key), successors.previous_event_key
    from reports
    inner join rows using (report_key)
    left join {{ ref('int_event_successor') }} as successors using (event_key)
),

older as (
    select reports.report_key, rows.* exclude (report_key)
    from reports
    inner join rows on reports.previous_report_key = rows.report_key
),

compared as (
    select
        coalesce(newer.report_key, older.report_key) as report_key,
        newer.event_key,
        older.event_key as previous_event_key,
        coalesce(newer.municipality, older.municipality) as municipality_name,
        newer.sequence_number,
        older.sequence_number as previous_sequence_number,
        newer.name,
        older.name as previous_name,
        case
            when older.event_key is null then 'added'
            when newer.event_key is null then 'removed'
            else 'changed'
        end as change,
        list_filter([
            {%- for cell in cells %}
            {'cell': '{{ cell }}', 'before': older.{{ cell }}, 'after': newer.{{ cell }}}{{ ',' if not loop.last }}
            {%- endfor %}
        ], lambda text: text.before is distinct from text.after) as differences
    from newer
    full join older
        on newer.previous_event_key = older.event_key and newer.report_key = older.report_key
),

labels as (
    select map(list(code), list(name_ru)) as cells from {{ ref('code_labels') }}
    where domain = 'source_column'
)

select
    {{ surrogate_key(["'change'", 'compared.report_key', 'compared.event_key', 'compared.previous_event_key']) }}
        as change_key,
    compared.report_key,
    reports.previous_report_key,
    reports.region_name,
    reports.period,
    reports.version,
    compared.change,
    {{ name_ru('report_change', 'compared.change') }} as change_name_ru,
    compared.event_key,
    compared.previous_event_key,
    compared.municipality_name,
    compared.sequence_number,
    compared.previous_sequence_number,
    compared.name,
    compared.previous_name,
    case
        when compared.change = 'changed'
            then array_to_string(list_transform(compared.differences, lambda text: text.cell), ', ')
    end as changed_columns,
    case
        when compared.change = 'changed'
            then array_to_string(list_transform(
                compared.differences,
                lambda text: concat(
                    labels.cells[text.cell], ': ',
                    coalesce('«' || text.before || '»', 'пусто'), ' → ', coalesce('«' || text.after || '»', 'пусто')
                )
            ), '; ')
    end as difference_ru
from compared
inner join reports using (report_key)
cross join labels
where len(compared.differences) > 0
