"""Assets of the layers that dbt builds: staging, intermediate and marts."""

import os
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dagster import AssetCheckResult, AssetExecutionContext, AssetMaterialization, Failure, Output
from dagster_dbt import (
    DagsterDbtTranslator,
    DagsterDbtTranslatorSettings,
    DbtCliInvocation,
    DbtCliResource,
    DbtProject,
    dbt_assets,
)
from dagster_dbt.errors import DagsterDbtCliRuntimeError

from orchestration.assets.build import build_database, forget_checks
from orchestration.assets.measures import measured
from orchestration.assets.obstacles import steadfast
from orchestration.assets.partitions import OWNERS, quarterly, single_run
from orchestration.assets.previews import table_metadata
from orchestration.assets.versions import source_files
from orchestration.checks.decisions import DecisionFileError, check_decisions
from orchestration.settings import DBT_PROJECT_DIR, settings

# dbt runs as a subprocess: it must be this environment's, and find the build database.
os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
os.environ["EVENTS_BUILD_DATABASE"] = str(settings().build_database)
os.environ["EVENTS_MEMORY_LIMIT"] = settings().memory_limit


def _prepared_project() -> DbtProject:
    """The dbt project with a manifest that is newer than every file of it."""
    project = DbtProject(DBT_PROJECT_DIR, target_path=settings().dbt_target_dir, profiles_dir=DBT_PROJECT_DIR)
    newest = max(file.stat().st_mtime for file in source_files(DBT_PROJECT_DIR))
    if not project.manifest_path.exists() or project.manifest_path.stat().st_mtime < newest:
        project.preparer.prepare(project)
    return project


_SCHEMAS = ("staging", "intermediate", "marts", "reference")


class Translator(DagsterDbtTranslator):
    """How dbt's nodes appear in Dagster: keys ``[schema, name]``, one group a layer."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The layer, which is the schema."""
        return dbt_resource_props["schema"]

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        """The team that answers for every asset."""
        return OWNERS


project = _prepared_project()
dbt = DbtCliResource(project, global_config_flags=["--no-use-colors"])


@dbt_assets(
    name="build_marts",
    manifest=project.manifest_path,
    project=project,
    dagster_dbt_translator=Translator(DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True)),
    partitions_def=quarterly,
    backfill_policy=single_run,
)
@measured
@steadfast
def build_marts(
    context: AssetExecutionContext, dbt: DbtCliResource
) -> Iterator[Output | AssetMaterialization | AssetCheckResult]:
    """Run ``dbt build``; marts are full rebuilds, whatever the quarter.

    Unit tests judge the SQL, not the data: they run with the project's tests and whenever dbt is run by hand.
    """
    try:
        check_decisions(DBT_PROJECT_DIR / "seeds")
    except DecisionFileError as error:
        raise Failure(str(error), allow_retries=False) from error
    with build_database(settings().build_database) as connection:
        forget_checks(connection)
        # Nothing that the project no longer builds may stay.
        connection.execute("".join(f"drop schema if exists {schema} cascade;" for schema in _SCHEMAS))
    (settings().dbt_target_dir / "run_results.json").unlink(missing_ok=True)
    threading.Thread(target=_import_great_expectations, daemon=True).start()
    arguments = ["build", "--exclude-resource-type", "unit_test"]
    invocation = dbt.cli(arguments, context=context, target_path=settings().dbt_target_dir)
    events, failure = [], None
    try:
        events.extend(invocation.stream())
    except DagsterDbtCliRuntimeError as error:
        failure = error
    with build_database(settings().build_database) as connection:
        for event in events:
            if isinstance(event, Output):
                asset_key = context.asset_key_for_output(event.output_name)
                event = event.with_metadata({**event.metadata, **table_metadata(connection, ".".join(asset_key.path))})
            yield event
    if failure:
        raise Failure(_why(invocation) or str(failure), allow_retries=False) from failure


def _why(invocation: DbtCliInvocation) -> str:
    """What the nodes that failed say, without dbt's own words around it; "" where dbt ended before it ran them."""
    try:
        results = invocation.get_artifact("run_results.json")["results"]
    except FileNotFoundError:
        return ""
    failed = (result for result in results if result["status"] in ("error", "fail"))
    return "\n".join(f"{result['unique_id'].split('.')[2]}: {_said(result['message'])}" for result in failed)


def _said(message: str) -> str:
    """The text of a test's own ``error(…)``, else the whole message."""
    return message.partition("Invalid Input Error: ")[2].partition("\n  compiled code at")[0].strip() or message.strip()


def _import_great_expectations() -> None:
    """Import the library of the next step while dbt works in its own process: it takes seconds."""
    import great_expectations  # noqa: F401
