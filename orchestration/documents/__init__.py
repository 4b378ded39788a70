"""Quarterly reports in Word: bytes → ``Document`` → ``Report``."""

from orchestration.documents.conversion import converter_is_available
from orchestration.documents.errors import (
    DocumentError,
    FileUnreadable,
    OverrideInvalid,
    PeriodInFuture,
    PeriodTooEarly,
)
from orchestration.documents.layout import ReportOverride, read_report
from orchestration.documents.model import Document, Report, ReportIssue, ReportRow
from orchestration.documents.package import Limits, guard_size
from orchestration.documents.reader import read_document

__all__ = [
    "Document",
    "DocumentError",
    "FileUnreadable",
    "Limits",
    "OverrideInvalid",
    "PeriodInFuture",
    "PeriodTooEarly",
    "Report",
    "ReportIssue",
    "ReportOverride",
    "ReportRow",
    "converter_is_available",
    "guard_size",
    "read_document",
    "read_report",
]
