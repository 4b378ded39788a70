"""Golden reports: hand-made labels, what the pipeline publishes of the same files, and how well the two agree."""
