"""Places by name: the gazetteer, and settlements, territories and countries in running text."""
