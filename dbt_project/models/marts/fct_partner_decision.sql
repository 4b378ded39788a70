select
    line_number::integer as line_number,
    decision,
    kind,
    alias_identity,
    alias_settlement,
    final_identity as identity,
    final_settlement as settlement,
    final_country_code as country_code,
    is_alias_known,
    is_partner_known,
    reason,
    decided_by
from {{ ref('int_partner_decision') }}
where problem is null
