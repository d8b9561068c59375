"""Column types that behave identically on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import DateTime, Dialect, Enum
from sqlalchemy.types import TypeDecorator


class UTCDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite has no time zones, so they are restored on load."""

    impl = DateTime
    cache_ok = True

    def __init__(self) -> None:
        """Ask for TIMESTAMP WITH TIME ZONE where the database has it."""
        super().__init__(timezone=True)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values and normalise the others to UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = "naive datetimes are not accepted"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware UTC value."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(members: type[StrEnum]) -> list[str]:
    return [member.value for member in members]


def string_enum(enum: type[StrEnum], *, name: str, length: int) -> Enum:
    """Return a VARCHAR + CHECK type storing the *values* of ``enum``.

    A native PostgreSQL enum would need ``ALTER TYPE`` (not transactional before v12, never
    removable) for each change; a named CHECK is an ordinary, reversible migration.
    """
    return Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=length,
        values_callable=_values,
    )
