"""Tables, views and columns of the published file say what they are in Russian and in English."""

from __future__ import annotations

import duckdb
import pytest

from orchestration.serving.comments import write_comments


def model(name: str, description: str, russian: str | None, columns: dict[str, tuple[str, str | None]]) -> dict:
    def meta(text: str | None) -> dict:
        return {"meta": {"description_ru": text} if text else {}}

    return {
        "resource_type": "model",
        "schema": "marts",
        "alias": name,
        "description": description,
        "config": meta(russian),
        "columns": {
            column: {"name": column, "description": english, "config": meta(text)}
            for column, (english, text) in columns.items()
        },
    }


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute(
            'create schema marts; create table marts.event (event_key varchar, "order" int);'
            "create view marts.open_event as select event_key from marts.event;"
        )
        yield connection


def comments(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(
        connection.execute(
            "select table_name, comment from duckdb_tables() union all "
            "select view_name, comment from duckdb_views() where not internal union all "
            "select concat(table_name, '.', column_name), comment from duckdb_columns() where schema_name = 'marts'"
        ).fetchall()
    )


def test_russian_stands_above_english(connection):
    nodes = [
        model("event", "A reported event.\n", "Событие из отчёта.", {"event_key": ("Its key.", "Ключ «события»"),
                                                                   "order": ("The clerk's number.", None)}),
        model("open_event", "An event that goes on.", "Идущее событие.", {"event_key": ("Its key.", "Ключ.")}),
        model("not_built", "Nothing.", None, {}),
    ]  # fmt: skip
    write_comments(connection, {"nodes": dict(enumerate(nodes)), "sources": {}})
    assert comments(connection) == {
        "event": "Событие из отчёта.\nA reported event.",
        "event.event_key": "Ключ «события»\nIts key.",
        "event.order": "The clerk's number.",
        "open_event": "Идущее событие.\nAn event that goes on.",
        "open_event.event_key": "Ключ.\nIts key.",
    }


def test_what_dbt_does_not_describe_keeps_its_comment(connection):
    connection.execute("comment on table marts.event is 'kept'")
    write_comments(connection, {"nodes": {0: model("event", "", None, {"gone": ("No such column.", None)})}})
    write_comments(connection, {})
    assert comments(connection)["event"] == "kept"


def test_quotes_in_a_text_are_text(connection):
    text = "'; drop table marts.event; --"
    write_comments(connection, {"nodes": {0: model("event", text, text, {})}})
    assert comments(connection)["event"] == f"{text}\n{text}"


@pytest.mark.xdist_group("published")
def test_the_published_file_describes_itself_in_russian(published):
    described = published.query(
        "select schema_name, table_name, comment from duckdb_tables() where schema_name in ('marts', 'published') "
        "union all select schema_name, concat(table_name, '.', column_name), comment from duckdb_columns() "
        "where schema_name in ('marts', 'published')"
    )
    assert described
    assert [name for _, name, comment in described if not comment or "\n" not in comment] == []
