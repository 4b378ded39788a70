"""Scores published events against labels: accuracy of single values, precision, recall and F1 of lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from .matching import is_same_name, normalise, pair_up
from .model import Agreement, Event, Named

FIELDS = (
    "events", "municipality", "name", "edition", "event_type", "role", "format",
    "start_date", "end_date", "is_ongoing", "date_precision", "days",
    "place.venue", "place.settlement", "place.district", "place.region", "place.country", "place.none",
    "participants_total", "participants_source", "participants_is_approximate", "participant_groups",
    "countries", "settlements", "territories", "partner_organisations", "home_organisations",
    "agreements", "new_agreements", "agreement_parties", "agreement_validity", "same_event_pairs",
)  # fmt: skip
_SETTLEMENT_SIMILARITY = 92
_TERRITORY_SIMILARITY = 88
_ORGANISATION_SIMILARITY = 85
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Comparison:
    """What of a field of a row was found, missed and invented; a single value that is wrong is missed and extra."""

    field: str
    is_list: bool
    found: int
    missed: Sequence[Any]
    extra: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A field of a row where the warehouse differs from the label; ``row`` is None for the report as a whole."""

    row: int | None
    field: str
    expected: Sequence[Any]
    got: Sequence[Any]


@dataclass(frozen=True, slots=True)
class FieldScore:
    """Figures of a field, 0-1, four digits; a list has precision, recall and F1, a single value accuracy.

    ``n`` counts what the labels expect: items of lists, or rows.
    """

    n: int
    accuracy: float | None = None
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None

    @property
    def score(self) -> float:
        """Accuracy or F1."""
        return self.f1 if self.accuracy is None else self.accuracy

    @property
    def figures(self) -> dict[str, float]:
        """The figures that the field has, by name."""
        known = {"accuracy": self.accuracy, "precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {name: figure for name, figure in known.items() if figure is not None} | {"n": self.n}


@dataclass(frozen=True, slots=True)
class ReportScore:
    """The fields of a report in the order of ``FIELDS``."""

    labelled_rows: int
    reported_rows: int
    fields: dict[str, FieldScore]

    @property
    def mean(self) -> float:
        """The mean over fields of accuracy or F1."""
        return round(sum(field.score for field in self.fields.values()) / len(self.fields), _DIGITS)


def score_report(
    labels: list[Event], published: list[Event], *, is_partly_labelled: bool, same_events: list[list[int]] | None
) -> tuple[ReportScore, list[Mistake]]:
    """Figures of every field that the labels speak of, and each mistake."""
    by_row: dict[int | None, Event] = {}
    for event in published:
        by_row.setdefault(event.sequence_number, event)
    comparisons = [(None, _compare_rows(labels, published, by_row, is_partly_labelled))]
    for label in labels:
        event = by_row.get(label.sequence_number)
        comparisons += [(label.sequence_number, comparison) for comparison in compare_event(label, event)]
    if same_events is not None:
        comparisons.append((None, _compare_same_events(same_events, published)))
    score = ReportScore(len(labels), len(published), _field_scores(comparison for _, comparison in comparisons))
    mistakes = [
        Mistake(row, comparison.field, comparison.missed, comparison.extra)
        for row, comparison in comparisons
        if comparison.missed or comparison.extra
    ]
    return score, sorted(mistakes, key=lambda mistake: FIELDS.index(mistake.field))


def compare_event(label: Event, event: Event | None) -> Iterator[Comparison]:
    """Every field of a labelled row beside the published event; None where the row was not read."""
    yield from _compare_description(label, event)
    yield from _compare_dates(label, event)
    yield from _compare_place(label, event)
    yield from _compare_participants(label, event)
    yield from _compare_partners(label, event)
    yield from _compare_agreements(label, event)


def _value(field: str, expected: object, found: object, is_right: bool) -> Comparison:
    return Comparison(field, False, int(is_right), [] if is_right else [expected], [] if is_right else [found])


def _list(
    field: str, expected: Iterable[Any], found: Iterable[Any], is_same: Callable[[Any, Any], bool] = lambda a, b: a == b
) -> Comparison:
    return Comparison(field, True, *pair_up(expected, found, is_same))


def _compare_rows(
    labels: list[Event], published: list[Event], by_row: dict[int | None, Event], is_partly_labelled: bool
) -> Comparison:
    missed = [label.sequence_number for label in labels if label.sequence_number not in by_row]
    labelled = {label.sequence_number for label in labels}
    extra = [] if is_partly_labelled else _extra_rows(published, labelled)
    return Comparison("events", True, len(labels) - len(missed), missed, extra)


def _extra_rows(published: list[Event], labelled: set[int | None]) -> list[int | None]:
    """Rows that no label has, and every repetition of a number."""
    seen: set[int | None] = set()
    extra = []
    for event in published:
        if event.sequence_number not in labelled or event.sequence_number in seen:
            extra.append(event.sequence_number)
        seen.add(event.sequence_number)
    return extra


def _compare_description(label: Event, event: Event | None) -> Iterator[Comparison]:
    for field in ("municipality", "name"):
        expected, found = getattr(label, field), event and getattr(event, field)
        yield _value(field, expected, found, normalise(expected) == normalise(found))
    edition = event and event.edition
    yield _value("edition", label.edition, edition, label.edition == edition)
    found_type = event and event.event_types[0]
    yield _value("event_type", label.event_types, found_type, found_type in label.event_types)
    for field in ("role", "format"):
        expected, found = getattr(label, field), event and getattr(event, field)
        yield _value(field, expected, found, expected == found)


def _compare_dates(label: Event, event: Event | None) -> Iterator[Comparison]:
    start = event and event.start_date
    yield _value("start_date", label.start_date, start, label.start_date == start)
    for field in ("end_date", "is_ongoing"):
        yield _known_value(field, label, event)
    if label.date_precision:
        yield _known_value("date_precision", label, event)
    if label.days:
        days = event.days if event else ()
        yield _value("days", label.days, days, sorted(label.days) == sorted(days))


def _known_value(field: str, label: Event, event: Event | None) -> Comparison:
    """A value that only a row that was read can have right, even where it is None."""
    expected, found = getattr(label, field), event and getattr(event, field)
    return _value(field, expected, found, event is not None and expected == found)


def _compare_place(label: Event, event: Event | None) -> Iterator[Comparison]:
    expected, found = label.place, event and event.place
    settlement, country = (found.settlement, found.country) if found else (None, None)
    if expected is None:
        yield _value("place.none", None, settlement, event is not None and settlement is None)
        return
    for part, similarity in (("settlement", _SETTLEMENT_SIMILARITY), ("venue", _ORGANISATION_SIMILARITY)):
        expected_part, found_part = getattr(expected, part), found and getattr(found, part)
        is_right = (
            is_same_name(expected_part, found_part, similarity)
            if expected_part
            else event is not None and found_part is None
        )
        yield _value(f"place.{part}", expected_part, found_part, is_right)
    yield _value("place.country", expected.country, country, expected.country == country)
    for part, similarity in (("region", _SETTLEMENT_SIMILARITY), ("district", _TERRITORY_SIMILARITY)):
        expected_part, found_part = getattr(expected, part), found and getattr(found, part)
        if expected_part:
            yield _value(
                f"place.{part}", expected_part, found_part, is_same_name(expected_part, found_part, similarity)
            )


def _compare_participants(label: Event, event: Event | None) -> Iterator[Comparison]:
    yield _known_value("participants_total", label, event)
    if label.participants_total is not None:
        yield _known_value("participants_source", label, event)
        yield _known_value("participants_is_approximate", label, event)
    yield _list("participant_groups", label.group_headcounts, event.group_headcounts if event else ())


def _compare_partners(label: Event, event: Event | None) -> Iterator[Comparison]:
    yield _list("countries", label.countries, event.countries if event else ())
    yield _list("settlements", label.settlements, event.settlements if event else (), _is_same_settlement)
    for field, similarity in (
        ("territories", _TERRITORY_SIMILARITY),
        ("partner_organisations", _ORGANISATION_SIMILARITY),
        ("home_organisations", _ORGANISATION_SIMILARITY),
    ):
        expected = [named.name for named in getattr(label, field)]
        found = [named.name for named in getattr(event, field)] if event else []
        yield _list(field, expected, found, _similar_names(similarity))


def _is_same_settlement(expected: Named, found: Named) -> bool:
    return expected.country == found.country and is_same_name(expected.name, found.name, _SETTLEMENT_SIMILARITY)


def _similar_names(similarity: int) -> Callable[[str, str], bool]:
    return lambda expected, found: is_same_name(expected, found, similarity)


def _compare_agreements(label: Event, event: Event | None) -> Iterator[Comparison]:
    expected, found = label.agreements, event.agreements if event else ()
    yield _list("agreements", *map(_kinds_and_statuses, (expected, found)))
    yield _list("new_agreements", *map(_kinds_and_statuses, map(_new, (expected, found))))
    if expected or found:
        yield _list("agreement_parties", *map(_parties, (expected, found)), _similar_names(_ORGANISATION_SIMILARITY))
        yield _list("agreement_validity", *map(_validities, (expected, found)))


def _kinds_and_statuses(agreements: Iterable[Agreement]) -> list[tuple[str, str]]:
    return [(agreement.kind, agreement.status) for agreement in agreements]


def _new(agreements: Iterable[Agreement]) -> list[Agreement]:
    return [agreement for agreement in agreements if agreement.status != "in_force"]


def _parties(agreements: Iterable[Agreement]) -> list[str]:
    return [party for agreement in agreements for party in agreement.parties]


def _validities(agreements: Iterable[Agreement]) -> list[tuple[int | None, int | None]]:
    return [agreement.validity for agreement in agreements if any(agreement.validity)]


def _compare_same_events(same_events: list[list[int]], published: list[Event]) -> Comparison:
    occurrences: dict[str | None, list[int]] = defaultdict(list)
    for event in published:
        if event.sequence_number is not None:
            occurrences[event.occurrence_key].append(event.sequence_number)
    return _list("same_event_pairs", _pairs(same_events), _pairs(occurrences.values()))


def _pairs(groups: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    return sorted({pair for group in groups for pair in combinations(sorted(group), 2)})


def _field_scores(comparisons: Iterable[Comparison]) -> dict[str, FieldScore]:
    by_field: dict[str, list[Comparison]] = defaultdict(list)
    for comparison in comparisons:
        by_field[comparison.field].append(comparison)
    return {field: _field_score(by_field[field]) for field in FIELDS if field in by_field}


def _field_score(comparisons: list[Comparison]) -> FieldScore:
    found = sum(comparison.found for comparison in comparisons)
    expected = found + sum(len(comparison.missed) for comparison in comparisons)
    published = found + sum(len(comparison.extra) for comparison in comparisons)
    recall = found / expected if expected else 1.0
    if not comparisons[0].is_list:
        return FieldScore(expected, accuracy=round(recall, _DIGITS))
    precision = found / published if published else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return FieldScore(
        expected, precision=round(precision, _DIGITS), recall=round(recall, _DIGITS), f1=round(f1, _DIGITS)
    )
