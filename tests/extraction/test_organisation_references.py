"""Bare nouns that refer back to an organisation, and houses that a row goes on to tell about."""

import pytest
from partner_rows import BRYANSK, Case, of, read

from orchestration.extraction.organisations.mentions import find_organisations
from orchestration.extraction.organisations.references import find_references
from orchestration.extraction.partners.merge import is_acronym_of

MUSEUM = "МБУК «Севский краеведческий музей»"
SCHOOL = "МБУ ДО ДШИ г. Почепа"


@pytest.mark.parametrize(
    ("named", "text", "expected"),
    [
        (MUSEUM, "Музей подготовил цикл встреч.", ["Музей"]),
        (MUSEUM, "Сотрудники музея провели урок.", ["музея"]),
        (MUSEUM, "Сотрудники Полоцкого музея провели урок.", []),
        (MUSEUM, "Выступили сотрудники музея из г. Ветка.", []),
        (MUSEUM, "Приехали музеи трех областей.", []),
        (MUSEUM, "Ученики краеведческого музея спели.", ["музея"]),
        (SCHOOL, "12 педагогов и 60 учащихся ДШИ", ["ДШИ"]),
        (SCHOOL, "Учащиеся школы и гости", ["школы"]),
        (SCHOOL, "Учащиеся школы № 3 и гости", []),
        ("АО «Племенное хозяйство «Луч»", "от хозяйства – семь специалистов", ["хозяйства"]),
        ("ЦГПБ имени Чехова", "Библиотека подобрала книги.", ["Библиотека"]),
        ("ФГБОУ ВО «Уфимский университет»", "Тем же уфимским вузом разработан проект.", ["вузом"]),
        ("Дом культуры г. Севска", "Дома ждали гостей.", []),
    ],
)
def test_bare_nouns(named: str, text: str, expected: list[str]) -> None:
    found = find_references(text, find_organisations(text), [named])
    assert [text[reference.start : reference.end] for reference in found] == expected


@pytest.mark.parametrize(
    ("text", "is_place"),
    [
        ("Встреча прошла в музее.", True),
        ("Концерт состоялся в зале музея.", True),
        ("Гости посетили музей.", True),
        ("Музей принял гостей.", False),
        ("Пришли работники музея.", False),
    ],
)
def test_where_something_only_takes_place(text: str, is_place: bool) -> None:
    assert [reference.is_place for reference in find_references(text, [], [MUSEUM])] == [is_place]


@pytest.mark.parametrize(
    ("description", "home"),
    [
        ("Музей подготовил выставку.", {MUSEUM}),
        ("Выставку открыли сотрудники музея.", {MUSEUM}),
        ("Выставка открыта в залах музея.", set()),
        ("Выставка открыта.", set()),
    ],
)
def test_a_house_told_about_takes_part(description: str, home: set[str]) -> None:
    place = f"{MUSEUM}, г. Севск"
    mentions = read(Case(BRYANSK, "Севский район", place=place, description=description, at=("Севск", "RU")))
    assert of(mentions, "organisation", True) == home


@pytest.mark.parametrize(
    ("acronym", "name", "expected"),
    [
        ("ПетрГУ", "Петрозаводский государственный университет", True),
        ("УУНиТ", "ФГБОУ ВО «Уфимский университет науки и технологий»", True),
        ("БГПУ", "Благовещенский государственный педагогический университет", True),
        ("ВГТУ", "Витебский государственный университет", False),
        ("ПГУ", "Полоцкий колледж", False),
    ],
)
def test_acronyms_of_names(acronym: str, name: str, expected: bool) -> None:
    assert is_acronym_of(acronym, name) is expected
