{#- The comments of a relation and its columns in one statement; a documented column that is missing ends the build.
    DuckLake keeps comments of views and of tables' columns, not of views' columns. -#}

{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- set comments = [] -%}
    {%- if for_relation and config.persist_relation_docs() and model.description -%}
        {%- do comments.append(alter_relation_comment(relation, model.description)) -%}
    {%- endif -%}
    {%- if for_columns and config.persist_column_docs() and not (relation.is_view and adapter.is_ducklake(relation)) -%}
        {%- for name, column in model.columns.items() if column.description -%}
            {%- set text = duckdb_escape_comment(column.description) -%}
            {%- do comments.append('comment on column ' ~ relation ~ '.' ~ adapter.quote(name) ~ ' is ' ~ text ~ ';') -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if comments -%}
        {%- do run_query(comments | join('\n')) -%}
    {%- endif -%}
{%- endmacro %}
