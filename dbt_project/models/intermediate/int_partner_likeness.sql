-- Pairs of organisations that are likely one. Only names with the same numbers are compared, in settlements and
-- countries that do not contradict each other; what a person decided to be different is not proposed again.
with names as (
    select
        *,
        {{ fold('settlement') }} as folded_settlement
    from {{ ref('int_partner_name') }}
),

-- Blocking, so that the work grows with the names. Of two names of which one has all words of the other, the rarest
-- word of one is in both.
words as (
    select
        weight,
        numbers,
        folded_settlement,
        unnest(if(len(words) = 0, [''], list_distinct(words))) as word
    from names
),

counted_words as (
    select
        *,
        count(*) over (partition by numbers, word) as name_count
    from words
),

rarest_words as (
    select * from counted_words
    qualify row_number() over (partition by weight order by name_count, word) = 1
),

-- Two spellings of a word begin alike, and the other words are the same.
spellings as (
    select
        words.weight,
        words.numbers,
        left(words.word, 2) as beginning,
        list_sort(list_distinct(list_filter(names.words, lambda other: other <> words.word))) as other_words
    from words
    inner join names using (weight)
    where length(words.word) >= 6 and len(names.words) > 1
),

-- An abbreviation has the first letter of the first word and ends in those of the others.
endings as (
    select
        weight,
        numbers,
        left(word, 1) as letter,
        unnest(list_transform(range(2, length(word)), lambda count: right(word, count))) as ending
    from words
),

initials as (
    select
        weight,
        numbers,
        left(word, 1) as letter,
        unnest(list_transform(
            range(position + 2, len(words) + 1),
            lambda last: array_to_string(list_transform(words[position + 1:last], lambda other: left(other, 1)), '')
        )) as ending
    from (
        select
            weight,
            numbers,
            words,
            unnest(words) as word,
            unnest(range(1, len(words) + 1)) as position
        from names
    )
),

candidates as (
    select
        one.weight,
        other.weight as other_weight
    from rarest_words as one
    inner join words as other
        on one.numbers = other.numbers
        and one.word = other.word
        and one.folded_settlement = other.folded_settlement
    where one.weight <> other.weight

    union

    select
        one.weight,
        other.weight
    from rarest_words as one
    inner join words as other
        on one.numbers = other.numbers
        and one.word = other.word
    where
        one.weight <> other.weight
        and (one.folded_settlement is null or other.folded_settlement is null)

    union

    select
        one.weight,
        other.weight
    from spellings as one
    inner join spellings as other
        on one.numbers = other.numbers
        and one.beginning = other.beginning
        and one.other_words = other.other_words
    where one.weight < other.weight

    union

    select
        endings.weight,
        initials.weight
    from endings
    inner join initials
        on endings.numbers = initials.numbers
        and endings.letter = initials.letter
        and endings.ending = initials.ending
    where endings.weight <> initials.weight
),

pairs as (
    select distinct
        least(weight, other_weight) as alias_weight,
        greatest(weight, other_weight) as partner_weight
    from candidates
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
    from pairs
    inner join names as alias on pairs.alias_weight = alias.weight
    inner join names as partner on pairs.partner_weight = partner.weight
    where
        coalesce(alias.country_code = partner.country_code, true)
        and coalesce(alias.folded_settlement = partner.folded_settlement, true)
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
