"""Two made-up reports in layouts unlike the sample's, written as Word files with the rows that are to be read beside.

``python tests/documents/layouts.py FOLDER`` writes ``<name>.docx`` and ``<name>.json`` into the folder. Regions and
places exist, the events and their numbers are invented.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.table import Table, _Cell

_VOLOGDA = [
    (
        "Город Вологда",
        [
            {
                "name": "VII Международный фестиваль кружева «Северный узор»",
                "place": "г. Вологда, Дворец культуры",
                "dates": "3 – 5 июля 2025 года",
                "description": "Сохранение народных промыслов. Подписано Соглашение о сотрудничестве между "
                "Администрацией города Вологды и Администрацией города Смолевичи на 2026 – 2028 годы.",
                "participants": "Всего 240 человек, из них 35 мастериц из Республики Беларусь и 12 из Сербии",
                "form": "очно",
            },
            {
                "name": "Онлайн-встреча школьников «Письма дружбы»",
                "place": "в режиме видеоконференции",
                "dates": "18 сентября 2025 г.",
                "description": "Знакомство с традициями стран-участниц, обмен открытками.",
                "participants": "МОУ «Гимназия № 2» г. Вологды (18 человек), ГУО «Средняя школа № 1 г. Полоцка» "
                "(15 человек)",
                "form": "онлайн",
            },
        ],
    ),
    (
        "Великоустюгский муниципальный округ",
        [
            {
                "name": "Участие в выставке-ярмарке «Дары земли»",
                "place": "г. Могилев, Республика Беларусь",
                "dates": "с 22 по 24 августа 2025 года",
                "description": "Представлены изделия великоустюгских мастеров. Достигнута договоренность об ответном "
                "визите в 2026 году.",
                "participants": "Делегация округа – 6 человек",
                "form": "очно",
            }
        ],
    ),
    ("Кирилловский муниципальный округ", []),
    (
        "Череповецкий муниципальный район",
        [
            {
                "name": "Товарищеский турнир по волейболу",
                "place": "п. Суда",
                "dates": "14.09.2025",
                "description": "Укрепление спортивных связей.",
                "participants": "Команды Череповецкого района и города Орши, 48 участников",
                "form": "очно",
            }
        ],
    ),
]
_PRIMORYE = [
    (
        "Находкинский городской округ",
        [
            {
                "name": "Парусная регата «Залив дружбы»",
                "when_and_where": "12 – 14 мая 2026 года, г. Находка, бухта Врангеля",
                "description": "Развитие побратимских связей с городом Майдзуру.\nПодписан протокол о намерениях.",
                "participants": "порядка 120 человек, в том числе 20 яхтсменов из Китайской Народной Республики",
            },
            {
                "name": "Круглый стол «Порты-побратимы»",
                "when_and_where": "28 мая 2026 года, г. Находка",
                "description": "Обсуждены вопросы логистики.",
                "participants": "25 представителей администраций и предприятий",
            },
        ],
    ),
    ("Дальнегорский муниципальный округ", []),
    (
        "Уссурийский городской округ",
        [
            {
                "name": "Фестиваль национальных культур «В одном кругу»",
                "when_and_where": "12 июня 2026 года, г. Уссурийск, городской парк",
                "description": "Концертная программа, выставка ремёсел, мастер-классы.",
                "participants": "более 900 человек",
            }
        ],
    ),
]


@dataclass(frozen=True)
class ExpectedReport:
    """What is to be read from a made-up report."""

    title: str
    region: str
    period: str
    rows: list[dict[str, object]]


def vologda() -> tuple[WordDocument, ExpectedReport]:
    """Landscape; a merged municipality column, a header of two rows, a form column, shuffled; Q3 of 2025."""
    title = "СВЕДЕНИЯ о международных мероприятиях муниципальных образований Вологодской области за 3 квартал 2025 г."
    word = docx.Document()
    word.sections[0].orientation = WD_ORIENT.LANDSCAPE
    word.add_paragraph("Приложение № 2\nк письму от 10.10.2025 № 01-15/77")
    word.add_paragraph("СВЕДЕНИЯ")
    word.add_paragraph("о международных мероприятиях муниципальных образований Вологодской области")
    word.add_paragraph("за 3 квартал 2025 г.")
    table = word.add_table(2, 8, style="Table Grid")
    headings = {0: "Муниципальное образование", 1: "№", 5: "Участники (количество)", 6: "Форма проведения"}
    for column, heading in {**headings, 7: "Краткое описание, итоги"}.items():
        _merge_down(table, 0, 1, column, heading)
    table.cell(0, 2).merge(table.cell(0, 4)).text = "Мероприятие"
    for column, heading in ((2, "Дата"), (3, "Наименование"), (4, "Место")):
        table.cell(1, column).text = heading
    _fill(table, [str(number) for number in range(1, 9)])
    rows: list[dict[str, object]] = []
    for municipality, events in _VOLOGDA:
        top = len(table.rows)
        if not events:
            _fill(table, [municipality, "", "", "мероприятия не проводились", "", "", "", ""])
        for event in events:
            number = len(rows) + 1
            texts = [event[field] for field in ("dates", "name", "place", "participants", "form", "description")]
            _fill(table, ["", f"{number})", *texts])
            five = {field: event[field] for field in ("name", "place", "dates", "description", "participants")}
            rows.append(_row(number, municipality, five, {"Форма проведения": event["form"]}))
        if events:
            _merge_down(table, top, len(table.rows) - 1, 0, municipality)
    _fill(table, ["Итого", "", "", "4", "", "312", "", ""])
    word.add_paragraph("Начальник управления _____________ А.А. Образцова")
    return word, ExpectedReport(title, "Вологодская область", "2025-Q3", rows)


def primorye() -> tuple[WordDocument, ExpectedReport]:
    """A table a municipality under a heading, four columns, automatic numbers; Q2 of 2026."""
    title = (
        "ИНФОРМАЦИЯ о международной деятельности городских и муниципальных округов Приморского края "
        "за период с 1 апреля по 30 июня 2026 года"
    )
    word = docx.Document()
    word.add_heading("ИНФОРМАЦИЯ", 0)
    word.add_paragraph("о международной деятельности городских и муниципальных округов Приморского края")
    word.add_paragraph("за период с 1 апреля по 30 июня 2026 года")
    rows: list[dict[str, object]] = []
    for place, (municipality, events) in enumerate(_PRIMORYE, 1):
        word.add_paragraph().add_run(f"{place}. {municipality}").bold = True
        if not events:
            word.add_paragraph("В отчётном периоде международные мероприятия не проводились.")
            continue
        word.add_paragraph(f"За отчётный период проведено мероприятий: {len(events)}.")
        table = word.add_table(1, 5, style="Table Grid")
        headings = ["П/п", "Наимено-вание меропри-ятия", "Срок и место проведения", "Участники, кол-во", "Содержание"]
        for cell, heading in zip(table.rows[0].cells, headings, strict=True):
            cell.text = heading
        for event in events:
            cells = _fill(
                table, ["", event["name"], event["when_and_where"], event["participants"], event["description"]]
            )
            cells[0].paragraphs[0].style = "List Number"
            five = {
                "name": event["name"],
                "place": event["when_and_where"],
                "dates": event["when_and_where"],
                "description": event["description"],
                "participants": event["participants"],
            }
            # One list of automatic numbers runs on through all tables.
            rows.append(_row(len(rows) + 1, municipality, five, {}))
    word.add_paragraph("Исполнитель: Б.Б. Примерова, тел. 8 (423) 000-00-00")
    return word, ExpectedReport(title, "Приморский край", "2026-Q2", rows)


LAYOUTS = {"vologda-oblast-2025-q3": vologda, "primorsky-krai-2026-q2": primorye}


def _row(number: int, municipality: str, five: dict[str, str], extra: dict[str, str]) -> dict[str, object]:
    return {"sequence_number": number, "municipality": municipality, **five, "extra": extra}


def _fill(table: Table, texts: list[str]) -> list[_Cell]:
    cells = list(table.add_row().cells)
    for cell, text in zip(cells, texts, strict=True):
        first, *rest = text.split("\n")
        cell.text = first
        for line in rest:
            cell.add_paragraph(line)
    return cells


def _merge_down(table: Table, top: int, bottom: int, column: int, text: str) -> None:
    table.cell(top, column).merge(table.cell(bottom, column)).text = text


def main(folder: Path) -> None:
    """Write the files and, beside each, what is to be read from it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, build in LAYOUTS.items():
        word, expected = build()
        word.save(folder / f"{name}.docx")
        text = json.dumps(vars(expected), ensure_ascii=False, indent=2)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
