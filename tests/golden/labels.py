"""Reads the hand-made labels of a golden report."""

from __future__ import annotations

import json
from typing import Any

from .model import Agreement, Event, Named, Place
from .registry import GoldenReport


def read_labels(report: GoldenReport) -> list[Event]:
    """The labelled rows of the report; FileNotFoundError where it has no labels."""
    lines = report.labels_path.read_text(encoding="utf-8").splitlines()
    return [_event(json.loads(line)) for line in lines if line.strip()]


def read_same_events(report: GoldenReport) -> list[list[int]] | None:
    """Groups of row numbers that report one real-world event; None where nobody has looked for them."""
    if not report.same_events_path.exists():
        return None
    return [group["seqs"] for group in json.loads(report.same_events_path.read_text(encoding="utf-8"))]


def _event(label: dict[str, Any]) -> Event:
    return Event(
        sequence_number=label["seq"],
        municipality=label["municipality"],
        name=label["name"],
        edition=label.get("edition"),
        event_types=tuple(label["event_types"]),
        role=label["role"],
        format=label["format"],
        start_date=label["start_date"],
        end_date=label["end_date"],
        is_ongoing=bool(label["is_ongoing"]),
        date_precision=label.get("date_precision"),
        days=tuple(label["days"]) if label.get("days") else None,
        place=_place(label["place"]) if label["place"] else None,
        participants_total=label["participants_total"],
        participants_source=label["participants_source"],
        participants_is_approximate=bool(label["participants_is_approximate"]),
        group_headcounts=tuple(group["count"] for group in label["participant_groups"]),
        countries=tuple(label["countries"]),
        settlements=_named(label["settlements"]),
        partner_organisations=_named(label["partner_organisations"]),
        home_organisations=tuple(Named(name, None) for name in label["home_organisations"]),
        territories=_named(label["territories"]),
        agreements=tuple(_agreement(agreement) for agreement in label["agreements"]),
    )


def _place(place: dict[str, str | None]) -> Place:
    return Place(place.get("venue"), place["settlement"], place.get("district"), place.get("region"), place["country"])


def _named(entries: list[dict[str, str]]) -> tuple[Named, ...]:
    return tuple(Named(entry["name"], entry["country"]) for entry in entries)


def _agreement(agreement: dict[str, Any]) -> Agreement:
    validity = (agreement["valid_from"], agreement["valid_to"])
    return Agreement(agreement["kind"], agreement["status"], tuple(agreement["parties"]), validity)
