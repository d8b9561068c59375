"""Queries."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import QueryEntity
from app.repositories.query_repository import QueryRepository
from app.schemas.query import QueryCreate, QueryListQuery, QueryUpdate


class QueryService:
    """Use cases of queries."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._queries = QueryRepository(session)

    async def list(self, query: QueryListQuery) -> tuple[Sequence[QueryEntity], int]:
        """List queries."""
        return await self._queries.list(query)

    async def get(self, query_row_id: UUID) -> QueryEntity:
        """Return one query."""
        query_row = await self._queries.get(query_row_id)
        if query_row is None:
            detail = "Query not found"
            raise NotFoundError(detail)
        return query_row

    async def create(self, data: QueryCreate) -> QueryEntity:
        """Create a query."""
        query_row = QueryEntity(query=data.query)
        await self._queries.create(query_row)
        return query_row

    async def update(self, query_row_id: UUID, data: QueryUpdate) -> QueryEntity:
        """Change a query."""
        query_row = await self.get(query_row_id)
        if data.query is not MISSING:
            query_row.query = data.query
        await self._queries.update(query_row)
        return query_row

    async def delete(self, query_row_id: UUID) -> None:
        """Delete a query."""
        query_row = await self.get(query_row_id)
        await self._queries.delete(query_row)
