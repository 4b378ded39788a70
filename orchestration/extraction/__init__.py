"""Pure text to facts: knows neither files, nor databases, nor the clock."""

from orchestration.extraction.extract import extract_event, unread_event

__all__ = ["extract_event", "unread_event"]
