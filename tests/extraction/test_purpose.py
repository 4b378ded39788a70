"""Purpose and result of events."""

import pytest

from orchestration.extraction.event.purpose import split_purpose_result
from orchestration.extraction.language.text import CellText


def cell(text: str) -> CellText:
    return CellText.from_raw(text)


@pytest.mark.parametrize(
    ("text", "purpose", "result"),
    [
        (
            "Обмен опытом, укрепление дружбы.\nСостоялся концерт, подписано соглашение",
            "Обмен опытом, укрепление дружбы.",
            "Состоялся концерт, подписано соглашение",
        ),
        ("Укрепление спортивных связей", "Укрепление спортивных связей", None),
        ("Делегация посетила музей", None, "Делегация посетила музей"),
        (
            "Укрепление связей с музеем, с которым ведется работа. Гости осмотрели экспозицию.",
            "Укрепление связей с музеем, с которым ведется работа.",
            "Гости осмотрели экспозицию.",
        ),
        (
            "Сохранение памяти.\nВ программе: митинг и возложение венков",
            "Сохранение памяти.",
            "В программе: митинг и возложение венков",
        ),
        (
            "Цель: поддержка чтения. Содержание: дети обменялись открытками. Результат: 20 открыток.",
            "Цель: поддержка чтения.",
            "Содержание: дети обменялись открытками. Результат: 20 открыток.",
        ),
        (
            "Целью фестиваля является поддержка талантов. Выступили 20 ансамблей.",
            "Целью фестиваля является поддержка талантов.",
            "Выступили 20 ансамблей.",
        ),
        ("", None, None),
    ],
)
def test_purpose_and_result(text: str, purpose: str | None, result: str | None) -> None:
    description = cell(text)
    read = split_purpose_result(description)
    assert tuple(fact.value if fact else None for fact in read) == (purpose, result)
    for fact in read:
        if fact and fact.evidence:
            assert description.text[fact.evidence.start : fact.evidence.end] == fact.value
