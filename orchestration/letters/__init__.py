"""Letters to municipalities and regions about what the checks found in their reports."""
