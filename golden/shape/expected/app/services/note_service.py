"""Notes."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import Note
from app.repositories.note_repository import NoteRepository
from app.schemas.note import NoteCreate, NoteListQuery, NoteUpdate


class NoteService:
    """Use cases of notes."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._notes = NoteRepository(session)

    async def list(self, query: NoteListQuery) -> tuple[Sequence[Note], int]:
        """List notes."""
        return await self._notes.list(query)

    async def get(self, note_id: UUID) -> Note:
        """Return one note."""
        note = await self._notes.get(note_id)
        if note is None:
            detail = "Note not found"
            raise NotFoundError(detail)
        return note

    async def create(self, data: NoteCreate) -> Note:
        """Create a note."""
        note = Note(text=data.text)
        await self._notes.create(note)
        return note

    async def update(self, note_id: UUID, data: NoteUpdate) -> Note:
        """Change a note."""
        note = await self.get(note_id)
        if data.text is not MISSING:
            note.text = data.text
        await self._notes.update(note)
        return note

    async def delete(self, note_id: UUID) -> None:
        """Delete a note."""
        note = await self.get(note_id)
        await self._notes.delete(note)
