select
    agreement_key,
    unnest(partner_keys) as partner_key
from {{ ref('int_agreement') }}
