"""Suites of expectations as data: a YAML file a query, read into frozen values without Great Expectations."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from string import Formatter
from typing import Literal, get_args

import yaml

Severity = Literal["error", "warning", "info"]
Layer = Literal["raw", "parsed", "marts"]

SUITES_DIR = Path(__file__).with_name("suites")

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_SUITE_FIELDS = {"relation": str, "identity": list, "query": str, "expectations": list}
_EXPECTATION_FIELDS = {"rule": str, "description": str, "type": str, "kwargs": dict, "severity": str, "message_ru": str}
_OPTIONAL_FIELDS = {"column": str, "value": str, "ask_ru": str, "enabled": bool}
_TYPE_NAMES = {str: "text", list: "a list", dict: "a mapping", bool: "true or false"}


class SuiteError(ValueError):
    """A suite file is not what a suite must be; names the file and the entry."""

    def __init__(self, file: Path, entry: str | None, problem: str) -> None:
        super().__init__(f"{file.name}{f', {entry}' if entry else ''}: {problem}")
        self.file = file
        self.entry = entry


@dataclass(frozen=True, slots=True)
class Expectation:
    """A rule: a Great Expectations type with its arguments, what a breach means and how it is told.

    ``column`` is the column of the report to look at, ``value`` the query's column that shows what stands there,
    ``message_ru`` a template over the query's columns, ``ask_ru`` what a letter asks the report's author to do; without
    it the rule is the operator's affair and no letter tells of its breach. A rule not ``enabled`` is not judged.
    """

    rule: str
    description: str
    type: str
    kwargs: Mapping[str, object]
    severity: Severity
    message_ru: str
    column: str | None = None
    value: str | None = None
    ask_ru: str | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Suite:
    """Rules of one relation, judged over the rows of ``query``, which ``identity`` tells apart.

    A relation may have several, each with its query: ``<relation>.yml`` and ``<relation>__<topic>.yml``.
    """

    name: str
    relation: str
    identity: tuple[str, ...]
    query: str
    expectations: tuple[Expectation, ...]

    @property
    def layer(self) -> Layer:
        """The schema of the relation."""
        return self.relation.partition(".")[0]  # type: ignore[return-value]


@functools.cache
def load_suites(directory: Path = SUITES_DIR, *, with_disabled: bool = False) -> tuple[Suite, ...]:
    """All suites of ``directory`` with their enabled rules in the order of their names; raises ``SuiteError``."""
    suites = tuple(_read(path) for path in sorted(directory.glob("*.yml")))
    rules = Counter(expectation.rule for suite in suites for expectation in suite.expectations)
    for suite in suites:
        for expectation in suite.expectations:
            if rules[expectation.rule] > 1:
                raise SuiteError(directory / f"{suite.name}.yml", expectation.rule, "another entry has the same rule")
    if with_disabled:
        return suites
    enabled = (
        replace(suite, expectations=tuple(each for each in suite.expectations if each.enabled)) for suite in suites
    )
    return tuple(suite for suite in enabled if suite.expectations)


@functools.cache
def views_sql(directory: Path = SUITES_DIR) -> str:
    """The temporary views that the suites' queries share."""
    return (directory / "views.sql").read_text(encoding="utf-8")


def _read(path: Path) -> Suite:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise SuiteError(path, None, f"not YAML: {error}") from error
    _check_fields(path, None, content, _SUITE_FIELDS, {})
    relation = content["relation"]
    if relation.partition(".")[0] not in get_args(Layer) or path.stem.partition("__")[0] != relation.replace(".", "_"):
        raise SuiteError(path, None, f"relation {relation!r} is not raw.*, parsed.* or marts.*, or not the file's name")
    if not content["identity"] or not content["expectations"]:
        raise SuiteError(path, None, "identity and expectations must not be empty")
    expectations = tuple(_expectation(path, number, entry) for number, entry in enumerate(content["expectations"], 1))
    return Suite(path.stem, relation, tuple(content["identity"]), content["query"], expectations)


def _expectation(path: Path, number: int, entry: object) -> Expectation:
    name = str(entry.get("rule", f"entry {number}")) if isinstance(entry, dict) else f"entry {number}"
    _check_fields(path, name, entry, _EXPECTATION_FIELDS, _OPTIONAL_FIELDS)
    assert isinstance(entry, dict)
    expectation = Expectation(**entry)
    if not _CODE.fullmatch(expectation.rule):
        raise SuiteError(path, name, "rule must be a lower-case code like date_outside_period")
    if not expectation.type.startswith("expect_"):
        raise SuiteError(path, name, f"type {expectation.type!r} is no expectation")
    if expectation.severity not in get_args(Severity):
        raise SuiteError(path, name, f"severity {expectation.severity!r} is none of {', '.join(get_args(Severity))}")
    try:
        list(Formatter().parse(expectation.message_ru))
    except ValueError as error:
        raise SuiteError(path, name, f"message_ru is no template: {error}") from error
    return expectation


def _check_fields(
    path: Path, entry: str | None, content: object, required: Mapping[str, type], optional: Mapping[str, type]
) -> None:
    if not isinstance(content, dict):
        raise SuiteError(path, entry, "must be a mapping")
    known = {**required, **optional}
    if unknown := _listed(set(content) - set(known)):
        raise SuiteError(path, entry, f"unknown field {unknown}")
    if missing := _listed(set(required) - set(content)):
        raise SuiteError(path, entry, f"missing field {missing}")
    for field, value in content.items():
        if not isinstance(value, known[field]):
            raise SuiteError(path, entry, f"{field} must be {_TYPE_NAMES[known[field]]}")


def _listed(names: Iterable[object]) -> str:
    return ", ".join(sorted(map(str, names)))
