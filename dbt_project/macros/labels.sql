{#- The Russian label of a code, from the seed `code_labels`. -#}

{% macro name_ru(domain, code) -%}
    (
        select label.name_ru from {{ ref('code_labels') }} as label
        where label.domain = '{{ domain }}' and label.code = {{ code }}
    )
{%- endmacro %}
