"""The published warehouse, opened read-only for the time of one view, so that a new version is seen at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]


class WarehouseUnreadableError(Exception):
    """Nothing can be shown; the message says in Russian why and what to do."""


@dataclass(frozen=True, slots=True)
class Warehouse:
    """An open warehouse."""

    connection: duckdb.DuckDBPyConnection

    def rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        """What the query finds, one dictionary a row; of ``parameters`` those that the query names are bound."""
        bound = {name: value for name, value in (parameters or {}).items() if f"${name}" in sql}
        cursor = self.connection.execute(sql, bound)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def opened(database: Path) -> Iterator[Warehouse]:
    """The warehouse for the time of one view.

    Raises ``WarehouseUnreadableError`` where nothing is published or a table or column is missing.
    """
    if not database.exists():
        raise WarehouseUnreadableError(
            "Ещё ничего не опубликовано. Положите отчёты в папку raw_reports, выполните make run и обновите страницу."
        )
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            yield Warehouse(connection)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise WarehouseUnreadableError(
            "Хранилище опубликовано другой версией программы, и в нём нет нужных таблиц или столбцов. "
            "Выполните make run и обновите страницу."
        ) from error
    except duckdb.IOException as error:
        raise WarehouseUnreadableError(
            "Файл хранилища не открывается: он повреждён или занят. Выполните make run и обновите страницу."
        ) from error
