"""The suite files: they load, and a wrong one is refused by name and entry."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from orchestration.checks.suites import SUITES_DIR, SuiteError, load_suites

ENTRY: dict[str, object] = {
    "rule": "date_missing",
    "description": "Every event has a date.",
    "type": "expect_column_values_to_not_be_null",
    "kwargs": {"column": "start_date"},
    "severity": "warning",
    "message_ru": "Нет даты.",
}
CONTENT: dict[str, object] = {
    "relation": "marts.fct_event",
    "identity": ["event_key"],
    "query": "select * from marts.fct_event",
    "expectations": [ENTRY],
}


def write(directory: Path, content: object, name: str = "marts_fct_event.yml") -> Path:
    (directory / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return directory


def without(mapping: dict[str, object], field: str) -> dict[str, object]:
    return {key: value for key, value in mapping.items() if key != field}


def with_entry(**changes: object) -> dict[str, object]:
    return CONTENT | {"expectations": [ENTRY | changes]}


def test_all_suites_load() -> None:
    suites = load_suites()
    assert [suite.name for suite in suites] == sorted(path.stem for path in SUITES_DIR.glob("*.yml"))
    assert {suite.layer for suite in suites} == {"raw", "parsed", "marts"}


def test_rules_are_told_in_russian_and_described() -> None:
    for suite in load_suites():
        for expectation in suite.expectations:
            assert expectation.description.endswith("."), expectation.rule
            assert expectation.message_ru.endswith((".", "}")), expectation.rule


def test_suite_is_read_as_it_stands(tmp_path: Path) -> None:
    (suite,) = load_suites(write(tmp_path, CONTENT))
    assert (suite.name, suite.relation, suite.layer, suite.identity) == (
        "marts_fct_event", "marts.fct_event", "marts", ("event_key",),
    )  # fmt: skip
    (expectation,) = suite.expectations
    assert (expectation.rule, expectation.severity, expectation.column) == ("date_missing", "warning", None)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (["no", "mapping"], "marts_fct_event.yml: must be a mapping"),
        (without(CONTENT, "query"), "marts_fct_event.yml: missing field query"),
        (CONTENT | {"owner": "me"}, "marts_fct_event.yml: unknown field owner"),
        (CONTENT | {"query": 5}, "marts_fct_event.yml: query must be text"),
        (CONTENT | {"relation": "marts.dim_event"}, "not the file's name"),
        (with_entry(enabled="no"), "date_missing: enabled must be true or false"),
        (CONTENT | {"identity": []}, "must not be empty"),
        (CONTENT | {"expectations": [ENTRY, "x"]}, "marts_fct_event.yml, entry 2: must be a mapping"),
        (CONTENT | {"expectations": [ENTRY, ENTRY]}, "date_missing: another entry has the same rule"),
        (CONTENT | {"expectations": [without(ENTRY, "severity")]}, "date_missing: missing field severity"),
        (with_entry(severity="fatal"), "date_missing: severity 'fatal' is none of error, warning, info"),
        (with_entry(kwargs=["column"]), "date_missing: kwargs must be a mapping"),
        (with_entry(type="not_null"), "date_missing: type 'not_null' is no expectation"),
        (with_entry(rule="Нет даты"), "Нет даты: rule must be a lower-case code"),
        (with_entry(message_ru="{"), "date_missing: message_ru is no template"),
    ],
)
def test_wrong_suite_is_refused(tmp_path: Path, content: object, problem: str) -> None:
    with pytest.raises(SuiteError, match=problem.replace("(", r"\(")):
        load_suites(write(tmp_path, content))


def test_file_that_is_not_yaml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "marts_fct_event.yml").write_text("relation: [", encoding="utf-8")
    with pytest.raises(SuiteError, match=r"marts_fct_event\.yml: not YAML"):
        load_suites(tmp_path)


def test_a_rule_that_is_not_enabled_is_left_out(tmp_path: Path) -> None:
    off = {**ENTRY, "rule": "date_late", "enabled": False}
    directory = write(tmp_path, CONTENT | {"expectations": [ENTRY, off]})
    (suite,) = load_suites(directory)
    assert [expectation.rule for expectation in suite.expectations] == ["date_missing"]
    (suite,) = load_suites(directory, with_disabled=True)
    assert [expectation.rule for expectation in suite.expectations] == ["date_missing", "date_late"]


def test_a_suite_whose_rules_are_all_off_is_left_out(tmp_path: Path) -> None:
    assert load_suites(write(tmp_path, CONTENT | {"expectations": [{**ENTRY, "enabled": False}]})) == ()


def test_a_relation_may_have_several_suites(tmp_path: Path) -> None:
    write(tmp_path, CONTENT)
    content = CONTENT | {"expectations": [{**ENTRY, "rule": "date_late"}]}
    (tmp_path / "marts_fct_event__dates.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert [(suite.name, suite.relation) for suite in load_suites(tmp_path)] == [
        ("marts_fct_event", "marts.fct_event"),
        ("marts_fct_event__dates", "marts.fct_event"),
    ]
