"""The warehouse's own documentation: data dictionary, metrics, and the lineage from the Word report's columns."""
