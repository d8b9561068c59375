"""Translation of database integrity errors into domain errors."""

import re
from collections.abc import Sequence
from typing import Any

from pydantic.alias_generators import to_camel
from sqlalchemy import (
    CheckConstraint,
    Column,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy.exc import IntegrityError

from app.core.errors import (
    AppError,
    ConflictError,
    FieldError,
    Invariant,
    InvariantError,
    RuleViolationError,
)

_UNIQUE = "23505"
_FOREIGN_KEY = frozenset({"23503", "23001"})
_NOT_NULL = "23502"
_CHECK = "23514"
_KEYS = (UniqueConstraint, PrimaryKeyConstraint)
_WORD = re.compile(r"'(?:[^']|'')*'|(\w+)")
_SQLITE_STATES = {
    "SQLITE_CONSTRAINT_UNIQUE": _UNIQUE,
    "SQLITE_CONSTRAINT_PRIMARYKEY": _UNIQUE,
    "SQLITE_CONSTRAINT_FOREIGNKEY": "23503",
    "SQLITE_CONSTRAINT_TRIGGER": "23503",
    "SQLITE_CONSTRAINT_NOTNULL": _NOT_NULL,
    "SQLITE_CONSTRAINT_CHECK": _CHECK,
}


def translate_integrity_error(error: IntegrityError, metadata: MetaData) -> AppError:
    """Return the domain error a client should see instead of ``error``."""
    state, columns = _inspect(error, metadata)
    pointers = [_pointer(column) for column in columns]
    if state == _UNIQUE:
        return ConflictError(
            "A resource with the same value already exists",
            errors=[FieldError(pointer, "Already in use", "unique") for pointer in pointers],
        )
    if state in _FOREIGN_KEY:
        return ConflictError("The resource is still referenced, or refers to a missing one")
    if state == _CHECK and (invariant := _invariant(error, metadata)):
        return InvariantError(invariant, pointers=pointers)
    if state in {_NOT_NULL, _CHECK}:
        return RuleViolationError(
            "A stored constraint was violated",
            errors=[FieldError(pointer, "Invalid value", "constraint") for pointer in pointers],
        )
    return ConflictError("The request conflicts with the stored data")


def _pointer(column: Column[Any]) -> str:
    """Return where the value stands in a body; models say so where it is not the column's name."""
    pointer: str = column.info.get("pointer", f"/{to_camel(column.name)}")
    return pointer


def _invariant(error: IntegrityError, metadata: MetaData) -> Invariant | None:
    """Return what the violated check says to clients, if it says something."""
    original: Any = error.orig
    diagnostics = getattr(original, "diag", None) or original.__cause__
    # SQLite tells the name in its message.
    listed = str(original).partition("constraint failed: ")[2]
    name = getattr(diagnostics, "constraint_name", None) or listed
    for table in metadata.tables.values():
        for check in table.constraints:
            if check.name == name:
                invariant: Invariant | None = check.info.get("invariant")
                return invariant
    return None


def _inspect(error: IntegrityError, metadata: MetaData) -> tuple[str | None, Sequence[Column[Any]]]:
    original: Any = error.orig
    if name := getattr(original, "sqlite_errorname", None):
        return _SQLITE_STATES.get(name), _columns_in(str(original), metadata)
    state = getattr(original, "sqlstate", None)
    diagnostics = getattr(original, "diag", None) or original.__cause__
    table = metadata.tables.get(getattr(diagnostics, "table_name", None) or "")
    column = getattr(diagnostics, "column_name", None)
    if column and table is not None:
        return state, [table.columns[column]]
    return state, _columns_of(getattr(diagnostics, "constraint_name", None), metadata)


def _columns_in(message: str, metadata: MetaData) -> Sequence[Column[Any]]:
    """Return the columns that SQLite lists: ``… constraint failed: posts.slug, posts.year``.

    Of a check and of an index over expressions it tells the name.
    """
    listed = message.partition("constraint failed: ")[2]
    columns = (column for table in metadata.tables.values() for column in table.columns)
    names = listed.split(", ")
    found = [column for column in columns if f"{column.table.name}.{column.name}" in names]
    return found or _columns_of(listed.removeprefix("index ").strip("'"), metadata)


def _columns_of(constraint: str | None, metadata: MetaData) -> Sequence[Column[Any]]:
    """Return the columns of a check, a unique constraint or a unique index by its name."""
    for table in metadata.tables.values():
        keys = [c for c in table.constraints if isinstance(c, _KEYS)]
        indexes = [index for index in table.indexes if index.unique]
        for candidate in (*keys, *indexes):
            if candidate.name == constraint:
                return list(candidate.columns)
        for check in table.constraints:
            if isinstance(check, CheckConstraint) and check.name == constraint:
                return _mentioned(str(check.sqltext), table)
    return []


def _mentioned(condition: str, table: Table) -> Sequence[Column[Any]]:
    """Return the columns that stand in a condition, outside of its texts."""
    words = {match[1] for match in _WORD.finditer(condition)}
    return [column for column in table.columns if column.name in words]
