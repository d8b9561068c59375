"""Keyset pagination: a cursor names the last row that the client has seen."""

import base64
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, literal, or_, tuple_
from sqlalchemy.orm import QueryableAttribute

from app.core.errors import AppError, FieldError


class InvalidCursorError(AppError):
    """The cursor was not given out for this list in this order."""

    status = HTTPStatus.BAD_REQUEST
    code = "validation_error"

    def __init__(self) -> None:
        """Point to the query parameter."""
        super().__init__(
            "The request is invalid",
            errors=[FieldError("#query/cursor", "Not a cursor of this list", "invalid_cursor")],
        )


@dataclass(frozen=True, slots=True)
class Keyset:
    """An order of a list in which no two rows share a place; its column is never null."""

    name: str
    column: QueryableAttribute[Any]
    key: tuple[QueryableAttribute[Any], ...]
    place: TypeAdapter[Any]
    """What a cursor holds: the name of the order, then the values of the column and of the key."""
    descending: bool = False

    def columns(self) -> tuple[ColumnElement[Any], ...]:
        """Return what to order by; the key breaks ties."""
        column = self.column.desc() if self.descending else self.column.asc()
        return column, *(part.asc() for part in self.key)

    def cursor(self, row: object) -> str:
        """Return the cursor that names ``row``."""
        values = [getattr(row, column.key) for column in (self.column, *self.key)]
        place = self.place.dump_json((self.name, *values))
        return base64.urlsafe_b64encode(place).rstrip(b"=").decode()

    def after(self, cursor: str) -> ColumnElement[bool]:
        """Return the condition that only the rows behind ``cursor`` fulfil."""
        value, *key = self._values(cursor)
        next_key = tuple_(*self.key) > tuple(key)
        # A parameter has an order whatever it is; True and False have none in an expression.
        place = literal(value, self.column.type)
        beyond = self.column < place if self.descending else self.column > place
        return or_(beyond, and_(self.column == place, next_key))

    def _values(self, cursor: str) -> tuple[Any, ...]:
        padding = "=" * (-len(cursor) % 4)
        try:
            place = base64.b64decode(cursor + padding, altchars="-_", validate=True)
            name, *values = self.place.validate_json(place)
        except ValueError as error:
            raise InvalidCursorError from error
        if name != self.name:
            raise InvalidCursorError
        return tuple(values)
