from datetime import datetime

import docx
import pytest

from orchestration.documents.model import Paragraph, Table
from orchestration.documents.number_formats import format_number
from orchestration.documents.reader import read_document

from word_files import body_bytes, cell, paragraph, read_body, row, save, table


def runs(*parts: str) -> str:
    return f"<w:p>{''.join(parts)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


TEXT_BOX = "<wps:txbx><w:txbxContent><w:p><w:r><w:t>рамка</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
TEXTS = {
    "runs are one text": (runs(run("Дожин"), run("ки")), "Дожинки"),
    "breaks": (runs("<w:r><w:t>а</w:t><w:br/><w:t>б</w:t><w:cr/><w:t>в</w:t></w:r>"), "а\nб\nв"),
    "tab": (runs("<w:r><w:t>а</w:t><w:tab/><w:t>б</w:t></w:r>"), "а\tб"),
    "hyphens": (
        runs("<w:r><w:t>Санкт</w:t><w:noBreakHyphen/><w:t>Петер</w:t><w:softHyphen/><w:t>бург</w:t></w:r>"),
        "Санкт-Петербург",
    ),
    "soft hyphen character": (runs(run("меро\u00adприятие")), "мероприятие"),
    "deletion": (
        runs(run("12 "), "<w:del><w:r><w:delText>13 </w:delText></w:r></w:del>", run("человек")),
        "12 человек",
    ),
    "insertion": (runs(run("12"), f"<w:ins>{run('0')}</w:ins>", run(" человек")), "120 человек"),
    "move": (runs(f"<w:moveFrom>{run('было')}</w:moveFrom>", f"<w:moveTo>{run('стало')}</w:moveTo>"), "стало"),
    "hidden": (
        runs(run("видно"), run(" скрыто", "<w:vanish/>"), run(" снова", '<w:vanish w:val="0"/>')),
        "видно снова",
    ),
    "hyperlink": (runs(run("см. "), f'<w:hyperlink w:anchor="x">{run("сайт")}</w:hyperlink>'), "см. сайт"),
    "content control": (runs(f"<w:sdt><w:sdtPr/><w:sdtContent>{run('выбор')}</w:sdtContent></w:sdt>"), "выбор"),
    "placeholder": (
        runs(
            run("а"), f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Место')}</w:sdtContent></w:sdt>"
        ),
        "а",
    ),
    "smart tag": (runs(f'<w:smartTag w:element="place">{run("Полоцк")}</w:smartTag>'), "Полоцк"),
    "custom XML": (runs(f'<w:customXml w:element="x">{run("Орша")}</w:customXml>'), "Орша"),
    "simple field": (runs(f'<w:fldSimple w:instr="DATE">{run("5 мая")}</w:fldSimple>'), "5 мая"),
    "field": (
        runs(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            run("условие"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            run("итог"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            run(" дня"),
        ),
        "итог дня",
    ),
    "alternatives once": (
        runs(
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps">' + TEXT_BOX + "</mc:Choice>"
            "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>рамка</w:t></w:r></w:p>"
            "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            run("текст"),
        ),
        "текст\nрамка",
    ),
    "math": (runs("<m:oMath><m:r><m:t>2+2</m:t></m:r></m:oMath>"), "2+2"),
    "symbols": (runs('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:char="2013"/></w:r>'), "✓–"),
}


@pytest.mark.parametrize(("body", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_text_of_a_paragraph_and_of_a_cell(body: str, text: str) -> None:
    document = read_body(body + f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>")
    assert document.blocks[0] == Paragraph(text)
    assert document.blocks[1].rows[0][0].text == text


def test_deleted_paragraph_mark_joins_paragraphs() -> None:
    document = read_body(paragraph("на", "<w:rPr><w:del/></w:rPr>") + paragraph("чало") + paragraph("конец"))
    assert document.blocks == (Paragraph("начало"), Paragraph("конец"))


def test_hidden_by_style() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Heir"><w:basedOn w:val="Secret"/></w:style>'
    )
    document = read_body(runs(run("видно"), run("скрыто", '<w:rStyle w:val="Heir"/>')), styles=styles)
    assert document.blocks == (Paragraph("видно"),)


def test_blocks_keep_their_order_past_wrappers() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{paragraph('б')}{table([row([cell('в')])])}</w:sdtContent></w:sdt>"
    document = read_body(paragraph("а") + wrapped + f"<w:customXml>{paragraph('г')}</w:customXml>")
    assert [type(block) for block in document.blocks] == [Paragraph, Paragraph, Table, Paragraph]


def test_nested_table_is_text_of_its_cell() -> None:
    inner = table([row([cell("1"), cell("2")]), row([cell("3"), cell("4")])])
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('до')}{inner}{paragraph('после')}</w:tc></w:tr></w:tbl>"
    assert read_body(outer).blocks[0].rows[0][0].text == "до\n1\t2\n3\t4\nпосле"


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def span(count: int) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


START, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
GRIDS = {
    "plain": ([row([cell("а"), cell("б")])], 2, [["а", "б"]]),
    "column span": ([row([cell("а", span(2)), cell("б")])], 3, [["а2x1", None, "б"]]),
    "row span": (
        [row([cell("а", START), cell("б")]), row([cell("", GOES_ON), cell("в")]), row([cell("г"), cell("д")])],
        2,
        [["а1x2", "б"], [None, "в"], ["г", "д"]],
    ),
    "both spans": (
        [row([cell("а", span(2) + START), cell("б")]), row([cell("", span(2) + GOES_ON), cell("в")])],
        3,
        [["а2x2", None, "б"], [None, None, "в"]],
    ),
    "merge that begins nowhere": ([row([cell("а", GOES_ON), cell("б")])], 2, [["а", "б"]]),
    "old horizontal merge": (
        [row([cell("а", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("б")])],
        3,
        [["а2x1", None, "б"]],
    ),
    "columns before": (
        [row([cell("а")], '<w:gridBefore w:val="1"/>'), row([cell("б"), cell("в")])],
        2,
        [[None, "а"], ["б", "в"]],
    ),
    "columns after": (
        [row([cell("а")], '<w:gridAfter w:val="1"/>'), row([cell("б"), cell("в")])],
        2,
        [["а", None], ["б", "в"]],
    ),
    "ragged": ([row([cell("а")]), row([cell("б"), cell("в"), cell("г")])], 1, [["а", None, None], ["б", "в", "г"]]),
    "absurd span": (
        [row([cell("а", span(999_999)), cell("б")]), row([cell("в"), cell("г"), cell("д")])],
        3,
        [["а2x1", None, "б"], ["в", "г", "д"]],
    ),
    "negative span": ([row([cell("а", span(-5)), cell("б")])], 2, [["а", "б"]]),
    "deleted row": ([row([cell("а")], "<w:del/>"), row([cell("б")], "<w:ins/>")], 1, [["б"]]),
    "deleted cell": ([row([cell("а", "<w:cellDel/>"), cell("б")])], 1, [["б"]]),
    "content controls": (
        [control(row([control(cell("а")), cell("б")]))],
        2,
        [["а", "б"]],
    ),
}


@pytest.mark.parametrize(("rows", "width", "expected"), GRIDS.values(), ids=GRIDS.keys())
def test_grid(rows: list[str], width: int, expected: list[list[str | None]]) -> None:
    def shown(one) -> str | None:
        if one is None:
            return None
        size = "" if one.column_span == one.row_span == 1 else f"{one.column_span}x{one.row_span}"
        return one.text + size

    (grid,) = read_body(table(rows, width)).blocks
    assert [[shown(one) for one in line] for line in grid.rows] == expected


def level(index: int, number_format: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def instance(number: int, abstract_id: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_id}"/>{overrides}</w:num>'


def item(text: str, number: int, index: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{number}"/></w:numPr>')


DECIMAL = abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "lowerRoman", "%3)"))
ONE, TWO = instance(1, 1), instance(2, 1)
RESTARTED = instance(2, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
NUMBERINGS = {
    "counts": (DECIMAL + ONE, [item("а", 1), item("б", 1)], ["1. а", "2. б"]),
    "levels": (
        DECIMAL + ONE,
        [item("а", 1), item("б", 1, 1), item("в", 1, 1), item("г", 1, 2), item("д", 1), item("е", 1, 1)],
        ["1. а", "1.1. б", "1.2. в", "i) г", "2. д", "2.1. е"],
    ),
    "instances of one list count on": (DECIMAL + ONE + TWO, [item("а", 1), item("б", 2)], ["1. а", "2. б"]),
    "start override": (
        DECIMAL + ONE + RESTARTED,
        [item("а", 1), item("б", 2), item("в", 2), item("г", 1)],
        ["1. а", "5. б", "6. в", "7. г"],
    ),
    "never restarts": (
        abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')) + ONE,
        [item("а", 1), item("б", 1, 1), item("в", 1), item("г", 1, 1)],
        ["1. а", "1) б", "2. в", "2) г"],
    ),
    "bullets": (abstract(1, level(0, "bullet", "")) + ONE, [item("а", 1)], ["а"]),
    "own start": (
        abstract(1, level(0, "decimal", "%1)", start=7)) + ONE,
        [item("а", 1), item("б", 1)],
        ["7) а", "8) б"],
    ),
    "legal": (
        abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>")) + ONE,
        [item("а", 1), item("б", 1, 1)],
        ["I. а", "1.1 б"],
    ),
    "no number": (DECIMAL + ONE, [item("а", 0), item("б", 1), item("в", 77)], ["а", "1. б", "в"]),
    "empty paragraph": (DECIMAL + ONE, [item("", 1), item("", 1)], ["1.", "2."]),
    "deleted paragraph does not count": (
        DECIMAL + ONE,
        [
            '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>',
            item("а", 1),
        ],
        ["1. а"],
    ),
}


@pytest.mark.parametrize(("numbering", "items", "expected"), NUMBERINGS.values(), ids=NUMBERINGS.keys())
def test_automatic_numbers(numbering: str, items: list[str], expected: list[str]) -> None:
    assert [block.text for block in read_body("".join(items), numbering).blocks] == expected


def test_numbers_by_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Row"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Heir"><w:basedOn w:val="Row"/></w:style>'
    )
    body = paragraph("а", '<w:pStyle w:val="Row"/>') + paragraph("б", '<w:pStyle w:val="Heir"/>')
    assert [block.text for block in read_body(body, DECIMAL + ONE, styles).blocks] == ["1. а", "2. б"]


def test_numbers_by_numbering_style() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    linked = '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>' + DECIMAL
    assert [b.text for b in read_body(item("а", 3), linked + ONE + instance(3, 2), styles).blocks] == ["1. а"]


def test_numbers_in_cells_go_down_the_table() -> None:
    rows = [f"<w:tr><w:tc>{item('', 1)}</w:tc><w:tc>{paragraph('а')}</w:tc></w:tr>" for _ in range(3)]
    (grid,) = read_body(table(rows, 2), DECIMAL + ONE).blocks
    assert [line[0].text for line in grid.rows] == ["1.", "2.", "3."]


@pytest.mark.parametrize(
    ("number", "number_format", "expected"),
    [
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (27, "lowerLetter", "aa"),
        (2, "upperLetter", "B"),
        (3, "russianLower", "в"),
        (10, "russianLower", "к"),
        (28, "russianLower", "ю"),
        (30, "russianUpper", "АА"),
        (7, "decimalZero", "07"),
        (0, "upperRoman", "0"),
        (5, "ideographDigital", "5"),
        (5, "none", ""),
    ],
)
def test_number_formats(number: int, number_format: str, expected: str) -> None:
    assert format_number(number, number_format) == expected


def test_modified_at() -> None:
    word = docx.Document()
    word.core_properties.modified = datetime(2026, 1, 12, 9, 30)
    assert read_document(save(word), "a.docx").modified_at == datetime(2026, 1, 12, 9, 30)


def test_reading_is_repeatable() -> None:
    data = body_bytes(paragraph("а"))
    assert read_document(data, "a.docx") == read_document(data, "a.docx")
