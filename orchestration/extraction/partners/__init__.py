"""Who takes part: organisations, places and countries, each with its side and seat, under one name."""
