-- Scalar facts that no text states (an organiser by default) stand without a span, under `default` or `correction`.
with events as (
    select * from {{ ref('dim_event') }}
),

cells as (
    select
        event_key,
        map {
            'name': name_text,
            'place': place_text,
            'dates': dates_text,
            'description': description_text,
            'participants': participants_text
        } as cell
    from events
),

evidence as (
    select * from {{ ref('fct_event_evidence') }}
),

corrections as (
    select distinct event_key, {{ corrected_field('column_name') }} as field
    from {{ ref('fct_correction') }}
),

scalar_values as (
    unpivot (
        select
            events.event_key,
            events.edition::varchar as edition,
            (select kind.name_ru from {{ ref('dim_event_type') }} as kind where kind.event_type = events.event_type)
                as event_type,
            events.role_name_ru as role,
            events.format_name_ru as format,
            events.purpose,
            events.result,
            if(
                facts.is_ongoing,
                strftime(facts.start_date, '%d.%m.%Y') || ' – настоящее время',
                concat_ws(
                    ' – ',
                    strftime(facts.start_date, '%d.%m.%Y'),
                    strftime(nullif(facts.end_date, facts.start_date), '%d.%m.%Y')
                )
            ) as dates,
            concat_ws(', ', place.venue, place.settlement, place.district, place.region, country.name_ru) as place,
            if(facts.participants_is_approximate, 'около ', '') || facts.participants_total as participants_total
        from events
        inner join {{ ref('fct_event') }} as facts using (event_key)
        left join {{ ref('dim_place') }} as place using (place_key)
        left join {{ ref('dim_country') }} as country on place.country_code = country.country_code
    )
    on edition, event_type, role, format, purpose, result, dates, place, participants_total
    into name fact value value
),

facts as (
    select
        scalar_values.event_key,
        scalar_values.fact,
        scalar_values.value,
        null as partner_key,
        null as agreement_key,
        evidence.source_column,
        evidence.char_start,
        evidence.char_end,
        coalesce(evidence.rule, if(corrections.field is null, 'default', 'correction')) as rule,
        coalesce(evidence.confidence, if(corrections.field is null, null, 1)) as confidence
    from scalar_values
    left join evidence on scalar_values.event_key = evidence.event_key and scalar_values.fact = evidence.field
    left join corrections on scalar_values.event_key = corrections.event_key and scalar_values.fact = corrections.field
    where scalar_values.value <> ''

    union all

    select
        event_key,
        'participant_group',
        if(is_approximate, 'около ', '') || headcount || ': ' || label,
        partner_key,
        null,
        source_column,
        char_start,
        char_end,
        rule,
        confidence
    from {{ ref('fct_event_participant_group') }}

    union all

    select
        mentions.event_key,
        'partner',
        concat_ws(', ', partner.name, partner.side_name_ru, nullif(country.name_ru, partner.name)),
        mentions.partner_key,
        null,
        mentions.source_column,
        mentions.char_start,
        mentions.char_end,
        mentions.rule,
        mentions.confidence
    from {{ ref('int_partner_mention') }} as mentions
    inner join {{ ref('dim_partner') }} as partner using (partner_key)
    left join {{ ref('dim_country') }} as country on partner.country_code = country.country_code

    union all

    select
        agreements.event_key,
        'agreement',
        concat_ws(
            ' · ',
            agreement.kind_name_ru || ', ' || agreement.status_name_ru,
            parties.names,
            nullif(
                concat_ws(' – ', agreement.valid_from_year, nullif(agreement.valid_to_year, agreement.valid_from_year)),
                ''
            )
        ),
        null,
        agreement_key,
        agreements.source_column,
        agreements.evidence_start,
        agreements.evidence_end,
        agreements.rule,
        agreements.confidence
    from {{ ref('fct_agreement') }} as agreements
    inner join {{ ref('dim_agreement') }} as agreement using (agreement_key)
    left join (
        select party.agreement_key, string_agg(partner.name, ' + ' order by partner.name) as names
        from {{ ref('fct_agreement_party') }} as party
        inner join {{ ref('dim_partner') }} as partner using (partner_key)
        group by party.agreement_key
    ) as parties using (agreement_key)

    union all

    select
        event_key,
        if(ends_with(kind, 'contradiction'), 'contradiction', 'leftover'),
        text,
        null,
        null,
        source_column,
        char_start,
        char_end,
        'leftover.' || kind,
        null
    from {{ ref('stg_leftover') }}
    inner join events using (event_key)
)

select
    event_key,
    (row_number() over (
        partition by event_key
        order by
            list_position(['name', 'place', 'dates', 'description', 'participants'], source_column) nulls last,
            char_start, char_end desc, fact, value
    ))::integer as fact_number,
    fact,
    {{ name_ru('fact', 'fact') }} as fact_name_ru,
    value,
    substring(cell[source_column], char_start + 1, char_end - char_start) as mention,
    partner_key,
    agreement_key,
    source_column,
    char_start,
    char_end,
    rule,
    confidence
from facts
inner join cells using (event_key)
