"""How large a report may be, so that a hostile file costs little."""

from __future__ import annotations

from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a report may reasonably hold, and how long its conversion from another format may take.

    ``entries`` counts files of the zip, ``part_bytes`` one of them unpacked, ``compression_ratio`` how many times a
    large one may be packed, ``xml_nodes`` elements and attributes, ``text_bytes`` what stands between them in UTF-8,
    ``table_cells`` grid cells of all tables.
    """

    file_bytes: int = 50 * _MEGABYTE
    entries: int = 5_000
    unpacked_bytes: int = 200 * _MEGABYTE
    part_bytes: int = 64 * _MEGABYTE
    compression_ratio: int = 400
    xml_nodes: int = 800_000
    text_bytes: int = 16 * _MEGABYTE
    table_cells: int = 1_000_000
    conversion_seconds: float = 60


def megabytes(size: int) -> str:
    """A number of bytes in the words of a message."""
    return f"{size / _MEGABYTE:.0f} МБ"
