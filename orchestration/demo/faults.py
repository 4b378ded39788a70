"""Faults that are planted in rows on purpose: a cell is changed as clerks get it wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from orchestration.demo.model import Event
from orchestration.demo.telling import day_and_month, long_date, people

_ELSEWHERE = "Нелидово"
_ROW_FAULTS: dict[str, Callable[[Event, date], Event]] = {}


class NoRowForFaultError(ValueError):
    """No row of the report can bear the fault."""


def plant(random: Random, kind: str, events: list[Event], period_start: date, taken: set[int]) -> int:
    """Change one of the events and return its position; ``taken`` are those that bear a fault already.

    A duplicate moves the rows below it, so it is planted before other faults.
    Raises NoRowForFaultError where none is fit: an event that people of the home town organise and attend.
    """
    fit = [position for position, event in enumerate(events) if position not in taken and _is_plain(event)]
    if not fit:
        raise NoRowForFaultError(f"No row of the report can bear the fault {kind!r}.")
    position = random.choice(fit)
    if kind == "duplicate_row":
        events.insert(position + 1, events[position])
        taken.update({position, position + 1})
        return position + 1
    events[position] = _ROW_FAULTS[kind](events[position], period_start)
    taken.add(position)
    return position


def is_row_fault(kind: str) -> bool:
    """Whether the fault stands in a row, so that ``plant`` can plant it."""
    return kind in _ROW_FAULTS or kind == "duplicate_row"


def _is_plain(event: Event) -> bool:
    truth = event.truth
    return (
        truth.role == "organiser"
        and truth.format == "in_person"
        and truth.agreement is None
        and truth.edition is None
        and "«" in event.name
        and truth.participants_total > 30
    )


def _fault(function: Callable[[Event, date], Event]) -> Callable[[Event, date], Event]:
    _ROW_FAULTS[function.__name__] = function
    return function


@_fault
def wrong_country(event: Event, period_start: date) -> Event:
    """A Russian town stands in the list of a foreign country's towns."""
    total = people(event.truth.participants_total)
    guests = f"Гости из г. {event.town.genitive} и г. {_ELSEWHERE} ({event.town.country})"
    return replace(event, participants=f"{guests}. Общее количество: {total}")


@_fault
def total_below_group(event: Event, period_start: date) -> Event:
    """The total is less than the number of the guests."""
    group = event.truth.participants_total
    guests = f"{event.guest.name} ({event.town.country}) – {people(group)}"
    return replace(event, participants=f"{guests}. Общее количество: {people(group - 7)}")


@_fault
def total_not_sum(event: Event, period_start: date) -> Event:
    """The total is two more than the groups together."""
    total = event.truth.participants_total
    home = total // 2
    groups = f"{event.host.name} – {people(home)}, {event.guest.name} – {people(total - home)} ({event.town.country})"
    return replace(event, participants=f"{groups}. Общее количество: {people(total + 2)}")


@_fault
def date_of_another_quarter(event: Event, period_start: date) -> Event:
    """The event took place a quarter too early."""
    return replace(event, dates=long_date(period_start - timedelta(days=60)))


@_fault
def wrong_year(event: Event, period_start: date) -> Event:
    """The year is the one before."""
    start = event.truth.start
    return replace(event, dates=long_date(start, f"{start.year - 1} года"))


@_fault
def missing_date(event: Event, period_start: date) -> Event:
    """The cell of the dates is empty."""
    return replace(event, dates="")


@_fault
def end_before_start(event: Event, period_start: date) -> Event:
    """First and last day have changed places."""
    first = period_start + timedelta(days=11)
    return replace(event, dates=f"с {day_and_month(first + timedelta(days=8))} по {long_date(first)}")


@_fault
def missing_result(event: Event, period_start: date) -> Event:
    """The description is a purpose and nothing else."""
    return replace(event, description="Укрепление дружественных связей и взаимного доверия жителей соседних территорий")


@_fault
def missing_participants(event: Event, period_start: date) -> Event:
    """Nobody was counted."""
    guests = f"гости из г. {event.town.genitive} ({event.town.country})"
    return replace(event, participants=f"Жители {event.seat_of}, {guests}")


@_fault
def missing_country(event: Event, period_start: date) -> Event:
    """Nothing says what is international about it."""
    total = people(event.truth.participants_total)
    return replace(
        event,
        description="Развитие культурных связей. Состоялась встреча, участники получили памятные подарки.",
        participants=f"Жители {event.seat_of}. Общее количество: {total}",
    )


@_fault
def open_quotation(event: Event, period_start: date) -> Event:
    """The title's closing quotation mark is missing."""
    return replace(event, name=event.name.removesuffix("»"))


@_fault
def agreement_without_parties(event: Event, period_start: date) -> Event:
    """A document was signed, nobody knows by whom."""
    return replace(event, description=f"{event.description} Подписано Соглашение о сотрудничестве.")


@_fault
def expired_agreement(event: Event, period_start: date) -> Event:
    """A document that ran out is told of as being in force."""
    first, last = period_start.year - 5, period_start.year - 3
    return replace(
        event,
        description=f"{event.description} Мероприятие прошло в рамках действующего Соглашения о сотрудничестве между "
        f"{event.host.by} и {event.guest.by} на {first}-{last} годы.",
    )
