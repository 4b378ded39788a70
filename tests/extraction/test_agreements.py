"""Agreements: one table of wordings, then titles, days of signing, evidence and partners."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from orchestration.extraction.agreements.reader import read_agreements
from orchestration.extraction.dates.reader import read_dates
from orchestration.extraction.extract import extract_event
from orchestration.extraction.language.text import CellText
from orchestration.extraction.model import AgreementFact, Column, Evidence, PartnerMention, ReportContext, RowText
from orchestration.extraction.partners.names import partner_identity

CONTEXT = ReportContext("Смоленская область", date(2025, 10, 1), date(2025, 12, 31))


def _cases() -> list[tuple[str, str, str]]:
    """Rows of name, description and the agreements told: «kind status years | party | party», parted by semicolons."""
    with Path(__file__).with_name("agreement_cases.csv").open(encoding="utf-8", newline="") as file:
        return [(row["name"], row["description"], row["agreements"]) for row in csv.DictReader(file)]


def _read(
    description: str,
    name: str = "Визит делегации",
    dates: str = "5 ноября 2025 года",
    partners: tuple[PartnerMention, ...] = (),
    participants: str = "",
) -> tuple[tuple[AgreementFact, ...], tuple[PartnerMention, ...]]:
    texts = {
        Column.NAME: CellText.from_raw(name),
        Column.PLACE: CellText.from_raw("г. Смоленск"),
        Column.DATES: CellText.from_raw(dates),
        Column.DESCRIPTION: CellText.from_raw(description),
        Column.PARTICIPANTS: CellText.from_raw(participants),
    }
    return read_agreements(texts, CONTEXT, partners, read_dates(texts[Column.DATES], CONTEXT))[:2]


def _told(facts: tuple[AgreementFact, ...], partners: tuple[PartnerMention, ...]) -> str:
    told = []
    for fact in facts:
        years = (fact.valid_from_year, fact.valid_to_year)
        term = f" {years[0] or ''}-{years[1] or ''}" if any(years) else ""
        told.append(" | ".join([f"{fact.kind} {fact.status}{term}", *(partners[i].mention for i in fact.parties)]))
    return "; ".join(told)


@pytest.mark.parametrize(("name", "description", "agreements"), _cases())
def test_wording(name: str, description: str, agreements: str) -> None:
    assert _told(*_read(description, name or "Визит делегации")) == agreements


@pytest.mark.parametrize(
    ("description", "title"),
    [
        (
            "Подписано Соглашение о взаимном сотрудничестве между МБУК «А» и ГУК «Б».",
            "Соглашение о взаимном сотрудничестве",
        ),
        (
            "Подписан Протокол о продлении до 2028 года Соглашения о сотрудничестве с ГУК «Б».",
            "Протокол о продлении до 2028 года Соглашения о сотрудничестве",
        ),
        ("Согласован и подписан План совместных мероприятий на 2026 год.", "План совместных мероприятий"),
        (
            "ООО «Лен» заключило с ОАО «Нить» договор поставки льнотресты на 2025 год.",
            "договор поставки льнотресты",
        ),
        ("Подписано трёхстороннее соглашение сроком до 2027 года.", "трёхстороннее соглашение"),
        ("Подписав соглашение, делегации возложили цветы.", "соглашение"),
        ("Подписано соглашение о дружбе, сотрудничестве и обмене.", "соглашение о дружбе, сотрудничестве и обмене"),
        ("Подписан договор о шефстве на 3 года.", "договор о шефстве"),
        ("Подписана «дорожная карта» сотрудничества на 2026 год.", "«дорожная карта» сотрудничества"),
        ("Работа идет в рамках действующего договора о дружбе.", "договора о дружбе"),
        ("Стороны договорились о встрече весной.", "договорились о встрече весной"),
        ("Между школами № 1 и № 2 заключен договор о шефстве и обмене опытом.", "договор о шефстве и обмене опытом"),
        (
            "Достигнута договоренность о проведении в мае 2026 года ответного концерта в Орше, состоялась экскурсия.",
            "договоренность о проведении в мае 2026 года ответного концерта в Орше",
        ),
        ("Стороны договорились об обмене делегациями; гости осмотрели музей.", "договорились об обмене делегациями"),
        ("Достигнута договорённость о пленэре\nКонцерт посетили жители.", "договорённость о пленэре"),
        (
            "Подписано соглашение о сотрудничестве в сфере туризма\nГости осмотрели музей",
            "соглашение о сотрудничестве в сфере туризма",
        ),
        (
            "Подписан меморандум о сотрудничестве в области образования, науки и туризма на 5 лет.",
            "меморандум о сотрудничестве в области образования, науки и туризма",
        ),
        ("Подписан договор о дружбе МБУК «А» и ГУК «Б».", "договор о дружбе"),
        ("Работа идет в рамках действ. договора о сотр-ве (2024-2029 гг.).", "договора о сотр-ве"),
        ("Подписан протокол о намерениях м/у МБУК «А» и ГУК «Б».", "протокол о намерениях"),
    ],
)
def test_title(description: str, title: str) -> None:
    facts, _ = _read(description)
    assert [fact.title for fact in facts] == [title]


@pytest.mark.parametrize(
    ("description", "dates", "day"),
    [
        ("Подписан договор о дружбе.", "5 ноября 2025 года", date(2025, 11, 5)),
        ("Подписан договор о дружбе.", "5-7 ноября 2025 года", None),
        ("6 ноября 2025 года подписан договор о дружбе.", "5-7 ноября 2025 года", date(2025, 11, 6)),
        ("Составлен план совместных мероприятий.", "5 ноября 2025 года", None),
        ("Работа идет на основании договора о дружбе.", "5 ноября 2025 года", None),
        ("Работа идет на основании договора о дружбе от 12.03.2021.", "5 ноября 2025 года", date(2021, 3, 12)),
        ("Соглашение, подписанное 1 июня 2023 года, выполняется.", "5 ноября 2025 года", date(2023, 6, 1)),
        ("Подписан протокол № 4 от 06.11.2025.", "5-7 ноября 2025 года", date(2025, 11, 6)),
        ("Подписан договор поставки до 31.12.2027.", "5-7 ноября 2025 года", None),
    ],
)
def test_day_of_signing(description: str, dates: str, day: date | None) -> None:
    facts, _ = _read(description, dates=dates)
    assert [fact.signed_on for fact in facts] == [day]


def test_evidence_covers_the_list_item() -> None:
    description = "Обмен опытом.\nПодписаны:\n– договор о дружбе с ГУК «Б»;\n– план мероприятий на 2026 год"
    facts, _ = _read(description)
    text = CellText.from_raw(description).text
    assert [fact.sentence for fact in facts] == ["договор о дружбе с ГУК «Б»;", "план мероприятий на 2026 год"]
    assert [text[fact.evidence.start : fact.evidence.end] for fact in facts] == [fact.sentence for fact in facts]
    assert {fact.evidence.column for fact in facts} == {Column.DESCRIPTION}


def test_document_named_in_the_title_takes_its_term_from_the_text() -> None:
    facts, partners = _read(
        "В торжественной обстановке подписи под документом поставили директора обеих школ. "
        "Срок действия договора – 2025-2028 годы. Гостям показали классы",
        name="Подписание договора о сотрудничестве между МБУДО «ДШИ № 3» г. Смоленска и ГУО «ДШИ № 4 г. Орши»",
    )
    assert _told(facts, partners) == "contract signed 2025-2028 | МБУДО «ДШИ № 3» г. Смоленска | ГУО «ДШИ № 4 г. Орши»"
    assert facts[0].title == "договора о сотрудничестве"


def test_fronted_party_belongs_to_every_document_of_the_list() -> None:
    facts, partners = _read(
        "По итогам форума Администрацией города Смоленска подписаны:\n"
        "– Меморандум о намерениях с Народным правительством города Цзяюйгуань (Китайская Народная Республика);\n"
        "– Протокол о продлении до 2028 года Соглашения о сотрудничестве с Витебским городским исполнительным комитетом"
    )
    assert [[partners[i].name for i in fact.parties] for fact in facts] == [
        ["Администрация города Смоленска", "Народное правительство города Цзяюйгуань"],
        ["Администрация города Смоленска", "Витебский городской исполнительный комитет"],
    ]


def test_known_partner_is_used_and_a_home_town_is_added() -> None:
    known = PartnerMention(
        "Орша",
        "settlement",
        "foreign",
        "BY",
        None,
        partner_identity("Орша"),
        54.5,
        30.4,
        "г. Орша",
        Evidence(Column.PARTICIPANTS, 0, 7, "settlement"),
    )
    facts, partners = _read("Подписано соглашение между городом Смоленском и городом Оршей.", partners=(known,))
    assert partners[0] is known
    assert [(partner.name, partner.side) for partner in partners] == [("Орша", "foreign"), ("Смоленск", "home")]
    assert facts[0].parties == (1, 0)


@pytest.mark.parametrize(
    ("name", "description", "parties"),
    [
        ("Встреча МБУК «ЦБС» и ГУК «Оршанская библиотека»", "Библиотеки подписали договор о книгообмене.", 2),
        ("Встреча МБОУ «Школа № 3» и ГУО «Школа № 7 г. Гомеля»", "Обе школы подписали договор о дружбе.", 2),
        ("Телемост", "Выступили МБОУ «Школа № 3» и ГУО «Школа № 7 г. Гомеля». Стороны заключили договор.", 2),
        (
            "Телемост",
            "МБОУ «Школа № 3» встретилась с ГУО «Школа № 7 г. Гомеля». Между школами подписано соглашение.",
            2,
        ),
        ("Встреча МБУК «ЦБС» и ГУК «Оршанская библиотека»", "Подготовлен проект договора между учреждениями.", 2),
        # Whose school signed is not told.
        ("Встреча МБОУ «Школа № 3» и ГУО «Школа № 7 г. Гомеля»", "Школа подписала договор с музеем.", 0),
        ("Встреча МБУК «ЦБС», МБУК «Музей» и ГУК «Оршанская библиотека»", "Стороны подписали договор.", 0),
        ("Встреча МБУК «ЦБС» и МБУК «Музей»", "Стороны подписали договор.", 0),
        ("Встреча МБУК «ЦБС» и ГУК «Оршанская библиотека»", "Стороны договорились о книгообмене.", 0),
    ],
)
def test_parties_called_by_a_common_noun(name: str, description: str, parties: int) -> None:
    row = RowText("Город Смоленск", name, "г. Смоленск", "5 ноября 2025 года", description, "")
    (agreement,) = extract_event(row, CONTEXT).agreements
    assert len(agreement.parties) == parties


def test_agreement_told_in_the_participants_column() -> None:
    facts, _ = _read("Обмен опытом.", participants="Всего 12 человек. По итогам подписан меморандум о партнерстве")
    assert [(fact.kind, fact.evidence.column) for fact in facts] == [("memorandum", Column.PARTICIPANTS)]
