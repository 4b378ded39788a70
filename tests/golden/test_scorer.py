"""The scorer itself: names that are the same, lists that overlap, figures that fall."""

from __future__ import annotations

from dataclasses import replace

import pytest

from .baseline import compare
from .matching import is_same_name, normalise, pair_up
from .model import Agreement, Event, Named, Place
from .scorer import FieldScore, ReportScore, score_report

EVENT = Event(
    sequence_number=1,
    municipality="город Псков",
    name="Ярмарка «Льняной край»",
    edition=4,
    event_types=("exhibition",),
    role="organiser",
    format="in_person",
    start_date="2025-05-17",
    end_date="2025-05-18",
    is_ongoing=False,
    date_precision="day",
    days=("2025-05-17", "2025-05-18"),
    place=Place("Городской парк", "Псков", None, None, "RU"),
    participants_total=70,
    participants_source="declared",
    participants_is_approximate=True,
    group_headcounts=(40, 30),
    countries=("BY",),
    settlements=(Named("Полоцк", "BY"),),
    partner_organisations=(Named("Полоцкий районный исполнительный комитет", "BY"),),
    home_organisations=(Named("МБУК «Дом ремёсел»", None),),
    territories=(),
    agreements=(Agreement("plan", "signed", ("МБУК «Дом ремёсел»",), (2025, 2026)),),
    occurrence_key="a",
)


def score(label: Event, *published: Event, is_partly_labelled: bool = False) -> dict[str, FieldScore]:
    result, _ = score_report([label], list(published), is_partly_labelled=is_partly_labelled, same_events=[])
    return result.fields


@pytest.mark.parametrize(
    ("name", "normalised"),
    [
        ("г. Остров", "остров"),
        ("МБОУ «Школа\xa0№ 3» (г. Орёл)", "мбоу школа № 3 орел"),
        ("Республика Беларусь", "беларусь"),
        (None, ""),
    ],
)
def test_normalise(name, normalised):
    assert normalise(name) == normalised


@pytest.mark.parametrize(
    ("expected", "found", "is_same"),
    [
        ("Дом культуры «Заря»", "«Заря», Дом культуры", True),
        ("Полоцк", "Полоцка", True),
        ("Полоцк", "Невель", False),
        ("Полоцк", None, False),
        ("", None, True),
    ],
)
def test_same_names(expected, found, is_same):
    assert is_same_name(expected, found, 85) is is_same


def test_things_are_paired_one_to_one():
    assert pair_up([1, 1, 2], [1, 3], int.__eq__) == (1, [1, 2], [3])


def test_a_row_that_was_read_as_labelled_has_no_mistake():
    assert {field.score for field in score(EVENT, EVENT).values()} == {1.0}


def test_a_row_that_was_not_read_is_wrong_in_every_field_that_says_something():
    fields = score(EVENT)
    assert fields["events"].figures == {"precision": 1.0, "recall": 0.0, "f1": 0.0, "n": 1}
    assert {field for field, figures in fields.items() if figures.score} == {"territories", "same_event_pairs"}


@pytest.mark.parametrize(
    ("change", "fallen"),
    [
        ({"edition": None}, {"edition"}),
        ({"end_date": None, "is_ongoing": True}, {"end_date", "is_ongoing"}),
        ({"days": ("2025-05-17",)}, {"days"}),
        ({"place": Place(None, "Остров", None, "Псковская область", "RU")}, {"place.venue", "place.settlement"}),
        ({"group_headcounts": (40, 30, 5)}, {"participant_groups"}),
        ({"settlements": (Named("Полоцк", "RU"),)}, {"settlements"}),
        ({"agreements": ()}, {"agreements", "new_agreements", "agreement_parties", "agreement_validity"}),
        (
            {"agreements": (replace(EVENT.agreements[0], status="in_force", validity=(None, None)),)},
            {"agreements", "new_agreements", "agreement_validity"},
        ),
    ],
)
def test_each_mistake_lowers_its_field(change, fallen):
    fields = score(EVENT, replace(EVENT, **change))
    assert {field for field, figures in fields.items() if figures.score < 1} == fallen


def test_precision_and_recall():
    label = replace(EVENT, countries=("BY", "CN", "KZ"))
    assert score(label, replace(EVENT, countries=("BY", "RS")))["countries"] == FieldScore(
        3, precision=0.5, recall=0.3333, f1=0.4
    )


def test_unlabelled_rows_are_extra_unless_only_some_rows_are_labelled():
    another = replace(EVENT, sequence_number=2, occurrence_key="b")
    assert score(EVENT, EVENT, another)["events"].precision == 0.5
    assert score(EVENT, EVENT, another, is_partly_labelled=True)["events"].precision == 1


def test_pairs_of_rows_that_report_one_event():
    published = [replace(EVENT, sequence_number=number, occurrence_key=key) for number, key in enumerate("aab", 1)]
    result, mistakes = score_report(published, published, is_partly_labelled=False, same_events=[[1, 2], [2, 3]])
    assert result.fields["same_event_pairs"].figures == {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "n": 2}
    assert [(mistake.row, mistake.expected) for mistake in mistakes] == [(None, [(2, 3)])]


def test_a_fall_names_report_field_and_both_figures():
    was = ReportScore(1, 1, {"role": FieldScore(10, accuracy=0.9), "edition": FieldScore(10, accuracy=0.9)})
    now = ReportScore(1, 1, {"role": FieldScore(10, accuracy=0.8), "edition": FieldScore(10, accuracy=1.0)})
    changes = compare("pskov", was, now)
    assert [str(change) for change in changes if change.is_fall] == ["pskov: role, accuracy: was 0.9, is 0.8"]
    assert len(changes) == 2
