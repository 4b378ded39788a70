-- A view, because the checks are run after the marts are built.
{{ config(materialized='view') }}

{% set quarters_ahead = 4 %}

with received as (
    select
        region_name,
        period,
        max(received_at) as received_at
    from {{ ref('dim_report') }}
    where is_current
    group by all
),

-- Quarters are counted from year 0: each region's first one, and the last one of any region.
regions as (
    select
        region_name,
        min(year * 4 + quarter - 1) as first_quarter,
        max(max(year * 4 + quarter - 1)) over () as last_quarter
    from {{ ref('dim_report') }}
    group by all
),

quarters as (
    select
        region_name,
        unnest(range(first_quarter, last_quarter + 1 + {{ quarters_ahead }})) as quarter
    from regions
),

due as (
    select
        quarters.region_name,
        concat(quarters.quarter // 4, '-Q', quarters.quarter % 4 + 1) as period,
        last_day(make_date(quarters.quarter // 4, quarters.quarter % 4 * 3 + 3, 1))
        + coalesce(own.due_days, usual.due_days)::integer as due_on,
        own.region is not null and own.due_days is null as is_excused
    from quarters
    inner join {{ ref('report_deadlines') }} as usual on usual.region = '*'
    left join {{ ref('report_deadlines') }} as own on quarters.region_name = own.region
),

reports as (
    select
        'report' as area,
        concat(due.region_name, ', ', due.period) as subject,
        due.region_name,
        due.period,
        due.due_on,
        if(received.period is null, 'expected', 'received') as state,
        null as message_ru,
        if(
            received.period is null,
            concat(
                'Запросите отчёт у региона. Если отчётов от него больше не ждут, впишите в report_deadlines.csv строку «',
                due.region_name, ',,почему».'
            ),
            null
        ) as remedy_ru
    from due
    left join received using (region_name, period)
    where received.period is not null or not due.is_excused
),

files as (
    select
        'file' as area,
        source_file as subject,
        null as region_name,
        null as period,
        null as due_on,
        status as state,
        message_ru,
        remedy_ru
    from {{ ref('stg_source_file_outcome') }}
),

checks as (
    select
        'check' as area,
        check_name as subject,
        null as region_name,
        null as period,
        null as due_on,
        case when is_passed then 'passed' when severity = 'error' then 'failed' else 'warned' end as state,
        if(is_passed, null, concat('Не прошли проверку строк: ', failed_rows, ', таблица ', relation, '.')) as message_ru,
        if(is_passed, null, 'Смотрите замечания в marts.fct_quality_finding.') as remedy_ru
    from {{ source('quality', 'check_result') }}
),

final as (
    select * from reports
    union all by name
    select * from files
    union all by name
    select * from checks
)

select
    md5(concat_ws('|', area, subject)) as health_key,
    area,
    subject,
    region_name,
    period,
    due_on,
    state,
    {{ name_ru('health_state', 'state') }} as state_name_ru,
    message_ru,
    remedy_ru
from final
