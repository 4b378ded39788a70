"""What the row says of the event itself: type, edition, role, format, purpose and result."""
