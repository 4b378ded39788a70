"""A build database of the real report, to be changed by SQL and published again and again."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from orchestration.assets.versions import extraction_version, reader_version
from orchestration.serving.history import kept_versions
from orchestration.serving.manifest import Manifest, read_manifest
from orchestration.serving.publish import publish
from orchestration.settings import Settings

from warehouse import faultless


class Workshop:
    """Publishes its own build database in this process."""

    def __init__(self, warehouse_dir: Path, reports_dir: Path) -> None:
        self.settings = Settings(reports_dir=reports_dir, warehouse_dir=warehouse_dir, settling_seconds=0)

    def publish(self) -> Manifest:
        return publish(self.settings)

    def build(self, *statements: str) -> None:
        """Change the build database."""
        with duckdb.connect(str(self.settings.build_database)) as connection:
            for statement in statements:
                connection.execute(statement)

    def query(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.settings.published_database), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    @property
    def versions(self) -> list[str]:
        """The kept versions, the newest first."""
        return [manifest.version for manifest in kept_versions(self.settings)]

    def require_complete(self) -> Manifest:
        """What is served is one version: database, Parquet files and manifest, with all their rows."""
        manifest = read_manifest(self.settings)
        assert self.query("select version from published.version") == [(manifest.version,)]
        assert {file.stem for file in self.settings.parquet_dir.iterdir()} == manifest.row_counts.keys()
        for mart, rows in manifest.row_counts.items():
            file = self.settings.parquet_dir / f"{mart}.parquet"
            assert self.query(f"select count(*) from marts.{mart}") == [(rows,)]
            assert self.query(f"select count(*) from '{file}'") == [(rows,)]
            assert self.query(f"select decode(value) from parquet_kv_metadata('{file}')") == [(manifest.version,)]
        return manifest


def open_workshop(published, folder: Path) -> Workshop:
    """A workshop in ``folder`` with what a pipeline built; nothing is published yet."""
    for name in ("build/warehouse.duckdb", "dbt/manifest.json"):
        (folder / name).parent.mkdir(parents=True)
        shutil.copy(published.warehouse_dir / name, folder / name)
    return Workshop(folder, published.reports_dir)


def small_workshop(folder: Path) -> Workshop:
    """A workshop with a sound build database of a few marts, the facts' of 20,000 rows."""
    settings = Workshop(folder / "warehouse", folder / "reports").settings
    settings.build_database.parent.mkdir(parents=True)
    with faultless().connection as connection:
        connection.execute(f"attach '{settings.build_database}' as build")
        connection.execute("copy from database memory to build")
    workshop = Workshop(settings.warehouse_dir, settings.reports_dir)
    workshop.build(
        "create table copies as select range as number from range(5_000)",
        "insert into marts.dim_event by name select * exclude (number, name_text) "
        "replace (event_key || number as event_key) from marts.dim_event, copies",
        "insert into marts.fct_event by name select * exclude (number) "
        "replace (event_key || number as event_key) from marts.fct_event, copies",
        f"update raw.document set reader_version = '{reader_version()}'",
        f"update parsed.event set extraction_version = '{extraction_version()}'",
        "insert into quality.check_result values ('sound', 'marts.fct_event', 'error', true, 0, now()::timestamp)",
    )
    return workshop
