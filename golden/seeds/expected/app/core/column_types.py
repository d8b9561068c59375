"""Column types that behave identically on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Numeric
from sqlalchemy.types import TypeDecorator, TypeEngine


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


class ExactDecimal(TypeDecorator[Decimal]):
    """NUMERIC(precision, scale); stored as a scaled integer on SQLite, which has no decimals."""

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        """Remember the scale for the SQLite representation."""
        super().__init__(precision, scale)
        self.precision = precision
        self.scale = scale

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use BIGINT on SQLite and NUMERIC elsewhere."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(self.precision, self.scale))

    def coerce_compared_value(self, op: Any, value: Any) -> Any:  # noqa: ANN401
        """Leave whole factors as they are: the product has the scale of the decimal."""
        del op
        return BigInteger() if isinstance(value, int) else self

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | int | None:
        """Scale the value for SQLite."""
        if value is None or dialect.name != "sqlite":
            return value
        return int(value.scaleb(self.scale))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:  # noqa: ANN401
        """Undo the scaling on SQLite."""
        if value is None or dialect.name != "sqlite":
            return value
        return Decimal(value).scaleb(-self.scale)


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
