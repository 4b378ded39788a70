"""What stands in a step's way: obstacles that pass are waited for, the others are told with what to do about them."""

from __future__ import annotations

import errno
import functools
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import duckdb
from dagster import AssetCheckExecutionContext, AssetExecutionContext, Failure, RetryRequested

from orchestration.assets.build import is_damage, set_aside
from orchestration.assets.run_lock import another_run_is_under_way, run_under_way
from orchestration.settings import Settings, settings

T = TypeVar("T")

_ATTEMPTS = 4
_NO_SPACE_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_SPACE = ("No space left on device", "Disk quota exceeded", "File too large", "database or disk is full")
_LOCKED = "Could not set lock on file"
_HOLDER = re.compile(r"\(PID (\d+)\)")
_LEAST_FREE_BYTES = 64 * 1024**2
_COPIES = 3  # the build database grows, its copy to be published, the Parquet files and dbt's artefacts


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What a person reads of an error, and whether another attempt may succeed by itself."""

    message: str
    passes: bool


def steadfast(step: Callable[..., Iterator[T]]) -> Callable[..., Iterator[T]]:
    """Make a step of a run wait for its turn, retry what passes with a growing delay, and tell what does not.

    The attempts after the first follow ``retry_seconds``, twice and four times that.
    """

    @functools.wraps(step)
    def attempt(
        context: AssetExecutionContext | AssetCheckExecutionContext, *arguments: object, **resources: object
    ) -> Iterator[T]:
        config = settings()
        if another_run_is_under_way(config.build_database):
            context.log.info(f"Waiting for another run to end: {run_under_way(config.build_database)}")
        try:
            require_space(config)
            yield from step(context, *arguments, **resources)
        except (OSError, duckdb.Error, Failure) as error:
            obstacle = obstacle_of(error, config)
            if obstacle is None:
                raise
            failure = Failure(obstacle.message, allow_retries=False)
            if not obstacle.passes:
                raise failure from error
            delay = config.retry_seconds * 2**context.op_execution_context.retry_number
            raise RetryRequested(_ATTEMPTS - 1, delay) from failure

    return attempt


def require_space(config: Settings) -> None:
    """Raise OSError (ENOSPC) where the disk of the warehouse has no room for a run."""
    if not config.warehouse_dir.exists():
        return
    published = config.published_database
    needed = max(_LEAST_FREE_BYTES, _COPIES * (published.stat().st_size if published.exists() else 0))
    if shutil.disk_usage(config.warehouse_dir).free < needed:
        raise OSError(errno.ENOSPC, f"a run needs {needed // 1024**2} MB", str(config.warehouse_dir))


def obstacle_of(error: Exception, config: Settings) -> Obstacle | None:
    """What ``error`` means to the people who operate the warehouse; None where it explains itself.

    A damaged build database is set aside on the way, so that the next run succeeds.
    """
    text = _told_by(error)
    if (isinstance(error, OSError) and error.errno in _NO_SPACE_NUMBERS) or any(sign in text for sign in _NO_SPACE):
        return Obstacle(_no_space(config), passes=True)
    if _LOCKED in text:
        holder = _HOLDER.search(text)
        who = f"process {holder[1]}" if holder else "another process"
        message = (
            f"The build database {config.build_database} is held by {who}. Only the pipeline may open it: "
            f"end that process (BI tools read {config.published_database}), then `events run`."
        )
        return Obstacle(message, passes=True)
    if isinstance(error, duckdb.Error) and is_damage(text):
        message = (
            f"The build database was damaged and is set aside as {set_aside(config.build_database)}: {text} "
            "`events run` goes on from what is published."
        )
        return Obstacle(message, passes=False)
    if isinstance(error, PermissionError):
        message = f"{error.filename}: {error.strerror}. Give the user who runs `events` the right to write there."
        return Obstacle(message, passes=False)
    return None


def _told_by(error: BaseException | None) -> str:
    """The message of an error and of those it came from: a rollback that fails too hides why the commit failed."""
    messages = []
    while error is not None:
        messages.append(str(error))
        error = error.__cause__ or error.__context__
    return " ".join(messages)


def _no_space(config: Settings) -> str:
    free = shutil.disk_usage(config.warehouse_dir).free // 1024**2
    return (
        f"The disk of {config.warehouse_dir} is full ({free} MB free). Make room: delete what {config.exports_dir} or "
        "other folders hold and nobody needs, or set EVENTS_KEPT_VERSIONS lower; then `events run`."
    )
