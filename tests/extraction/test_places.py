"""The place of an event from its cell."""

from datetime import date

import pytest

from orchestration.extraction.language.text import CellText
from orchestration.extraction.model import Column, PlaceFact, ReportContext
from orchestration.extraction.municipality import read_municipality
from orchestration.extraction.places import read_place

SMOLENSK = "Смоленская область"


def place(cell: str, region: str = SMOLENSK, municipality: str = "Велижский муниципальный округ") -> PlaceFact | None:
    context = ReportContext(region, date(2025, 10, 1), date(2025, 12, 31))
    return read_place(CellText.from_raw(cell), context, read_municipality(municipality, region))


@pytest.mark.parametrize(
    "cell",
    [
        "в дистанционном формате",
        "онлайн (шахматная платформа)",
        "дистанционно",
        "в режиме видеоконференцсвязи",
        "в онлайн-формате",
        "платформа Zoom",
        "заочно",
        "Социальная сеть ВКонтакте",
        "постоянно, в сети Интернет",
        "ежемесячно, онлайн",
        "в течение учебного года, Zoom",
        "",
        "-",
    ],
)
def test_purely_online_event_has_no_place(cell: str) -> None:
    assert place(cell) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("г. Смоленск", (None, "Смоленск", "город", None, None, "RU")),
        ("Москва", (None, "Москва", "город", None, None, "RU")),
        (
            "Центр культуры, г. Беломорск, в смешанном формате",
            ("Центр культуры", "Беломорск", "город", None, None, "RU"),
        ),
        ("г. Клинцы, формат: очный", (None, "Клинцы", "город", None, None, "RU")),
        ("г. Вел. Луки, очно", (None, "Великие Луки", "город", None, None, "RU")),
        ("Дом культуры аг. Копти", ("Дом культуры", "Копти", "агрогородок", None, None, "BY")),
        ("Клуб д. Сосновка", ("Клуб", "Сосновка", "деревня", None, None, "RU")),
        ("Администрация с. Глинищево", ("Администрация с. Глинищево", "Глинищево", "село", None, None, "RU")),
        ("г.\xa0Витебск,\nРеспублика Беларусь", (None, "Витебск", "город", None, None, "BY")),
        (
            "Братская могила воинов, \nг.п.\xa0Сураж,\nВитебский район,\nВитебская область,\nРеспублика Беларусь",
            (
                "Братская могила воинов",
                "Сураж",
                "городской посёлок",
                "Витебский район",
                "Витебская область",
                "BY",
            ),
        ),
        ("МБОУ «СШ №\xa012» г.\xa0Смоленска", ("МБОУ «СШ № 12» г. Смоленска", "Смоленск", "город", None, None, "RU")),
        (
            "Поле Памяти, Нулевая верста Старой Смоленской дороги у \nд. Ляды, \nРеспублика Беларусь",
            ("Поле Памяти, Нулевая верста Старой Смоленской дороги", "Ляды", "деревня", None, None, "BY"),
        ),
        ("Хиславичский муниципальный округ", (None, None, None, "Хиславичский муниципальный округ", None, "RU")),
        ("Руднянский ГДК,\nг. Рудня,\nСмоленская область", ("Руднянский ГДК", "Рудня", "город", None, SMOLENSK, "RU")),
        ("п. Красный", (None, "Красный", "посёлок", None, None, "RU")),
        ("площадь Ленина,\nг. Смоленск", ("площадь Ленина", "Смоленск", "город", None, None, "RU")),
        (
            "Дворец творчества детей и молодежи,\nг. Смоленск (очно), онлайн",
            ("Дворец творчества детей и молодежи", "Смоленск", "город", None, None, "RU"),
        ),
        (
            "Национальный парк «Смоленское Поозерье»,\nп. Пржевальское; участие по видеосвязи",
            ("Национальный парк «Смоленское Поозерье»", "Пржевальское", "посёлок", None, None, "RU"),
        ),
        (
            "д. Дмыничи,\nМонастырщинский район,\nСмоленская область",
            (None, "Дмыничи", "деревня", "Монастырщинский муниципальный округ", SMOLENSK, "RU"),
        ),
        ("г. Лида, Гродненская обл., РБ", (None, "Лида", "город", None, "Гродненская область", "BY")),
        (
            "деревня Ходосы Мстиславского района Могилевской области Республики Беларусь",
            (None, "Ходосы", "деревня", "Мстиславский район", "Могилевская область", "BY"),
        ),
        ("д. Старое Село, Витебский р-н, РБ", (None, "Старое Село", "деревня", "Витебский район", None, "BY")),
        (
            "агрогородок Зубово,\nОршанский район,\nРеспублика Беларусь",
            (None, "Зубово", "агрогородок", "Оршанский район", None, "BY"),
        ),
        ("ДК «Юбилейный» (г. Рудня)", ("ДК «Юбилейный»", "Рудня", "город", None, None, "RU")),
        (
            "Посольство Республики Беларусь в г. Москве",
            ("Посольство Республики Беларусь", "Москва", "город", None, None, "RU"),
        ),
        ("смешанный формат: г. Смоленск, онлайн", (None, "Смоленск", "город", None, None, "RU")),
        ("в дистанционном формате, г. Минск", (None, "Минск", "город", None, None, "BY")),
        ("Хиславичский МО", (None, None, None, "Хиславичский муниципальный округ", None, "RU")),
        (
            "г.Мстиславль (Замковая гора), Республика Беларусь",
            ("Замковая гора", "Мстиславль", "город", None, None, "BY"),
        ),
        ("Городской парк", ("Городской парк", None, None, None, None, "RU")),
        (
            "МБОУ «ЦО № 1 «Академия детства», г. Смоленск",
            ("МБОУ «ЦО № 1 «Академия детства»", "Смоленск", "город", None, None, "RU"),
        ),
        ("территория Республики Беларусь", (None, None, None, None, None, "BY")),
    ],
)
def test_place_of_a_smolensk_report(cell: str, expected: tuple[str | None, ...]) -> None:
    fact = place(cell)
    assert fact is not None
    read = (fact.venue, fact.settlement, fact.settlement_type, fact.district, fact.region, fact.country_code)
    assert read == expected


@pytest.mark.parametrize(
    ("region", "cell", "expected"),
    [
        (
            "Амурская область",
            "г. Хэйхэ (провинция Хэйлунцзян, КНР)",
            (None, "Хэйхэ", None, "Провинция Хэйлунцзян", "CN"),
        ),
        (
            "Амурская область",
            "Китай, провинция Хэйлунцзян, г. Харбин",
            (None, "Харбин", None, "Провинция Хэйлунцзян", "CN"),
        ),
        (
            "Амурская область",
            "с. Ивановка, Ивановский муниципальный округ",
            (None, "Ивановка", "Ивановский муниципальный округ", None, "RU"),
        ),
        (
            "Калининградская область",
            "г. Калининград, ул. Зарайская, д. 8, Дом искусств",
            ("ул. Зарайская, д. 8, Дом искусств", "Калининград", None, None, "RU"),
        ),
        (
            "Калининградская область",
            "п. Железнодорожный, Правдинский МО",
            (None, "Железнодорожный", "Правдинский муниципальный округ", None, "RU"),
        ),
        ("Калининградская область", "г. Гданьск (Польша)", (None, "Гданьск", None, None, "PL")),
        ("Хабаровский край", "с. Троицкое Нанайского района", (None, "Троицкое", "Нанайский район", None, "RU")),
        ("Хабаровский край", "г. Ниигата, Япония", (None, "Ниигата", None, None, "JP")),
        ("Республика Татарстан", "Турция, г. Анкара", (None, "Анкара", None, None, "TR")),
        ("Республика Татарстан", "г. Баку (Азербайджан), отель Hilton", ("отель Hilton", "Баку", None, None, "AZ")),
        (
            "Республика Татарстан",
            "МБУК «Районный\nДом культуры»,\nг. Арск",
            ("МБУК «Районный Дом культуры»", "Арск", None, None, "RU"),
        ),
        ("Псковская область", "г. Резекне, Латвийская Республика", (None, "Резекне", None, None, "LV")),
    ],
)
def test_place_of_other_regions(region: str, cell: str, expected: tuple[str | None, ...]) -> None:
    fact = place(cell, region, "Ивановский муниципальный округ")
    assert fact is not None
    assert (fact.venue, fact.settlement, fact.district, fact.region, fact.country_code) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("г. Невель; часть гостей – по видеосвязи", (None, "Невель", None, None, "RU")),
        ("Дом культуры, г. Невель, зарубежные участники – онлайн", ("Дом культуры", "Невель", None, None, "RU")),
        ("ШК «Ладья» г. Псков (партии онлайн на lichess.org)", ("ШК «Ладья»", "Псков", None, None, "RU")),
        ("ФОК «Олимп» г.Невель", ("ФОК «Олимп»", "Невель", None, None, "RU")),
        ("МБУДО «ДШИ» г. Невеля", ("МБУДО «ДШИ» г. Невеля", "Невель", None, None, "RU")),
        ("Ледовый дворец, г. Браслав, Беларусь (игры 12–14 мая)", ("Ледовый дворец", "Браслав", None, None, "BY")),
        ("180000, г. Псков, ул. Ленина, д. 5", ("ул. Ленина, д. 5", "Псков", None, None, "RU")),
        ("Павлодар, РК", (None, "Павлодар", None, None, "KZ")),
        ("г. Уфа, РБ", (None, "Уфа", None, "Республика Башкортостан", "RU")),
        ("с. Усть-Кан (РА)", (None, "Усть-Кан", None, "Республика Алтай", "RU")),
        (
            "КНР, Автономный район Внутренняя Монголия, г. Маньчжурия",
            (None, "Маньчжурия", None, "Автономный район Внутренняя Монголия", "CN"),
        ),
        ("г. Ховд, Ховдский аймак, Монголия", (None, "Ховд", None, "Ховдский аймак", "MN")),
        ("г. Семей, область Абай, Казахстан", (None, "Семей", None, "Область Абай", "KZ")),
        ("г. Мелитополь (Запорожская область)", (None, "Мелитополь", None, "Запорожская область", "RU")),
        ("Ленино, Могилевская область", (None, "Ленино", None, "Могилевская область", "BY")),
        (
            "п. Конезавод имени Будённого, Сальский район",
            (None, "Конезавод имени Будённого", "Сальский район", None, "RU"),
        ),
        ("г-к Анапа, санаторий «Волна»", ("санаторий «Волна»", "Анапа", None, None, "RU")),
        (
            "аг. Мотоль, Ивановский район, Брестская область",
            (None, "Мотоль", "Ивановский район", "Брестская область", "BY"),
        ),
        ("г. Цхинвал, РЮО", (None, "Цхинвал", None, None, "GE-OS")),
        ("Парк Победы (55°47′12″ с.ш., 49°07′ в.д.)", ("Парк Победы", None, None, None, "RU")),
    ],
)
def test_place_of_a_clerks_cell(cell: str, expected: tuple[str | None, ...]) -> None:
    fact = place(cell, "Псковская область", "Невельский муниципальный округ")
    assert fact is not None
    assert (fact.venue, fact.settlement, fact.district, fact.region, fact.country_code) == expected


@pytest.mark.parametrize(
    "cell",
    ["платформа Lichess", "на шахматной платформе chess.com", "официальный сайт администрации", "портал проекта"],
)
def test_a_service_is_no_place(cell: str) -> None:
    assert place(cell) is None


def test_written_coordinates_win() -> None:
    fact = place("г. Невель, 56.1234, 29.4321", "Псковская область")
    assert fact is not None
    assert (fact.settlement, fact.latitude, fact.longitude) == ("Невель", 56.1234, 29.4321)
    bare = place("54.78, 32.05")
    assert bare is not None
    assert (bare.settlement, bare.country_code, bare.latitude, bare.longitude) == (None, None, 54.78, 32.05)


def test_venue_of_a_city_report_lies_in_the_city() -> None:
    fact = place("Парк Победы", "Псковская область", "Город Псков")
    assert fact is not None
    assert (fact.venue, fact.settlement) == ("Парк Победы", "Псков")
    assert fact.latitude == pytest.approx(57.8, abs=0.1)


def test_wrong_country_lowers_the_confidence() -> None:
    fact = place("г. Нелидово, Республика Беларусь")
    assert fact is not None
    assert fact.country_code == "RU"
    assert fact.evidence.confidence < 1
    assert fact.evidence.column is Column.PLACE


def test_evidence_leaves_out_remote_wording() -> None:
    cell = CellText.from_raw("г. Смоленск, с онлайн-подключением")
    fact = place(cell.text)
    assert fact is not None
    assert cell.text[fact.evidence.start : fact.evidence.end] == "г. Смоленск"


def test_namesake_in_another_region_gives_no_coordinates() -> None:
    fact = place("аг. Высокое Оршанского района Витебской области")
    assert fact is not None
    assert (fact.settlement, fact.country_code) == ("Высокое", "BY")
    assert fact.latitude == pytest.approx(54.5, abs=0.1)


def test_unlisted_village_lies_at_its_district() -> None:
    fact = place("д. Рыжиково, Смоленский р-н")
    assert fact is not None
    assert fact.latitude is not None
