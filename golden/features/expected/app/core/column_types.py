"""Column types that behave identically on SQLite and PostgreSQL."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Numeric
from sqlalchemy.dialects.postgresql import JSONB
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


class DurationMicroseconds(TypeDecorator[timedelta]):
    """A duration as a whole number of microseconds, which sorts and sums on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        """Count the microseconds, without the rounding of ``total_seconds``."""
        del dialect
        return None if value is None else value // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        """Undo the counting."""
        del dialect
        return None if value is None else timedelta(microseconds=value)


def _json_or_null(dialect: Dialect) -> TypeEngine[Any]:
    """SQL NULL, not JSON null, stands for ``None``."""
    if dialect.name == "postgresql":
        return dialect.type_descriptor(JSONB(none_as_null=True))
    return dialect.type_descriptor(JSON(none_as_null=True))


class JsonOrNull(TypeDecorator[Any]):
    """JSON or SQL NULL; ``None`` that is given on insert is no reason to take the default."""

    impl = JSON
    cache_ok = True
    should_evaluate_none = True

    def __init__(self) -> None:
        """Let SQL NULL, not JSON null, stand for ``None``."""
        super().__init__(none_as_null=True)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use JSONB on PostgreSQL."""
        return _json_or_null(dialect)


class JsonList(TypeDecorator[list[Any]]):
    """A JSON array of elements that JSON has no type for, such as dates and UUIDs."""

    impl = JSON
    cache_ok = True

    def __init__(self, element: type[Any]) -> None:
        """Remember the type of the elements; SQL NULL, not JSON null, stands for no list."""
        super().__init__(none_as_null=True)
        self.element = element
        self._elements: TypeAdapter[Any] = TypeAdapter(
            element, config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
        )

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use JSONB on PostgreSQL."""
        return _json_or_null(dialect)

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:  # noqa: ANN401
        """Write the elements as JSON has them."""
        del dialect
        if value is None:
            return None
        return [json.loads(self._elements.dump_json(item)) for item in value]

    def process_result_value(self, value: Any | None, dialect: Dialect) -> list[Any] | None:  # noqa: ANN401
        """Read the elements as Python has them."""
        del dialect
        if value is None:
            return None
        return [self._elements.validate_json(json.dumps(item)) for item in value]


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
