"""Queries on sessions."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import UnaryExpression

from app.models import SessionEntity
from app.repositories.base import Repository
from app.schemas.session import SessionListQuery, SessionSort

_ORDERS: dict[SessionSort, UnaryExpression[Any]] = {
    SessionSort.CREATED_AT: SessionEntity.created_at.asc(),
    SessionSort.CREATED_AT_DESC: SessionEntity.created_at.desc(),
}


class SessionRepository(Repository[SessionEntity]):
    """Sessions."""

    model = SessionEntity

    async def get(self, session_row_id: UUID) -> SessionEntity | None:
        """Return the session with this key, if there is one."""
        return await self.session.scalar(self.select().where(SessionEntity.id == session_row_id))

    async def list(self, query: SessionListQuery) -> tuple[Sequence[SessionEntity], int]:
        """Return one page of the sessions."""
        statement = self.select().order_by(_ORDERS[query.sort], SessionEntity.id)
        return await self.page(statement, limit=query.limit, offset=query.offset)
