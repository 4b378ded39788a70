import pytest

from orchestration.documents.columns import covering_grid, is_column_numbers, read_header
from orchestration.documents.model import Cell, Table

HEADINGS = [
    ("№ п/п", "number"),
    ("№\nп/п", "number"),
    ("N п.п.", "number"),
    ("П/п", "number"),
    ("Номер", "number"),
    ("Муниципальное образование", "municipality"),
    ("Наименование муниципального образования", "municipality"),
    ("Наименование МО", "municipality"),
    ("Муниципальный округ (городской округ)", "municipality"),
    ("МО", "municipality"),
    ("Территория", "municipality"),
    ("Орган местного самоуправления", "municipality"),
    ("Наименование мероприятия", "name"),
    ("Название", "name"),
    ("Мероприятие", "name"),
    ("Полное наименование мероприятия", "name"),
    ("Событие", "name"),
    ("Международные мероприятия", "name"),
    ("Проведённые мероприятия", "name"),
    ("Место проведения", "place"),
    ("Место проведения мероприятия (адрес)", "place"),
    ("Площадка", "place"),
    ("Страна, город", "place"),
    ("Населённый пункт", "place"),
    ("Дата проведения", "dates"),
    ("Срок", "dates"),
    ("Сроки проведения мероприятия", "dates"),
    ("Период проведения", "dates"),
    ("Время проведения", "dates"),
    ("Даты", "dates"),
    ("Фактический срок проведения", "dates"),
    ("Дата начала", "dates"),
    ("Дата и место проведения", "dates place"),
    ("Место и дата проведения", "dates place"),
    ("Сроки, место проведения", "dates place"),
    ("Цель, содержание и результат мероприятия (в том числе о подписанных документах)", "description"),
    ("Краткое описание, итоги", "description"),
    ("Краткая информация о мероприятии", "description"),
    ("Содержание", "description"),
    ("Результаты", "description"),
    ("Достигнутые договорённости", "description"),
    ("Итоги мероприятия", "description"),
    ("Тема", "description"),
    ("Участники (количество)", "participants"),
    ("Участники мероприятия (общее количество, другие дополнительные сведения)", "participants"),
    ("Количество участников", "participants"),
    ("Кол-во участников, чел.", "participants"),
    ("Состав участников", "participants"),
    ("Число участников мероприятия", "participants"),
    ("Охват, чел.", "participants"),
    ("Страны-участницы", "participants"),
    ("Зарубежные партнёры", "participants"),
    ("Мероприятие, дата, место проведения", "name dates place"),
    ("Наименование, место и дата проведения мероприятия", "name dates place"),
    ("Наименование и дата мероприятия", "name dates"),
    ("Мероприятие и место его проведения", "name place"),
    ("Форма проведения", "extra"),
    ("Формат (очно/онлайн)", "extra"),
    ("Примечание", "extra"),
    ("Ответственный исполнитель", "extra"),
    ("Цвет папки", ""),
]


def grid_of(*rows: list[str]):
    return covering_grid(Table(tuple(tuple(map(Cell, row)) for row in rows)))


@pytest.mark.parametrize(("heading", "fields"), HEADINGS)
def test_headings(heading: str, fields: str) -> None:
    header = read_header(grid_of([heading, "Наименование мероприятия", "Место", "Сроки", "Участники"]), 0)
    assert header is not None
    assert header.columns[0].fields == tuple(fields.split())


@pytest.mark.parametrize(
    "row",
    [
        ["1.", "Круглый стол", "г. Орша", "5 мая 2025 года", "Цель: дружба", "Участники: 30 человек"],
        ["", "Мероприятие в честь Дня города", "место встречи", "15.05.2025", "Итоги", "Участники: 15"],
        ["1.", "Мероприятие ко Дню единения", "г. Орша", "2 апреля 2025 года", "Цель: дружба", "Участники – школьники"],
        ["", "Мероприятие ко Дню единения", "Место силы", "02.04.2025", "Цель: дружба", "Участники – школьники"],
        ["Исполнитель", "Телефон"],
        ["", "", ""],
        ["Город Смоленск"],
    ],
)
def test_rows_that_are_no_header(row: list[str]) -> None:
    assert read_header(grid_of(row), 0) is None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1", "2", "3", "4"], True),
        (["1.", "2.", "3."], True),
        (["(1)", "(2)", "(3)"], True),
        (["2", "3", "4"], True),
        (["1", "2"], False),
        (["1", "3", "4"], False),
        (["1", "Ярмарка", "3"], False),
    ],
)
def test_column_numbers(texts: list[str], expected: bool) -> None:
    assert is_column_numbers(texts) is expected
