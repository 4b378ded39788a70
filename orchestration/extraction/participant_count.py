"""A headcount of a participants cell together with its reading."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.extraction import participant_wording as wording
from orchestration.extraction.headcounts import Headcount


@dataclass(slots=True)
class Count:
    """A headcount with its reading: what it counts, and where its label stands."""

    headcount: Headcount
    strength: int = 0
    label: tuple[int, int] | None = None
    label_text: str = ""
    is_part: bool = False
    times: int = 1
    names_role: bool = False

    @property
    def start(self) -> int:
        """Where number or label begins."""
        return min(self.headcount.start, self.label[0]) if self.label else self.headcount.start

    @property
    def end(self) -> int:
        """Where number or label ends, whichever is later."""
        return max(self.headcount.end, self.label[1]) if self.label else self.headcount.end

    def labelled(self, text: str, start: int, end: int) -> Count:
        """This count with ``text[start:end]``, less list marks and linking words around it, as its label."""
        lead = wording.ITEM_LEAD.match(text[start:end])
        start += lead.end() if lead else 0
        self.label_text = text[start:end].rstrip(" :–—-(,;")
        self.label = (start, start + len(self.label_text))
        return self
