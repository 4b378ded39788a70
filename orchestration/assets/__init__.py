"""The pipeline: from the reports folder to the published warehouse, as Dagster assets."""
