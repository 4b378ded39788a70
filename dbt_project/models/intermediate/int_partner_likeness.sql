-- Pairs of organisations that are likely one. Only names with the same numbers are compared, in settlements and
-- countries that do not contradict each other; what a person decided to be different is not proposed again.
with names as (
    select * from {{ ref('int_partner_name') }}
),

-- The partner to keep is told more exactly or more often.
compared as (
    select
        alias,
        partner,
        list_filter(alias.words, lambda word: not list_contains(partner.words, word)) as alias_only,
        list_filter(partner.words, lambda word: not list_contains(alias.words, word)) as partner_only,
        len(list_intersect(alias.words, partner.words)) as shared_count,
        coalesce(partner.settlement_stem, alias.settlement_stem) as settlement_stem
    from names as alias
    inner join names as partner
        on alias.numbers = partner.numbers
        and coalesce(alias.country_code = partner.country_code, true)
        and coalesce({{ fold('alias.settlement') }} = {{ fold('partner.settlement') }}, true)
        and alias.weight < partner.weight
),

longer as (
    select
        *,
        alias_only || partner_only as odd_words,
        len(alias_only) = 0 or len(partner_only) = 0 as is_contained,
        if(len(alias_only) = 0, partner.words, alias.words) as longer_words,
        if(len(alias_only) = 1, alias_only[1], partner_only[1]) as short,
        if(len(alias_only) = 1, partner_only, alias_only) as spelled_out,
        alias.settlement is not null or partner.settlement is null as is_same_settlement
    from compared
),

alike as (
    select
        alias,
        partner,
        case
            when len(odd_words) = 0 then 'same_words'
            when
                len(alias_only) = 1 and len(partner_only) = 1 and shared_count > 0
                and left(alias_only[1], 2) = left(partner_only[1], 2)
                and least(length(alias_only[1]), length(partner_only[1])) >= 6
                and damerau_levenshtein(alias_only[1], partner_only[1]) = 1
                then 'spelling'
            when
                is_contained and shared_count > 0
                and len(list_filter(odd_words, lambda word: coalesce(not starts_with(word, settlement_stem), true))) = 0
                then 'settlement_in_name'
            -- An honorary name or a title comes last.
            when
                is_contained and is_same_settlement
                and len(odd_words) <= 3
                and shared_count + if(alias.numbers = '', 0, 1) >= 3
                and longer_words[-len(odd_words):] = odd_words
                then 'title_left_out'
            when
                is_contained and shared_count > 0 and len(odd_words) = 1
                and alias.numbers <> '' and alias.settlement is not null and partner.settlement is not null
                then 'word_left_out'
            -- «ВГУ», «ПсковГУ»: the beginning of the first word, then the letters of the others.
            when
                least(len(alias_only), len(partner_only)) = 1 and len(odd_words) >= 4
                and right(short, len(spelled_out) - 1)
                    = array_to_string(list_transform(spelled_out[2:], lambda word: left(word, 1)), '')
                and starts_with(spelled_out[1], left(short, length(short) - len(spelled_out) + 1))
                and length(short) >= len(spelled_out)
                then 'abbreviation'
        end as rule
    from longer
)

select
    alias.partner_key,
    partner.partner_key as other_partner_key,
    rule,
    array_to_string(
        [
            'organisation', alias.identity, coalesce(alias.settlement, ''), partner.identity,
            coalesce(partner.settlement, ''), coalesce(partner.country_code, ''), 'same', '', ''
        ],
        ','
    ) as proposed_line
from alike
where
    rule is not null
    and not exists (
        from {{ ref('int_partner_decision') }} as decisions
        where
            decisions.decision = 'different'
            and decisions.kind = 'organisation'
            and (
                (decisions.alias_identity = alias.identity and decisions.identity = partner.identity)
                or (decisions.alias_identity = partner.identity and decisions.identity = alias.identity)
            )
    )
