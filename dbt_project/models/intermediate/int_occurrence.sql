-- Rows joined by chains of same-event pairs are one occurrence; its key is the smallest event key among them.
-- Its main row speaks for it in totals: an organiser's before a guest's, then the largest number of participants.
with recursive events as (
    select * from {{ ref('int_event') }}
),

pairs as (
    select event_key, other_event_key from {{ ref('int_same_event') }}
    union all
    select other_event_key, event_key from {{ ref('int_same_event') }}
),

components (event_key, occurrence_key) using key (event_key) as (
    select event_key, event_key
    from pairs
    group by event_key

    union

    select components.event_key, min(neighbours.occurrence_key)
    from recurring.components as components
    inner join pairs using (event_key)
    inner join components as neighbours on pairs.other_event_key = neighbours.event_key
    where neighbours.occurrence_key < components.occurrence_key
    group by components.event_key
),

occurrences as (
    select
        events.event_key,
        coalesce(components.occurrence_key, events.event_key) as occurrence_key,
        events.role,
        events.participants_total
    from events
    left join components using (event_key)
)

select
    event_key,
    occurrence_key,
    count(*) over occurrence as occurrence_row_count,
    row_number() over (
        partition by occurrence_key
        order by role = 'organiser' desc, participants_total desc nulls last, event_key
    ) = 1 as is_occurrence_main
from occurrences
window occurrence as (partition by occurrence_key)
