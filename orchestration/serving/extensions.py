"""DuckDB's extensions from installed wheels: nothing is downloaded while the program runs."""

from __future__ import annotations

import importlib
from pathlib import Path

import duckdb


class ExtensionMissingError(RuntimeError):
    """An extension that a setting asks for is not installed; the message says what to install."""


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load ``name`` (``ducklake``, ``postgres_scanner``, ``httpfs``) from the wheel made for this version of DuckDB."""
    wheel = f"duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}"
    try:
        module = importlib.import_module(f"duckdb_extension_{name}")
    except ModuleNotFoundError:
        raise ExtensionMissingError(f"DuckDB's extension {name} is not installed: pip install {wheel}") from None
    file = Path(module.__path__[0], "extensions", f"v{duckdb.__version__}", f"{name}.duckdb_extension")
    if not file.exists():
        raise ExtensionMissingError(f"DuckDB's extension {name} is installed for another version: pip install {wheel}")
    connection.load_extension(str(file))
