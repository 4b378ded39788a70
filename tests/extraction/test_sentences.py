"""Sentences and list items of a cell."""

from __future__ import annotations

import pytest

from orchestration.extraction.language.sentences import split_sentences
from orchestration.extraction.language.text import CellText


@pytest.mark.parametrize(
    ("raw", "sentences"),
    [
        ("Первое. Второе! Третье?", ["Первое.", "Второе!", "Третье?"]),
        (
            "Гости из г. Орши и д. Бабиничи приехали в 2025 г. утром.",
            ["Гости из г. Орши и д. Бабиничи приехали в 2025 г. утром."],
        ),
        ("Встреча прошла в 2025 г. Подписан договор.", ["Встреча прошла в 2025 г.", "Подписан договор."]),
        (
            "В рамках подписанного в 2019 г. Соглашения идет обмен.",
            ["В рамках подписанного в 2019 г. Соглашения идет обмен."],
        ),
        ("Школа им. Н.М. Пржевальского. Музей", ["Школа им. Н.М. Пржевальского.", "Музей"]),
        (
            "Темы: культура, туризм и т.д.\nДостигнуты договоренности",
            ["Темы: культура, туризм и т.д.", "Достигнуты договоренности"],
        ),
        ("Договор между \nМБОУ «Гимназия \n№ 4» и школой", ["Договор между МБОУ «Гимназия № 4» и школой"]),
        ("Работа завершена\nПодписан план", ["Работа завершена", "Подписан план"]),
        ("Спектакль «Горе от ума. Сцены» показан.", ["Спектакль «Горе от ума. Сцены» показан."]),
        ("", []),
    ],
)
def test_sentences(raw: str, sentences: list[str]) -> None:
    cell = CellText.from_raw(raw)
    assert [cell.text[s.start : s.end] for s in split_sentences(cell)] == sentences


@pytest.mark.parametrize(
    ("raw", "items"),
    [
        ("Итоги.\nПодписаны:\n– договор;\n– план.\nГости уехали.", ["договор;", "план."]),
        ("Подписаны:\n1. Договор о дружбе\n2. План", ["Договор о дружбе", "План"]),
        ("Подписаны: – договор; – план.", ["договор;", "план."]),
        ("Подписаны: договор о дружбе; план; протокол. Гости уехали.", ["договор о дружбе;", "план;", "протокол."]),
    ],
)
def test_list_items_know_their_lead(raw: str, items: list[str]) -> None:
    cell = CellText.from_raw(raw)
    found = [s for s in split_sentences(cell) if s.lead]
    assert [cell.text[s.start : s.end] for s in found] == items
    assert {cell.text[slice(*s.lead)] for s in found if s.lead} == {"Подписаны:"}
