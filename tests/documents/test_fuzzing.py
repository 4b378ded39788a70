import copy
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from orchestration.documents.errors import DocumentError
from orchestration.documents.layout import read_report
from orchestration.documents.reader import read_document

SAMPLE = Path(__file__).parents[2] / "raw_reports" / "smolensk-oblast-2025-q4.docx"
PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml")
VALUES = (
    "",
    "0",
    "-1",
    "63",
    "99999999999999999999",
    "1e9",
    "NaN",
    "continue",
    "restart",
    "decimal",
    "\u0661",
    "я" * 50,
)
SEED = 20_254


@cache
def entries() -> dict[str, bytes]:
    with zipfile.ZipFile(SAMPLE) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def tree(path: str) -> etree._Element:
    return etree.fromstring(entries()[path])


def cut(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.choices(range(len(data)), k=2))
    return chance.choice((data[:start], data[end:], data[:start] + data[end:]))


def flip(data: bytes, chance: random.Random) -> bytes:
    output = bytearray(data)
    # Half of the damage is near the zip directory, where little of it is found by checksums.
    first = chance.choice((0, len(data) - 2000))
    for _ in range(chance.choice((1, 1, 3, 30))):
        output[chance.randrange(first, len(data))] ^= 1 << chance.randrange(8)
    return bytes(output)


def swap(data: bytes, chance: random.Random) -> bytes:
    one, two = sorted(chance.sample(range(len(data) - 64), 2))
    size = min(chance.choice((1, 4, 64)), two - one)
    return data[:one] + data[two : two + size] + data[one + size : two] + data[one : one + size] + data[two + size :]


def mutate_nodes(_: bytes, chance: random.Random) -> bytes:
    path = chance.choice((*PARTS, PARTS[0]))
    root = copy.deepcopy(tree(path))
    nodes = list(root.iterdescendants(etree.Element))
    for _ in range(chance.choice((1, 3, 30))):
        one, other = chance.sample(nodes, 2)
        if one.getparent() is not None and other.getparent() is not None:
            chance.choice((delete, duplicate, exchange, rename, retype))(one, other, chance)
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in entries().items():
            archive.writestr(name, etree.tostring(root) if name == path else content)
    return output.getvalue()


def delete(node: etree._Element, _: etree._Element, chance: random.Random) -> None:
    node.getparent().remove(node)


def duplicate(node: etree._Element, other: etree._Element, chance: random.Random) -> None:
    target = chance.choice((node, other))
    target.addnext(copy.deepcopy(node))


def exchange(node: etree._Element, other: etree._Element, chance: random.Random) -> None:
    if node not in other.iterancestors() and other not in node.iterancestors():
        place = etree.Element("place")
        node.getparent().replace(node, place)
        other.getparent().replace(other, node)
        place.getparent().replace(place, other)


def rename(node: etree._Element, other: etree._Element, chance: random.Random) -> None:
    node.tag = other.tag


def retype(node: etree._Element, other: etree._Element, chance: random.Random) -> None:
    """Change, drop or add attributes."""
    for name in node.attrib:
        node.set(name, chance.choice(VALUES))
    if node.attrib and chance.random() < 0.2:
        del node.attrib[chance.choice(list(node.attrib))]
    for name in other.attrib:
        node.set(name, chance.choice((other.get(name), *VALUES)))


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (cut, flip, swap, mutate_nodes, mutate_nodes)


def outcomes(numbers: range) -> Counter[str]:
    """How many damaged reports were read or refused for which reason; another exception tells its case's number."""
    counts: Counter[str] = Counter()
    for number in numbers:
        chance = random.Random(SEED + number)
        data = chance.choice(MUTATIONS)(SAMPLE.read_bytes(), chance)
        try:
            document = read_document(data, "отчет.docx")
            counts["opened"] += 1
            read_report(document)
            counts["report read"] += 1
        except DocumentError as error:
            counts[error.code] += 1
        except Exception as error:
            error.add_note(f"case {number}")
            raise
    return counts


def test_damaged_report_is_read_or_refused() -> None:
    assert len(outcomes(range(300))) > 2


@pytest.mark.slow
@pytest.mark.parametrize("thousand", range(10))
def test_ten_thousand_damaged_reports_are_read_or_refused(thousand: int) -> None:
    assert outcomes(range(thousand * 1000, thousand * 1000 + 1000))["opened"] > 100
