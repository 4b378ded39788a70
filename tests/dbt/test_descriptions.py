"""Every mart, seed and column of them is described in Russian and English, the same thing always in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from paths import PROJECT_ROOT

_DBT_PROJECT = PROJECT_ROOT / "dbt_project"
_FILES = [*sorted((_DBT_PROJECT / "models" / "marts").glob("_*.yml")), _DBT_PROJECT / "seeds" / "_seeds.yml"]
_SQL = {path.stem for path in (_DBT_PROJECT / "models" / "marts").glob("*.sql")}
_SEEDS = {path.stem for path in (_DBT_PROJECT / "seeds").glob("*.csv")}


def _tables() -> dict[str, dict[str, Any]]:
    parsed = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in _FILES]
    return {table["name"]: table for file in parsed for table in file.get("models", []) + file.get("seeds", [])}


TABLES = _tables()


def _described() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, table in TABLES.items():
        yield name, table
        for column in table["columns"]:
            yield f"{name}.{column['name']}", column


def _russian(described: dict[str, Any]) -> str:
    return described.get("config", {}).get("meta", {}).get("description_ru", "")


def test_every_mart_and_seed_is_described() -> None:
    assert set(TABLES) == _SQL | _SEEDS


@pytest.mark.parametrize(("name", "described"), [pytest.param(*pair, id=pair[0]) for pair in _described()])
def test_described_in_both_languages(name: str, described: dict[str, Any]) -> None:
    russian, english = _russian(described), described["description"]
    assert english.strip()
    assert any("а" <= letter <= "я" for letter in russian.lower())
    assert russian == " ".join(russian.split())
    assert russian.endswith((".", "»."))
    if "." not in name:
        assert english.startswith("Each row is ")
        assert russian.startswith("Строка — ")


def test_the_same_description_has_the_same_translation() -> None:
    translations: dict[str, set[str]] = {}
    for name, described in _described():
        english = described["description"]
        # A short description means what its table says; a doc block means the same everywhere.
        key = english if english.startswith("{{") else f"{name.partition('.')[0]}: {english}"
        translations.setdefault(key, set()).add(_russian(described))
    assert {english: russian for english, russian in translations.items() if len(russian) > 1} == {}
