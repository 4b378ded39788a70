select
    agreement_key,
    event_key,
    report_key,
    municipality_key,
    signed_on,
    len(partner_keys)::integer as party_count,
    char_start as evidence_start,
    char_end as evidence_end,
    source_column,
    rule,
    confidence
from {{ ref('int_agreement') }}
