"""Small clean reports of made-up events, one for each region, and copies of them with one fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import yaml

_CHANGES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("mutations.yml").read_text(encoding="utf-8"))
MUTATIONS = tuple(change for change in _CHANGES if "rule" in change)
HARMLESS = tuple(change for change in _CHANGES if "harmless" in change)

# Every fault has a region of its own, so that no report is compared with another's.
REGIONS: tuple[tuple[str, str], ...] = (
    ("Архангельская область", "Архангельск"), ("Астраханская область", "Астрахань"),
    ("Белгородская область", "Белгород"), ("Брянская область", "Брянск"),
    ("Владимирская область", "Владимир"), ("Волгоградская область", "Волгоград"),
    ("Вологодская область", "Вологда"), ("Воронежская область", "Воронеж"), ("Ивановская область", "Иваново"),
    ("Иркутская область", "Иркутск"), ("Калужская область", "Калуга"), ("Кемеровская область", "Кемерово"),
    ("Кировская область", "Киров"), ("Костромская область", "Кострома"), ("Курганская область", "Курган"),
    ("Курская область", "Курск"), ("Липецкая область", "Липецк"), ("Магаданская область", "Магадан"),
    ("Мурманская область", "Мурманск"), ("Новгородская область", "Великий Новгород"),
    ("Новосибирская область", "Новосибирск"), ("Омская область", "Омск"), ("Оренбургская область", "Оренбург"),
    ("Орловская область", "Орёл"), ("Пензенская область", "Пенза"), ("Рязанская область", "Рязань"),
    ("Самарская область", "Самара"), ("Саратовская область", "Саратов"), ("Сахалинская область", "Южно-Сахалинск"),
    ("Свердловская область", "Екатеринбург"), ("Тамбовская область", "Тамбов"), ("Тверская область", "Тверь"),
    ("Томская область", "Томск"), ("Тульская область", "Тула"), ("Тюменская область", "Тюмень"),
    ("Ульяновская область", "Ульяновск"), ("Челябинская область", "Челябинск"), ("Ярославская область", "Ярославль"),
    ("Краснодарский край", "Краснодар"), ("Красноярский край", "Красноярск"), ("Пермский край", "Пермь"),
    ("Приморский край", "Владивосток"), ("Ставропольский край", "Ставрополь"), ("Хабаровский край", "Хабаровск"),
    ("Забайкальский край", "Чита"), ("Республика Калмыкия", "Элиста"),
    ("Республика Башкортостан", "Уфа"), ("Республика Бурятия", "Улан-Удэ"), ("Республика Карелия", "Петрозаводск"),
    ("Республика Коми", "Сыктывкар"), ("Республика Татарстан", "Казань"), ("Удмуртская Республика", "Ижевск"),
    ("Чувашская Республика", "Чебоксары"), ("Республика Мордовия", "Саранск"), ("Республика Хакасия", "Абакан"),
    ("Республика Марий Эл", "Йошкар-Ола"), ("Республика Дагестан", "Махачкала"), ("Республика Адыгея", "Майкоп"),
    ("Чеченская Республика", "Грозный"), ("Республика Алтай", "Горно-Алтайск"), ("Республика Тыва", "Кызыл"),
    ("Алтайский край", "Барнаул"), ("Псковская область", "Псков"), ("Амурская область", "Благовещенск"),
)  # fmt: skip

HEADINGS = ("№ п/п", "Наименование мероприятия", "Место проведения", "Сроки проведения",
            "Цель, содержание и результат мероприятия", "Участники мероприятия")  # fmt: skip
FIELDS = ("name", "place", "dates", "description", "participants")
MUNICIPALITIES = {1: "Город {город}", 2: "Северский район"}

CLEAN: tuple[dict[str, Any], ...] = (
    {
        "name": "Международный фестиваль народного творчества «Мосты дружбы – {город}»",
        "place": "Дом культуры, г. {город}",
        "dates": "10 мая 2025 года",
        "description": "Укрепление культурных связей. Состоялся гала-концерт, вручены дипломы.",
        "participants": "Коллективы города и г. Полоцка (Республика Беларусь). Общее количество: 143 человека",
    },
    {
        "name": "Видеовстреча школьников «Привет из города {город}»",
        "place": "в дистанционном формате",
        "dates": "14 мая 2025 года",
        "description": "Знакомство с традициями двух стран. Школьники рассказали о своих городах.",
        "participants": "МБОУ «Гимназия № 5» (27 человек), ГУО «Гимназия № 2 г. Полоцка» (31 человек)",
    },
    {
        "municipality": 2,
        "name": "Международный турнир по самбо «Кубок Севера – {город}»",
        "place": "Спортивная школа, г. {город}",
        "dates": "3-4 июня 2025 года",
        "description": "Развитие самбо. Состоялись 18 поединков, победители получили кубки.",
        "participants": "Спортсмены района и г. Орши (Республика Беларусь). Общее количество: 58 человек",
    },
)
EARLIER = (("мая", "февраля"), ("июня", "марта"))


def write_reports(folder: Path) -> None:
    """A clean report, a clean pair of quarters and every mutation's reports, each ``<region>-<period>.docx``."""
    mutations = ({}, {"earlier": {}}, *MUTATIONS, *HARMLESS)
    for (region, town), mutation in zip(REGIONS, mutations, strict=False):
        _write(folder, region, town, "2025-Q2", mutation)
        if "earlier" in mutation:
            _write(folder, region, town, "2025-Q1", mutation["earlier"])


def region_of(position: int) -> str:
    """The region of the change at ``position``, mutations first; -2 is the clean report, -1 the clean pair."""
    return REGIONS[position + 2][0]


def _write(folder: Path, region: str, town: str, period: str, mutation: Mapping[str, Any]) -> None:
    word = docx.Document()
    word.add_paragraph("Отчет о мероприятиях в международной сфере")
    table = word.add_table(rows=1, cols=len(HEADINGS))
    for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = heading
    municipality = None
    rows = _rows(period, mutation)
    numbers = mutation.get("numbers", [f"{number}." for number, _ in enumerate(rows, start=1)])
    for number, row in zip(numbers, rows, strict=True):
        if row["municipality"] != municipality:
            municipality = row["municipality"]
            cells = table.add_row().cells
            cells[0].merge(cells[-1]).text = municipality.replace("{город}", town)
        for cell, text in zip(table.add_row().cells, (number, *(row[field] for field in FIELDS)), strict=True):
            cell.text = text.replace("{город}", town)
    path = folder / f"{region}-{period}.docx"
    word.save(str(path))
    path.with_name(f"{path.name}.yml").write_text(f"period: {period}\nregion: {region}\n", encoding="utf-8")


def _rows(period: str, mutation: Mapping[str, Any]) -> list[dict[str, str]]:
    names = MUNICIPALITIES | mutation.get("rename", {})
    clean: Sequence[dict[str, Any]] = [
        _in_quarter(row, period) | mutation.get("change", {}).get(number, {})
        for number, row in enumerate(CLEAN, start=1)
        if number not in mutation.get("drop", ())
    ]
    copies = [
        clean[0] | {"name": f"Концерт «Мелодия дня {day} – {{город}}»", "dates": f"{day} февраля 2025 года",
                    "description": f"Обмен опытом. Состоялся концерт № {day}."}
        for day in range(1, mutation.get("copies", 0) + 1)
    ]  # fmt: skip
    return [
        row | {"municipality": names[row.get("municipality", 1)]}
        for row in (*clean, *copies, *mutation.get("more", ()))
    ]


def _in_quarter(row: dict[str, Any], period: str) -> dict[str, Any]:
    dates = row["dates"]
    if period == "2025-Q1":
        for month, earlier in EARLIER:
            dates = dates.replace(month, earlier)
    return row | {"dates": dates}
