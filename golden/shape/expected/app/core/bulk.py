"""Many rows in one request: all or none."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace

from app.core.errors import AppError


@contextmanager
def pointers_below(prefix: str) -> Generator[None]:
    """Let the pointers of the errors raised inside start with ``prefix``."""
    try:
        yield
    except AppError as error:
        error.errors = tuple(
            replace(item, pointer=f"{prefix}{item.pointer}") for item in error.errors
        )
        raise
