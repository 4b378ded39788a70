"""Static pages beside dbt's own: index, data dictionary, metrics and lineage, in Russian and English, offline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

from orchestration.documentation.lineage import Column, Lineage, report_columns

MART_SCHEMA = "marts"
_TEMPLATES = Path(__file__).with_name("templates")

# The Word report as its reader sees it, left to right.
REPORT_COLUMNS = {
    "file": "файл",
    "title": "заголовок",
    "row": "строка таблицы",
    "number": "№",
    "municipality": "муниципалитет",
    "name": "наименование",
    "place": "место проведения",
    "dates": "сроки проведения",
    "description": "цель, содержание и результат",
    "participants": "участники",
}
_OTHER_ORIGINS = {
    "reference": "справочник",
    "quality": "проверки",
    "intermediate": "исправления",
}


@dataclass(frozen=True, slots=True)
class DescribedColumn:
    """A mart's column with both descriptions, where it is read in the report and from which source columns."""

    name: str
    type: str
    russian: str
    english: str
    read_from: tuple[str, ...]
    origins: tuple[str, ...]
    other_origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DescribedTable:
    """A mart with both descriptions of itself and its columns."""

    name: str
    russian: str
    english: str
    columns: tuple[DescribedColumn, ...]


def describe(manifest: Mapping[str, Any], lineage: Lineage) -> list[DescribedTable]:
    """The marts by name, ``obt_event`` first, as dbt's manifest tells them."""
    models = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] == MART_SCHEMA
    ]
    return [
        _table(node, lineage) for node in sorted(models, key=lambda node: (node["name"] != "obt_event", node["name"]))
    ]


def write_pages(folder: Path, manifest: Mapping[str, Any], lineage: Lineage, published_at: str) -> None:
    """Write ``index.html``, ``dictionary.html``, ``metrics.html`` and ``lineage.html`` into ``folder``."""
    tables = describe(manifest, lineage)
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"report_column": REPORT_COLUMNS.__getitem__, "prose": _prose}
    metrics = [metric for metric in manifest["metrics"].values() if "sql" in metric["config"]["meta"]]
    contents = {
        "tables": tables,
        "not_followed": sorted(lineage.not_followed),
        "metrics": metrics,
        "exposures": list(manifest["exposures"].values()),
        "report_columns": REPORT_COLUMNS,
        "read": _read_by_report_column(),
        "published_at": published_at,
    }
    for page in ("index", "dictionary", "metrics", "lineage"):
        html = environment.get_template(f"{page}.html").render(contents, page=page)
        (folder / f"{page}.html").write_text(html, encoding="utf-8")


def _table(node: Mapping[str, Any], lineage: Lineage) -> DescribedTable:
    table = f"{node['schema']}.{node['alias']}"
    return DescribedTable(
        name=node["alias"],
        russian=node["config"]["meta"].get("description_ru", ""),
        english=node["description"],
        columns=tuple(_column(column, table, lineage) for column in node["columns"].values()),
    )


def _column(column: Mapping[str, Any], table: str, lineage: Lineage) -> DescribedColumn:
    address = Column(table, column["name"])
    origins = lineage.origins(address)
    read = lineage.report_columns(address)
    schemas = {origin.table.partition(".")[0] for origin in origins}
    return DescribedColumn(
        name=column["name"],
        type=column["data_type"].upper(),
        russian=column["config"]["meta"].get("description_ru", ""),
        english=column["description"],
        read_from=tuple(key for key in REPORT_COLUMNS if key in read),
        origins=_names(origin for origin in origins if origin in report_columns()),
        other_origins=tuple(label for schema, label in _OTHER_ORIGINS.items() if schema in schemas),
    )


def _read_by_report_column() -> dict[str, dict[str, tuple[str, ...]]]:
    """By column of the report: the columns of ``raw`` that hold it and those of ``parsed`` that are read from it."""
    return {
        key: {
            schema: _names(
                column
                for column, cells in report_columns().items()
                if key in cells and column.table.startswith(f"{schema}.")
            )
            for schema in ("raw", "parsed")
        }
        for key in REPORT_COLUMNS
    }


def _prose(text: str) -> Markup:
    """Text with what stands between backticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _names(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple(sorted(f"{column.table}.{column.name}" for column in columns))
