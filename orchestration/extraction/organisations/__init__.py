"""Organisations by name, in any case and list, with or without a legal form."""
