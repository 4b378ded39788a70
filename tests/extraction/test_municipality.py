"""The reporting municipality from its section's heading."""

import pytest

from orchestration.extraction.municipality import canonical_district, read_municipality

SMOLENSK = "Смоленская область"


@pytest.mark.parametrize(
    ("heading", "region", "name", "kind"),
    [
        (
            "Муниципальное образование «Велижский муниципальный округ» Смоленской области",
            SMOLENSK,
            "Велижский муниципальный округ",
            "municipal_okrug",
        ),
        ("Город Смоленск", SMOLENSK, "город Смоленск", "urban_okrug"),
        ("ГОРОД СМОЛЕНСК", SMOLENSK, "город Смоленск", "urban_okrug"),
        ("городской округ город Десногорск", SMOLENSK, "город Десногорск", "urban_okrug"),
        (
            "Муниципальное образование «город Десногорск» Смоленской области",
            SMOLENSK,
            "город Десногорск",
            "urban_okrug",
        ),
        (
            "Администрация Велижского муниципального округа",
            SMOLENSK,
            "Велижский муниципальный округ",
            "municipal_okrug",
        ),
        ("ВЕЛИЖСКИЙ МУНИЦИПАЛЬНЫЙ ОКРУГ", SMOLENSK, "Велижский муниципальный округ", "municipal_okrug"),
        (
            "МО «Холм-Жирковский муниципальный округ»",
            SMOLENSK,
            "Холм-Жирковский муниципальный округ",
            "municipal_okrug",
        ),
        ("Велижский район", SMOLENSK, "Велижский муниципальный округ", "municipal_okrug"),
        (
            "Ленинский муниципальный район",
            "Волгоградская область",
            "Ленинский муниципальный район",
            "municipal_district",
        ),
        ("г. о. Самара", "Самарская область", "город Самара", "urban_okrug"),
        ("МО ГО «Сыктывкар»", "Республика Коми", "город Сыктывкар", "urban_okrug"),
        ("ЗАТО г. Железногорск", "Красноярский край", "ЗАТО Железногорск", "urban_okrug"),
        ("Светлогорский городской округ", "Калининградская область", "Светлогорский городской округ", "urban_okrug"),
        ("городской округ «Город Калининград»", "Калининградская область", "город Калининград", "urban_okrug"),
        ("1. Город Псков", "Псковская область", "город Псков", "urban_okrug"),
        ("город Великие Луки", "Псковская область", "город Великие Луки", "urban_okrug"),
        ("Городской округ Подольск Московской области", "Московская область", "город Подольск", "urban_okrug"),
        ("муниципальный округ Ванинский", "Хабаровский край", "Ванинский муниципальный округ", "municipal_okrug"),
        ("Арский район Республики Татарстан", "Республика Татарстан", "Арский район", "municipal_district"),
    ],
)
def test_heading_is_read_into_a_canonical_name(heading: str, region: str, name: str, kind: str) -> None:
    municipality = read_municipality(heading, region)
    assert (municipality.name, municipality.kind) == (name, kind)
    assert municipality.latitude is not None


def test_seat_is_found_by_the_stem_of_the_adjective() -> None:
    assert read_municipality("Краснинский муниципальный округ", SMOLENSK).latitude == pytest.approx(54.57, abs=0.05)
    assert read_municipality("Руднянский муниципальный округ", SMOLENSK).latitude == pytest.approx(54.95, abs=0.05)


def test_only_listed_districts_are_renamed() -> None:
    assert canonical_district("Монастырщинский район", SMOLENSK) == "Монастырщинский муниципальный округ"
    assert canonical_district("Витебский район", SMOLENSK) == "Витебский район"
