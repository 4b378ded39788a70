select
    agreement_key,
    kind,
    status,
    title,
    evidence,
    valid_from_year,
    valid_to_year,
    {{ name_ru('agreement_kind', 'kind') }} as kind_name_ru,
    {{ name_ru('agreement_status', 'status') }} as status_name_ru
from {{ ref('int_agreement') }}
