"""What the sheets of the workbook hold, how their cells look, and which text a cell can hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_MAXIMUM_LENGTH = 32_767  # UTF-16 units in a cell
_CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_FORMULA_BEGINNINGS = tuple("=+-@\t\r\n")
STYLES: dict[str, dict[str, object]] = {
    "text": {"text_wrap": True},
    "line": {},
    "flag": {"align": "center"},
    "number": {"num_format": "#,##0"},
    "plain": {"num_format": "0", "align": "center"},
    "decimal": {"num_format": "0.0"},
    "percent": {"num_format": "0%"},
    "date": {"num_format": "dd.mm.yyyy", "align": "left"},
    "time": {"num_format": "dd.mm.yyyy hh:mm", "align": "left"},
    "event": {"num_format": "0", "font_color": "#0563C1", "underline": 1, "align": "center"},
    "link": {"font_color": "#0563C1", "underline": 1},
    "title": {"bold": True, "font_size": 14},
    "label": {"bold": True},
    "header": {"bold": True, "text_wrap": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "border": 1},
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet; ``width`` in characters, ``source`` the mart's column that explains it (else ``about``)."""

    name: str
    heading: str
    width: float
    style: str
    source: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: ``query`` gives its ``columns`` of the reports in table ``chosen``; ``frozen`` columns stay."""

    title: str
    about: str
    frozen: int
    query: str
    columns: tuple[Column, ...]


@cache
def sheets() -> tuple[Sheet, ...]:
    """The sheets of ``excel.yml``, in their order."""
    entries = yaml.safe_load(Path(__file__).with_name("excel.yml").read_text(encoding="utf-8"))
    return tuple(
        Sheet(**entry | {"columns": tuple(Column(name, **column) for name, column in entry["columns"].items())})
        for entry in entries
    )


def text_for_excel(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as a cell can hold it, and what was changed: control characters go, too long a text is cut."""
    changes = []
    cleaned = _CONTROL_CHARACTERS.sub("", text)
    if cleaned != text:
        changes.append("удалены управляющие символы")
    units = cleaned.encode("utf-16-le")
    if len(units) > 2 * _MAXIMUM_LENGTH:
        cleaned = units[: 2 * (_MAXIMUM_LENGTH - 1)].decode("utf-16-le", "ignore") + "…"
        changes.append(f"обрезано: в ячейку Excel входит {_MAXIMUM_LENGTH} знаков")
    return cleaned, tuple(changes)


def is_like_formula(text: str) -> bool:
    """True if Excel would take the text for a formula when someone edits its cell."""
    return text.startswith(_FORMULA_BEGINNINGS)
