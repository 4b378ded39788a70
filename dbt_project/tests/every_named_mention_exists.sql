-- No party of an agreement and no group's partner is lost because its mention is missing.
select event_key, mention_number
from {{ ref('stg_agreement_party') }}
anti join {{ ref('stg_partner_mention') }} using (event_key, mention_number)

union all

select event_key, mention_number
from {{ ref('stg_participant_group') }}
anti join {{ ref('stg_partner_mention') }} using (event_key, mention_number)
where mention_number is not null
