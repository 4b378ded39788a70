{#- Deterministic keys: the same values give the same key on any machine, NULL and '' included as different values. -#}

{% macro surrogate_key(expressions) -%}
    md5(concat_ws(
        chr(31)
        {%- for expression in expressions %},
        coalesce('=' || cast({{ expression }} as varchar), '-')
        {%- endfor %}
    ))
{%- endmacro %}

{% macro fold(expression) -%}
    replace(lower(trim({{ expression }})), 'ё', 'е')
{%- endmacro %}

{% macro report_key() -%}
    {{ surrogate_key(["'report'", 'document_sha256']) }}
{%- endmacro %}

{% macro event_key() -%}
    {{ surrogate_key(["'event'", 'document_sha256', 'row_number']) }}
{%- endmacro %}

{% macro municipality_key(region_name, municipality_name) -%}
    {{ surrogate_key(["'municipality'", fold(region_name), fold(municipality_name)]) }}
{%- endmacro %}

{% macro place_key() -%}
    case
        when coalesce(venue, settlement, district, region, country_code) is not null
            then {{ surrogate_key([
                "'place'", fold('venue'), fold('settlement'), fold('settlement_type'), fold('district'), fold('region'),
                'country_code'
            ]) }}
    end
{%- endmacro %}

{% macro partner_key() -%}
    {{ surrogate_key(["'partner'", 'kind', 'country_code', fold('settlement'), 'identity']) }}
{%- endmacro %}

{% macro agreement_key() -%}
    {{ surrogate_key(["'agreement'", 'document_sha256', 'row_number', 'agreement_number']) }}
{%- endmacro %}
