"""A headcount of a participants cell together with its reading."""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestration.extraction.participants import wording
from orchestration.extraction.participants.headcounts import Headcount


@dataclass(slots=True)
class Count:
    """A headcount with its reading: what it counts, and where its label stands.

    ``times`` equal groups bear the label; ``labels_of_shares`` names them one by one where the text does.
    """

    headcount: Headcount
    strength: int = 0
    label: tuple[int, int] | None = None
    label_text: str = ""
    is_part: bool = False
    times: int = 1
    names_role: bool = False
    labels_of_shares: list[str] = field(default_factory=list)

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
        if end <= self.headcount.start:
            start += max((part.end() for part in wording.PART_LEAD.finditer(text[start:end].lower())), default=0)
            bracket = wording.BRACKET_BEFORE.match(text, start, end)
            start = bracket.end() if bracket else start
        lead = wording.ITEM_LEAD.match(text[start:end])
        start += lead.end() if lead else 0
        unclosed = wording.UNCLOSED.search(text, start, end)
        self.label_text = text[start : unclosed.start() if unclosed else end].rstrip(" :–—-(,;")
        self.label = (start, start + len(self.label_text))
        return self

    def shared(self, labels: list[str], end: int, start: int | None = None) -> Count:
        """This count once for each of ``labels``, which stand together up to ``end``."""
        self.labels_of_shares, self.times = labels, len(labels)
        self.label = (self.headcount.noun_start if start is None else start, end)
        self.label_text = labels[0]
        return self
