"""A connection to the PostgreSQL server that takes the marts; its errors say what to do and never the password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import conninfo_to_dict

from orchestration.settings import Settings


class PostgresError(RuntimeError):
    """PostgreSQL did not take the marts and keeps the earlier ones; the message says why and what to do."""

    is_passing = False  # whether a later attempt may succeed by itself


class PostgresUnreachableError(PostgresError):
    """No connection to the server, or it broke."""

    is_passing = True


class PostgresBusyError(PostgresError):
    """A reader's transaction held the marts open for longer than we wait."""

    is_passing = True


def _parameters(settings: Settings) -> dict[str, str]:
    try:
        return conninfo_to_dict(settings.postgres_url.get_secret_value())
    except psycopg.ProgrammingError:
        # The parser's own message quotes the URL, password and all.
        message = "EVENTS_POSTGRES_URL is no PostgreSQL URL: postgresql://user:password@host:5432/database"
        raise PostgresError(message) from None


def target_of(settings: Settings) -> str:
    """Server, database and schema, fit to be shown."""
    found = _parameters(settings)
    server = f"{found.get('host', 'localhost')}:{found.get('port', 5432)}"
    return f"{server}/{found.get('dbname', '')}, schema {settings.postgres_schema}"


@contextmanager
def session(settings: Settings) -> Iterator[psycopg.Connection]:
    """A connection whose errors say what to do, and never the password."""
    parameters = {"application_name": "municipal events", "connect_timeout": "10"} | _parameters(settings)
    target = target_of(settings)
    try:
        connection = psycopg.connect(**parameters, autocommit=True)
    except psycopg.OperationalError as error:
        raise PostgresUnreachableError(
            f"PostgreSQL does not let us in at {target}: {_reason(error, parameters)}. "
            "The marts served there stay as they were; see to the server or EVENTS_POSTGRES_URL, then `events run`."
        ) from None
    try:
        with connection:
            yield connection
    except psycopg.OperationalError as error:
        raise PostgresUnreachableError(
            f"PostgreSQL at {target} broke off: {_reason(error, parameters)}. "
            "The marts served there stay as they were; `events run` tries again."
        ) from None
    except psycopg.Error as error:
        raise PostgresError(
            f"PostgreSQL at {target} refused the marts: {_reason(error, parameters)}. "
            "Those served there stay as they were."
        ) from None


def _reason(error: psycopg.Error, parameters: dict[str, str]) -> str:
    text = (error.diag.message_primary or str(error)).splitlines()[0]
    password = parameters.get("password")
    return text.replace(password, "***") if password else text
