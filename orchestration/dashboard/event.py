"""One reported event as it was written: its cells cut where facts begin and end, and what the facts are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from orchestration.dashboard.warehouse import Row, Warehouse
from orchestration.dashboard.wording import visible

CELLS = {
    "name": "Наименование мероприятия",
    "place": "Место проведения",
    "dates": "Сроки проведения",
    "description": "Цель, содержание и результат",
    "participants": "Участники",
}

_GROUPS = {
    "partner": "partner",
    "agreement": "agreement",
    "participants_total": "people",
    "participant_group": "people",
    "dates": "date",
    "place": "place",
    "leftover": "unread",
}


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of a cell that the same facts cover; ``group`` names the colour, '' for plain text."""

    text: str
    numbers: tuple[int, ...] = ()
    group: str = ""
    title: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A reported event: the row of ``obt_event`` and ``dim_event``, its cells, facts, findings and agreements."""

    row: Row
    cells: dict[str, list[Fragment]]
    facts: list[Row]
    findings: list[Row]
    same: list[Row]


def find(warehouse: Warehouse, event_key: str, fact: str = "") -> Event | None:
    """The event whose key begins with ``event_key`` (six characters at least); ``fact`` is the chosen fact's number."""
    found = warehouse.rows(
        """
        select event.*, name_text, report_row_number
        from marts.obt_event as event inner join marts.dim_event as source using (event_key)
        where length($event) >= 6 and starts_with(event_key, $event)
        order by event_key limit 1
        """,
        {"event": event_key},
    )
    if not found:
        return None
    row = found[0]
    key = {"event": row["event_key"], "occurrence": row["occurrence_key"]}
    facts = warehouse.rows("from marts.fct_event_fact where event_key = $event order by fact_number", key)
    chosen = int(fact) if fact.isdecimal() else None
    return Event(
        row=row,
        cells={
            heading: fragments(
                row[f"{column}_text"] or "", [one for one in facts if one["source_column"] == column], chosen
            )
            for column, heading in CELLS.items()
            if row[f"{column}_text"]
        },
        facts=[
            one | {"group": _GROUPS.get(one["fact"], "other"), "is_chosen": one["fact_number"] == chosen}
            for one in facts
        ],
        findings=warehouse.rows(
            """
            select severity, severity_name_ru, message_ru, column_name, is_accepted
            from marts.fct_quality_finding where event_key = $event
            order by is_accepted, array_position(['error', 'warning', 'info'], severity), message_ru
            """,
            key,
        ),
        same=warehouse.rows(
            """
            select event_key, name, municipality_name, region_name from marts.obt_event
            where occurrence_key = $occurrence and event_key <> $event
            order by region_name, municipality_name, event_key
            """,
            key,
        ),
    )


def fragments(text: str, facts: Sequence[Row], chosen: int | None = None) -> list[Fragment]:
    """The text in order, cut where facts begin and end; the shortest fact gives the colour."""
    borders = {0, len(text)}
    for fact in facts:
        borders |= {min(max(fact["char_start"], 0), len(text)), min(max(fact["char_end"], 0), len(text))}
    cuts = sorted(borders)
    result = []
    for start, end in pairwise(cuts):
        covering = sorted(
            (fact for fact in facts if fact["char_start"] < end and start < fact["char_end"]),
            key=lambda fact: (fact["char_end"] - fact["char_start"], fact["fact_number"]),
        )
        result.append(
            Fragment(
                text=visible(text[start:end]),
                numbers=tuple(fact["fact_number"] for fact in covering),
                group=_GROUPS.get(covering[0]["fact"], "other") if covering else "",
                title="; ".join(f"{fact['fact_name_ru']}: {visible(fact['value'])}" for fact in covering),
                is_chosen=any(fact["fact_number"] == chosen for fact in covering),
            )
        )
    return result
