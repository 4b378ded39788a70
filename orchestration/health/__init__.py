"""Whether all is well, and what to do where it is not: the state of reports, files, findings, runs and disk."""
