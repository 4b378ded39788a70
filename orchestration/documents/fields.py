"""Word fields: which of their text is instruction, which is result, and what those without a stored result show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from orchestration.documents.number_formats import format_number
from orchestration.documents.symbols import symbol
from orchestration.documents.wordml import W, child, is_on, parse_integer, w_integer

_FIELD = W + "fldChar"
_STORIES = (W + "body", W + "tc", W + "txbxContent")
_TICKED, _UNTICKED = "☒", "☐"
_AUTOMATIC_NUMBERS = {"AUTONUM": "decimal", "AUTONUMLGL": "decimal", "AUTONUMOUT": "upperRoman"}
_SWITCH_FORMATS = {
    "roman": "lowerRoman",
    "ROMAN": "upperRoman",
    "alphabetic": "lowerLetter",
    "ALPHABETIC": "upperLetter",
}


@dataclass(slots=True)
class _Field:
    """An open field; ``is_hiding`` while its text is not shown: its instruction, or a result given otherwise."""

    instruction: list[str] = field(default_factory=list)
    is_hiding: bool = True
    has_result: bool = False


class Fields:
    """The open fields of one story: a field may span paragraphs, but not leave its cell or text box."""

    def __init__(self, story: etree._Element) -> None:
        self._story = story
        self._open: list[_Field] = []
        self._ended: set[etree._Element] | None = None
        self.is_hiding = False

    def follow(self, mark: etree._Element, next_number: Callable[[], int]) -> str:
        """Pass a ``w:fldChar``; the text that the field shows here of its own."""
        kind = mark.get(W + "fldCharType")
        shown = ""
        if kind == "begin" and self._is_ended(mark):
            shown = _form_value(mark)
            self._open.append(_Field(has_result=bool(shown)))
        elif kind == "separate" and self._open:
            self._open[-1].is_hiding = self._open[-1].has_result
            self._open[-1].has_result = True
        elif kind == "end" and self._open:
            ended = self._open.pop()
            if not ended.has_result:
                shown = text_without_result("".join(ended.instruction), next_number)
        is_inside = self.is_hiding and kind != "end"
        self.is_hiding = any(one.is_hiding for one in self._open)
        return "" if is_inside or (kind == "end" and self.is_hiding) else shown

    def instruct(self, instruction: str) -> None:
        """Pass a ``w:instrText``."""
        if self._open:
            self._open[-1].instruction.append(instruction)

    def _is_ended(self, begin: etree._Element) -> bool:
        """Whether the field is closed in this story; one that is not would swallow the rest of the text."""
        if self._ended is None:
            self._ended = set()
            begins: list[etree._Element] = []
            for mark in self._story.iter(_FIELD):
                kind = mark.get(W + "fldCharType")
                if next(mark.iterancestors(*_STORIES), None) is not self._story:
                    continue
                if kind == "begin":
                    begins.append(mark)
                elif kind == "end" and begins:
                    self._ended.add(begins.pop())
        return begin in self._ended


def text_without_result(instruction: str, next_number: Callable[[], int]) -> str:
    """What Word shows for a field that stores no result; "" where that is nothing or not known."""
    words = instruction.split()
    name = words[0].upper() if words else ""
    if name in _AUTOMATIC_NUMBERS:
        return _automatic_number(words[1:], _AUTOMATIC_NUMBERS[name], next_number())
    if name in ("MACROBUTTON", "GOTOBUTTON") and len(words) > 2:
        return instruction.split(maxsplit=2)[2].strip()
    if name == "SYMBOL" and len(words) > 1:
        base = 16 if words[1].lower().startswith("0x") else 10
        font = instruction.partition("\\f")[2].strip().strip('"').partition('"')[0]
        return symbol(font, parse_integer(words[1], base) or 0)
    return ""


def _automatic_number(switches: list[str], number_format: str, number: int) -> str:
    separator = "."
    for switch, value in zip(switches, [*switches[1:], ""], strict=False):
        if switch == "\\*":
            number_format = _SWITCH_FORMATS.get(value, number_format)
        elif switch == "\\s" and value:
            separator = value.strip('"')
        elif switch == "\\e":
            separator = ""
    return format_number(number, number_format) + separator


def _form_value(mark: etree._Element) -> str:
    """The selected entry of a drop-down list or the sign of a check box of a legacy form."""
    form = child(mark, W + "ffData")
    choices = child(form, W + "ddList")
    if choices is not None:
        entries = [entry.get(W + "val", "") for entry in choices.iterchildren(W + "listEntry")]
        selected = w_integer(choices, "result")
        selected = selected if selected is not None else w_integer(choices, "default") or 0
        return entries[selected] if 0 <= selected < len(entries) else ""
    box = child(form, W + "checkBox")
    if box is None:
        return ""
    state = child(box, W + "checked")
    if state is None:
        state = child(box, W + "default")
    return _TICKED if state is not None and is_on(state) else _UNTICKED
