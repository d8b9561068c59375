"""Indices."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import IndexEntity
from app.repositories.index_repository import IndexRepository
from app.schemas.index import IndexCreate, IndexListQuery, IndexUpdate


class IndexService:
    """Use cases of indices."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._indices = IndexRepository(session)

    async def list(self, query: IndexListQuery) -> tuple[Sequence[IndexEntity], int]:
        """List indices."""
        return await self._indices.list(query)

    async def get(self, index_id: UUID) -> IndexEntity:
        """Return one index."""
        index_ = await self._indices.get(index_id)
        if index_ is None:
            detail = "Index not found"
            raise NotFoundError(detail)
        return index_

    async def create(self, data: IndexCreate) -> IndexEntity:
        """Create an index."""
        index_ = IndexEntity(index=data.index)
        await self._indices.create(index_)
        return index_

    async def update(self, index_id: UUID, data: IndexUpdate) -> IndexEntity:
        """Change an index."""
        index_ = await self.get(index_id)
        if data.index is not MISSING:
            index_.index = data.index
        await self._indices.update(index_)
        return index_

    async def delete(self, index_id: UUID) -> None:
        """Delete an index."""
        index_ = await self.get(index_id)
        await self._indices.delete(index_)
