-- Which row of a report's version tells of the event that a row of the version before told of. Rows of the same text
-- are one event. Of the others, rows of one municipality, or of one text under another, are paired where each is the
-- other's likest: by the words of all cells, or by the name together with dates or number. A number alone says nothing,
-- since an inserted row moves all below it.
{% set least_likeness = 0.5 %}
{% set cells = reported_cells().values() | list %}
{% set words = "list_distinct(list_transform(list_filter(regexp_split_to_array(" ~ fold("concat_ws(' ', %s)")
    ~ ", '[^a-zа-я0-9]+'), lambda word: length(word) > 1), lambda word: " ~ word_stem('word') ~ "))" %}

with versions as (
    select report_key, previous_report_key from {{ ref('int_report') }}
    where previous_report_key is not null
),

events as (
    select
        events.event_key,
        events.report_key,
        events.row_number,
        rows.sequence_number,
        {{ fold('events.municipality_name') }} as municipality,
        {{ clean('events.dates_text') }} as dates,
        {{ surrogate_key(cells) }} as digest,
        {{ surrogate_key(cells[1:]) }} as text_digest,
        {{ words | replace('%s', 'events.name') }} as name_words,
        {{ words | replace('%s', cells | join(', ')) }} as words
    from {{ ref('stg_event') }} as events
    left join {{ ref('stg_report_row') }} as rows using (event_key)
    where events.report_key in (select unnest([report_key, previous_report_key]) from versions)
),

numbered as (
    select
        event_key,
        report_key,
        digest,
        row_number() over (partition by report_key, digest order by row_number) as number_of_same
    from events
),

same as (
    select
        newer.event_key,
        older.event_key as previous_event_key
    from versions
    inner join numbered as newer using (report_key)
    inner join numbered as older
        on versions.previous_report_key = older.report_key
        and newer.digest = older.digest
        and newer.number_of_same = older.number_of_same
),

compared as (
    select
        newer.event_key,
        older.event_key as previous_event_key,
        coalesce(newer.dates = older.dates, false) as share_dates,
        coalesce(newer.sequence_number = older.sequence_number, false) as share_number,
        {%- for words in ['name_words', 'words'] %}
        coalesce(
            2 * len(list_intersect(newer.{{ words }}, older.{{ words }}))
            / nullif(len(newer.{{ words }}) + len(older.{{ words }}), 0),
            0
        ) as {{ words }}_likeness,
        {%- endfor %}
        abs(newer.row_number - older.row_number) as rows_apart
    from versions
    inner join events as newer using (report_key)
    inner join events as older
        on versions.previous_report_key = older.report_key
        and (newer.municipality = older.municipality or newer.text_digest = older.text_digest)
    where
        newer.event_key not in (select event_key from same)
        and older.event_key not in (select previous_event_key from same)
),

scored as (
    select
        *,
        greatest(name_words_likeness, words_likeness) + (share_dates::integer + share_number::integer) / 10 as score
    from compared
    where
        words_likeness >= {{ least_likeness }}
        or (name_words_likeness >= {{ least_likeness }} and (share_dates or share_number))
),

likest as (
    select
        event_key,
        previous_event_key
    from scored
    qualify
        row_number() over (partition by event_key order by score desc, rows_apart, previous_event_key) = 1
        and row_number() over (partition by previous_event_key order by score desc, rows_apart, event_key) = 1
)

select * from same
union all by name
select * from likest
