select
    event_key,
    column_name,
    found as value_as_read,
    corrected as value,
    reason,
    line_number::integer as line_number
from {{ ref('int_correction') }}
where problem is null
