"""The sections of a report: which municipality the rows stand under, as titles, headings and notes tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from orchestration.documents.issues import Issues, Place
from orchestration.documents.lines import LineKind, line_kind, section_name, without_numbering
from orchestration.documents.title import read_municipality
from orchestration.documents.wording import find_wording, shorten, squeeze

_NAME_EDGES = " \t\n-–—:;,("
_CUT_OF_NO_EVENTS = re.compile(
    r"[\s\-–—:;,(]*\b(?:(?:международн\w+\s+)?мероприяти\w*|не\s+\w+|нет\b|отсутств\w+|информаци\w+|сведени\w+).*"
    r"|^(?:В|Во|На территории|По)\s+",
    re.IGNORECASE | re.DOTALL,
)
_NOTHING_TO_DO = "Исправлять ничего не нужно."


class _Until(Enum):
    """How long a heading of planned events holds: one in a table to its section's end, one above it longer."""

    NEXT_SECTION = auto()
    NEXT_TITLE = auto()


class Sections:
    """Follows the titles and headings of one report in order; its public lists grow as it goes."""

    def __init__(self, issues: Issues) -> None:
        self.titles: list[str] = []
        self.names: list[str] = []
        self._issues = issues
        self._current = ""
        self._heading_place: Place | None = None
        self._with_events: set[str] = set()
        self._planned_until: _Until | None = None

    @property
    def current(self) -> str:
        """The municipality of the rows that follow, verbatim; "" before the first."""
        return self._current

    @property
    def is_planned(self) -> bool:
        """Whether the rows that follow are events that are yet to come."""
        return self._planned_until is not None

    @property
    def has_events(self) -> bool:
        """Whether events of the present municipality were met."""
        return self._current in self._with_events

    def add_event(self) -> None:
        """An event of the present municipality was met."""
        self._with_events.add(self._current)
        self._heading_place = None

    def read_title(self, text: str) -> None:
        """A title; where it is a new one of a single municipality, the following rows are that municipality's."""
        title = squeeze(text)
        self._planned_until = None
        if title in self.titles[-1:]:
            return
        self.titles.append(title)
        municipality = read_municipality(title)
        if municipality is not None:
            self.open(municipality)

    def read_paragraph(self, text: str) -> None:
        """A line between tables; prose, signatures and notes say nothing."""
        kind = self._kind(text)
        if kind is LineKind.MUNICIPALITY:
            if not find_wording("stamp", without_numbering(text)):
                self.open(text)
        elif kind is LineKind.NO_EVENTS:
            self.read_no_events(text)
        elif kind is LineKind.PLANNED:
            self._planned_until = _Until.NEXT_TITLE
        elif kind is LineKind.TITLE:
            self.read_title(text)
        elif kind is LineKind.DIVIDER and find_wording("held", text):
            self._planned_until = None

    def read_row(self, text: str, at: Place) -> None:
        """A row of a table that is one line and no event."""
        kind = self._kind(text)
        if kind is LineKind.MUNICIPALITY:
            self.open(text, at)
        elif kind is LineKind.NO_EVENTS:
            self.read_no_events(text, at)
        elif kind is LineKind.TOTALS:
            self.skip_totals(text, at)
        elif kind is LineKind.PLANNED:
            self._planned_until = _Until.NEXT_SECTION
        elif kind is LineKind.TITLE:
            self.read_title(text)
        elif kind is LineKind.DIVIDER:
            self._planned_until = None if find_wording("held", text) else self._planned_until
            message = f"Подзаголовок «{squeeze(text)}» пропущен."
            self._issues.add("subheading_skipped", "info", message, _NOTHING_TO_DO, at=at, value=text)
        elif kind is LineKind.SHORT and not find_wording("stamp", text):
            message = f"«{squeeze(text)}» принято за название муниципального образования."
            remedy = "Напишите название полностью (округ, район, город) или уберите строку."
            self._issues.add("doubtful_section", "warning", message, remedy, at=at, value=text)
            self.open(text, at)
        else:
            self.skip_note(text, at, is_expected=kind is LineKind.NOTE)

    def read_closing(self, texts: Sequence[str]) -> None:
        """The paragraphs after the last table: sections without events are told, signatures are not."""
        for text in texts:
            if line_kind(text) is LineKind.NO_EVENTS:
                self.read_no_events(text)
        self._tell_empty_section()

    def open(self, text: str, at: Place | None = None) -> None:
        """Put the following rows under this municipality; ``at`` where its heading is a row of a table."""
        name = section_name(text)
        if name == self._current:
            return
        self._tell_empty_section()
        self._current = name
        self._heading_place = at
        if self._planned_until is _Until.NEXT_SECTION:
            self._planned_until = None
        self.names.append(name)

    def read_no_events(self, text: str, at: Place | None = None) -> None:
        """A line that says that a municipality held no events."""
        name = section_name(_CUT_OF_NO_EVENTS.sub("", section_name(text)).strip(_NAME_EDGES))
        if find_wording("municipality", text) is None:
            about = squeeze(self._current)
        elif find_wording("municipality", name) and not find_wording("several_municipalities", name):
            self.open(name)
            about = squeeze(name)
        else:
            about = shorten(text)
        self._heading_place = None
        message = f"Мероприятия не проводились ({about})." if about else "Мероприятия не проводились."
        self._issues.add("no_events", "info", message, _NOTHING_TO_DO, at=at, value=squeeze(text))

    def skip_planned(self, text: str, at: Place) -> None:
        """A row under a heading of planned events."""
        self._heading_place = None
        message = f"Пропущено запланированное мероприятие «{shorten(text, 80)}»."
        remedy = "Отчитайтесь о нём в том квартале, в котором оно пройдёт."
        self._issues.add("planned_event", "info", message, remedy, at=at, value=text)

    def skip_totals(self, text: str, at: Place) -> None:
        """A row that sums up others."""
        self._issues.add("totals_row", "info", "Итоговая строка пропущена.", _NOTHING_TO_DO, at=at, value=squeeze(text))

    def skip_note(self, text: str, at: Place, *, is_expected: bool) -> None:
        """A row with a text that is neither an event nor a heading; ``is_expected`` of a note or signature."""
        message = f"Пропущен текст, который не является мероприятием: «{shorten(text, 80)}»."
        remedy = "Если это мероприятие, заполните столбцы; если нет, перенесите текст под таблицу."
        self._issues.add("note_skipped", "info" if is_expected else "warning", message, remedy, at=at, value=text)

    def _kind(self, text: str) -> LineKind:
        return LineKind.TITLE if squeeze(text) in self.titles else line_kind(text)

    def _tell_empty_section(self) -> None:
        """A heading within a table that nothing follows."""
        if self._heading_place is not None:
            message = f"Под заголовком «{squeeze(self._current)}» нет мероприятий."
            remedy = "Если их не было, напишите под заголовком «мероприятия не проводились»."
            place = self._heading_place
            self._issues.add("empty_section", "info", message, remedy, at=place, value=self._current)
        self._heading_place = None
