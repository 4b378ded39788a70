{#- No text of the model is blank or has a line break, a no-break space or spaces to spare: unknown is NULL. -#}
{% test not_blank(model, except=[]) %}

select *
from {{ model }}
where
    {%- for column in adapter.get_columns_in_relation(model) if column.is_string() and column.name not in except %}
    {{ column.name }} = '' or regexp_matches({{ column.name }}, '^\s|\s$|\s\s|[\t\r\n\x{00A0}]') or
    {%- endfor %}
    false

{% endtest %}
