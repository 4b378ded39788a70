with mentions as (
    select * from {{ source('parsed', 'partner_mention') }}
),

aliases as (
    select * from {{ ref('partner_aliases') }}
),

joined as (
    select
        mentions.* replace (
            coalesce(aliases.identity, mentions.identity) as identity,
            coalesce(aliases.settlement, {{ clean('mentions.settlement') }}) as settlement,
            coalesce(aliases.country_code, mentions.country_code) as country_code
        )
    from mentions
    left join aliases
        on mentions.kind = aliases.kind
        and mentions.identity = aliases.alias_identity
        and {{ clean('mentions.settlement') }} is not distinct from aliases.alias_settlement
)

select
    {{ event_key() }} as event_key,
    mention_number,
    {{ partner_key() }} as partner_key,
    {{ clean('name') }} as name,
    kind,
    side,
    country_code,
    settlement,
    identity,
    latitude,
    longitude,
    mention,
    source_column,
    char_start,
    char_end,
    rule,
    confidence
from joined
