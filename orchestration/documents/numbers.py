"""The numbers of event rows: kept as written, and told where they are missing, repeated or out of order."""

from __future__ import annotations

import re

from orchestration.documents.issues import Issues, Place
from orchestration.documents.model import ReportIssue
from orchestration.documents.wording import squeeze

_NUMBER = re.compile(r"(?:№|N)?\s*(?P<section>(?:\d{1,3}\.)*)(?P<number>\d{1,5})\s*[.)]?")
_ROMAN_NUMBER = re.compile(r"(?P<roman>[IVXL]+)\s*[.)]?")
_LATIN = str.maketrans("ІХ", "IX")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_REMEDY = "Пронумеруйте строки по порядку."


class RowNumbers:
    """Reads the numbers of one report's rows in order; they may begin anew in each section and table."""

    def __init__(self, issues: Issues) -> None:
        self._issues = issues
        self._seen: set[int] = set()
        self._last = 0
        self._last_skipped = 0
        self._municipality = ""
        self._section = ""
        self._may_restart = True
        self._missing: list[Place] = []
        self._has_number = False

    def may_restart(self) -> None:
        """A table begins; whether its rows are numbered anew, the next one tells."""
        self._may_restart = True

    def read(self, text: str, municipality: str, at: Place) -> int | None:
        """The number of a row as written; of «2.3» the last part; None where there is none or it cannot be read."""
        self._may_restart |= municipality != self._municipality
        self._municipality = municipality
        parsed = _parse(text)
        if parsed is None:
            # A row without a number takes the place of one all the same.
            self._last_skipped = max(self._last, self._last_skipped) + 1
        if not text.strip():
            self._missing.append(at)
            self._issues.add("missing_number", "warning", "Нет порядкового номера.", _REMEDY, at=at)
            return None
        if parsed is None:
            message = f"Порядковый номер «{squeeze(text)}» не прочитан."
            self._issues.add("unreadable_number", "warning", message, _REMEDY, at=at, value=text)
            return None
        section, number = parsed
        if number == 1 and (self._may_restart or section != self._section):
            self._seen.clear()
        self._may_restart = False
        self._section = section
        if number in self._seen:
            self._warn("repeated_number", f"Номер {number} повторяется.", number, at)
        elif self._seen and number not in (self._last + 1, self._last_skipped + 1):
            self._warn("number_out_of_order", f"После номера {self._last} идёт {number}.", number, at)
        self._seen.add(number)
        self._last = number
        self._has_number = True
        return number

    def skip(self, text: str) -> None:
        """The number of a row that is no event: the next event may have the number that follows."""
        parsed = _parse(text)
        if parsed is not None:
            self._last_skipped = parsed[1]

    def close(self) -> None:
        """At the end of the report: where no row at all is numbered, that is told once."""
        if self._has_number or len(self._missing) < 2:
            return
        table, row = self._missing[0]
        message = f"Таблица {table}, строка {row} и далее: столбец номеров не заполнен ({len(self._missing)} строк)."
        self._issues.replace_all(
            "missing_number", ReportIssue("missing_number", "warning", message, _REMEDY, table, row)
        )

    def _warn(self, code: str, message: str, number: int, at: Place) -> None:
        remedy = "Проверьте, не пропущена ли строка, и исправьте номер."
        self._issues.add(code, "warning", message, remedy, at=at, value=str(number))


def _parse(text: str) -> tuple[str, int] | None:
    """The section («2.») and the number of «2.3», «№ 3)» or «III»; None where it is none."""
    stripped = text.strip()
    match = _NUMBER.fullmatch(stripped)
    if match is not None:
        return match["section"], int(match["number"])
    roman = _ROMAN_NUMBER.fullmatch(stripped.translate(_LATIN))
    return None if roman is None else ("", _roman_value(roman["roman"]))


def _roman_value(roman: str) -> int:
    values = [_ROMAN_DIGITS[letter] for letter in roman]
    return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))
