"""How servers and runs write their log: text for people, or one JSON object a line for what collects logs."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from dagster import LoggerDefinition, logger

from orchestration.settings import settings

_DAGSTER_FORMATS = {"text": "colored", "json": "json"}
_KEYS = {"job_name": "job", "run_id": "run", "step_key": "step"}


class JsonLines(logging.Formatter):
    """A record as JSON, with the keys that Dagster's own servers use; of a run also ``job``, ``run`` and ``step``."""

    def format(self, record: logging.LogRecord) -> str:
        """One line without its end."""
        meta = getattr(record, "dagster_meta", {})
        event = meta.get("dagster_event")
        line = {
            "event": meta.get("orig_message") or record.getMessage(),
            "type": event.event_type_value if event else None,
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
            **{name: meta.get(key) for key, name in _KEYS.items()},
            "exception": self.formatException(record.exc_info) if record.exc_info else None,
        }
        return json.dumps({name: value for name, value in line.items() if value}, ensure_ascii=False)


def log_options() -> tuple[str, ...]:
    """What Dagster's commands are told about the format that EVENTS_LOG_FORMAT asks for."""
    return "--log-format", _DAGSTER_FORMATS[settings().log_format]


@logger(description="One JSON object a line, on stderr.")
def _json_console(_: object) -> logging.Logger:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    own = logging.getLogger("orchestration")
    own.handlers, own.propagate = [handler], False
    lines = logging.Logger("dagster.run", logging.DEBUG)
    lines.addHandler(handler)
    return lines


def run_loggers() -> dict[str, LoggerDefinition]:
    """The loggers of a job by name; none where Dagster's own writes what is asked for."""
    return {"console": _json_console} if settings().log_format == "json" else {}
