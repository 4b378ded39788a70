"""How many: declared totals, counted groups and what is no head count."""
