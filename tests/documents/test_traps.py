import pytest
from traps import TRAPS, Trap

from orchestration.documents.model import Table
from orchestration.documents.reader import read_document

from word_files import read_body


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: f"{trap.family}: {trap.name}")
def test_trap(trap: Trap) -> None:
    tables = [block for block in read_document(trap.data, "ловушка.docx").blocks if isinstance(block, Table)]
    assert [[tuple(cell and cell.text for cell in row) for row in table.rows] for table in tables] == [
        list(trap.expected)
    ]


def test_traps_have_names_of_their_own() -> None:
    assert len({(trap.family, trap.name) for trap in TRAPS}) == len(TRAPS) >= 56


def test_deep_nesting_is_read() -> None:
    deep = "<w:sdt><w:sdtContent>" * 100 + "<w:p><w:r><w:t>дно</w:t></w:r></w:p>" + "</w:sdtContent></w:sdt>" * 100
    assert [block.text for block in read_body(deep).blocks] == ["дно"]
