select
    {{ event_key() }} as event_key,
    {{ report_key() }} as report_key,
    row_number,
    sequence_number,
    table_number as source_table,
    table_row as source_row
from {{ source('raw', 'report_row') }}
