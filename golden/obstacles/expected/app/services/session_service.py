"""Sessions."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import SessionEntity
from app.repositories.session_repository import SessionRepository
from app.schemas.session import SessionCreate, SessionListQuery, SessionUpdate


class SessionService:
    """Use cases of sessions."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._sessions = SessionRepository(session)

    async def list(self, query: SessionListQuery) -> tuple[Sequence[SessionEntity], int]:
        """List sessions."""
        return await self._sessions.list(query)

    async def get(self, session_row_id: UUID) -> SessionEntity:
        """Return one session."""
        session_row = await self._sessions.get(session_row_id)
        if session_row is None:
            detail = "Session not found"
            raise NotFoundError(detail)
        return session_row

    async def create(self, data: SessionCreate) -> SessionEntity:
        """Create a session."""
        session_row = SessionEntity(session=data.session)
        await self._sessions.create(session_row)
        return session_row

    async def update(self, session_row_id: UUID, data: SessionUpdate) -> SessionEntity:
        """Change a session."""
        session_row = await self.get(session_row_id)
        if data.session is not MISSING:
            session_row.session = data.session
        await self._sessions.update(session_row)
        return session_row

    async def delete(self, session_row_id: UUID) -> None:
        """Delete a session."""
        session_row = await self.get(session_row_id)
        await self._sessions.delete(session_row)
