{#- The cells of a report's row as `source_column` names them, and the column of `stg_event` that holds the text. -#}

{% macro reported_cells() -%}
    {{ return({
        'municipality': 'municipality_name',
        'name': 'name',
        'place': 'place_text',
        'dates': 'dates_text',
        'description': 'description_text',
        'participants': 'participants_text',
    }) }}
{%- endmacro %}
