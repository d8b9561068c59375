"""Bases."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import BaseEntity
from app.repositories.base_entity_repository import BaseRepository
from app.schemas.base_entity import BaseCreate, BaseListQuery, BaseUpdate


class BaseService:
    """Use cases of bases."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._bases = BaseRepository(session)

    async def list(self, query: BaseListQuery) -> tuple[Sequence[BaseEntity], int]:
        """List bases."""
        return await self._bases.list(query)

    async def get(self, base_id: UUID) -> BaseEntity:
        """Return one base."""
        base = await self._bases.get(base_id)
        if base is None:
            detail = "Base not found"
            raise NotFoundError(detail)
        return base

    async def create(self, data: BaseCreate) -> BaseEntity:
        """Create a base."""
        base = BaseEntity(base=data.base)
        await self._bases.create(base)
        return base

    async def update(self, base_id: UUID, data: BaseUpdate) -> BaseEntity:
        """Change a base."""
        base = await self.get(base_id)
        if data.base is not MISSING:
            base.base = data.base
        await self._bases.update(base)
        return base

    async def delete(self, base_id: UUID) -> None:
        """Delete a base."""
        base = await self.get(base_id)
        await self._bases.delete(base)
