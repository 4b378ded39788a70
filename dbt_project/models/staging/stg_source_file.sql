select
    source_file,
    document_sha256,
    size_bytes,
    received_at,
    is_present
from {{ source('raw', 'source_file') }}
