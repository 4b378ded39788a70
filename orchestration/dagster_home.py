"""Dagster's home in the warehouse folder: today's instance settings, and PostgreSQL as its storage where configured."""

from __future__ import annotations

import os
from pathlib import Path

from orchestration.settings import settings

_INSTANCE = Path(__file__).with_name("dagster.yaml")
_STORAGE = Path(__file__).parent / "deployment" / "dagster-storage.yaml"


def prepare_dagster_home() -> None:
    """Make ``DAGSTER_HOME`` what the settings say; a process that may only read it finds it as another one left it."""
    config = settings()
    parts = [_INSTANCE]
    if config.dagster_postgres_url is not None:
        parts.append(_STORAGE)
        # SQLAlchemy takes psycopg 3 for a bare postgresql://; Dagster's storage speaks psycopg2 only.
        url = config.dagster_postgres_url.get_secret_value()
        os.environ["EVENTS_DAGSTER_POSTGRES_URL"] = url.replace("postgresql://", "postgresql+psycopg2://", 1)
    content = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    file = config.dagster_home / "dagster.yaml"
    if not file.exists() or file.read_text(encoding="utf-8") != content:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f"{file.name}.{os.getpid()}")
        beside.write_text(content, encoding="utf-8")
        beside.replace(file)
    os.environ["DAGSTER_HOME"] = str(config.dagster_home)
