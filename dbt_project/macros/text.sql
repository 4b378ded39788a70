{#- Text as a mart shows it: every run of whitespace is one space, blank text is NULL. -#}

{% macro clean(expression) -%}
    nullif(trim(regexp_replace({{ expression }}, '[\s\x{00A0}]+', ' ', 'g')), '')
{%- endmacro %}

{#- What a Russian word shares with its other cases: its first five letters without the ending's vowels. -#}
{% macro word_stem(word) -%}
    regexp_replace(left({{ word }}, 5), '[аеиоуыэюяйь]+$', '')
{%- endmacro %}

{#- The most frequent value of a group, then the longest, then the first in the alphabet; NULLs do not count. -#}
{% macro most_frequent(expression) -%}
    list_first(list_transform(
        list_sort(list_transform(
            map_entries(histogram({{ expression }})),
            lambda entry: {'count': -entry.value::bigint, 'length': -length(entry.key::varchar), 'value': entry.key}
        )),
        lambda entry: entry.value
    ))
{%- endmacro %}

{#- Latitude and longitude of one and the same mention, as a struct. -#}
{% macro most_frequent_point(latitude, longitude) -%}
    {{ most_frequent(
        "if(" ~ latitude ~ " is null, null, {'latitude': " ~ latitude ~ ", 'longitude': " ~ longitude ~ "})"
    ) }}
{%- endmacro %}
