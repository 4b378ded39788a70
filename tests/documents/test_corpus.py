import os
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from test_hostile import resident, stop

from orchestration.documents.errors import DocumentError
from orchestration.documents.reader import read_document

from word_files import yardstick

CORPUS = Path(os.environ.get("WORD_CORPUS", Path(__file__).parents[3] / "shared" / "word_corpus"))
ENDINGS = {".docx", ".docm", ".dotx", ".dotm"}
YARDSTICKS, MEGABYTES = 25, 500


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no folder of public Word files")
def test_public_word_files_are_read_or_refused(capsys) -> None:
    """Each file is opened or refused by a typed error, at little cost and without changing anything."""
    files = sorted(path for path in CORPUS.rglob("*") if path.suffix.lower() in ENDINGS)
    outcomes: Counter[str] = Counter()
    costly: list[str] = []
    signal.signal(signal.SIGALRM, stop)
    unit = yardstick()
    for path in files:
        data = path.read_bytes()
        Path("/proc/self/clear_refs").write_text("5")
        before, started = resident("VmRSS"), time.process_time()
        signal.alarm(60)
        try:
            document = read_document(data, path.name)
            outcome = "read" if document.blocks else "read, without text"
        except DocumentError as error:
            outcome = error.code
        finally:
            signal.alarm(0)
        outcomes[outcome] += 1
        cost, megabytes = (time.process_time() - started) / unit, (resident("VmHWM") - before) / 1024
        if cost > YARDSTICKS or megabytes > MEGABYTES:
            costly.append(f"{path.name}: {cost:.1f} yardsticks, {megabytes:.0f} MB")
    with capsys.disabled():
        print(f"\n{len(files)} files:", ", ".join(f"{outcome} {count}" for outcome, count in outcomes.most_common()))  # noqa: T201
    assert costly == []
    assert outcomes["read"] > len(files) * 0.9
