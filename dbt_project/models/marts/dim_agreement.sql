select
    agreement_key,
    kind,
    status,
    title,
    evidence,
    valid_from_year,
    valid_to_year,
    {{ name_ru('agreement_kind', 'kind') }} as kind_name_ru,
    {{ name_ru('agreement_status', 'status') }} as status_name_ru,
    document_key
from {{ ref('int_agreement') }}
inner join {{ ref('int_document') }} using (agreement_key)
