-- Each line of `partner_aliases.csv` with the partner at the end of its chain of aliases, and what is wrong with it.
with recursive lines as (
    select
        (row_number() over ()) + 1 as line_number,
        lower({{ clean('kind') }}) as kind,
        {{ clean('alias_identity') }} as alias_identity,
        {{ clean('alias_settlement') }} as alias_settlement,
        {{ clean('identity') }} as identity,
        coalesce({{ clean('settlement') }}, {{ clean('alias_settlement') }}) as settlement,
        {{ clean('country_code') }} as country_code,
        coalesce(lower({{ clean('decision') }}), 'same') as decision,
        {{ clean('reason') }} as reason,
        {{ clean('decided_by') }} as decided_by
    from {{ ref('partner_aliases') }}
),

aliases as (
    select * from lines
    where decision = 'same'
),

chains as (
    select line_number, kind, identity, settlement, country_code, [line_number] as visited, false as is_cycle
    from aliases

    union all

    select
        chains.line_number,
        chains.kind,
        aliases.identity,
        coalesce(aliases.settlement, chains.settlement),
        coalesce(aliases.country_code, chains.country_code),
        list_append(chains.visited, aliases.line_number),
        list_contains(chains.visited, aliases.line_number)
    from chains
    inner join aliases
        on chains.kind = aliases.kind
        and chains.identity = aliases.alias_identity
        and {{ fold('chains.settlement') }} is not distinct from {{ fold('aliases.alias_settlement') }}
    where not chains.is_cycle
),

ends as (
    select
        line_number,
        arg_max(identity, len(visited)) as identity,
        arg_max(settlement, len(visited)) as settlement,
        arg_max(country_code, len(visited)) as country_code,
        bool_or(is_cycle) as is_cycle
    from chains
    group by line_number
),

partners as (
    select distinct kind, identity, {{ fold('settlement') }} as settlement
    from {{ ref('stg_partner_mention') }}
),

judged as (
    select
        lines.*,
        coalesce(ends.identity, lines.identity) as final_identity,
        if(ends.line_number is null, lines.settlement, ends.settlement) as final_settlement,
        if(ends.line_number is null, lines.country_code, ends.country_code) as final_country_code,
        exists (
            from partners
            where
                partners.kind = lines.kind
                and partners.identity = lines.alias_identity
                and partners.settlement is not distinct from {{ fold('lines.alias_settlement') }}
        ) as is_alias_known,
        exists (
            from partners
            where
                partners.kind = lines.kind
                and partners.identity = lines.identity
                and partners.settlement is not distinct from {{ fold('lines.settlement') }}
        ) as is_partner_known,
        case
            when lines.decision not in ('same', 'different')
                then 'the decision «' || lines.decision || '» is neither same nor different'
            when not coalesce(list_contains(
                (select list(code) from {{ ref('code_labels') }} where domain = 'partner_kind'), lines.kind
            ), false)
                then 'no kind of partner is called ' || coalesce(lines.kind, '(blank)')
            when lines.alias_identity is null or lines.identity is null then 'alias_identity and identity must be given'
            when ends.is_cycle then 'the aliases lead back to themselves; delete one of them'
            when
                lines.decision = 'same'
                and count(*) over (
                    partition by lines.decision, lines.kind, lines.alias_identity, {{ fold('lines.alias_settlement') }}
                ) > 1
                then 'another line decides on the same alias; keep one'
        end as fault
    from lines
    left join ends using (line_number)
)

select
    * exclude (fault),
    'partner_aliases.csv, line ' || line_number || coalesce(' (' || alias_identity || ')', '') || ': ' || fault
        as problem
from judged
