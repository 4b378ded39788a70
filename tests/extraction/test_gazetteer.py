"""Settlements, territories and countries by any form of their names, and in running text."""

import pytest

from orchestration.extraction.gazetteer import (
    find_by_adjective,
    find_country,
    find_settlement,
    find_settlements,
    find_territory,
    scan,
)


@pytest.mark.parametrize(
    ("form", "name", "country"),
    [
        ("Крагуеваца", "Крагуевац", "RS"),
        ("Великих Лук", "Великие Луки", "RU"),
        ("Орши", "Орша", "BY"),
        ("Санкт-Петербурга", "Санкт-Петербург", "RU"),
        ("Нелидово", "Нелидово", "RU"),
        ("Чаус", "Чаусы", "BY"),
        ("Барановичей", "Барановичи", "BY"),
        ("Горок", "Горки", "BY"),
        ("Ростовом-на-Дону", "Ростов-на-Дону", "RU"),
        ("Набережных Челнов", "Набережные Челны", "RU"),
        ("Цзяюйгуань", "Цзяюйгуань", "CN"),
        ("Суйфэньхэ", "Суйфэньхэ", "CN"),
        ("Чжэнчжоу", "Чжэнчжоу", "CN"),
        ("Шымкента", "Шымкент", "KZ"),
        ("Гаваны", "Гавана", "CU"),
        ("Сухуме", "Сухум", "GE-AB"),
        ("Краснодона", "Краснодон", "RU"),
        ("Лаппеенранты", "Лаппеенранта", "FI"),
        ("Баня-Луки", "Баня-Лука", "BA"),
        ("Мюнхеном", "Мюнхен", "DE"),
    ],
)
def test_settlement_is_found_in_any_case(form: str, name: str, country: str) -> None:
    found = find_settlement(form)
    assert found is not None
    assert (found.name, found.country_code) == (name, country)


def test_country_region_and_home_narrow_a_settlement() -> None:
    assert find_settlement("Орша", country_code="RU").region == "Тверская область"
    assert find_settlement("Рудни", region="Волгоградская область").region == "Волгоградская область"
    assert find_settlement("Красный", home_region="Смоленская область").region == "Смоленская область"
    assert find_settlement("Нелидово", country_code="BY") is None
    assert find_settlement("Смоленска", allow_inflected=False) is None
    assert {s.country_code for s in find_settlements("Бреста")} >= {"BY", "FR"}


@pytest.mark.parametrize(
    ("form", "name", "country", "kind"),
    [
        ("Могилевской области", "Могилевская область", "BY", "region"),
        ("Гродненская обл.", "Гродненская область", "BY", "region"),
        ("Мстиславского района", "Мстиславский район", "BY", "district"),
        ("Чаусского р-на", "Чаусский район", "BY", "district"),
        ("штат Махараштра", "Штат Махараштра", "IN", "region"),
        ("провинции Шэньси", "Провинция Шэньси", "CN", "region"),
        ("Шаньси", "Провинция Шаньси", "CN", "region"),
        ("ДНР", "Донецкая Народная Республика", "RU", "region"),
        ("Луганской Народной Республики", "Луганская Народная Республика", "RU", "region"),
        ("Татарстана", "Республика Татарстан", "RU", "region"),
        ("Иссык-Кульской области", "Иссык-Кульская область", "KG", "region"),
        ("Воеводины", "Автономный край Воеводина", "RS", "region"),
    ],
)
def test_territory_is_found_in_any_case(form: str, name: str, country: str, kind: str) -> None:
    found = find_territory(form)
    assert found is not None
    assert (found.name, found.country_code, found.kind) == (name, country, kind)


def test_districts_of_one_name_are_told_apart() -> None:
    assert find_territory("Дзержинский район", country_code="BY").region == "Минская область"
    assert find_territory("Краснинский район", home_region="Смоленская область").region == "Смоленская область"
    assert find_territory("Барсучьего района") is None
    assert find_territory("МБОУ") is None


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("Республики Беларусь", "BY"),
        ("Белоруссией", "BY"),
        ("РБ", "BY"),
        ("КНР", "CN"),
        ("Китайской Народной Республики", "CN"),
        ("Кыргызстана", "KG"),
        ("Киргизия", "KG"),
        ("Исламской Республики Пакистан", "PK"),
        ("Абхазии", "GE-AB"),
        ("Южная Осетия", "GE-OS"),
        ("Турецкая Республика", "TR"),
        ("Кубы", "CU"),
        ("США", "US"),
        ("Соединенными Штатами Америки", "US"),
        ("Молдовы", "MD"),
        ("Египта", "EG"),
        ("Боснии и Герцеговине", "BA"),
        ("Российской Федерации", "RU"),
        ("Смоленск", None),
        ("СШ", None),
    ],
)
def test_country_is_found_by_any_name_and_case(form: str, code: str | None) -> None:
    assert find_country(form) == code


@pytest.mark.parametrize(
    ("word", "name"),
    [("Харбинской", "Харбин"), ("Лиозненская", "Лиозненский район"), ("Витебским", "Витебск"), ("Детская", None)],
)
def test_adjective_of_an_organisation_leads_to_its_town(word: str, name: str | None) -> None:
    found = find_by_adjective(word)
    assert (found.name if found else None) == name


def found_in(text: str, home_region: str = "Смоленская область") -> list[tuple[str, str | None]]:
    return [(match.name, match.country_code) for match in scan(text, home_region=home_region)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "г. Витебск, г. Минск (Республика Беларусь), г. Гюмри (Республика Армения)",
            [("Витебск", "BY"), ("Минск", "BY"), ("Беларусь", "BY"), ("Гюмри", "AM"), ("Армения", "AM")],
        ),
        (
            "из Российской Федерации (г. Елец, г. Краснодон), Республики Беларусь (г. Брест, г. Орша)",
            [
                ("Россия", "RU"),
                ("Елец", "RU"),
                ("Краснодон", "RU"),
                ("Беларусь", "BY"),
                ("Брест", "BY"),
                ("Орша", "BY"),
            ],
        ),
        (
            "Беларусь представили коллективы из Славгородского района, городов Кричева, Мстиславля, Чаусы и Могилева.",
            [
                ("Беларусь", "BY"),
                ("Славгородский район", "BY"),
                ("Кричев", "BY"),
                ("Мстиславль", "BY"),
                ("Чаусы", "BY"),
                ("Могилев", "BY"),
            ],
        ),
        (
            "Брянской, Калужской, Гомельской и Могилевской областей",
            [
                ("Брянская область", "RU"),
                ("Калужская область", "RU"),
                ("Гомельская область", "BY"),
                ("Могилевская область", "BY"),
            ],
        ),
        (
            "Мстиславского и Кричевского районов Могилевской области",
            [("Мстиславский район", "BY"), ("Кричевский район", "BY"), ("Могилевская область", "BY")],
        ),
        (
            "Краснинского, Монастырщинского районов Смоленской области",
            [("Краснинский район", "RU"), ("Монастырщинский район", "RU"), ("Смоленская область", "RU")],
        ),
        (
            "округов Смоленской области (Демидовского, Руднянского), Московской и Курской областей",
            [
                ("Смоленская область", "RU"),
                ("Демидовский округ", "RU"),
                ("Руднянский округ", "RU"),
                ("Московская область", "RU"),
                ("Курская область", "RU"),
            ],
        ),
        (
            "таких городов как: Москва, Тула, Калуги и Великих Лук, а также Витебска",
            [("Москва", "RU"), ("Тула", "RU"), ("Калуга", "RU"), ("Великие Луки", "RU"), ("Витебск", "BY")],
        ),
        (
            "Преподаватели из Мурманска, Липецка, Сафоново, Минска (Республика Беларусь)",
            [("Мурманск", "RU"), ("Липецк", "RU"), ("Сафоново", "RU"), ("Минск", "BY"), ("Беларусь", "BY")],
        ),
        (
            "Представители провинций Хэйлунцзян и Цзилинь, городов Хэйхэ и Суйфэньхэ (КНР)",
            [
                ("Провинция Хэйлунцзян", "CN"),
                ("Провинция Цзилинь", "CN"),
                ("Хэйхэ", "CN"),
                ("Суйфэньхэ", "CN"),
                ("Китай", "CN"),
            ],
        ),
        (
            "Представители Лаппеенранты и Иматры (Финляндия)",
            [("Лаппеенранта", "FI"), ("Иматра", "FI"), ("Финляндия", "FI")],
        ),
        ("Администрация Московского района города Минска", [("Московский район", "BY"), ("Минск", "BY")]),
        ("делегация Дзержинского района Минской области", [("Дзержинский район", "BY"), ("Минская область", "BY")]),
        ("гости из Гагаузии", [("Гагаузия", "MD")]),
        (
            "муниципалитеты Финляндии: Лаппеенранта, Иматра; Эстонии: Нарва",
            [("Финляндия", "FI"), ("Лаппеенранта", "FI"), ("Иматра", "FI"), ("Эстония", "EE"), ("Нарва", "EE")],
        ),
        ("мэр города Крагуевац Никола Дашич", [("Крагуевац", "RS")]),
        ("Визит в г. Ош Кыргызской Республики", [("Ош", "KG"), ("Киргизия", "KG")]),
        ("учащиеся гимназии г.Полоцка и школы № 5 г. Пскова", [("Полоцк", "BY"), ("Псков", "RU")]),
        ("делегации города-героя Волгограда и г.п. Лиозно", [("Волгоград", "RU"), ("Лиозно", "BY")]),
        (
            "гости из Чувашии, ЛНР и Узбекистана",
            [("Чувашская Республика", "RU"), ("Луганская Народная Республика", "RU"), ("Узбекистан", "UZ")],
        ),
        (
            "XX российско-белорусский фестиваль, сербские гости, индийские студенты",
            [("Россия", "RU"), ("Беларусь", "BY"), ("Сербия", "RS"), ("Индия", "IN")],
        ),
        (
            "агрогородка Зубово, Оршанский район, Республика Беларусь",
            [("Зубово", "BY"), ("Оршанский район", "BY"), ("Беларусь", "BY")],
        ),
        ("в 2025 г. Москва принимала гостей", [("Москва", "RU")]),
    ],
)
def test_toponyms_of_a_text(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert found_in(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Иванова Мария Петровна и Владимир Киров выступили с докладами",
        "ансамбль «Минск», фестиваль «Славянский базар в Витебске»",
        "ул. Минская, проспект Гагарина, площадь Победы",
        "освобождение от немецко-фашистских захватчиков, уроки английского и испанского языков",
        "обучающиеся МБОУ «СШ № 8», ГОУ и ДМШ, и т.д. Достигнуты договоренности",
        "встреча и.п. Главы округа А.Н. Кухарева с А.С. Пушкиным",
        "Мира желают дети. Победа будет за нами",
    ],
)
def test_names_that_are_no_toponyms(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("спортсмены из г. Орши, г. Нелидово (Республика Беларусь)", "Нелидово", "RU"),
        ("школьники г. Самарканда и г. Актобе (Республика Узбекистан)", "Актобе", "KZ"),
    ],
)
def test_gazetteer_wins_over_a_wrong_country(text: str, name: str, country: str) -> None:
    match = next(match for match in scan(text) if match.name == name)
    assert match.contradicts
    assert match.country_code == country
    assert not any(other.contradicts for other in scan(text) if other is not match and other.name != name)


def test_match_gives_characters_type_word_and_entity() -> None:
    text = "Гости из д. Ляды и Минска"
    village, city = scan(text)
    assert text[village.start : village.end] == "д. Ляды"
    assert (village.kind, village.type_word, village.is_marked) == ("settlement", "деревня", True)
    assert text[city.start : city.end] == "Минска"
    assert (city.type_word, city.entity.country_code) == (None, "BY")
    assert scan("ГУО «Гимназия № 3 г. Минска»")[0].is_quoted


def test_empty_text_has_no_toponyms() -> None:
    assert scan("") == []
