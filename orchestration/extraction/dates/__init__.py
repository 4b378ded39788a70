"""When: dates and periods as clerks write them."""
