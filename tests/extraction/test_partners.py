"""Partners of a row: who takes part, from where, on which side."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from orchestration.extraction.gazetteer import find_settlement
from orchestration.extraction.model import Column, Evidence, Municipality, PartnerMention, PlaceFact, ReportContext
from orchestration.extraction.partners import read_partners
from orchestration.extraction.text import CellText


@dataclass
class Case:
    """A row of a report and what it involves; settlements, territories and partners lie outside the home region."""

    region: str
    municipality: str
    name: str = ""
    place: str = ""
    description: str = ""
    participants: str = ""
    at: tuple[str, str] | None = None
    settlements: set[str] = field(default_factory=set)
    territories: set[str] = field(default_factory=set)
    partners: set[str] = field(default_factory=set)
    home: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)


def read(case: Case) -> tuple[PartnerMention, ...]:
    texts = {
        Column.NAME: CellText.from_raw(case.name),
        Column.PLACE: CellText.from_raw(case.place),
        Column.DATES: CellText.from_raw(""),
        Column.DESCRIPTION: CellText.from_raw(case.description),
        Column.PARTICIPANTS: CellText.from_raw(case.participants),
    }
    place = None
    if case.at:
        settlement, country = case.at
        found = find_settlement(settlement, country_code=country, home_region=case.region)
        latitude, longitude = (found.latitude, found.longitude) if found else (None, None)
        evidence = Evidence(Column.PLACE, 0, len(case.place), "place")
        place = PlaceFact(None, settlement, "город", None, None, country, latitude, longitude, evidence)
    kind = "urban_okrug" if case.municipality.startswith("город") else "municipal_okrug"
    context = ReportContext(case.region, date(2025, 1, 1), date(2025, 3, 31))
    return read_partners(texts, context, place, Municipality(case.municipality, kind))


PSKOV, AMUR, KALININGRAD = "Псковская область", "Амурская область", "Калининградская область"
TATARSTAN, ORENBURG, SMOLENSK = "Республика Татарстан", "Оренбургская область", "Смоленская область"

CASES = [
    Case(
        PSKOV, "Печорский муниципальный округ",
        participants="Делегация волости Вярска (Эстония), учащиеся МБОУ «Печорская гимназия»",
        home={"МБОУ «Печорская гимназия»"}, countries={"EE"},
    ),
    Case(
        PSKOV, "город Псков", at=("Псков", "RU"), place="г. Псков",
        participants="Обучающиеся МАОУ «Гуманитарный лицей» (20 человек), ГУО «Средняя школа № 12 г. Витебска» (18 человек)",
        settlements={"Витебск"}, partners={"ГУО «Средняя школа № 12 г. Витебска»"}, home={"МАОУ «Гуманитарный лицей»"},
        countries={"BY"},
    ),
    Case(
        PSKOV, "город Псков", at=("Даугавпилс", "LV"), place="г. Даугавпилс, Латвия",
        name="Участие в конференции «Русский язык без границ»",
        participants="Педагоги МБОУ «СОШ № 24 г. Пскова», Даугавпилсская государственная гимназия",
        settlements={"Даугавпилс"}, partners={"Даугавпилсская государственная гимназия"}, home={"МБОУ «СОШ № 24 г. Пскова»"},
        countries={"LV"},
    ),
    Case(
        PSKOV, "Невельский муниципальный округ", at=("Невель", "RU"), place="г. Невель",
        description="Подписано соглашение между Администрацией Невельского муниципального округа "
        "и Городокским районным исполнительным комитетом",
        partners={"Городокский районный исполнительный комитет"},
        home={"Администрация Невельского муниципального округа"}, countries={"BY"},
    ),
    Case(
        PSKOV, "город Великие Луки",
        description="Викторина посвящена истории Полоцка, Риги и Тарту", participants="Школьники города",
    ),
    Case(
        PSKOV, "Себежский муниципальный округ", at=("Верхнедвинск", "BY"),
        place="г. Верхнедвинск, Витебская область, Республика Беларусь",
        name="Участие в Дне освобождения Верхнедвинского района от немецко-фашистских захватчиков",
        participants="Делегация округа – 5 человек",
        settlements={"Верхнедвинск"}, territories={"Витебская область", "Верхнедвинский район"}, countries={"BY"},
    ),
    Case(
        PSKOV, "город Псков", participants="Команды г. Смоленска, г. Великие Луки и г. Полоцка (Республика Беларусь)",
        settlements={"Смоленск", "Полоцк"}, countries={"BY"},
    ),
    Case(
        PSKOV, "город Псков", participants="Художники из Эстонии, Латвии и Финляндии, Ленинградской и Новгородской областей",
        territories={"Ленинградская область", "Новгородская область"}, countries={"EE", "LV", "FI"},
    ),
    Case(
        PSKOV, "Псковский муниципальный округ", name="Видеомост «Псков – Минск: вместе в будущее»",
        participants="Студенты и волонтеры", settlements={"Минск"}, countries={"BY"},
    ),
    Case(
        AMUR, "город Благовещенск", at=("Благовещенск", "RU"), place="г. Благовещенск",
        participants="Студенты Хэйхэского университета (КНР), ФГБОУ ВО «Амурский государственный университет»",
        partners={"Хэйхэский университет"}, home={"ФГБОУ ВО «Амурский государственный университет»"}, countries={"CN"},
    ),
    Case(
        AMUR, "город Благовещенск", at=("Хэйхэ", "CN"), place="г. Хэйхэ, провинция Хэйлунцзян, КНР",
        participants="Спортсмены МАУ «Спортивная школа № 3 г. Благовещенска» (12 человек)",
        settlements={"Хэйхэ"}, territories={"Провинция Хэйлунцзян"}, home={"МАУ «Спортивная школа № 3 г. Благовещенска»"},
        countries={"CN"},
    ),
    Case(
        AMUR, "город Благовещенск",
        description="Достигнута договоренность с Народным правительством города Хэйхэ об обмене делегациями",
        settlements={"Хэйхэ"}, partners={"Народное правительство города Хэйхэ"}, countries={"CN"},
    ),
    Case(
        AMUR, "город Свободный", participants="Юные шахматисты из г. Харбина, г. Цицикара и г. Хабаровска",
        settlements={"Харбин", "Цицикар", "Хабаровск"}, countries={"CN"},
    ),
    Case(
        AMUR, "Тамбовский муниципальный округ", description="Школьники изучали китайский язык и обычаи",
        participants="Обучающиеся МБОУ «Тамбовская СОШ»", home={"МБОУ «Тамбовская СОШ»"},
    ),
    Case(
        AMUR, "город Благовещенск", participants="Представители Генерального консульства КНР в г. Хабаровске",
        settlements={"Хабаровск"}, partners={"Генеральное консульство КНР в г. Хабаровске"}, countries={"CN"},
    ),
    Case(
        AMUR, "город Зея", participants="Гости из Республики Корея и Японии – 8 человек", countries={"KR", "JP"},
    ),
    Case(
        KALININGRAD, "Багратионовский муниципальный округ", participants="Делегация гмины Бартошице (Польша)",
        countries={"PL"},
    ),
    Case(
        KALININGRAD, "город Калининград", participants="Хоровые коллективы из г. Эльблонга и г. Клайпеды",
        settlements={"Эльблонг", "Клайпеда"}, countries={"PL", "LT"},
    ),
    Case(
        KALININGRAD, "город Советск", at=("Советск", "RU"), place="г. Советск",
        description="В концерте приняли участие воспитанники МБУДО «Детская школа искусств города Советска» и "
        "Дворца культуры г. Бреста",
        settlements={"Брест"}, partners={"Дворец культуры г. Бреста"}, home={"МБУДО «Детская школа искусств города Советска»"},
        countries={"BY"},
    ),
    Case(
        KALININGRAD, "город Калининград", participants="Ветераны литовских и польских организаций", countries={"LT", "PL"},
    ),
    Case(
        KALININGRAD, "Черняховский муниципальный округ", name="Лекция «Наполеон в Пруссии и Польше»",
        participants="Читатели МБУК «Черняховская централизованная библиотечная система»",
        home={"МБУК «Черняховская централизованная библиотечная система»"},
    ),
    Case(
        KALININGRAD, "город Калининград", participants="Студенты Гданьского университета (Польша)",
        partners={"Гданьский университет"}, countries={"PL"},
    ),
    Case(
        TATARSTAN, "город Казань", at=("Казань", "RU"), place="г. Казань",
        participants="Представители Генерального консульства Турецкой Республики в г. Казани",
        partners={"Генеральное консульство Турецкой Республики в г. Казани"}, countries={"TR"},
    ),
    Case(
        TATARSTAN, "Бугульминский муниципальный район",
        participants="Студенты ГАПОУ «Бугульминский строительный колледж» и Самаркандского государственного университета",
        partners={"Самаркандский государственный университет"}, home={"ГАПОУ «Бугульминский строительный колледж»"},
        countries={"UZ"},
    ),
    Case(
        TATARSTAN, "город Набережные Челны", at=("Анкара", "TR"), place="г. Анкара, Турция",
        participants="Делегация Исполнительного комитета г. Набережные Челны",
        settlements={"Анкара"}, home={"Исполнительный комитет г. Набережные Челны"}, countries={"TR"},
    ),
    Case(
        TATARSTAN, "город Казань", participants="Артисты из Башкортостана, Казахстана, Узбекистана и Турции",
        territories={"Республика Башкортостан"}, countries={"KZ", "UZ", "TR"},
    ),
    Case(
        TATARSTAN, "Сабинский муниципальный район", description="Хокимият г. Ташкента и администрация договорились о сотрудничестве",
        settlements={"Ташкент"}, partners={"Хокимият г. Ташкента"}, countries={"UZ"},
    ),
    Case(
        TATARSTAN, "город Казань", participants="Команды из Уфы, Ижевска, Астаны и Бишкека",
        settlements={"Уфа", "Ижевск", "Астана", "Бишкек"}, countries={"KZ", "KG"},
    ),
    Case(
        TATARSTAN, "Арский муниципальный район", name="Открытие памятника участникам войны в Афганистане",
        participants="Ветераны, жители района",
    ),
    Case(
        ORENBURG, "город Оренбург", at=("Актобе", "KZ"), place="г. Актобе, Актюбинская область, Республика Казахстан",
        participants="Педагоги МОАУ «Гимназия № 2», КГУ «Общеобразовательная средняя школа № 16 г. Актобе»",
        settlements={"Актобе"}, territories={"Актюбинская область"},
        partners={"КГУ «Общеобразовательная средняя школа № 16 г. Актобе»"}, home={"МОАУ «Гимназия № 2»"}, countries={"KZ"},
    ),
    Case(
        ORENBURG, "Соль-Илецкий муниципальный округ", participants="Акимат города Уральска (Республика Казахстан)",
        settlements={"Уральск"}, partners={"Акимат города Уральска"}, countries={"KZ"},
    ),
    Case(
        ORENBURG, "город Орск", participants="Школьники Оренбургской и Челябинской областей, Республики Казахстан",
        territories={"Челябинская область"}, countries={"KZ"},
    ),
    Case(
        ORENBURG, "город Оренбург", description="ТОО «Степной колос» и ООО «Оренбургский мельник» подписали договор",
        partners={"ТОО «Степной колос»"}, home={"ООО «Оренбургский мельник»"}, countries={"KZ"},
    ),
    Case(
        ORENBURG, "Беляевский муниципальный район", participants="Жители района, казахстанские гости – 40 человек", countries={"KZ"},
    ),
    Case(
        SMOLENSK, "город Смоленск", participants="Ученики школ № 3 и № 5 г. Бреста",
        settlements={"Брест"}, partners={"Школа № 3 г. Бреста", "Школа № 5 г. Бреста"}, countries={"BY"},
    ),
    Case(
        SMOLENSK, "Руднянский муниципальный округ",
        participants="Творческие коллективы Руднянской и Лиозненской централизованных клубных систем",
        partners={"Лиозненская централизованная клубная система"}, home={"Руднянская централизованная клубная система"},
        countries={"BY"},
    ),
    Case(
        SMOLENSK, "город Десногорск",
        description="Встреча с участником Паралимпийских игр в Токио и Европейских игр в Минске, посетившим 30 штатов США",
        participants="Жители города",
    ),
    Case(
        SMOLENSK, "город Смоленск", name="Виртуальная экскурсия «Здравнево – колыбель И. Репина»",
        participants="Обучающиеся МБОУ «СШ № 2» г. Смоленска", home={"МБОУ «СШ № 2» г. Смоленска"},
    ),
    Case(
        SMOLENSK, "Хиславичский муниципальный округ",
        description="ООО «Хиславичский лен» заключило с ОАО «Горецкий льнозавод» договор поставки",
        participants="5 представителей ОАО «Горецкий льнозавод» (г. Горки, Республика Беларусь)",
        settlements={"Горки"}, partners={"ОАО «Горецкий льнозавод»"}, home={"ООО «Хиславичский лен»"}, countries={"BY"},
    ),
    Case(
        SMOLENSK, "город Смоленск", at=("Витебск", "BY"), place="г. Витебск, Республика Беларусь",
        description="В Национальном академическом драматическом театре имени Якуба Коласа в Витебске состоялись "
        "гастроли МБУК «Смоленский камерный театр»",
        settlements={"Витебск"}, partners={"Национальный академический драматический театр имени Якуба Коласа"},
        home={"МБУК «Смоленский камерный театр»"}, countries={"BY"},
    ),
    Case(
        SMOLENSK, "Краснинский муниципальный округ",
        participants="Представители округа, делегация Горецкого района (Могилевская область, Республика Беларусь)",
        territories={"Горецкий район", "Могилевская область"}, countries={"BY"},
    ),
    Case(
        SMOLENSK, "город Смоленск", participants="Представители Узбекистана, Кыргызстана, России и Абхазии",
        countries={"UZ", "KG", "GE-AB"},
    ),
    Case(
        SMOLENSK, "Сафоновский муниципальный округ", name="Встреча белорусского паралимпийца с жителями округа", countries={"BY"},
    ),
    Case(
        SMOLENSK, "город Смоленск", participants="Мастера регионов Российской Федерации, российских городов",
    ),
]


def of(mentions: tuple[PartnerMention, ...], kind: str, is_home: bool) -> set[str]:
    return {m.name for m in mentions if m.kind == kind and (m.side == "home") is is_home}


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_partners_of_a_row(case: Case) -> None:
    mentions = read(case)
    countries = {m.country_code for m in mentions if m.side == "foreign"}
    assert of(mentions, "settlement", False) == case.settlements
    assert of(mentions, "territory", False) == case.territories
    assert of(mentions, "organisation", False) == case.partners
    assert of(mentions, "organisation", True) == case.home
    assert countries == case.countries


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_mention_is_the_text_at_its_offsets(case: Case) -> None:
    cells = {Column.NAME: case.name, Column.PLACE: case.place, Column.DESCRIPTION: case.description}
    cells[Column.PARTICIPANTS] = case.participants
    for mention in read(case):
        evidence = mention.evidence
        assert cells[evidence.column][evidence.start : evidence.end] == mention.mention


def test_a_partner_named_twice_is_one_mention_with_the_surest_seat() -> None:
    case = next(case for case in CASES if "ОАО «Горецкий льнозавод»" in case.partners)
    (mention,) = [m for m in read(case) if m.name == "ОАО «Горецкий льнозавод»"]
    assert mention.evidence.column is Column.DESCRIPTION
    assert mention.settlement == "Горки"
    assert mention.side == "foreign"
