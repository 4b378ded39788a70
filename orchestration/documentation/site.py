"""Build the documentation site of what is published: dbt's own page and ours, one folder, no network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from orchestration.documentation.lineage import Lineage
from orchestration.documentation.pages import write_pages
from orchestration.serving.manifest import read_manifest
from orchestration.settings import DBT_PROJECT_DIR, Settings


class DocumentationError(RuntimeError):
    """The site cannot be built; the message says why and what to do."""


def build_site(settings: Settings) -> Path:
    """Write the site of the published warehouse and return its ``index.html``.

    dbt opens its database for writing, so it is given a copy: neither a run nor a reader is in the way.
    """
    manifest = read_manifest(settings)
    if manifest is None:
        raise DocumentationError("Nothing has been published yet: `make run` first, then `make docs`.")
    settings.docs_dir.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.warehouse_dir) as folder:
        scratch = Path(folder)
        # Views refer to the catalog, which is the file's name.
        shutil.copyfile(settings.published_database, scratch / settings.build_database.name)
        _generate(scratch, scratch / settings.build_database.name)
        dbt_manifest = json.loads((scratch / "manifest.json").read_text(encoding="utf-8"))
        catalog = json.loads((scratch / "catalog.json").read_text(encoding="utf-8"))
        write_pages(settings.docs_dir, dbt_manifest, Lineage(dbt_manifest, catalog), manifest.published_at)
        (scratch / "static_index.html").replace(settings.docs_dir / "dbt.html")
    return settings.docs_dir / "index.html"


def _generate(target: Path, database: Path) -> None:
    """Run ``dbt docs generate`` over the database, artefacts into ``target``."""
    completed = subprocess.run(
        [
            sys.executable, "-m", "dbt.cli.main", "docs", "generate", "--static",
            "--target-path", str(target), "--log-path", str(target),
        ],
        cwd=DBT_PROJECT_DIR,
        env={**os.environ, "EVENTS_BUILD_DATABASE": str(database), "DBT_PROFILES_DIR": str(DBT_PROJECT_DIR)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    if completed.returncode:
        raise DocumentationError(f"dbt could not describe the warehouse:\n{completed.stdout}")
