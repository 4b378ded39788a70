"""The dashboard's files: a figure has one name everywhere, a report's text is never markup."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from paths import PROJECT_ROOT

EXPORT = PROJECT_ROOT / "warehouse" / "superset" / "export"
METRICS = PROJECT_ROOT / "dbt_project" / "models" / "metrics.yml"


@cache
def read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def files(folder: str) -> list[Path]:
    return sorted((EXPORT / folder).rglob("*.yaml"))


def query_context(chart: dict[str, Any]) -> dict[str, Any]:
    return json.loads(chart["query_context"])


def test_figures_are_named_and_explained_as_in_the_semantic_layer():
    layer = {metric["name"]: metric["config"]["meta"] for metric in read(METRICS)["metrics"]}
    figures = [metric for path in files("datasets") for metric in read(path)["metrics"]]
    shared = [figure for figure in figures if figure["metric_name"] in layer]
    assert {figure["metric_name"] for figure in shared} == {
        "event_count", "occurrence_count", "participants_total", "foreign_country_count", "foreign_partner_count",
        "remote_share", "quality_score",
    }  # fmt: skip
    for figure in shared:
        meta = layer[figure["metric_name"]]
        assert figure["verbose_name"] == meta["label_ru"]
        assert figure["description"] == f"{meta['description_ru']} {meta['caveat_ru']}"


@pytest.mark.parametrize("path", files("charts"), ids=lambda path: path.stem)
def test_a_chart_asks_only_for_what_its_dataset_has(path):
    chart = read(path)
    dataset = next(dataset for dataset in map(read, files("datasets")) if dataset["uuid"] == chart["dataset_uuid"])
    columns = {column["column_name"] for column in dataset["columns"]}
    metrics = {metric["metric_name"] for metric in dataset["metrics"]}
    queries = query_context(chart)["queries"]
    assert queries
    for query in queries:
        asked = {column if isinstance(column, str) else column["sqlExpression"] for column in query["columns"]}
        assert asked <= columns
        assert {item["col"] for item in query["filters"]} <= columns
        assert set(query.get("metrics", ())) <= metrics
        assert {name for name, _ in query["orderby"]} <= columns | metrics


@pytest.mark.parametrize("path", files("charts"), ids=lambda path: path.stem)
def test_report_text_is_not_rendered_as_html(path):
    chart = read(path)
    assert chart["viz_type"] != "handlebars"
    if chart["viz_type"] == "table":
        assert chart["params"]["allow_render_html"] is False
        assert query_context(chart)["form_data"]["allow_render_html"] is False


def test_every_chart_is_on_the_dashboard_and_every_filter_finds_its_column():
    (dashboard,) = map(read, files("dashboards"))
    shown = [
        item["meta"]["uuid"]
        for item in dashboard["position"].values()
        if isinstance(item, dict) and item["type"] == "CHART"
    ]
    assert sorted(shown) == sorted(read(path)["uuid"] for path in files("charts"))
    datasets = {dataset["uuid"]: dataset for dataset in map(read, files("datasets"))}
    for native_filter in dashboard["metadata"]["native_filter_configuration"]:
        (target,) = native_filter["targets"]
        columns = {column["column_name"] for column in datasets[target["datasetUuid"]]["columns"]}
        assert target["column"]["name"] in columns


def test_the_connection_is_read_only_and_knows_no_other_file():
    (database,) = map(read, files("databases"))
    path, _, options = database["sqlalchemy_uri"].partition("?")
    assert path == "duckdb:///PUBLISHED_DATABASE"
    assert options.split("&") == ["access_mode=read_only", "enable_external_access=false", "lock_configuration=true"]
    assert not any(database[name] for name in ("allow_ctas", "allow_cvas", "allow_dml", "allow_file_upload"))
