"""What the program costs, each figure beside its yardstick of the same run."""
