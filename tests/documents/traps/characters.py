"""Traps of single characters and fields: breaks, hyphens, symbol fonts, formulas, results and numbers of fields."""

from __future__ import annotations

from traps.trap import complex_field, instruction, mark, paragraph, run, runs, texts


def _sym(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def _math(content: str) -> str:
    return runs(f"<m:oMath>{content}</m:oMath>")


def _form(content: str) -> str:
    return f'<w:ffData><w:name w:val="Поле"/><w:enabled/>{content}</w:ffData>'


_CHOICES = "".join(f'<w:listEntry w:val="{city}"/>' for city in ("Орша", "Минск", "Полоцк"))

CHARACTERS = texts(
    "characters",
    {
        "line break": (runs("<w:r><w:t>а</w:t><w:br/><w:t>б</w:t></w:r>"), "а\nб"),
        "carriage return": (runs("<w:r><w:t>а</w:t><w:cr/><w:t>б</w:t></w:r>"), "а\nб"),
        "page break": (runs('<w:r><w:t>а</w:t><w:br w:type="page"/><w:t>б</w:t></w:r>'), "а\nб"),
        "column break": (runs('<w:r><w:t>а</w:t><w:br w:type="column"/><w:t>б</w:t></w:r>'), "а\nб"),
        "place where a page once ended": (
            runs("<w:r><w:t>а</w:t><w:lastRenderedPageBreak/><w:t>б</w:t></w:r>"),
            "аб",
        ),
        "tab": (runs("<w:r><w:t>а</w:t><w:tab/><w:t>б</w:t></w:r>"), "а\tб"),
        "aligned tab": (
            runs(
                '<w:r><w:t>а</w:t><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/><w:t>б</w:t></w:r>'
            ),
            "а\tб",
        ),
        "tab stops are no tabs": (paragraph("а", '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'), "а"),
        "soft hyphen": (runs("<w:r><w:t>меро</w:t><w:softHyphen/><w:t>приятие</w:t></w:r>"), "мероприятие"),
        "soft hyphen as a character": (runs(run("меро\u00adприятие")), "мероприятие"),
        "non-breaking hyphen": (
            runs("<w:r><w:t>Санкт</w:t><w:noBreakHyphen/><w:t>Петербург</w:t></w:r>"),
            "Санкт-Петербург",
        ),
        "non-breaking hyphen as a character": (runs(run("Санкт\u2011Петербург")), "Санкт-Петербург"),
        "line end in the markup": (runs(run("город\nОрша")), "город Орша"),
        "dropped capital": (
            paragraph("Д", '<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around"/>') + paragraph("ожинки"),
            "Дожинки",
        ),
        "symbol of Symbol": (runs(run("t "), _sym("Symbol", "F0B3"), run(" 20"), _sym("Symbol", "F0B0")), "t ≥ 20°"),
        "symbol of Symbol without the private area": (runs(_sym("Symbol", "61")), "α"),
        "symbol of Wingdings": (runs(_sym("Wingdings", "F0FC"), run(" да "), _sym("Wingdings", "F0E0")), "✓ да →"),
        "symbol of Wingdings 2": (runs(_sym("Wingdings 2", "F052"), _sym("Wingdings 2", "F0A3")), "☑☐"),
        "symbol of a text font": (runs(run("10"), _sym("Times New Roman", "2013"), run("12")), "10–12"),
        "private character of a symbol font": (
            runs(run("\uf0fc", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), run(" да")),
            "✓ да",
        ),
        "formula": (_math("<m:r><m:t>2+2</m:t></m:r>"), "2+2"),
        "formula with a fraction": (
            _math("<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"),
            "1/2",
        ),
        "formula with brackets": (_math("<m:d><m:dPr/><m:e><m:r><m:t>a</m:t></m:r></m:e></m:d>"), "(a)"),
        "formula of its own line": (runs("<m:oMathPara><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></m:oMathPara>"), "x"),
    },
)

FIELDS = texts(
    "fields",
    {
        "simple field": (runs(f'<w:fldSimple w:instr="DATE">{run("5 мая")}</w:fldSimple>'), "5 мая"),
        "complex field": (runs(complex_field(" DATE ", run("5 мая")), run(" 2025 года")), "5 мая 2025 года"),
        "field in the instruction of a field": (
            runs(
                mark("begin"),
                instruction(" IF "),
                complex_field(" REF a ", run("условие")),
                instruction(' = 1 "да" '),
                mark("separate"),
                run("итог"),
                mark("end"),
                run(" дня"),
            ),
            "итог дня",
        ),
        "field in the result of a field": (
            runs(
                mark("begin"),
                instruction(" QUOTE "),
                mark("separate"),
                run("до "),
                complex_field(" DATE ", run("5 мая")),
                mark("end"),
            ),
            "до 5 мая",
        ),
        "field over paragraphs": (
            runs(mark("begin"), instruction(" TOC "), mark("separate"), run("Орша")) + runs(run("Минск"), mark("end")),
            "Орша\nМинск",
        ),
        "instruction over paragraphs": (
            runs(run("до "), mark("begin"), instruction(" IF a = 1 "), complex_field(" REF b ", run("первый")))
            + runs(complex_field(" REF c ", run("второй")), mark("separate"), run("итог"), mark("end")),
            "до \nитог",
        ),
        "field that never ends": (
            runs(mark("begin"), instruction(" DATE "), run("5 мая")) + paragraph("Орша"),
            "5 мая\nОрша",
        ),
        "hidden field": (
            runs(
                run("Орша"),
                '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>',
                instruction(' XE "Орша" '),
                '<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="end"/></w:r>',
                run(" и Минск"),
            ),
            "Орша и Минск",
        ),
        "selected entry of a form": (
            runs(
                mark("begin", _form(f'<w:ddList><w:result w:val="1"/>{_CHOICES}</w:ddList>')),
                instruction(" FORMDROPDOWN "),
                mark("end"),
            ),
            "Минск",
        ),
        "first entry of a form": (
            runs(
                mark("begin", _form(f"<w:ddList>{_CHOICES}</w:ddList>")),
                instruction(" FORMDROPDOWN "),
                mark("separate"),
                mark("end"),
            ),
            "Орша",
        ),
        "check boxes of a form": (
            runs(
                mark("begin", _form('<w:checkBox><w:sizeAuto/><w:default w:val="0"/><w:checked/></w:checkBox>')),
                instruction(" FORMCHECKBOX "),
                mark("end"),
                run(" да "),
                mark("begin", _form('<w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>')),
                instruction(" FORMCHECKBOX "),
                mark("end"),
                run(" нет"),
            ),
            "☒ да ☐ нет",
        ),
        "text of a form": (
            runs(
                mark("begin", _form("<w:textInput/>")),
                instruction(" FORMTEXT "),
                mark("separate"),
                run("12"),
                mark("end"),
            ),
            "12",
        ),
        "automatic numbers": (
            runs(complex_field(" AUTONUM "), run(" Орша")) + runs(complex_field(" AUTONUM "), run(" Минск")),
            "1. Орша\n2. Минск",
        ),
        "automatic numbers in brackets": (runs(complex_field(" AUTONUM \\* ROMAN \\s ) "), run(" Орша")), "I) Орша"),
        "automatic number of a simple field": (runs('<w:fldSimple w:instr=" AUTONUMLGL "/>', run(" Орша")), "1. Орша"),
        "button": (runs(complex_field(" MACROBUTTON NoMacro [укажите место] ")), "[укажите место]"),
        "symbol field": (runs(run("20 "), complex_field(' SYMBOL 176 \\f "Symbol" \\s 12 '), run("C")), "20 °C"),
    },
)
