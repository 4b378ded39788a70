"""Traps of automatic list numbers: where they come from, how they count, restart and look."""

from __future__ import annotations

from collections.abc import Iterable

from traps.trap import Trap, column, control, paragraph, row, table


def level(index: int, number_format: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def instance(number: int, abstract_id: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_id}"/>{overrides}</w:num>'


def item(text: str, number: int, index: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{number}"/></w:numPr>')


def styled(text: str, style: str, more: str = "") -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>{more}')


def style(name: str, number_properties: str = "", based_on: str = "", kind: str = "paragraph") -> str:
    parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{parent}'
        f"<w:pPr><w:numPr>{number_properties}</w:numPr></w:pPr></w:style>"
    )


def trap(name: str, numbering: str, items: Iterable[str], expected: Iterable[str], styles: str = "") -> Trap:
    """A table of one column, an item a row."""
    rows = [f"<w:tr><w:tc>{one}</w:tc></w:tr>" for one in items]
    return Trap("numbers", name, table(rows, 1), column(expected), numbering, styles)


def sequence(name: str, number_format: str, shown: list[str], start: int = 1, text: str = "%1)") -> Trap:
    numbering = abstract(1, level(0, number_format, text, start=start)) + instance(1, 1)
    return trap(name, numbering, [item("а", 1) for _ in shown], [f"{one} а" for one in shown])


_DECIMAL = abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "lowerRoman", "%3)"))
_ONE, _TWO = instance(1, 1), instance(2, 1)
_NUMBERED = '<w:numId w:val="1"/>'
_FROM_FIVE = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
_LINKED = abstract(
    1,
    level(0, "decimal", "%1.", '<w:pStyle w:val="Part"/>'),
    level(1, "decimal", "%1.%2.", '<w:pStyle w:val="Clause"/>'),
)
_CONTROLLED = control(item("а", 1))
_NESTED = table([f"<w:tr><w:tc>{item('б', 1)}</w:tc></w:tr>"], 1)

NUMBERS = [
    trap("numbers of the paragraph", _DECIMAL + _ONE, [item("а", 1), item("б", 1)], ["1. а", "2. б"]),
    trap("number of an empty paragraph", _DECIMAL + _ONE, [item("", 1), item("", 1)], ["1.", "2."]),
    trap(
        "numbers by style",
        _DECIMAL + _ONE,
        [styled("а", "Row"), styled("б", "Row")],
        ["1. а", "2. б"],
        style("Row", _NUMBERED),
    ),
    trap(
        "numbers by an inherited style",
        _DECIMAL + _ONE,
        [styled("а", "Heir"), styled("б", "Heir")],
        ["1. а", "2. б"],
        style("Row", _NUMBERED) + style("Heir", based_on="Row"),
    ),
    trap(
        "levels linked to styles",
        _LINKED + _ONE,
        [styled("а", "Part"), styled("б", "Clause"), styled("в", "Clause"), styled("г", "Part"), styled("д", "Clause")],
        ["1. а", "1.1. б", "1.2. в", "2. г", "2.1. д"],
        style("Part", _NUMBERED) + style("Clause", _NUMBERED),
    ),
    trap(
        "list defined by a numbering style",
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + abstract(1, level(0, "decimal", "%1."), more='<w:styleLink w:val="L"/>')
        + _ONE
        + instance(3, 2),
        [item("а", 3), item("б", 3)],
        ["1. а", "2. б"],
        style("L", _NUMBERED, kind="numbering"),
    ),
    trap(
        "number switched off",
        _DECIMAL + _ONE,
        [styled("а", "Row"), styled("б", "Row", '<w:numPr><w:numId w:val="0"/></w:numPr>'), styled("в", "Row")],
        ["1. а", "б", "2. в"],
        style("Row", _NUMBERED),
    ),
    trap("list that is not there", _DECIMAL + _ONE, [item("а", 77), item("б", 1)], ["а", "1. б"]),
    trap(
        "levels",
        _DECIMAL + _ONE,
        [item("а", 1), item("б", 1, 1), item("в", 1, 1), item("г", 1, 2), item("д", 1), item("е", 1, 1)],
        ["1. а", "1.1. б", "1.2. в", "i) г", "2. д", "2.1. е"],
    ),
    trap(
        "level that never restarts",
        abstract(1, level(0, "decimal", "%1."), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')) + _ONE,
        [item("а", 1), item("б", 1, 1), item("в", 1), item("г", 1, 1)],
        ["1. а", "1) б", "2. в", "2) г"],
    ),
    trap(
        "level that restarts only after the first",
        abstract(
            1,
            level(0, "decimal", "%1."),
            level(1, "decimal", "%2."),
            level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>'),
        )
        + _ONE,
        [
            item("а", 1),
            item("б", 1, 1),
            item("в", 1, 2),
            item("г", 1, 1),
            item("д", 1, 2),
            item("е", 1),
            item("ж", 1, 2),
        ],
        ["1. а", "1. б", "1) в", "2. г", "2) д", "2. е", "1) ж"],
    ),
    trap("lists that go on", _DECIMAL + _ONE + _TWO, [item("а", 1), item("б", 2)], ["1. а", "2. б"]),
    trap(
        "separate lists",
        _DECIMAL + abstract(2, level(0, "decimal", "%1.")) + _ONE + instance(2, 2),
        [item("а", 1), item("б", 2), item("в", 1)],
        ["1. а", "1. б", "2. в"],
    ),
    trap(
        "start", abstract(1, level(0, "decimal", "%1)", start=7)) + _ONE, [item("а", 1), item("б", 1)], ["7) а", "8) б"]
    ),
    trap(
        "start override",
        _DECIMAL + _ONE + instance(2, 1, _FROM_FIVE),
        [item("а", 1), item("б", 2), item("в", 2), item("г", 1)],
        ["1. а", "5. б", "6. в", "7. г"],
    ),
    trap(
        "level override",
        _DECIMAL + instance(1, 1, f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1)")}</w:lvlOverride>'),
        [item("а", 1), item("б", 1)],
        ["I) а", "II) б"],
    ),
    trap(
        "legal numbers",
        abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>")) + _ONE,
        [item("а", 1), item("б", 1, 1)],
        ["I. а", "1.1 б"],
    ),
    trap(
        "nothing after the number",
        abstract(1, level(0, "decimal", "№%1-", '<w:suff w:val="nothing"/>')) + _ONE,
        [item("а", 1)],
        ["№1-а"],
    ),
    trap(
        "space after the number",
        abstract(1, level(0, "decimal", "%1.", '<w:suff w:val="space"/>')) + _ONE,
        [item("а", 1)],
        ["1. а"],
    ),
    trap(
        "words around the number",
        abstract(1, level(0, "decimal", "Раздел %1.")) + _ONE,
        [item("а", 1)],
        ["Раздел 1. а"],
    ),
    trap("bullets", abstract(1, level(0, "bullet", "\uf0b7")) + _ONE, [item("а", 1), item("б", 1)], ["а", "б"]),
    trap("dashes for numbers", abstract(1, level(0, "decimal", "–")) + _ONE, [item("а", 1), item("б", 1)], ["а", "б"]),
    trap("format without a number", abstract(1, level(0, "none", "")) + _ONE, [item("а", 1)], ["а"]),
    sequence("zero before the number", "decimalZero", ["09)", "10)"], start=9),
    sequence("roman numerals", "upperRoman", ["IX)", "X)"], start=9),
    sequence("small roman numerals", "lowerRoman", ["iv)", "v)"], start=4),
    sequence("latin letters", "upperLetter", ["Z)", "AA)", "BB)"], start=26),
    sequence("small latin letters", "lowerLetter", ["a)", "b)"]),
    sequence("Russian letters", "russianUpper", ["Е)", "Ж)", "З)", "И)", "К)"], start=6),
    sequence("small Russian letters", "russianLower", ["щ)", "ы)", "э)"], start=25),
    sequence("ordinals", "ordinal", ["1-й", "2-й"], text="%1"),
    trap(
        "deleted paragraphs do not count",
        _DECIMAL + _ONE,
        [
            '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1" w:author="И"/></w:rPr></w:pPr>'
            '<w:del w:id="2" w:author="И"><w:r><w:delText>а</w:delText></w:r></w:del></w:p>' + item("б", 1),
            item("в", 1),
        ],
        ["1. б", "2. в"],
    ),
    Trap(
        "numbers",
        "numbers go along the rows",
        table([row([f"<w:tc>{item('', 1)}</w:tc>", f"<w:tc>{item('а', 1)}</w:tc>"]) for _ in range(2)], 2),
        (("1.", "2. а"), ("3.", "4. а")),
        _DECIMAL + _ONE,
    ),
    Trap(
        "numbers",
        "numbers in a content control and a nested table",
        table([f"<w:tr><w:tc>{_CONTROLLED}{_NESTED}{item('в', 1)}</w:tc></w:tr>"], 1),
        (("1. а\n2. б\n3. в",),),
        _DECIMAL + _ONE,
    ),
]
