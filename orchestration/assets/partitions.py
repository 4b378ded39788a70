"""How assets are partitioned: by quarter, many quarters in one run."""

import warnings

from dagster import BackfillPolicy, BetaWarning, StaticPartitionsDefinition

from orchestration.assets.quarters import current_quarter, quarters_between
from orchestration.settings import settings

# Backfill policies are beta in Dagster 1.13; the version is pinned, so the notice tells nothing new on every start.
warnings.filterwarnings("ignore", category=BetaWarning)

quarterly = StaticPartitionsDefinition(quarters_between(settings().first_quarter, current_quarter()))
single_run = BackfillPolicy.single_run()
OWNERS = ["team:data-engineering"]
