"""Traps of what is in the text and what is not: tracked changes, hidden text, wrappers, alternatives, other parts."""

from __future__ import annotations

from traps.trap import Part, Trap, cell, column, control, in_cell, paragraph, row, run, runs, table, texts

_AUTHOR = 'w:id="1" w:author="Иванова" w:date="2025-10-01T09:00:00Z"'
_DELETED_MARK = f"<w:rPr><w:del {_AUTHOR}/></w:rPr>"


def _deleted(text: str) -> str:
    return f"<w:del {_AUTHOR}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


REVISIONS = [
    *texts(
        "tracked changes",
        {
            "insertion": (runs(run("12"), f"<w:ins {_AUTHOR}>{run('0')}</w:ins>", run(" человек")), "120 человек"),
            "deletion": (
                runs(run("12 "), f"<w:del {_AUTHOR}><w:r><w:delText>13 </w:delText></w:r></w:del>", run("гостей")),
                "12 гостей",
            ),
            "deletion inside an insertion": (
                runs(f"<w:ins {_AUTHOR}>{run('два')}{_deleted(' три')}</w:ins>"),
                "два",
            ),
            "moved text": (
                runs(
                    f"<w:moveFrom {_AUTHOR}>{run('было ')}</w:moveFrom>",
                    f"<w:moveTo {_AUTHOR}>{run('стало')}</w:moveTo>",
                ),
                "стало",
            ),
            "deleted paragraph mark": (paragraph("Дожин", _DELETED_MARK) + paragraph("ки"), "Дожинки"),
            "deleted paragraph": (
                paragraph("Орша")
                + f"<w:p><w:pPr>{_DELETED_MARK}</w:pPr>{_deleted('Минск')}</w:p>"
                + paragraph("Полоцк"),
                "Орша\nПолоцк",
            ),
            "inserted paragraph mark": (
                paragraph("Орша", f"<w:rPr><w:ins {_AUTHOR}/></w:rPr>") + paragraph("Полоцк"),
                "Орша\nПолоцк",
            ),
            "old properties": (
                '<w:p><w:pPr><w:pPrChange w:id="2" w:author="Иванова"><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>'
                '</w:pPrChange></w:pPr><w:r><w:rPr><w:rPrChange w:id="3" w:author="Иванова"><w:rPr><w:vanish/></w:rPr>'
                "</w:rPrChange></w:rPr><w:t>видно</w:t></w:r></w:p>",
                "видно",
            ),
        },
    ),
    Trap(
        "tracked changes",
        "inserted and deleted rows",
        table([row([cell("а")], f"<w:del {_AUTHOR}/>"), row([cell("б")], f"<w:ins {_AUTHOR}/>"), row([cell("в")])], 1),
        column("бв"),
    ),
    Trap(
        "tracked changes",
        "deleted cell",
        table([row([cell("а", f"<w:cellDel {_AUTHOR}/>"), cell("б")])], 1),
        (("б",),),
    ),
    Trap(
        "tracked changes",
        "deleted row of a nested table",
        in_cell(table([row([cell("а")], f"<w:del {_AUTHOR}/>"), row([cell("б")])], 1) + "<w:p/>"),
        (("б",),),
    ),
]

_SECRET = '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
_HEIR = (
    '<w:style w:type="character" w:styleId="Heir"><w:name w:val="Heir"/><w:basedOn w:val="Secret"/></w:style>'
    '<w:style w:type="character" w:styleId="Open"><w:name w:val="Open"/><w:basedOn w:val="Secret"/>'
    '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Note"><w:name w:val="Note"/><w:rPr><w:vanish/></w:rPr></w:style>'
)
_NOTE = '<w:pPr><w:pStyle w:val="Note"/></w:pPr>'
HIDDEN = texts(
    "hidden text",
    {
        "hidden run": (runs(run("видно"), run(" скрыто", "<w:vanish/>")), "видно"),
        "hiding switched off": (runs(run("видно", '<w:vanish w:val="false"/>')), "видно"),
        "by character style": (runs(run("видно"), run(" скрыто", '<w:rStyle w:val="Secret"/>')), "видно"),
        "by an inherited style": (runs(run("видно"), run(" скрыто", '<w:rStyle w:val="Heir"/>')), "видно"),
        "style that switches its parent off": (runs(run("видно", '<w:rStyle w:val="Open"/>')), "видно"),
        "by paragraph style": (runs(run("видно")) + f"<w:p>{_NOTE}{run('скрыто')}</w:p>" + "<w:p/>", "видно"),
        "shown in a hidden paragraph": (
            f"<w:p>{_NOTE}" + run("скрыто") + run("видно", '<w:vanish w:val="0"/>') + "</w:p>",
            "видно",
        ),
        "toggled by two styles": (f"<w:p>{_NOTE}" + run("видно", '<w:rStyle w:val="Secret"/>') + "</w:p>", "видно"),
        "hidden paragraph mark": (
            "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>Дожин</w:t></w:r></w:p>" + paragraph("ки"),
            "Дожинки",
        ),
        "hidden on the web only": (runs(run("видно", "<w:webHidden/>")), "видно"),
    },
    styles=_SECRET + _HEIR,
)


def _wrapped(content: str) -> str:
    return f'<w:customXml w:element="x">{content}</w:customXml>'


_PLACEHOLDER = run("Место для ввода текста", '<w:rStyle w:val="PlaceholderText"/>')
_TICKED = (
    '<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="1"/>'
    "</w14:checkbox>"
)
WRAPPERS = [
    *texts(
        "wrappers",
        {
            "hyperlink": (runs(run("см. "), f'<w:hyperlink w:anchor="x">{run("сайт")}</w:hyperlink>'), "см. сайт"),
            "inline content control": (runs(run("в "), control(run("Орше"))), "в Орше"),
            "content control around a paragraph": (control(paragraph("Орша")) + paragraph("Минск"), "Орша\nМинск"),
            "nested content controls": (control(control(runs(control(run("Орша"))))), "Орша"),
            "chosen entry of a content control": (
                runs(
                    control(
                        run("Полоцк"), '<w:dropDownList><w:listItem w:value="1" w:displayText="Орша"/></w:dropDownList>'
                    )
                ),
                "Полоцк",
            ),
            "tick box": (runs(control(run("☒"), _TICKED), run(" да")), "☒ да"),
            "placeholder": (runs(run("Орша"), control(_PLACEHOLDER, "<w:showingPlcHdr/>")), "Орша"),
            "smart tag": (runs(f'<w:smartTag w:element="place">{run("Полоцк")}</w:smartTag>'), "Полоцк"),
            "custom XML in a paragraph": (runs(f'<w:customXml w:element="x">{run("Орша")}</w:customXml>'), "Орша"),
            "custom XML around a paragraph": (f'<w:customXml w:element="x">{paragraph("Орша")}</w:customXml>', "Орша"),
            "direction override": (runs(f'<w:bdo w:val="ltr">{run("Орша")}</w:bdo>'), "Орша"),
            "direction": (runs(f'<w:dir w:val="ltr">{run("Орша")}</w:dir>'), "Орша"),
            "ruby": (
                runs(
                    "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>читается</w:t></w:r></w:rt>"
                    "<w:rubyBase><w:r><w:t>основа</w:t></w:r></w:rubyBase></w:ruby></w:r>"
                ),
                "основа",
            ),
            "nested table": (
                paragraph("до")
                + table([row([cell("1"), cell("2")]), row([cell("3"), cell("4")])], 2)
                + paragraph("после"),
                "до\n1\t2\n3\t4\nпосле",
            ),
        },
    ),
    Trap("wrappers", "content control around a cell", table([row([control(cell("а")), cell("б")])], 2), (("а", "б"),)),
    Trap(
        "wrappers",
        "content control around a row",
        table([control(row([cell("а")])), row([cell("б")])], 1),
        column("аб"),
    ),
    Trap("wrappers", "content control around a table", control(table([row([cell("а")])], 1)), (("а",),)),
    Trap(
        "wrappers",
        "custom XML around rows and cells",
        table([_wrapped(row([_wrapped(cell("а"))]))], 1),
        (("а",),),
    ),
]

_BOX = "<w:txbxContent><w:p><w:r><w:t>рамка</w:t></w:r></w:p></w:txbxContent>"
_DRAWN = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="Рамка"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
    'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr/>'
    f"<wps:txbx>{_BOX}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
_VML = f"<w:pict><v:shape><v:textbox>{_BOX}</v:textbox></v:shape></w:pict>"


def _alternatives(choice: str, fallback: str, requires: str = "wps") -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


def _note(kind: str) -> Part:
    root = f"{kind}s"
    return Part(
        f"{root}.xml",
        f'<w:{root} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:{kind} w:id="2" w:author="Иванова" w:initials="И">{paragraph("примечание")}</w:{kind}></w:{root}>',
        f"application/vnd.openxmlformats-officedocument.wordprocessingml.{root}+xml",
        root,
    )


def _html(content: str) -> Part:
    return Part("chunk.html", content, "text/html", "aFChunk")


_CHUNK = '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdTrap"/>'
ALTERNATIVES = [
    *texts(
        "alternatives",
        {
            "text box in both branches": (
                runs(run("текст"), f"<w:r>{_alternatives(_DRAWN, _VML)}</w:r>"),
                "текст\nрамка",
            ),
            "choice that Word understands": (runs(_alternatives(run("выбор"), run("замена"))), "выбор"),
            "choice that Word does not understand": (
                f'<w:p xmlns:x="http://example.org/unknown">{_alternatives(run("выбор"), run("замена"), "x")}</w:p>',
                "замена",
            ),
            "old text box": (runs(run("текст"), f"<w:r>{_VML}</w:r>"), "текст\nрамка"),
            "text box in a hidden run": (runs(run("текст"), f"<w:r><w:rPr><w:vanish/></w:rPr>{_VML}</w:r>"), "текст"),
            "table in a text box": (
                runs(
                    run("текст"),
                    "<w:r>" + _VML.replace("<w:p>", table([row([cell("1"), cell("2")])], 2) + "<w:p>") + "</w:r>",
                ),
                "текст\n1\t2\nрамка",
            ),
        },
    ),
    *(
        Trap(
            "other parts",
            kind,
            in_cell(runs(run("текст"), f'<w:r><w:{kind}Reference w:id="2"/></w:r>')),
            (("текст",),),
            parts=[_note(kind)],
        )
        for kind in ("footnote", "endnote", "comment")
    ),
    Trap(
        "other parts",
        "embedded HTML",
        in_cell(paragraph("до") + _CHUNK + paragraph("после")),
        (("до\nпервый абзац\nвторой & третий\nпосле",),),
        parts=[
            _html(
                "<html><head><title>нет</title><style>p {}</style></head><body><p>первый\n<b>абзац</b></p>"
                "<p>второй &amp; третий</p></body></html>"
            )
        ],
    ),
    Trap(
        "other parts",
        "embedded HTML table",
        _CHUNK,
        (("а", None), ("б", "в"), (None, "г")),
        parts=[
            _html(
                "<table><tr><th colspan=2>а</th></tr><tr><td rowspan=2>б</td><td>в</td></tr><tr><td>г</td></tr></table>"
            )
        ],
    ),
    Trap(
        "other parts",
        "embedded HTML list",
        in_cell(_CHUNK + "<w:p/>"),
        (("3. Орша\n4. Минск",),),
        parts=[_html("<meta charset='utf-8'><ol start=3><li>Орша<li>Минск</ol>")],
    ),
]
