with documents as (
    select * from {{ ref('stg_document') }}
),

-- A file that can no longer be read does not take back what it said before.
last_read_files as (
    select source_files.*
    from {{ ref('stg_source_file') }} as source_files
    inner join documents using (document_sha256)
    inner join {{ ref('stg_source_file_outcome') }} as outcomes
        on source_files.source_file = outcomes.source_file and outcomes.status = 'refused'
    where not source_files.is_present
    qualify row_number() over (
        partition by source_files.source_file order by source_files.received_at desc, source_files.document_sha256
    ) = 1
),

-- The path to show: the one first read if it is still there, else the first that is.
present_files as (
    select
        source_files.document_sha256,
        arg_min(
            source_files.source_file,
            (source_files.source_file <> documents.source_file, source_files.source_file)
        ) as source_file
    from (
        select * from {{ ref('stg_source_file') }} where is_present
        union all by name
        select * from last_read_files
    ) as source_files
    inner join documents using (document_sha256)
    group by source_files.document_sha256
),

numbered as (
    select
        documents.* replace (coalesce(present_files.source_file, documents.source_file) as source_file),
        present_files.document_sha256 is not null as is_present,
        row_number() over (
            partition by documents.region_name, documents.period
            order by
                documents.received_at, documents.modified_at nulls first,
                documents.source_file, documents.document_sha256
        )::integer as version
    from documents
    left join present_files using (document_sha256)
)

select
    *,
    is_present
        and version = max(version) filter (where is_present) over (partition by region_name, period) as is_current,
    lag(report_key) over (partition by region_name, period order by version) as previous_report_key
from numbered
