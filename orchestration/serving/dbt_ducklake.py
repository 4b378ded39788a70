"""dbt's plugin for the target ``ducklake``: attaches the lake before dbt asks for it."""

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection

from orchestration.serving.ducklake import CATALOG, attach
from orchestration.settings import settings


class Plugin(BasePlugin):
    """Keeps the catalog's password out of dbt's profile, logs and artefacts."""

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Attach the lake of the ``EVENTS_DUCKLAKE_*`` settings."""
        attach(conn, settings())

    def configure_cursor(self, cursor: DuckDBPyConnection) -> None:
        """Let names without a catalog mean the lake."""
        cursor.execute(f"use {CATALOG}")
