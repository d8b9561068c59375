"""Queries on notes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import MISSING
from sqlalchemy import UnaryExpression

from app.core.errors import NotFoundError
from app.models import Note
from app.repositories.base import Repository
from app.schemas.note import NoteCreate, NoteListQuery, NoteSort, NoteUpdate

_ORDERS: dict[NoteSort, UnaryExpression[Any]] = {
    NoteSort.CREATED_AT: Note.created_at.asc(),
    NoteSort.CREATED_AT_DESC: Note.created_at.desc(),
}


class NoteRepository(Repository[Note]):
    """Notes."""

    model = Note

    async def find(self, note_id: UUID) -> Note | None:
        """Return the note with this key, if there is one."""
        return await self.session.scalar(self.select().where(Note.id == note_id))

    async def list(self, query: NoteListQuery) -> tuple[Sequence[Note], int]:
        """Return one page of the notes."""
        statement = self.select().order_by(_ORDERS[query.sort], Note.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)

    async def get(self, note_id: UUID) -> Note:
        """Return one note."""
        note = await self.find(note_id)
        if note is None:
            detail = "Note not found"
            raise NotFoundError(detail)
        return note

    async def create(self, data: NoteCreate) -> Note:
        """Create a note."""
        note = Note(text=data.text)
        await self.insert(note)
        return note

    async def update(self, note_id: UUID, data: NoteUpdate) -> Note:
        """Change a note."""
        note = await self.get(note_id)
        if data.text is not MISSING:
            note.text = data.text
        await self.save(note)
        return note

    async def delete(self, note_id: UUID) -> None:
        """Delete a note."""
        note = await self.get(note_id)
        await self.remove(note)
