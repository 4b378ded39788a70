"""Warehouse of municipal international events: ingestion, extraction, checks and publication."""
