"""Anies."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import MISSING
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFoundError
from app.models import AnyEntity
from app.repositories.any_repository import AnyRepository
from app.schemas.any import AnyCreate, AnyListQuery, AnyUpdate


class AnyService:
    """Use cases of anies."""

    def __init__(self, session: AsyncSession) -> None:
        """Work inside the transaction of ``session``."""
        self._anies = AnyRepository(session)

    async def list(self, query: AnyListQuery) -> tuple[Sequence[AnyEntity], int]:
        """List anies."""
        return await self._anies.list(query)

    async def get(self, any_row_id: UUID) -> AnyEntity:
        """Return one any."""
        any_row = await self._anies.get(any_row_id)
        if any_row is None:
            detail = "Any not found"
            raise NotFoundError(detail)
        return any_row

    async def create(self, data: AnyCreate) -> AnyEntity:
        """Create an any."""
        any_row = AnyEntity(any=data.any)
        await self._anies.create(any_row)
        return any_row

    async def update(self, any_row_id: UUID, data: AnyUpdate) -> AnyEntity:
        """Change an any."""
        any_row = await self.get(any_row_id)
        if data.any is not MISSING:
            any_row.any = data.any
        await self._anies.update(any_row)
        return any_row

    async def delete(self, any_row_id: UUID) -> None:
        """Delete an any."""
        any_row = await self.get(any_row_id)
        await self._anies.delete(any_row)
