"""Filling a template: what Word may do to a placeholder, hostile values, and templates that are refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document

from orchestration.letters import build_templates
from orchestration.letters.template import Form, Template, TemplateError
from orchestration.letters.writing import MUNICIPAL_LETTER, REGIONAL_LETTER, TEMPLATES_DIR

FORM = Form(
    "letter.docx",
    frozenset({"town", "period"}),
    {"findings": frozenset({"number", "message"}), "notes": frozenset({"message"})},
    frozenset({"town", "findings.message"}),
)
VALUES = {"town": "город Псков", "period": "II квартал 2025 года"}


def fit_document() -> Document:
    document = docx.Document()
    document.add_paragraph("Кому: {town}")
    table = document.add_table(2, 2)
    for cell, text in zip(table.rows[0].cells, ("№", "Замечание"), strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("{findings.number}", "{findings.message}"), strict=True):
        cell.text = text
    return document


def template(directory: Path, document: Document) -> Template:
    document.save(str(directory / FORM.file_name))
    return Template.read(FORM, directory)


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def rows(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def test_a_row_is_repeated_for_every_item(tmp_path: Path) -> None:
    findings = [{"number": "1", "message": "нет сроков"}, {"number": "2", "message": "нет места"}]
    letter = template(tmp_path, fit_document()).fill(VALUES, {"findings": findings, "notes": []})
    assert rows(letter) == [["№", "Замечание"], ["1", "нет сроков"], ["2", "нет места"]]


def test_a_placeholder_split_into_runs_is_filled_and_keeps_the_looks_of_its_beginning(tmp_path: Path) -> None:
    document = fit_document()
    paragraph = document.add_paragraph("За ")
    paragraph.add_run("{per").bold = True
    paragraph.add_run("iod}, ")
    paragraph.add_run("{to")
    paragraph.add_run("wn}.")
    letter = template(tmp_path, document).fill(VALUES, {"findings": [], "notes": []})
    filled = letter.paragraphs[-1]
    assert filled.text.replace("\u00a0", " ") == "За II квартал 2025 года, город Псков."
    assert [run.text.replace("\u00a0", " ") for run in filled.runs if run.bold] == ["II квартал 2025 года"]


def test_values_are_never_read_as_a_template_again(tmp_path: Path) -> None:
    hostile = "{town} {if notes} <w:br/> {findings.number} & {end}"
    letter = template(tmp_path, fit_document()).fill(
        {**VALUES, "town": hostile}, {"findings": [{"number": "{period}", "message": hostile}], "notes": []}
    )
    assert texts(letter) == [f"Кому: {hostile}"]
    assert rows(letter)[1] == ["{period}", hostile]


def test_a_line_feed_is_a_line_break(tmp_path: Path) -> None:
    letter = template(tmp_path, fit_document()).fill({**VALUES, "town": "Псков\nОстров"}, {"findings": [], "notes": []})
    assert letter.paragraphs[0].text == "Кому: Псков\nОстров"


@pytest.mark.parametrize(("notes", "expected"), [([], []), ([{"message": "x"}], ["Для сведения"])])
def test_a_passage_stands_where_its_list_is_not_empty(tmp_path: Path, notes: list, expected: list[str]) -> None:
    document = fit_document()
    for text in ("{if notes}", "Для сведения", "{end}", "Конец"):
        document.add_paragraph(text)
    letter = template(tmp_path, document).fill(VALUES, {"findings": [], "notes": notes})
    assert texts(letter)[1:] == [*expected, "Конец"]


def test_headers_and_footers_are_filled(tmp_path: Path) -> None:
    document = fit_document()
    document.sections[0].footer.paragraphs[0].text = "{period}"
    letter = template(tmp_path, document).fill(VALUES, {"findings": [], "notes": []})
    assert letter.sections[0].footer.paragraphs[0].text.replace("\u00a0", " ") == "II квартал 2025 года"


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        (["{perod}"], r"unknown placeholder \{perod\}; there are findings.message"),
        (["{findings.message}"], "must stand in a table row of its own list"),
        (["{if notes}"], "has no {end}"),
        (["{end}"], "needs its {end}"),
        (["{if notes}", "{if findings}", "{end}", "{end}"], "before the next"),
        (["{if towns}", "{end}"], "there is no such list; there are findings, notes"),
        (["text {if notes}", "{end}"], "a paragraph of its own"),
    ],
)
def test_an_unfit_template_is_refused_with_what_to_change(tmp_path: Path, added: list[str], problem: str) -> None:
    document = fit_document()
    for text in added:
        document.add_paragraph(text)
    with pytest.raises(TemplateError, match=problem):
        template(tmp_path, document)


def test_a_marker_in_a_table_is_refused(tmp_path: Path) -> None:
    document = fit_document()
    document.tables[0].rows[0].cells[0].text = "{if notes}"
    with pytest.raises(TemplateError, match="outside of tables"):
        template(tmp_path, document)


def test_a_missing_placeholder_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        TemplateError, match=r"letter\.docx: the placeholder \{findings\.message\}, \{town\} is missing"
    ):
        template(tmp_path, docx.Document())


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 no archive", b"{\\rtf1}"])
def test_a_file_that_is_no_word_document_is_refused(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FORM.file_name).write_bytes(content)
    with pytest.raises(TemplateError, match="not a Word document"):
        Template.read(FORM, tmp_path)


@pytest.mark.parametrize("form", [MUNICIPAL_LETTER, REGIONAL_LETTER])
def test_the_committed_templates_are_those_that_the_script_builds(tmp_path: Path, form: Form) -> None:
    build_templates.build(tmp_path)
    built, committed = (_parts(directory / form.file_name) for directory in (tmp_path, TEMPLATES_DIR))
    assert built == committed, "run python -m orchestration.letters.build_templates"
    Template.read(form, TEMPLATES_DIR)


def _parts(path: Path) -> dict[str, bytes]:
    with ZipFile(BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
