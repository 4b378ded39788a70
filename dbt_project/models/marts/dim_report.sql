select
    report_key,
    region_name,
    year,
    quarter,
    period,
    title,
    source_file,
    document_sha256 as source_sha256,
    version,
    is_current,
    row_count as event_count,
    received_at,
    modified_at,
    is_present
from {{ ref('int_report') }}
