"""Spellings of one partner share a key, different partners do not."""

import pytest

from orchestration.extraction.names import partner_identity


@pytest.mark.parametrize(
    "spellings",
    [
        ["ДК микрорайона Гнёздово", "МБУК «Дом культуры микрорайона Гнездово»", "Домом культуры микрорайона Гнездово"],
        ["Администрация г. Смоленска", "Администрация города Смоленска", "Администрацией г.Смоленска"],
        ["СШ № 8", "СШ №8", "МБОУ «СОШ № 8»", "средней школы № 8"],
        ["ГУО «Гимназия № 32 г. Минска»", "Гимназия № 32 города Минска", "гимназии №32 г. Минска"],
        ["ГОУ «Гимназия № 41 г. Минска им. Серебряного В.Х.»", "Гимназия № 41 г. Минска"],
        ["Витебский городской исполнительный комитет", "Витебским горисполкомом"],
        ["Администрация г. Великие Луки", "администрацией Великих Лук"],
        ["ГУК ЦКС Могилевского района", "ГУК «Централизованная клубная система Могилёвского р-на»"],
        ["Администрация Московского района города Минска", "Администрацией Московского района г. Минска"],
        ["Народное правительство города Хэйхэ", "Народным правительством г. Хэйхэ"],
    ],
)
def test_spellings_of_one_name_share_a_key(spellings: list[str]) -> None:
    assert len({partner_identity(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("СШ № 8", "СШ № 6"),
        ("ДМШ имени Глинки", "ДМШ имени Рахманинова"),
        ("Администрация города Пскова", "Администрация города Витебска"),
        ("Дом культуры", "Дом творчества"),
        ("Гимназия № 1", "Лицей № 1"),
    ],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert partner_identity(one) != partner_identity(other)


def test_settlement_is_part_of_the_key_once() -> None:
    assert partner_identity("Гимназия № 32", "Минск") == partner_identity("Гимназия № 32 г. Минска", "Минск")
    assert partner_identity("Гимназия № 32", "Минск") != partner_identity("Гимназия № 32", "Брест")
