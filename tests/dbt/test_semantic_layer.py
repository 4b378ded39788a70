"""Metrics compute what their marts hold; exposures name exactly the marts that what they describe reads."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from paths import PROJECT_ROOT

_MODELS = PROJECT_ROOT / "dbt_project" / "models"
METRICS: list[dict[str, Any]] = yaml.safe_load((_MODELS / "metrics.yml").read_text(encoding="utf-8"))["metrics"]
EXPOSURES: dict[str, dict[str, Any]] = {
    exposure["name"]: exposure
    for exposure in yaml.safe_load((_MODELS / "exposures.yml").read_text(encoding="utf-8"))["exposures"]
}
_MARTS = {path.stem for path in (_MODELS / "marts").glob("*.sql")}
_READERS = {
    "dashboard": ("orchestration/dashboard", "*.py"),
    "excel": ("orchestration/serving", "excel*"),
    "letters": ("orchestration/letters", "*.py"),
    "superset": ("warehouse/superset/export/datasets", "*.yaml"),
}


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric["name"])
def test_a_metric_is_documented_in_both_languages(metric: dict[str, Any]) -> None:
    meta = metric["config"]["meta"]
    assert all(meta[key].strip() for key in ("label_ru", "description_ru", "caveat", "caveat_ru", "sql"))
    assert metric["label"].strip()
    assert metric["description"].strip()
    assert set(re.findall(r"\bmarts\.(\w+)", meta["sql"])) <= _MARTS


@pytest.mark.parametrize("exposure", EXPOSURES)
def test_an_exposure_depends_on_marts(exposure: str) -> None:
    dependencies = _dependencies(exposure)
    assert dependencies
    assert dependencies <= _MARTS


@pytest.mark.parametrize("exposure", _READERS)
def test_an_exposure_names_what_its_code_reads(exposure: str) -> None:
    folder, pattern = _READERS[exposure]
    read = {
        name
        for path in (PROJECT_ROOT / folder).rglob(pattern)
        for name in re.findall(r"\bmarts\.([a-z_]+)", path.read_text(encoding="utf-8"))
    }
    assert _dependencies(exposure) == read & _MARTS


def test_postgresql_gets_every_mart() -> None:
    assert _dependencies("postgresql") == _MARTS


def _dependencies(exposure: str) -> set[str]:
    return {re.fullmatch(r"ref\('(\w+)'\)", reference)[1] for reference in EXPOSURES[exposure]["depends_on"]}
