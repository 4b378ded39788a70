{#- Ends a data test with an error whose text is the problems of `relation`: a count of rows tells nobody what to do. -#}

{% macro fail_with(relation) -%}
    select message
    from (select string_agg(problem, chr(10) order by line_number) as message from {{ relation }})
    where case when message is not null then error(message) is null end
{%- endmacro %}
