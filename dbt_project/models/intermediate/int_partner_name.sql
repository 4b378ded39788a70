-- An organisation's name as it is compared: the words and the numbers of its identity, its settlement left out.
select
    partner_key,
    name,
    country_code,
    settlement,
    identity,
    row_number() over (
        order by settlement is not null, country_code is not null, event_count, length(name), partner_key
    ) as weight,
    list_filter(
        string_split(identity, ' '),
        lambda word: not regexp_matches(word, '\d') and word is distinct from replace({{ fold('settlement') }}, ' ', '-')
    ) as words,
    array_to_string(regexp_extract_all(identity, '\d+'), ' ') as numbers,
    left({{ fold('settlement') }}, 5) as settlement_stem
from {{ ref('int_partner') }}
where kind = 'organisation'
