select
    {{ agreement_key() }} as agreement_key,
    {{ event_key() }} as event_key,
    party_number,
    mention_number
from {{ source('parsed', 'agreement_party') }}
