"""The single source of the current time."""

from datetime import UTC, date, datetime


def utcnow() -> datetime:
    """Return the current time as an aware UTC datetime."""
    return datetime.now(UTC)


def utctoday() -> date:
    """Return the current day in UTC."""
    return utcnow().date()
