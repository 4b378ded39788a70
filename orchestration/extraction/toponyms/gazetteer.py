"""The gazetteer's public face: look-ups by any form of a name, and toponyms found in running text."""

from orchestration.extraction.toponyms.gazetteer_index import (
    Settlement,
    Territory,
    country_title,
    find_by_adjective,
    find_country,
    find_settlement,
    find_settlements,
    find_territory,
)
from orchestration.extraction.toponyms.scan import ToponymMatch, scan

__all__ = [
    "Settlement",
    "Territory",
    "ToponymMatch",
    "country_title",
    "find_by_adjective",
    "find_country",
    "find_settlement",
    "find_settlements",
    "find_territory",
    "scan",
]
