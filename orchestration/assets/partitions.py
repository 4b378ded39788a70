"""How assets are partitioned: by quarter, many quarters in one run."""

from dagster import BackfillPolicy, StaticPartitionsDefinition

from orchestration.assets.quarters import current_quarter, quarters_between
from orchestration.settings import settings

quarterly = StaticPartitionsDefinition(quarters_between(settings().first_quarter, current_quarter()))
single_run = BackfillPolicy.single_run()
OWNERS = ["team:data-engineering"]
