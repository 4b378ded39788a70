"""The only reader of the environment: where reports lie and where the warehouse is built and served."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from orchestration.documents.limits import Limits

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DBT_PROJECT_DIR = PROJECT_ROOT / "dbt_project"

AbsolutePath = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]


def _usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Settings(BaseSettings):
    """Settings from ``EVENTS_*`` variables; relative folders are resolved against the working directory."""

    model_config = SettingsConfigDict(
        env_prefix="EVENTS_", env_nested_delimiter="__", env_ignore_empty=True, frozen=True
    )

    reports_dir: AbsolutePath = PROJECT_ROOT / "raw_reports"
    warehouse_dir: AbsolutePath = PROJECT_ROOT / "warehouse"
    first_quarter: str = Field(default="2024-Q1", pattern=r"^\d{4}-Q[1-4]$")
    workers: int = Field(default_factory=_usable_cores, ge=1)
    memory_limit: str = Field(default="1GB", pattern=r"^\d+[MG]B$")
    settling_seconds: float = Field(default=5, ge=0)
    log_format: Literal["text", "json"] = "text"
    retry_seconds: float = Field(default=5, ge=0)
    kept_versions: int = Field(default=5, ge=1)
    limits: Limits = Limits()
    alert_urls: SecretStr | None = None
    letter_templates_dir: AbsolutePath = PROJECT_ROOT / "orchestration" / "letters" / "templates"
    letter_working_days: int = Field(default=10, ge=1)
    postgres_url: SecretStr | None = None
    postgres_schema: str = Field(default="marts", min_length=1, max_length=59)
    postgres_reader_role: str = "events_reader"
    postgres_patience_seconds: float = Field(default=60, ge=0)
    dagster_postgres_url: SecretStr | None = None
    code_host: str = "127.0.0.1"
    code_port: int = Field(default=4000, ge=1, le=65535)
    ducklake_catalog: SecretStr | None = None
    ducklake_schema: str = Field(default="ducklake", min_length=1, max_length=63)
    ducklake_data: str | None = None
    ducklake_endpoint: str | None = None

    @property
    def build_database(self) -> Path:
        """The DuckDB file that only the pipeline opens."""
        return self.warehouse_dir / "build" / "warehouse.duckdb"

    @property
    def published_database(self) -> Path:
        """The DuckDB file that BI tools open; replaced as a whole, never written in place."""
        return self.warehouse_dir / "warehouse.duckdb"

    @property
    def parquet_dir(self) -> Path:
        """One Parquet file a mart, as published."""
        return self.warehouse_dir / "parquet"

    @property
    def versions_dir(self) -> Path:
        """The published versions that are kept, a folder each; the served one is among them."""
        return self.warehouse_dir / "versions"

    @property
    def data_docs_dir(self) -> Path:
        """Great Expectations' static pages about the last run's checks."""
        return self.warehouse_dir / "data_docs"

    @property
    def letters_dir(self) -> Path:
        """Word letters about the checks' findings, by quarter and region."""
        return self.warehouse_dir / "letters"

    @property
    def docs_dir(self) -> Path:
        """The static site that documents what is published."""
        return self.warehouse_dir / "docs"

    @property
    def exports_dir(self) -> Path:
        """Excel workbooks of what is published."""
        return self.warehouse_dir / "exports"

    @property
    def demo_dir(self) -> Path:
        """The demonstration: made-up reports and a warehouse of their own."""
        return self.warehouse_dir / "demo"

    @property
    def manifest(self) -> Path:
        """What was published last, from which inputs and code."""
        return self.warehouse_dir / "manifest.json"

    @property
    def postgres_state(self) -> Path:
        """Which publication PostgreSQL was given last."""
        return self.warehouse_dir / "postgres.json"

    @property
    def ducklake_data_path(self) -> str:
        """Folder or ``s3://`` address of the lake's Parquet files."""
        return self.ducklake_data or str(self.warehouse_dir / "ducklake")

    @property
    def dagster_home(self) -> Path:
        """Dagster's own storage: runs, events, schedules."""
        return self.warehouse_dir / "dagster"

    @property
    def dbt_target_dir(self) -> Path:
        """dbt's artefacts and logs."""
        return self.warehouse_dir / "dbt"


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
