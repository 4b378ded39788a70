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
                then 'такого отчёта нет; регион и квартал пишутся как в marts.dim_report, например '
                    || coalesce(
                        (select max_by(region_name || ' ' || period, (period, region_name)) from {{ ref('int_report') }}),
                        'Смоленская область 2025-Q4'
                    )
            when report_key is null then 'отчёта больше нет в папке; удалите строку'
            when version <> current_version
                then 'версия ' || version || ' отчёта заменена версией ' || current_version
                    || '; сверьте с ней и исправьте v' || version || ' или удалите строку'
            when event_key is null
                then 'в отчёте нет строки ' || coalesce(row_text, '(пусто)')
                    || '; строки считаются от 1, как в dim_event.report_row_number'
            when other_event_name is not null
                then 'строка ' || row_number || ' – «' || event_name || '» в действующей версии отчёта и «'
                    || other_event_name || '» в другой; если верно первое, напишите "' || report || ' v'
                    || current_version || '"'
            when type is null
                then 'факта ' || coalesce(column_name, '(пусто)') || ' нет; есть '
                    || '{{ correctable_columns() | join(", ") }}, partner'
            when is_given_twice then 'тот же факт исправляет другая строка; оставьте одну'
            when reason is null then 'не указана причина исправления'
            when column_name = 'partner' and expected is null
                then 'назовите прочитанного партнёра; непрочитанного добавить нельзя. В строке прочитаны: '
                    || array_to_string(partner_names, '; ')
            when column_name = 'partner' and found is null
                then 'партнёра «' || expected || '» в строке теперь нет, есть: ' || array_to_string(partner_names, '; ')
                    || '; исправьте `expected` или удалите строку'
            when expected is not null and expected_value is null
                then '`expected` «' || expected || '» – не значение типа ' || type || '; прочитано '
                    || coalesce(found, '(ничего)')
            when corrected is not null and corrected_value is null
                then '`corrected` «' || corrected || '» – не значение типа ' || type
            when column_name <> 'partner' and expected_value is distinct from found
                then 'теперь прочитано ' || coalesce('«' || found || '»', '(ничего)') || ', а не '
                    || coalesce('«' || expected || '»', '(ничего)')
                    || if(
                        found is not distinct from corrected_value,
                        ': прочитано верно; удалите строку',
                        '; посмотрите строку ещё раз, затем исправьте `expected` или удалите строку'
                    )
            when corrected_value is not distinct from found then 'строка ничего не исправляет; удалите её'
            when corrected is null and is_required then 'факт не может быть пустым; укажите значение в `corrected`'
            when len(codes) > 0 and corrected is not null and not list_contains(codes, corrected)
                then '`corrected` «' || corrected || '» – не одно из ' || array_to_string(list_sort(codes), ', ')
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
    'corrections.csv, строка ' || line_number || ' (' || concat_ws(
        ', ', nullif(report, ''), 'строка отчёта ' || row_text, column_name
    ) || '): ' || reason_not_applied as problem
from judged
