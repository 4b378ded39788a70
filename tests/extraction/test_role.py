"""Whether a municipality held an event or took part in it."""

from datetime import date

import pytest
from event_cells import row

from orchestration.extraction.event.event_format import read_format
from orchestration.extraction.event.event_type import read_event_type
from orchestration.extraction.event.role import Whereabouts, read_role, whereabouts
from orchestration.extraction.language.text import CellText
from orchestration.extraction.model import Column, Municipality, ReportContext
from orchestration.extraction.places import read_place

HOME = ReportContext("Смоленская область", date(2025, 10, 1), date(2025, 12, 31))
CITY = Municipality("город Смоленск", "urban_okrug")
OKRUG = Municipality("Руднянский муниципальный округ", "municipal_okrug")


@pytest.mark.parametrize(
    ("texts", "where", "role"),
    [
        (row("Участие в Международном вокальном конкурсе «Твой путь»"), "home", "participant"),
        (row("Уч-е в межд. турнире по ушу"), "unknown", "participant"),
        (row("Ярмарка ремёсел «Мастера степи» (участие)"), "home", "participant"),
        (row("Заочное участие в конкурсе рисунка"), "remote", "participant"),
        (row("Поездка делегации округа в г. Оршу"), "away", "participant"),
        (row("Ознакомительная поездка школьников в Брест"), "unknown", "participant"),
        (row("Направление команды района на первенство Республики Бурятия"), "unknown", "participant"),
        (row("Выступление ансамбля на празднике «Купалье»"), "unknown", "participant"),
        (row("Ансамбль «Росы» – лауреат международного конкурса"), "unknown", "participant"),
        (row("Награждение победителей международного конкурса"), "home", "organiser"),
        (row("Встреча с лауреатом международной премии"), "unknown", "organiser"),
        (row("Гастроли Гомельского драматического театра"), "home", "organiser"),
        (row("Гастроли филармонии по городам Сербии"), "unknown", "participant"),
        (row("Спектакль «Невесты транзитом»", "г. Витебск"), "away", "participant"),
        (row("Встреча с иностранными студентами", "г. Казань"), "away", "participant"),
        (row("Организация выставки товаров области", "г. Минск"), "away", "organiser"),
        (row("Приём делегации г. Бреста", "г. Рудня"), "home", "organiser"),
        (row("Торжественный приём делегации г. Бреста", "г. Рудня"), "unknown", "organiser"),
        (row("Международный конкурс «Мода и время»", "г. Смоленск"), "neighbour", "participant"),
        (row("Рабочая встреча с консулом", "г. Смоленск"), "neighbour", "organiser"),
        (row("Форум", "г. Смоленск", "Делегация округа приняла участие в дискуссии"), "neighbour", "participant"),
        (row("Форум", "г. Рудня", "Делегация Бреста приняла участие в дискуссии"), "home", "organiser"),
        (row("Турнир", "п. Красный", "", "Команды района и Беларуси, всего 60 человек"), "home", "organiser"),
        (row("Видеомост «Смоленск – Ниш»", "в режиме видеоконференцсвязи"), "remote", "organiser"),
        (row("Международный конкурс вокалистов", "дистанционно", "", "Солистка ДК «Луч»"), "remote", "participant"),
        (row("Международный конкурс пейзажей", "дистанционно", "", "Общее количество: 296"), "remote", "organiser"),
        (row("Проект «Классная дружба» от АНО «Евразия»", "в дистанционном формате"), "remote", "participant"),
        (row("Районная викторина «Знаешь ли ты Беларусь?»", "дистанционно"), "remote", "organiser"),
        (row("Городской конкурс рисунка", "онлайн", "Работы учащихся заняли второе место"), "remote", "participant"),
        (
            row("Районный конкурс", "онлайн", "Поступила 161 заявка. Победители награждены дипломами"),
            "remote",
            "organiser",
        ),
        (row("Виртуальная экскурсия по музею", "онлайн"), "remote", "organiser"),
        (row("День города", "г. Рудня, Смоленская область"), "home", "organiser"),
    ],
)
def test_role(texts: dict[Column, CellText], where: Whereabouts, role: str) -> None:
    event_type = read_event_type(texts[Column.NAME], texts[Column.DESCRIPTION]).value
    assert read_role(texts, where, event_type, read_format(texts).value).value == role


@pytest.mark.parametrize(
    ("municipality", "place", "where"),
    [
        (CITY, "г. Смоленск", "home"),
        (CITY, "Дворец спорта, г. Казань", "away"),
        (CITY, "г. Минск", "away"),
        (CITY, "г. Краснодар", "away"),
        (CITY, "д. Дмыничи, Монастырщинский район, Смоленская область", "home"),
        (CITY, "г. Псков, Псковская область", "away"),
        (OKRUG, "г. Рудня", "home"),
        (OKRUG, "г. Смоленск", "neighbour"),
        (OKRUG, "г. Вязьма, ДК «Центральный»", "neighbour"),
        (OKRUG, "пос. Железнодорожный, Руднянский муниципальный округ", "home"),
        (Municipality("Вяземский муниципальный округ", "municipal_okrug"), "г. Вязьма", "home"),
        (OKRUG, "", "unknown"),
    ],
)
def test_whereabouts(municipality: Municipality, place: str, where: Whereabouts) -> None:
    fact = read_place(CellText.from_raw(place), HOME, municipality)
    assert whereabouts(fact, "in_person", municipality, HOME) == where


def test_an_online_event_without_a_place_is_remote() -> None:
    assert whereabouts(None, "online", OKRUG, HOME) == "remote"


@pytest.mark.parametrize(
    ("description", "role"),
    [
        ("Развитие детей. Организатор: МБУДО «Руднянская ДХШ».", "organiser"),
        ("Организаторами выступили музей и библиотека г. Рудни", "organiser"),
        ("Конкурс проведен МБУК «Руднянская ЦБС»", "organiser"),
        ("Организатор конкурса – фонд «Вектор» (г. Пермь). Руднянские школьники получили дипломы", "participant"),
        ("Организатор: АНО «Стальной путь»", "participant"),
    ],
)
def test_an_organiser_named_after_the_municipality_holds_the_contest(description: str, role: str) -> None:
    texts = row("Международный заочный конкурс рисунка", "заочно", description)
    assert read_role(texts, "remote", "competition", "online", OKRUG).value == role
