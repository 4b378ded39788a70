-- Each line of `corrections.csv` with the row that it means, what was read there, and why it does not apply, if so.
with lines as (
    select
        (row_number() over ()) + 1 as line_number,
        trim(regexp_replace(coalesce({{ clean('report') }}, ''), ' v\d+$', '')) as report,
        try_cast(regexp_extract({{ clean('report') }}, ' v(\d+)$', 1) as integer) as version,
        {{ clean('"row"') }} as row_text,
        try_cast("row" as integer) as row_number,
        lower({{ clean('"column"') }}) as column_name,
        {{ clean('expected') }} as expected,
        {{ clean('corrected') }} as corrected,
        {{ clean('reason') }} as reason
    from {{ ref('corrections') }}
),

reports as (
    select
        {{ fold("region_name || ' ' || period") }} as report,
        arg_max(report_key, version) filter (where is_current) as report_key,
        max(version) filter (where is_current) as version,
        list(report_key) as report_keys
    from {{ ref('int_report') }}
    group by all
),

events as (
    select * from {{ ref('stg_event') }}
),

partners as (
    select
        event_key,
        list(distinct name order by name) as names
    from {{ ref('stg_partner_mention') }}
    group by event_key
),

-- Two versions of a report may have different events in one row: only then must a line name the version it means.
addressed as (
    select
        lines.*,
        reports.report is not null as is_known_report,
        reports.report_key,
        reports.version as current_version,
        events.event_key,
        events.name as event_name,
        (
            select any_value(others.name)
            from events as others
            where
                lines.version is null
                and list_contains(reports.report_keys, others.report_key)
                and others.row_number = lines.row_number
                and {{ fold('others.name') }} <> {{ fold('events.name') }}
        ) as other_event_name,
        coalesce(partners.names, []) as partner_names,
        case lines.column_name
            {%- for column in correctable_columns() %}
            when '{{ column }}' then cast(events.{{ column }} as varchar)
            {%- endfor %}
            when 'partner'
                then list_filter(partners.names, lambda name: {{ fold('name') }} = {{ fold('lines.expected') }})[1]
        end as found
    from lines
    left join reports on {{ fold('lines.report') }} = reports.report
    left join events on reports.report_key = events.report_key and lines.row_number = events.row_number
    left join partners on events.event_key = partners.event_key
),

typed as (
    select
        *,
        {%- for side in ['expected', 'corrected'] %}
        case column_name
            {%- for column, type in correctable_columns().items() if type != 'varchar' %}
            when '{{ column }}' then cast(try_cast({{ side }} as {{ type }}) as varchar)
            {%- endfor %}
            else {{ side }}
        end as {{ side }}_value,
        {%- endfor %}
        case column_name
            {%- for column, type in correctable_columns().items() %}
            when '{{ column }}' then '{{ type }}'
            {%- endfor %}
            when 'partner' then 'varchar'
        end as type,
        case
            when column_name = 'event_type' then (select list(event_type) from {{ ref('event_types') }})
            when column_name = 'country_code' then (select list(country_code) from {{ ref('countries') }})
            else (select list(code) from {{ ref('code_labels') }} where domain = column_name)
        end as codes,
        column_name in ('name', 'event_type', 'role', 'format', 'municipality_name', 'municipality_kind') as is_required,
        count(*) over (
            partition by
                coalesce(event_key, report || row_text),
                column_name,
                if(column_name = 'partner', {{ fold('expected') }}, null)
        ) > 1 as is_given_twice
    from addressed
),

judged as (
    select
        *,
        case
            when not is_known_report
                then 'no such report; write region and period as in marts.dim_report, e.g. '
                    || coalesce(
                        (select max_by(region_name || ' ' || period, (period, region_name)) from {{ ref('int_report') }}),
                        'Смоленская область 2025-Q4'
                    )
            when report_key is null then 'the report is no longer in the reports folder; delete the line'
            when version <> current_version
                then 'version ' || current_version || ' of the report has replaced version ' || version
                    || '; check the line against it and change v' || version || ' or delete the line'
            when event_key is null
                then 'the report has no row ' || coalesce(row_text, '(blank)')
                    || '; rows count from 1 as in dim_event.report_row_number'
            when other_event_name is not null
                then 'row ' || row_number || ' is «' || event_name || '» in the current version of the report and «'
                    || other_event_name || '» in another; if the first is meant, write "' || report || ' v'
                    || current_version || '"'
            when type is null
                then 'no fact is called ' || coalesce(column_name, '(blank)') || '; one of '
                    || '{{ correctable_columns() | join(", ") }}, partner'
            when is_given_twice then 'the same fact is corrected by another line; keep one'
            when reason is null then 'a correction needs a reason'
            when column_name = 'partner' and expected is null
                then 'name the partner that was read; one that was not read cannot be added. Read in the row: '
                    || array_to_string(partner_names, '; ')
            when column_name = 'partner' and found is null
                then 'the row has no partner «' || expected || '» now, but: ' || array_to_string(partner_names, '; ')
                    || '; change `expected` or delete the line'
            when expected is not null and expected_value is null
                then '`expected` «' || expected || '» is no ' || type || '; there stands '
                    || coalesce(found, '(nothing)')
            when corrected is not null and corrected_value is null
                then '`corrected` «' || corrected || '» is no ' || type
            when column_name <> 'partner' and expected_value is distinct from found
                then 'there stands ' || coalesce('«' || found || '»', '(nothing)') || ' now, not '
                    || coalesce('«' || expected || '»', '(nothing)')
                    || if(
                        found is not distinct from corrected_value,
                        ': it is read right; delete the line',
                        '; look at the row again, then change `expected` or delete the line'
                    )
            when corrected_value is not distinct from found then 'it corrects nothing; delete the line'
            when corrected is null and is_required then 'the fact cannot be empty; give a value in `corrected`'
            when len(codes) > 0 and corrected is not null and not list_contains(codes, corrected)
                then '`corrected` «' || corrected || '» is none of ' || array_to_string(list_sort(codes), ', ')
        end as reason_not_applied
    from typed
)

select
    line_number,
    report_key,
    event_key,
    report || coalesce(' v' || version, '') as report,
    row_text as row_number,
    column_name,
    expected,
    found,
    corrected_value as corrected,
    reason,
    'corrections.csv, line ' || line_number || ' (' || concat_ws(
        ', ', nullif(report, ''), 'row ' || row_text, column_name
    ) || '): ' || reason_not_applied as problem
from judged
