"""Reports of random texts in random layouts, written by python-docx, read back exactly."""

from __future__ import annotations

from dataclasses import dataclass

import docx
import pytest
from docx.document import Document as WordDocument
from docx.table import Table, _Cell
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from orchestration.documents.layout import read_report
from orchestration.documents.reader import read_document

from word_files import TITLE, save

FIELDS = ("name", "place", "dates", "description", "participants")
HEADINGS = {
    "number": ["№ п/п", "№", "Номер"],
    "municipality": ["Муниципальное образование", "Наименование муниципального образования", "Район (округ)"],
    "name": ["Наименование мероприятия", "Мероприятие", "Название"],
    "place": ["Место проведения", "Место проведения мероприятия"],
    "dates": ["Дата проведения", "Срок", "Сроки проведения мероприятия"],
    "description": ["Цель, содержание и результат", "Краткое описание, итоги"],
    "participants": ["Участники", "Участники (количество)"],
    "extra": ["Форма проведения", "Примечание", "Цвет папки"],
}
SECTIONS = [
    "Город Псков",
    "Гдовский район",
    "Муниципальное образование «Островский район»",
    "Островский\u00a0муниципальный округ",
    "городской округ Великие Луки",
    "ПОРХОВСКИЙ МУНИЦИПАЛЬНЫЙ ОКРУГ",
    "Дно",
]
WORDS = [
    *(
        "праздник",
        "песни",
        "«Славянский",
        "венок»",
        "Витебск",
        "в",
        "делегация",
        "№\u00a06",
        "–",
        "(очно),",
        "Беларусь",
    ),
    *(
        "встреча",
        "с",
        "ветеранами;",
        "150-летие",
        "школьники",
        "12",
        "г.\u00a0Орша",
        '"Дружба"',
        "ёлка",
        "I",
        "и\u00a0др.",
    ),
]
SECTION_STYLES = ("merged", "lone", "column", "merged column", "heading", "over the header")
# Shrinking a failure would build hundreds of files more.
FAST = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Layout:
    """How a report is laid out; ``columns`` are (field, heading) from left to right."""

    columns: tuple[tuple[str, str], ...]
    section_style: str
    numbers: str
    has_column_numbers: bool
    has_header_on_each_page: bool

    @property
    def has_number(self) -> bool:
        return any(field == "number" for field, _ in self.columns)


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    style = draw(st.sampled_from(SECTION_STYLES))
    fields = ["name", "dates", "participants", *draw(st.lists(st.sampled_from(["place", "description"]), unique=True))]
    fields += ["municipality"] if "column" in style else []
    fields += ["extra"] if draw(st.booleans()) else []
    fields = draw(st.permutations(fields))
    # A name that stands alone in its row is told from an event by the number column's place, hence numbers come first.
    fields = ["number", *fields] if style == "lone" or draw(st.booleans()) else fields
    columns = tuple((field, draw(st.sampled_from(HEADINGS[field]))) for field in fields)
    numbers = draw(st.sampled_from(["1", "1.", "№ 1", "automatic"]))
    return Layout(columns, style, numbers, draw(st.booleans()), draw(st.booleans()))


lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
texts = st.lists(lines, min_size=1, max_size=3).map("\n".join)
# What a date or a name begins with keeps it from being a dash or a number only.
events = st.fixed_dictionaries(
    {
        "name": texts.map("Фестиваль {}".format),
        "place": st.one_of(st.just(""), texts.map("Дом культуры {}".format)),
        "dates": st.integers(1, 28).map("{} октября\n2025 года".format),
        "description": st.one_of(st.just(""), texts.map("Обмен {}".format)),
        "participants": texts.map("Коллективы {}".format),
        "extra": texts.map("Заметка {}".format),
    }
)
sections = st.lists(
    st.tuples(st.sampled_from(SECTIONS), st.lists(events, min_size=1, max_size=3)),
    min_size=1,
    max_size=4,
    unique_by=lambda section: section[0],
)


def write_text(cell: _Cell, text: str, by_breaks: bool) -> None:
    """The lines of a text as paragraphs of their own, or as line breaks of one."""
    if by_breaks:
        cell.paragraphs[0].add_run(text)
        return
    first, *rest = text.split("\n")
    cell.paragraphs[0].add_run(first)
    for line in rest:
        cell.add_paragraph(line)


def write_row(table: Table, texts_of_row: list[str], by_breaks: bool = False) -> list[_Cell]:
    cells = list(table.add_row().cells)
    for cell, text in zip(cells, texts_of_row, strict=True):
        write_text(cell, text, by_breaks)
    return cells


def write_header(table: Table, layout: Layout) -> None:
    write_row(table, [heading for _, heading in layout.columns])
    if layout.has_column_numbers:
        write_row(table, [str(number) for number in range(1, len(layout.columns) + 1)])


def write_section_heading(table: Table, layout: Layout, name: str) -> None:
    width = len(layout.columns)
    cells = write_row(table, [""] * width)
    if layout.section_style == "lone":
        cells[0].text = name
    else:
        cells[0].merge(cells[-1]).text = name


def write_report(layout: Layout, parts: list[tuple[str, list[dict[str, str]]]], by_breaks: bool) -> WordDocument:
    word = docx.Document()
    word.add_paragraph(TITLE)
    table: Table | None = None
    number = 0
    for name, events_of_part in parts:
        needs_table = table is None or layout.section_style in ("heading", "over the header")
        if needs_table:
            if layout.section_style == "heading":
                word.add_heading(name)
            table = word.add_table(0, len(layout.columns))
            if layout.section_style == "over the header":
                write_section_heading(table, layout, name)
        if needs_table or layout.has_header_on_each_page:
            write_header(table, layout)
        if layout.section_style in ("merged", "lone"):
            write_section_heading(table, layout, name)
        first_cells: list[_Cell] = []
        for index, event in enumerate(events_of_part):
            number += 1
            is_named = layout.section_style == "column" or index == 0
            values = {
                **event,
                "municipality": name if is_named else "",
                "number": layout.numbers.replace("1", str(number)),
            }
            if layout.numbers == "automatic":
                values["number"] = ""
            cells = write_row(table, [values[field] for field, _ in layout.columns], by_breaks)
            first_cells = first_cells or cells
            for (field, _), cell, first in zip(layout.columns, cells, first_cells, strict=True):
                if field == "number" and layout.numbers == "automatic":
                    cell.paragraphs[0].style = "List Number"
                elif field == "municipality" and layout.section_style == "merged column" and index:
                    first.merge(cell).text = name
    return word


def check(layout: Layout, parts: list[tuple[str, list[dict[str, str]]]], by_breaks: bool) -> None:
    document = read_document(save(write_report(layout, parts, by_breaks)), "случай.docx")
    report = read_report(document)
    told = [field for field in FIELDS if any(field == one for one, _ in layout.columns)]
    extra = next((heading for field, heading in layout.columns if field == "extra"), None)
    expected = []
    for name, events_of_part in parts:
        for event in events_of_part:
            number = len(expected) + 1 if layout.has_number else None
            cells = {field: event[field] if field in told else "" for field in FIELDS}
            expected.append((number, name, cells, {extra: event["extra"]} if extra else {}))
    read = [
        (row.sequence_number, row.municipality, {field: getattr(row, field) for field in FIELDS}, row.extra)
        for row in report.rows
    ]
    for one, other in zip(read, expected, strict=False):
        assert one == other
    assert len(read) == len(expected)
    assert (report.title, report.period, report.region) == (TITLE, "2025-Q4", "Псковская область")
    assert {issue.code for issue in report.issues} <= {"missing_column", "unknown_column"}


@settings(FAST, max_examples=60)
@given(layouts(), sections, st.booleans())
def test_random_reports_read_back(
    layout: Layout, parts: list[tuple[str, list[dict[str, str]]]], by_breaks: bool
) -> None:
    check(layout, parts, by_breaks)


@pytest.mark.slow
@settings(FAST, max_examples=600)
@given(layouts(), sections, st.booleans())
def test_many_random_reports_read_back(
    layout: Layout, parts: list[tuple[str, list[dict[str, str]]]], by_breaks: bool
) -> None:
    check(layout, parts, by_breaks)
