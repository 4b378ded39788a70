"""What was signed, arranged or drafted, by whom and until when."""
