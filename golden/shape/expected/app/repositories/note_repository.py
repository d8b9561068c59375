"""Queries on notes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import Note
from app.repositories.base import Repository
from app.schemas.note import NoteListQuery, NoteSort

_ORDERS: dict[NoteSort, UnaryExpression[Any]] = {
    NoteSort.CREATED_AT: Note.created_at.asc(),
    NoteSort.CREATED_AT_DESC: Note.created_at.desc(),
}


class NoteRepository(Repository[Note]):
    """Notes."""

    model = Note

    async def get(self, note_id: UUID) -> Note | None:
        """Return the note with this key, if there is one."""
        return await self.session.scalar(self.select().where(Note.id == note_id))

    async def list(self, query: NoteListQuery) -> tuple[Sequence[Note], int]:
        """Return one page of the notes."""
        statement = self.select().order_by(_ORDERS[query.sort], Note.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
