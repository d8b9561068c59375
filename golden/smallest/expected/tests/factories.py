"""Builders of stored rows with unique, valid values."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TypedDict, TypeVar, Unpack

from sqlalchemy import event

from app.core.config import Settings
from app.core.database import Database
from app.models import Base, Note

RowT = TypeVar("RowT", bound=Base)

_sequence = count(1)


class NoteValues(TypedDict, total=False):
    """What a test may say about one note."""

    text: str
    is_active: bool


@dataclass(frozen=True)
class Factory:
    database: Database
    settings: Settings

    async def note(self, **values: Unpack[NoteValues]) -> Note:
        row = Note(**{"text": "Text", **values})
        return await self._save(row)

    async def _save(self, row: RowT) -> RowT:
        async with self.database.session() as session:
            session.add(row)
        return row


@contextmanager
def counted_selects(database: Database) -> Generator[list[str]]:
    """Collect the SELECT statements that are sent inside."""
    statements: list[str] = []

    def record(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", record)
    yield statements
    event.remove(database.engine.sync_engine, "before_cursor_execute", record)
