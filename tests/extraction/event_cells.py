"""The cells of a row, as the rules on whole rows take them."""

from __future__ import annotations

from orchestration.extraction.language.text import CellText
from orchestration.extraction.model import Column


def row(name: str = "", place: str = "", description: str = "", participants: str = "") -> dict[Column, CellText]:
    """A row whose dates cell is blank."""
    values = {
        Column.NAME: name,
        Column.PLACE: place,
        Column.DATES: "",
        Column.DESCRIPTION: description,
        Column.PARTICIPANTS: participants,
    }
    return {column: CellText.from_raw(value) for column, value in values.items()}
