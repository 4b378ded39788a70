{#- DuckLake keeps comments of views and of tables' columns, not of views' columns. -#}

{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- set has_column_comments = not (relation.is_view and adapter.is_ducklake(relation)) -%}
    {{ return(default__persist_docs(relation, model, for_relation, for_columns and has_column_comments)) }}
{%- endmacro %}
