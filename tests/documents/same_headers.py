"""Layouts of one and the same report that differ in its header, by name: blocks of the document, issues told."""

from same_report import CONCERT, CUP, FAIR, FIRST, SECOND, body, columns, six
from word_files import HEADINGS, below, paragraph, row, table, text_table, top, wide

HEADERS = {
    "sections merged over the row": ([body()], {}),
    "report within a table of a single cell": (
        [table([row([f"<w:tc><w:tcPr/>{body()}<w:p/></w:tc>"])], 1)],
        {},
    ),
    "header of three rows": (
        [
            six(
                [top("№"), wide("Сведения о международных мероприятиях", 5)],
                [below(), wide("Мероприятие", 3), top("Содержание"), top("Участники")],
                [below(), "наименование", "место", "срок", below(), below()],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "header of three rows without vertical merges": (
        [
            six(
                ["№", wide("Сведения о международных мероприятиях", 5)],
                ["", wide("Мероприятие", 3), "Содержание", "Участники"],
                ["", "наименование", "место", "срок", "", ""],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "header of two rows, one group in the middle": (
        [
            six(
                ["№ п/п", "Наименование мероприятия", wide("Проведение", 2), "Цель, содержание", "Участники"],
                ["", "", "место", "сроки", "", ""],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "group heading over the header": (
        [six("Международные мероприятия в отчетном периоде", HEADINGS, FIRST, FAIR, CONCERT, SECOND, CUP)],
        {},
    ),
    "numbers of columns on each page": (
        [six(HEADINGS, list("123456"), FIRST, FAIR, CONCERT, HEADINGS, list("123456"), SECOND, CUP)],
        {},
    ),
    "letters of columns": ([six(HEADINGS, list("АБВГДЕ"), FIRST, FAIR, CONCERT, SECOND, CUP)], {}),
    "a letter and numbers of columns": ([six(HEADINGS, list("А12345"), FIRST, FAIR, CONCERT, SECOND, CUP)], {}),
    "column numbers instead of the header on the next page": (
        [
            six(HEADINGS, list("123456"), FIRST, FAIR),
            paragraph("Продолжение таблицы"),
            six(list("123456"), CONCERT, SECOND, CUP),
        ],
        {},
    ),
    "header in a table of its own": ([six(HEADINGS), six(FIRST, FAIR, CONCERT, SECOND, CUP)], {}),
    "columns in any order": (columns([5, 3, 1, 4, 2, 0]), {}),
    "columns in another order on the second page": (
        [
            six(HEADINGS, FIRST, FAIR, CONCERT, SECOND),
            six([HEADINGS[index] for index in (1, 0, 3, 2, 5, 4)], [CUP[index] for index in (1, 0, 3, 2, 5, 4)]),
        ],
        {},
    ),
    "no column of numbers": (
        [text_table([HEADINGS[1:], FIRST, FAIR[1:], CONCERT[1:], SECOND, CUP[1:]], 5)],
        {},
    ),
    "a column that nobody knows": (
        [text_table([[*HEADINGS, "Код"], FIRST, [*FAIR, "а"], [*CONCERT, "б"], SECOND, [*CUP, "в"]], 7)],
        {"unknown_column": 1},
    ),
    "an empty column at the end": (
        [text_table([HEADINGS, FIRST, FAIR, (*CONCERT, ""), SECOND, CUP], 7)],
        {},
    ),
    "rows without their last cell": ([six(HEADINGS, FIRST, FAIR, CONCERT[:5], SECOND, CUP)], {}),
    "four columns": (
        [
            text_table(
                [
                    ["Дата проведения", "Мероприятие", "Участники (количество)", "Краткое описание, итоги"],
                    *(FIRST, [FAIR[3], FAIR[1], FAIR[5], FAIR[4]], [CONCERT[3], CONCERT[1], CONCERT[5], CONCERT[4]]),
                    *(SECOND, [CUP[3], CUP[1], CUP[5], CUP[4]]),
                ],
                4,
            )
        ],
        {"missing_column": 1},
    ),
    "eight columns": (
        [
            text_table(
                [
                    ["№", "МО", "Форма проведения", "Срок", "Мероприятие", "Участники", "Краткое описание", "Место"],
                    *(
                        [one[0], municipality, "очно", one[3], one[1], one[5], one[4], one[2]]
                        for one, municipality in ((FAIR, FIRST), (CONCERT, FIRST), (CUP, SECOND))
                    ),
                ],
                8,
            )
        ],
        {},
    ),
    "headings with slips of the keyboard": (
        [
            six(
                [
                    "№ п\\п",
                    "Наимено-вание меропри-ятия",
                    "МЕСТО  ПРОВЕДЕНИЯ",
                    "Cроки прове-\nдения",
                    "Цель,содержание и результат",
                    "Учаcтники (общее кол -во)",
                ],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "headings with missing spaces": (
        [
            six(
                [
                    "NN",
                    "НАИМЕНОВАНИЕМЕРОПРИЯТИЯ",
                    "Meсто пpоведения",
                    "Срокипроведения",
                    "Цель / содержание / результат",
                    "Участник и",
                ],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "misspelt headings": (
        [
            six(
                ["№", "Наиминование меропреятия", "Место проведние", "Сраки провидения", "Садержание", "Учасники"],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "abbreviated headings": (
        [
            six(
                ["№", "Наим. мероприятия", "Место пров.", "Дата пров.", "Кр. содержание", "Уч-ки"],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
    "headings with explanations": (
        [
            six(
                [
                    "№ п/п",
                    "Наименование мероприятия (указывается полное наименование в соответствии с положением о нём)",
                    "Место проведения (населённый пункт, учреждение, страна)",
                    "Дата проведения (число, месяц, год; для длительных – период)",
                    "Цель, содержание и результат (не более 5 предложений)",
                    "Участники (всего, в том числе иностранных)",
                ],
                *(FIRST, FAIR, CONCERT, SECOND, CUP),
            )
        ],
        {},
    ),
}
