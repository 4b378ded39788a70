with mentions as (
    select
        mentions.*,
        events.region_name,
        events.start_date,
        coalesce(events.end_date, events.start_date) as end_date
    from {{ ref('stg_partner_mention') }} as mentions
    inner join {{ ref('int_event') }} as events using (event_key)
),

corrections as (
    select event_key, expected, corrected
    from {{ ref('int_correction') }}
    where problem is null and column_name = 'partner'
),

-- A corrected name that some report has means that partner, best as this region reports it.
known as (
    select
        corrections.event_key,
        corrections.expected,
        named.kind,
        if(reports.region_name <> events.region_name and named.side = 'home', 'domestic', named.side) as side,
        named.country_code,
        named.settlement,
        named.identity,
        named.latitude,
        named.longitude
    from corrections
    inner join {{ ref('int_event') }} as events using (event_key)
    inner join {{ ref('stg_partner_mention') }} as named
        on {{ fold('corrections.corrected') }} = {{ fold('named.name') }}
    inner join {{ ref('int_report') }} as reports on named.report_key = reports.report_key
    qualify row_number() over (
        partition by corrections.event_key, corrections.expected
        order by reports.region_name = events.region_name desc, named.identity, named.event_key, named.mention_number
    ) = 1
),

corrected as (
    select
        mentions.* replace (
            coalesce(corrections.corrected, mentions.name) as name,
            coalesce(known.kind, mentions.kind) as kind,
            coalesce(known.side, mentions.side) as side,
            if(known.identity is null, mentions.country_code, known.country_code) as country_code,
            case
                when known.identity is not null then known.settlement
                when mentions.kind = 'settlement' then coalesce(corrections.corrected, mentions.settlement)
                else mentions.settlement
            end as settlement,
            coalesce(known.identity, {{ fold('corrections.corrected') }}, mentions.identity) as identity,
            if(corrections.expected is null, mentions.latitude, known.latitude) as latitude,
            if(corrections.expected is null, mentions.longitude, known.longitude) as longitude,
            if(corrections.expected is null, mentions.rule, 'correction') as rule,
            if(corrections.expected is null, mentions.confidence, 1) as confidence
        )
    from mentions
    left join corrections
        on mentions.event_key = corrections.event_key
        and {{ fold('mentions.name') }} = {{ fold('corrections.expected') }}
    left join known
        on corrections.event_key = known.event_key
        and corrections.expected = known.expected
    where corrections.expected is null or corrections.corrected is not null
),

aliases as (
    select * from {{ ref('int_partner_decision') }}
    where decision = 'same' and problem is null
),

decided as (
    select
        corrected.* replace (
            coalesce(aliases.final_identity, corrected.identity) as identity,
            coalesce(aliases.final_settlement, corrected.settlement) as settlement,
            coalesce(aliases.final_country_code, corrected.country_code) as country_code
        )
    from corrected
    left join aliases
        on corrected.kind = aliases.kind
        and corrected.identity = aliases.alias_identity
        and {{ fold('corrected.settlement') }} is not distinct from {{ fold('aliases.alias_settlement') }}
),

-- A country bears one name in all marts.
named as (
    select decided.* replace (coalesce(countries.name_ru, decided.name) as name)
    from decided
    left join {{ ref('countries') }} as countries
        on decided.kind = 'country'
        and decided.country_code = countries.country_code
)

select
    {{ partner_key() }} as partner_key,
    * exclude (report_key, region_name)
from named
