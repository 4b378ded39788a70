"""A build database of a few rows, consistent over all layers, for tests to plant faults in."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import duckdb

import orchestration.assets

SCHEMA = Path(orchestration.assets.__file__).with_name("schema.sql")
MARTS = Path(__file__).with_name("marts.sql")

REGION = "Псковская область"
GROUP_LABEL = "учащиеся гимназии"


class Warehouse:
    """Adds documents, events and what hangs on them to every layer at once."""

    def __init__(self) -> None:
        """Empty tables of every layer."""
        self.connection = duckdb.connect()
        self.connection.execute(SCHEMA.read_text(encoding="utf-8"))
        self.connection.execute(MARTS.read_text(encoding="utf-8"))
        self.row_counts: dict[str, int] = {}

    def insert(self, table: str, **values: object) -> None:
        marks = ", ".join("?" for _ in values)
        self.connection.execute(f"insert into {table} ({', '.join(values)}) values ({marks})", list(values.values()))

    def add_report(self, sha: str = "a1", year: int = 2025, quarter: int = 2, version: int = 1,
                   region: str = REGION, is_current: bool = True) -> None:  # fmt: skip
        """A read report; its key is ``report-<sha>``."""
        identity = {"region_name": region, "year": year, "quarter": quarter, "period": f"{year}-Q{quarter}"}
        received_at = datetime(2025, 7, 1, version)
        self.insert(
            "raw.source_file", source_file=f"{sha}.docx", document_sha256=sha, size_bytes=1, received_at=received_at,
            is_present=True, override="",
        )  # fmt: skip
        self.insert(
            "raw.document", document_sha256=sha, source_file=f"{sha}.docx", status="read", title="Отчёт", row_count=0,
            received_at=received_at, override="", reader_version="1", **identity,
        )  # fmt: skip
        self.insert(
            "marts.dim_report", report_key=f"report-{sha}", title="Отчёт", source_file=f"{sha}.docx",
            source_sha256=sha, event_count=0, received_at=received_at, is_current=is_current, version=version,
            **identity,
        )  # fmt: skip

    def add_municipality(self, name: str, sha: str) -> None:
        """A municipality of the report's region, unless it is known; its key is its name."""
        self.connection.execute(
            """
            insert into marts.dim_municipality (municipality_key, name, kind, region_name)
            select $name, $name, 'municipal_okrug', region_name
            from marts.dim_report
            where source_sha256 = $sha and $name not in (select name from marts.dim_municipality)
            """,
            {"name": name, "sha": sha},
        )

    def add_event(
        self,
        key: str,
        sha: str = "a1",
        *,
        municipality: str = "Печорский муниципальный округ",
        countries: tuple[str, ...] = ("BY",),
        settlement: str | None = "Печоры",
        **changes: object,
    ) -> str:
        """A faultless event but for ``changes`` of its columns; ``key`` is its event key."""
        number = self.row_counts[sha] = self.row_counts.get(sha, 0) + 1
        self.add_municipality(municipality, sha)
        dim = {
            "sequence_number": number,
            "name": f"Международный фестиваль «{key}»",
            "event_type": "festival",
            "role": "organiser",
            "format": "in_person",
            "place_text": "г. Печоры",
            "dates_text": "10 мая 2025 года",
            "description_text": f"Укрепление дружбы. Состоялся концерт {key}",
            "result": f"Состоялся концерт {key}",
            "participants_text": "Общее количество: 40 человек",
            "source_table": 1,
            "source_row": number + 2,
            "occurrence_key": key,
        }
        fact = {
            "start_date": date(2025, 5, 10),
            "end_date": changes.get("start_date", date(2025, 5, 10)),
            "is_ongoing": False,
            "date_precision": "day",
            "participants_total": 40,
            "participants_source": "declared",
            "participants_is_approximate": False,
        }
        if "start_date" in changes and changes["start_date"] is None:
            fact["date_precision"] = None
        if "participants_total" in changes and changes["participants_total"] is None:
            fact |= {"participants_source": None}
        unknown = set(changes) - set(dim) - set(fact)
        assert not unknown, unknown
        dim |= {column: value for column, value in changes.items() if column in dim}
        fact |= {column: value for column, value in changes.items() if column in fact}

        cells = {
            column: dim[column] for column in ("place_text", "dates_text", "description_text", "participants_text")
        }
        self.insert(
            "raw.report_row", document_sha256=sha, row_number=number, sequence_number=dim["sequence_number"],
            table_number=dim["source_table"], table_row=dim["source_row"], municipality_text=municipality,
            name_text=str(dim["name"]).replace(" ", "\n", 1), extra_text="{}",
            **{column: text or "" for column, text in cells.items()},
        )  # fmt: skip
        self.insert(
            "parsed.event", document_sha256=sha, row_number=number, municipality_name=municipality,
            municipality_kind="municipal_okrug", extraction_version="1", settlement=settlement, **cells, **fact,
            **{column: dim[column] for column in ("name", "event_type", "role", "format")},
        )  # fmt: skip
        keys = {"event_key": key, "report_key": f"report-{sha}", "municipality_key": municipality}
        self.insert("marts.dim_event", **keys, **dim)
        place_key = f"place-{key}" if settlement else None
        if place_key:
            self.insert("marts.dim_place", place_key=place_key, settlement=settlement, country_code="RU")
        self.insert(
            "marts.fct_event", **keys, place_key=place_key, foreign_country_count=len(countries), partner_count=0,
            agreement_count=0, **fact,
        )  # fmt: skip
        for country in countries:
            self.insert("marts.fct_event_country", event_key=key, country_code=country)
        self.insert("marts.obt_event", event_key=key)
        self.connection.execute("update raw.document set row_count = ? where document_sha256 = ?", [number, sha])
        self.connection.execute("update marts.dim_report set event_count = ? where source_sha256 = ?", [number, sha])
        return key

    def add_group(self, event_key: str, headcount: int, group_number: int = 1, partner: str | None = None,
                  label: str = GROUP_LABEL, is_approximate: bool = False) -> None:  # fmt: skip
        self.insert(
            "marts.fct_event_participant_group", event_key=event_key, group_number=group_number, label=label,
            headcount=headcount, partner_key=partner, is_approximate=is_approximate,
        )  # fmt: skip

    def add_partner(self, name: str) -> str:
        """A foreign organisation of no event yet; its key is its name."""
        self.insert(
            "marts.dim_partner", partner_key=name, name=name, kind="organisation", side="foreign", country_code="BY",
            event_count=0, agreement_count=0,
        )  # fmt: skip
        return name

    def add_agreement(self, event_key: str, parties: tuple[str, ...] = (), **changes: object) -> str:
        """An agreement, by default signed, of ``event_key``; its key is ``agreement-<event key>``."""
        key = f"agreement-{event_key}"
        document = {"kind": "agreement", "status": "signed", "title": "Соглашение о сотрудничестве"} | changes
        self.insert("marts.dim_agreement", agreement_key=key, evidence="Подписано соглашение.", **document)
        self.connection.execute(
            """
            insert into marts.fct_agreement (agreement_key, event_key, report_key, municipality_key, party_count)
            select ?, event_key, report_key, municipality_key, ? from marts.dim_event where event_key = ?
            """,
            [key, len(parties), event_key],
        )
        self.connection.execute(
            "update marts.fct_event set agreement_count = agreement_count + 1 where event_key = ?", [event_key]
        )
        for party in parties:
            self.insert("marts.fct_agreement_party", agreement_key=key, partner_key=party)
            self.connection.execute(
                "update marts.dim_partner set agreement_count = agreement_count + 1 where partner_key = ?", [party]
            )
        return key


def faultless() -> Warehouse:
    """Two municipalities' events with a partner, its agreement, groups, days and evidence; no rule is broken."""
    warehouse = Warehouse()
    warehouse.add_report()
    warehouse.add_event("e1", participants_text="Ансамбль «Зорька» г. Полоцка. Общее количество: 40 человек")
    warehouse.add_event("e2", municipality="город Псков", start_date=date(2025, 3, 16), dates_text="16 марта 2025 года")
    warehouse.add_event("e3", municipality="город Псков", settlement=None, format="online", place_text="дистанционно")
    warehouse.add_event("e4", municipality="город Псков", is_ongoing=True, end_date=None, dates_text="с 10 мая")
    partner = warehouse.add_partner("Ансамбль «Зорька»")
    row = {"document_sha256": "a1", "row_number": 1}
    span = {"source_column": "participants", "char_start": 0, "char_end": 17}
    read = {"rule": "quoted", "confidence": 1.0}
    warehouse.insert(
        "parsed.partner_mention", **row, mention_number=1, name=partner, kind="organisation", side="foreign",
        country_code="BY", identity="ансамбль зорька", mention=partner, **span, **read,
    )  # fmt: skip
    warehouse.insert("marts.fct_event_partner", event_key="e1", partner_key=partner, mention=partner, **span)
    warehouse.connection.execute("update marts.dim_partner set event_count = 1 where partner_key = ?", [partner])
    warehouse.connection.execute("update marts.fct_event set partner_count = 1 where event_key = 'e1'")
    warehouse.insert(
        "parsed.participant_group", **row, group_number=1, label="ансамбль", headcount=12, is_approximate=False,
        mention_number=1, **span, **read,
    )  # fmt: skip
    warehouse.add_group("e1", 12, partner=partner)
    warehouse.insert(
        "parsed.agreement", **row, agreement_number=1, kind="agreement", status="signed", title="Соглашение",
        evidence="Подписано соглашение.", **span, **read,
    )  # fmt: skip
    warehouse.insert("parsed.agreement_party", **row, agreement_number=1, party_number=1, mention_number=1)
    other_party = warehouse.add_partner("Дом культуры «Нева»")
    warehouse.add_agreement("e1", (partner, other_party), valid_from_year=2025, valid_to_year=2027)
    warehouse.insert("parsed.evidence", **row, field="dates", source_column="dates", char_start=0, char_end=11, **read)
    warehouse.insert("parsed.event_day", **row, day=date(2025, 5, 10))
    warehouse.insert("marts.fct_event_day", event_key="e1", date_key=date(2025, 5, 10))
    return warehouse
