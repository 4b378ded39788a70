"""Quarterly reports in Word: bytes → ``Document`` (reader) → ``Report`` (layout)."""
