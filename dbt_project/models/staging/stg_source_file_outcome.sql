select
    files.source_file,
    documents.status,
    any_value(issues.message_ru) as message_ru,
    any_value(issues.remedy_ru) as remedy_ru
from {{ source('raw', 'source_file') }} as files
inner join {{ source('raw', 'document') }} as documents using (document_sha256)
left join {{ source('raw', 'report_issue') }} as issues
    on documents.status = 'refused' and files.document_sha256 = issues.document_sha256
where files.is_present
group by all
