-- An event's name as it is compared: quoted titles, and the stems of the words that tell it from others.
-- What follows «в рамках» names a wider project; a quotation right behind an abbreviation names an organisation.
with words as (
    select
        coalesce(list({{ word_stem('stem') }}) filter (where class = 'boilerplate'), []) as boilerplate_stems,
        coalesce(list({{ word_stem('stem') }}) filter (where class = 'event_type'), []) as event_type_stems
    from {{ ref('event_name_words') }}
),

own_names as (
    select
        event_key,
        {{ word_stem(fold('settlement')) }} as settlement_stem,
        translate(
            regexp_replace(name, '(?i)[\s,(]в\s+рамках\s.*$', ''), '“”„ІіЎўҚқҒғҢңҰұҮүӘәӨөҺһ', '«»«ИиУуКкГгНнУуУуАаОоХх'
        ) as name
    from {{ ref('int_event') }}
),

quotations as (
    select
        *,
        regexp_replace(name, '[А-ЯЁ]{2,6}\s*[«"][^«»"]*[»"]?', ' ', 'g') as quoting
    from own_names
),

titles as (
    select
        event_key,
        settlement_stem,
        name,
        list_filter(
            list_transform(
                list_concat(regexp_extract_all(quoting, '«([^«»]+)', 1), regexp_extract_all(quoting, '"([^"]+)"', 1)),
                lambda title: trim(regexp_replace({{ fold('title') }}, '(20[0-9]{2}|[^a-zа-я0-9])+', ' ', 'g'))
            ),
            lambda title: length(title) > 2
        ) as titles
    from quotations
),

-- What an event with a title is dedicated to is shared by other events of the occasion.
undedicated as (
    select
        * replace (if(len(titles) > 0, regexp_replace(name, '(?i)[\s,(]+посвящ[^«"]*$', ''), name) as name)
    from titles
),

-- «День города» is told from other days only by both words: they make one stem.
stems as (
    select
        event_key,
        settlement_stem,
        titles,
        list_transform(
            list_filter(
                regexp_split_to_array(
                    regexp_replace(
                        {{ fold('name') }},
                        '(^|[^а-я])д(?:ень|ня|ню|не|нем)\s+(город|район|област|округ|посел|деревн)[а-я]*',
                        ' день\2 ',
                        'g'
                    ),
                    '[^a-zа-я]+'
                ),
                lambda word: length(word) > 3
            ),
            lambda word: if(starts_with(word, 'день'), left(word, 9), {{ word_stem('word') }})
        ) as stems
    from undedicated
),

distinctive as (
    select
        stems.event_key,
        stems.titles,
        list_sort(list_distinct(list_filter(
            stems.stems,
            lambda stem: not list_contains(words.boilerplate_stems, stem) and stem is distinct from stems.settlement_stem
        ))) as stems,
        words.event_type_stems
    from stems
    cross join words
)

select
    event_key,
    list_transform(titles, lambda title: {
        'text': title,
        'stems': regexp_replace(title, '([a-zа-я]{5})[a-zа-я]+', '\1', 'g'),
        'numbers': regexp_replace(title, '[^0-9]+', ' ', 'g')
    }) as titles,
    stems,
    list_filter(stems, lambda stem: not list_contains(event_type_stems, stem)) as own_stems
from distinctive
