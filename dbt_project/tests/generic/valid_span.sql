{#- A fact's characters lie within its cell of `dim_event`; where the model keeps the mention, they are the mention. -#}
{% test valid_span(model, start='char_start', end='char_end', mention=none) %}

with spans as (
    select
        model.*,
        case model.source_column
            when 'name' then events.name_text
            when 'place' then events.place_text
            when 'dates' then events.dates_text
            when 'description' then events.description_text
            when 'participants' then events.participants_text
        end as cell
    from (select * from {{ model }}) as model
    left join {{ ref('dim_event') }} as events using (event_key)
)

select *
from spans
where
    cell is null
    or {{ start }} < 0
    or {{ end }} <= {{ start }}
    or {{ end }} > length(cell)
    {%- if mention %}
    or substring(cell, {{ start }} + 1, {{ end }} - {{ start }}) <> {{ mention }}
    {%- endif %}

{% endtest %}
