-- Pairs of rows that report one event: by different municipalities near in time, or by one municipality in two reports.
-- Only rows that share a place (or, online, a title) and a week are compared, so that the work grows with the rows.
-- An area is what a town and the district named after it share («Гусев», «Гусевский округ»): a guest names the one, the
-- host a village in the other.
{% set tolerance = var('same_event_tolerance_days') %}

with events as (
    select
        events.event_key,
        events.report_key,
        events.municipality_key,
        {{ fold('events.settlement') }} as settlement,
        split_part({{ fold('events.district') }}, ' ', 1) as district,
        {{ fold('events.region') }} as region,
        list_distinct(list_filter(
            [
                {{ word_stem(fold('events.settlement')) }},
                {{ word_stem(fold('events.district')) }},
                if(
                    events.role = 'organiser' and events.country_code = '{{ var("home_country") }}',
                    {{ word_stem(fold("replace(events.municipality_name, 'город ', '')")) }},
                    null
                )
            ],
            lambda stem: length(stem) > 2
        )) as areas,
        events.country_code,
        events.role,
        events.format,
        events.event_type,
        events.edition,
        {{ fold('events.venue') }} as venue,
        events.start_date,
        coalesce(events.end_date, events.start_date) as end_date,
        list_transform(
            names.titles,
            lambda title: struct_insert(
                title,
                words := list_distinct(list_filter(
                    list_transform(string_split(title.stems, ' '), lambda word: {{ word_stem('word') }}),
                    lambda word: length(word) > 2
                ))
            )
        ) as titles,
        names.stems,
        names.own_stems
    from {{ ref('int_event') }} as events
    inner join {{ ref('int_event_name') }} as names using (event_key)
    where events.start_date is not null
),

places as (
    select
        event_key,
        start_date,
        end_date,
        unnest(
            list_filter(
                ['settlement ' || settlement, 'district ' || district, if(settlement is null, 'venue ' || venue, null)],
                lambda place: place is not null
            )
            || list_transform(areas, lambda area: 'area ' || area)
            || case
                when format <> 'in_person' or coalesce(settlement, district, venue) is null
                    then list_transform(titles, lambda title: 'title ' || title.text)
                else []
            end
        ) as place
    from events
),

-- Weeks from the tolerance before an event to the tolerance after it; a long event is compared in its first two months.
weeks as (
    select
        event_key,
        place,
        unnest(range(
            (start_date - date '2000-01-03' - {{ tolerance }}) // 7,
            (least(end_date, start_date + 60) - date '2000-01-03' + {{ tolerance }}) // 7 + 1
        )) as week
    from places
),

candidates as (
    select distinct
        one.event_key as event_key,
        other.event_key as other_event_key
    from weeks as one
    inner join weeks as other
        on one.place = other.place
        and one.week = other.week
        and one.event_key < other.event_key
),

compared as (
    select
        one.event_key,
        other.event_key as other_event_key,
        one.municipality_key || one.report_key as reporter,
        other.municipality_key || other.report_key as other_reporter,
        abs(one.start_date - other.start_date) as days_apart,
        len(one.titles) > 0 and len(other.titles) > 0 as have_titles,
        coalesce(list_max(flatten(list_transform(
            one.titles,
            lambda title: list_transform(
                other.titles,
                lambda other_title: case
                    when title.numbers <> other_title.numbers then 0
                    when least(length(title.stems), length(other_title.stems)) > 5
                        and (contains(title.stems, other_title.stems) or contains(other_title.stems, title.stems)) then 1
                    -- the same words in another order
                    when len(title.words) > 1 and len(title.words) = len(other_title.words)
                        and list_has_all(title.words, other_title.words) then 1
                    else jaro_winkler_similarity(title.text, other_title.text)
                end
            )
        ))), 0) as title_similarity,
        len(list_intersect(one.stems, other.stems))
            / nullif(least(len(one.stems), len(other.stems)), 0) as word_similarity,
        len(list_intersect(one.own_stems, other.own_stems)) as shared_own_words,
        coalesce(one.settlement = other.settlement, true) as share_settlement,
        one.role <> other.role and one.start_date = other.start_date as are_host_and_guest,
        coalesce(one.edition = other.edition, false) and one.event_type = other.event_type as share_edition
    from candidates
    inner join events as one on candidates.event_key = one.event_key
    inner join events as other on candidates.other_event_key = other.event_key
    where
        (coalesce(one.settlement = other.settlement, true) or list_has_any(one.areas, other.areas))
        and coalesce(one.region = other.region, true)
        and coalesce(one.country_code = other.country_code, true)
        and case
            when one.municipality_key <> other.municipality_key
                then one.start_date <= other.end_date + {{ tolerance }}
                    and other.start_date <= one.end_date + {{ tolerance }}
            else one.report_key <> other.report_key and one.start_date = other.start_date
        end
),

alike as (
    select
        event_key,
        other_event_key,
        reporter,
        other_reporter,
        days_apart,
        if(title_similarity >= 0.92, 'title', 'words') as rule,
        if(title_similarity >= 0.92, title_similarity, word_similarity) as similarity
    from compared
    where
        case
            when title_similarity >= 0.92 then true
            when not share_settlement then false
            when are_host_and_guest and share_edition then shared_own_words >= 1
            when have_titles then false
            when are_host_and_guest and shared_own_words >= 2 then word_similarity >= 0.6
            else shared_own_words >= 1 and word_similarity >= 0.75
        end
),

-- A municipality reports an event once: of its rows only the nearest may be another municipality's event.
directed as (
    select event_key, other_event_key, other_reporter, days_apart, rule, similarity from alike
    union all
    select other_event_key, event_key, reporter, days_apart, rule, similarity from alike
),

nearest as (
    select * from directed
    qualify row_number() over (
        partition by event_key, other_reporter
        order by days_apart, similarity desc, other_event_key
    ) = 1
)

select
    one.event_key,
    one.other_event_key,
    one.rule,
    one.similarity
from nearest as one
inner join nearest as other
    on one.event_key = other.other_event_key
    and one.other_event_key = other.event_key
where one.event_key < one.other_event_key
