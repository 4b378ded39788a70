{#- Columns of `corrections.csv` that are facts of an event, with their types. -#}

{% macro correctable_columns() -%}
    {{ return({
        'name': 'varchar',
        'edition': 'integer',
        'event_type': 'varchar',
        'role': 'varchar',
        'format': 'varchar',
        'purpose': 'varchar',
        'result': 'varchar',
        'municipality_name': 'varchar',
        'municipality_kind': 'varchar',
        'start_date': 'date',
        'end_date': 'date',
        'is_ongoing': 'boolean',
        'date_precision': 'varchar',
        'venue': 'varchar',
        'settlement': 'varchar',
        'settlement_type': 'varchar',
        'district': 'varchar',
        'region': 'varchar',
        'country_code': 'varchar',
        'latitude': 'double',
        'longitude': 'double',
        'participants_total': 'integer',
        'participants_source': 'varchar',
        'participants_is_approximate': 'boolean',
    }) }}
{%- endmacro %}

{#- The evidence that a corrected column belongs to. -#}
{% macro corrected_field(column) -%}
    case
        when {{ column }} in ('start_date', 'end_date', 'is_ongoing', 'date_precision') then 'dates'
        when {{ column }} in (
            'venue', 'settlement', 'settlement_type', 'district', 'region', 'country_code', 'latitude', 'longitude'
        ) then 'place'
        when {{ column }} in ('participants_source', 'participants_is_approximate') then 'participants_total'
        else {{ column }}
    end
{%- endmacro %}

{#- Whether any of the columns is corrected; `corrections` is the event's map of column to corrected text. -#}
{% macro is_corrected(columns) -%}
    coalesce(list_has_any(map_keys(corrections), {{ columns }}), false)
{%- endmacro %}
