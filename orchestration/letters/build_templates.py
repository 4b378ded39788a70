"""Writes the two templates that come with the program: ``python -m orchestration.letters.build_templates``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from orchestration.letters.writing import MUNICIPAL_LETTER, REGIONAL_LETTER, TEMPLATES_DIR

_FONT = "Times New Roman"
_TEXT_WIDTH = Cm(17)
_LINE = "_" * 24

Column = tuple[str, str, float]
"""Heading, text of the repeated cell (its paragraphs parted by line feeds) and width in centimetres."""

_MATTERS: tuple[Column, ...] = (
    ("№ п/п, мероприятие", "{%s.number}\n{%s.event}", 3.2),
    ("Столбец отчёта", "{%s.column}", 2.7),
    ("Указано в отчёте", "{%s.value}", 3.7),
    ("Замечание", "{%s.message}", 3.9),
    ("Что нужно сделать", "{%s.request}", 3.5),
)


def build(directory: Path) -> None:
    """Write both templates into the folder."""
    _municipal_letter().save(str(directory / MUNICIPAL_LETTER.file_name))
    _regional_letter().save(str(directory / REGIONAL_LETTER.file_name))


def _municipal_letter() -> Document:
    document = _page("Замечания к отчёту: {municipality}, {period}")
    _letterhead(document, "Администрация муниципального образования «{municipality}»\n{region}")
    document.add_paragraph("О замечаниях к отчёту\nо международных мероприятиях\nза {period}", "Letter Subject")
    document.add_paragraph("Уважаемые коллеги!", "Letter Salutation")
    document.add_paragraph(
        "При проверке сведений муниципального образования «{municipality}» за {period} (файл «{source_file}», получен "
        "{received}; мероприятий: {event_count}) найдено замечаний: {finding_count}. Просим в течение {deadline} со "
        "дня получения письма исправить отчёт и прислать его заново либо подтвердить, что сведения верны.",
        "Letter Text",
    )
    _passage(document, "findings", "Просим исправить или подтвердить", _matters("findings"))
    _passage(document, "notes", "Просим дополнить, если сведения есть", _matters("notes"))
    _close(
        document,
        "Номера соответствуют столбцу «№ п/п» отчёта. Длинный текст в таблице сокращён, это отмечено знаком «…».",
    )
    return document


def _regional_letter() -> Document:
    document = _page("Сводное письмо: {region}, {period}")
    _letterhead(document, "{region}")
    document.add_paragraph("О результатах проверки отчёта\nо международных мероприятиях\nза {period}", "Letter Subject")
    document.add_paragraph("Уважаемые коллеги!", "Letter Salutation")
    document.add_paragraph(
        "Проверен отчёт за {period} (файл «{source_file}», получен {received}). В нём мероприятий: {event_count}, "
        "муниципальных образований: {municipality_count}; замечаний: {finding_count}. Муниципальным образованиям "
        "подготовлено писем: {letter_count}. Просим в течение {deadline} собрать исправления и прислать отчёт заново.",
        "Letter Text",
    )
    document.add_paragraph("Муниципальные образования", "Letter Heading")
    overview = _table(
        document,
        (
            ("Муниципальное образование", "{municipalities.name}", 7.0),
            ("Мероприятий", "{municipalities.event_count}", 2.8),
            ("Замечаний", "{municipalities.finding_count}", 2.3),
            ("К сведению", "{municipalities.note_count}", 2.3),
            ("Итог проверки", "{municipalities.outcome}", 2.6),
        ),
        numeric=(1, 2, 3),
    )
    totals = overview.add_row()
    for cell, text in zip(
        totals.cells,
        ("Всего", "{event_count}", "{finding_count}", "{note_count}", "писем: {letter_count}"),
        strict=True,
    ):
        cell.paragraphs[0].style = "Table Heading"
        cell.paragraphs[0].add_run(text)
    for cell in totals.cells[1:4]:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    totals.cells[0].paragraphs[0].alignment = totals.cells[4].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
    _keep_row_whole(totals._tr)
    _passage(
        document,
        "silent",
        "Не сообщили о мероприятиях",
        (
            ("Муниципальное образование", "{silent.municipality}", 7.0),
            ("Последний отчёт с мероприятиями", "{silent.last_period}", 4.5),
            ("Что нужно сделать", "{silent.request}", 5.5),
        ),
    )
    _passage(
        document,
        "shared",
        "Одно мероприятие описано по-разному",
        (("Мероприятие", "{shared.event}", 6.0), ("Что сообщают муниципальные образования", "{shared.tellings}", 11.0)),
    )
    _passage(
        document,
        "general",
        "Замечания к отчёту в целом",
        (
            ("Указано в отчёте", "{general.value}", 4.5),
            ("Замечание", "{general.message}", 7.0),
            ("Что нужно сделать", "{general.request}", 5.5),
        ),
    )
    _passage(
        document,
        "refused",
        "Файлы, которые не удалось принять",
        (("Файл", "{refused.file}", 6.0), ("Причина и что нужно сделать", "{refused.message}", 11.0)),
    )
    _close(
        document,
        "«Замечаний» – то, что нужно исправить или подтвердить; «К сведению» – то, что желательно дополнить.",
    )
    return document


def _page(running_title: str) -> Document:
    """An empty A4 page with the letters' styles, its running title from the second page on, and page numbers."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    section.header_distance = section.footer_distance = Cm(1)
    section.different_first_page_header_footer = True
    _styles(document)
    _fill_running(section.header.paragraphs[0], running_title, "Letter Running Title")
    for footer in (section.footer, section.first_page_footer):
        _page_number(footer.paragraphs[0])
    properties = document.core_properties
    properties.author = properties.comments = properties.keywords = ""
    properties.title = running_title.partition(":")[0]
    properties.language = "ru-RU"
    return document


def _styles(document: Document) -> None:
    normal = document.styles["Normal"]
    _font(normal, 12)
    normal.paragraph_format.space_after = Pt(0)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ru-RU")
    normal.element.get_or_add_rPr().append(language)
    _style(document, "Letter Addressee", 12)
    _style(document, "Letter Subject", 12, bold=True, before=18, after=18)
    _style(document, "Letter Salutation", 12, alignment=WD_ALIGN_PARAGRAPH.CENTER, after=8)
    text = _style(document, "Letter Text", 12, after=6)
    text.paragraph_format.first_line_indent = Cm(1.25)
    text.paragraph_format.line_spacing = 1.15
    heading = _style(document, "Letter Heading", 12, bold=True, before=12, after=6)
    heading.paragraph_format.keep_with_next = True
    _style(document, "Letter Note", 10, before=8, after=6)
    _style(document, "Letter Signature", 12)
    _style(document, "Letter Running Title", 9, alignment=WD_ALIGN_PARAGRAPH.RIGHT, colour=RGBColor(0x59, 0x59, 0x59))
    _style(document, "Letter Page Number", 10, alignment=WD_ALIGN_PARAGRAPH.CENTER)
    _style(document, "Table Heading", 10, bold=True, alignment=WD_ALIGN_PARAGRAPH.CENTER)
    _style(document, "Table Number", 10, bold=True)
    _style(document, "Table Text", 10)


def _style(
    document: Document,
    name: str,
    size: int,
    *,
    bold: bool = False,
    alignment: WD_ALIGN_PARAGRAPH | None = None,
    before: int = 0,
    after: int = 0,
    colour: RGBColor | None = None,
) -> ParagraphStyle:
    style = document.styles.add_style(name, 1)
    style.base_style = document.styles["Normal"]
    _font(style, size)
    style.font.bold = bold
    style.font.color.rgb = colour
    style.paragraph_format.alignment = alignment
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return style


def _font(style: ParagraphStyle, size: int) -> None:
    style.font.name = _FONT
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FONT)


def _fill_running(paragraph: Paragraph, text: str, style: str) -> None:
    paragraph.style = style
    paragraph.add_run(text)


def _page_number(paragraph: Paragraph) -> None:
    paragraph.style = "Letter Page Number"
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _letterhead(document: Document, addressee: str) -> None:
    """Where the sender registers the letter, on the left, and whom it goes to, on the right."""
    table = document.add_table(1, 2)
    _set_widths(table, (Cm(9), Cm(8)))
    left, right = table.rows[0].cells
    left.paragraphs[0].add_run("____________ № ____________")
    _paragraphs(right, addressee, "Letter Addressee")


def _matters(name: str) -> tuple[Column, ...]:
    return tuple((heading, text.replace("%s", name), width) for heading, text, width in _MATTERS)


def _passage(document: Document, name: str, heading: str, columns: Sequence[Column]) -> None:
    document.add_paragraph(f"{{if {name}}}")
    document.add_paragraph(heading, "Letter Heading")
    _table(document, columns)
    document.add_paragraph("{end}")


def _table(document: Document, columns: Sequence[Column], numeric: Sequence[int] = ()) -> Table:
    """A table of a heading row, repeated on every page, and one row to be repeated for every item."""
    table = document.add_table(2, len(columns), "Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _set_widths(table, [Cm(width) for _, _, width in columns])
    _set_cell_margins(table)
    heading_row, item_row = table.rows
    for index, (heading, text, _) in enumerate(columns):
        _paragraphs(heading_row.cells[index], heading, "Table Heading")
        _shade(heading_row.cells[index])
        _paragraphs(item_row.cells[index], text, "Table Text")
        if index in numeric:
            item_row.cells[index].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    if len(item_row.cells[0].paragraphs) > 1:
        item_row.cells[0].paragraphs[0].style = "Table Number"
    repeated = OxmlElement("w:tblHeader")
    heading_row._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        _keep_row_whole(row._tr)
    return table


def _paragraphs(cell: _Cell, text: str, style: str) -> None:
    for index, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(line)


def _set_widths(table: Table, widths: Sequence[int]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _set_cell_margins(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.addprevious(margins)


def _shade(cell: _Cell) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), "F2F2F2")
    cell._tc.get_or_add_tcPr().append(shading)


def _keep_row_whole(row: BaseOxmlElement) -> None:
    properties = row.get_or_add_trPr()
    properties.insert(0, OxmlElement("w:cantSplit"))


def _close(document: Document, note: str) -> None:
    """What helps to read the tables, and the lines for the signature."""
    document.add_paragraph(note, "Letter Note")
    document.add_paragraph("", "Letter Signature")
    table = document.add_table(2, 3)
    _set_widths(table, (_TEXT_WIDTH // 3,) * 3)
    for cell, caption in enumerate(("(должность)", "(подпись)", "(расшифровка подписи)")):
        _paragraphs(table.rows[0].cells[cell], _LINE, "Letter Signature")
        _paragraphs(table.rows[1].cells[cell], caption, "Letter Note")
        for row in table.rows:
            row.cells[cell].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            row.cells[cell].paragraphs[0].paragraph_format.space_before = Pt(0)
            _keep_row_whole(row._tr)


if __name__ == "__main__":
    build(TEMPLATES_DIR)
