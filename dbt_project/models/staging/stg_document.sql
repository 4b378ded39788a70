select
    {{ report_key() }} as report_key,
    document_sha256,
    source_file,
    {{ clean('title') }} as title,
    {{ clean('region_name') }} as region_name,
    year,
    quarter,
    period,
    make_date(year, quarter * 3 - 2, 1) as period_start,
    last_day(make_date(year, quarter * 3, 1)) as period_end,
    row_count,
    received_at,
    modified_at
from {{ source('raw', 'document') }}
where status = 'read'
